"""What the tests can rely on of the stand-in for Groq: it does on the wire what Groq does."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.wire import FakeGroq

ASK: dict[str, Any] = {"model": "openai/gpt-oss-120b", "messages": [], "stream": True}
OPEN_SCHEMA = {"type": "object", "properties": {"query": {"type": "string"}}}
FORM: dict[str, Any] = {
    "model": "openai/gpt-oss-20b",
    "response_format": {"json_schema": {"strict": True, "schema": {"type": "object"}}},
}
CLOSED_FORM: dict[str, Any] = {"model": FORM["model"], "response_format": {"type": "json_schema"}}


@pytest.fixture
async def client(groq: FakeGroq) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"authorization": "Bearer gsk_test"}
    async with httpx.AsyncClient(base_url=groq.base, headers=headers, timeout=5) as client:
        yield client


async def ask(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post("/openai/v1/chat/completions", json=ASK | body)


async def test_an_answer_is_streamed_and_says_why_it_ends(
    groq: FakeGroq, client: httpx.AsyncClient
) -> None:
    groq.answers("Mushishi [1]")
    lines = [line for line in (await ask(client)).text.splitlines() if line]
    choices = [json.loads(line.removeprefix("data: "))["choices"][0] for line in lines[:-1]]
    assert [each["delta"].get("content") for each in choices] == ["", "Mushishi ", "[1]", None]
    assert choices[-1]["finish_reason"] == "stop"
    assert lines[-1] == "data: [DONE]"


async def test_a_script_is_followed_and_its_last_reply_repeated(
    groq: FakeGroq, client: httpx.AsyncClient
) -> None:
    groq.fails(503).answers("Back")
    assert [(await ask(client)).status_code for _ in range(3)] == [503, 200, 200]


async def test_forms_have_a_script_of_their_own(groq: FakeGroq, client: httpx.AsyncClient) -> None:
    groq.answers("Mushishi [1]").fills({"query": "calm"})
    reply = await ask(client, **CLOSED_FORM, stream=False)
    assert json.loads(reply.json()["choices"][0]["message"]["content"]) == {"query": "calm"}


async def test_a_limit_says_when_to_come_back(groq: FakeGroq, client: httpx.AsyncClient) -> None:
    groq.fails(429, "rate_limit_exceeded", retry_after="2")
    reply = await ask(client)
    assert (reply.status_code, reply.headers["retry-after"]) == (429, "2")
    assert reply.json()["error"]["code"] == "rate_limit_exceeded"


async def test_a_dropped_stream_is_no_whole_reply(
    groq: FakeGroq, client: httpx.AsyncClient
) -> None:
    groq.answers("Mushishi").then_drops()
    with pytest.raises(httpx.RemoteProtocolError):
        await ask(client)


async def test_a_stream_that_groq_gives_up_has_an_end_without_a_reason(
    groq: FakeGroq, client: httpx.AsyncClient
) -> None:
    groq.answers("Mushishi").then_truncates()
    text = (await ask(client)).text
    assert "stopped early" in text
    assert '"finish_reason": "stop"' not in text


async def test_an_error_can_come_in_the_middle_of_a_stream(
    groq: FakeGroq, client: httpx.AsyncClient
) -> None:
    groq.answers("Mushishi").then_errs("rate_limit_exceeded")
    async with client.stream("POST", "/openai/v1/chat/completions", json=ASK) as reply:
        lines = reply.aiter_lines()
        assert "event: error" in [await anext(lines) for _ in range(5)]
        assert "rate_limit_exceeded" in await anext(lines)


@pytest.mark.parametrize("fault", ["hangs", "stalls", "dawdles"])
async def test_who_leaves_a_silent_groq_is_noticed(
    groq: FakeGroq, client: httpx.AsyncClient, fault: str
) -> None:
    faults: dict[str, Callable[[], FakeGroq]] = {
        "hangs": groq.hangs,
        "stalls": lambda: groq.answers("Mushishi").then_stalls(),
        "dawdles": lambda: groq.answers("Mushishi", pause=timedelta(minutes=1)),
    }
    faults[fault]()
    with pytest.raises(httpx.ReadTimeout):
        await client.post("/openai/v1/chat/completions", json=ASK, timeout=0.1)
    assert groq.left.wait(5)


async def test_garbage_is_not_json(groq: FakeGroq, client: httpx.AsyncClient) -> None:
    groq.garbles("<html>")
    assert (await ask(client)).text == "data: <html>\n\n"
    assert (await ask(client, stream=False)).text == "<html>"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"model": "llama-3.3-70b-versatile"}, 404),
        ({"reasoning_format": "hidden"}, 400),
        ({"reasoning_effort": "none"}, 400),
        (FORM, 400),
        (FORM | {"model": "qwen/qwen3.8-27b", "stream": False}, 400),
        ({"response_format": {"json_schema": {"strict": True, "schema": OPEN_SCHEMA}}}, 400),
    ],
)
async def test_what_groq_refuses_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any], status: int
) -> None:
    assert (await ask(client, **body)).status_code == status


async def test_without_a_key_nothing_is_told(groq: FakeGroq) -> None:
    async with httpx.AsyncClient(base_url=groq.base) as stranger:
        reply = await stranger.get("/openai/v1/models")
    assert reply.status_code == 401


async def test_a_path_that_is_doubled_is_unknown(client: httpx.AsyncClient) -> None:
    reply = await client.post("/openai/v1/openai/v1/chat/completions", json=ASK)
    assert reply.json()["error"]["code"] == "unknown_url"


async def test_the_models_are_listed(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/openai/v1/models")).json()["data"]
    assert "openai/gpt-oss-120b" in [each["id"] for each in listed]


async def test_requests_are_kept(groq: FakeGroq, client: httpx.AsyncClient) -> None:
    await ask(client, temperature=0.4)
    (request,) = groq.requests
    assert (request.key, request.on, request.body["temperature"]) == ("gsk_test", "text", 0.4)
