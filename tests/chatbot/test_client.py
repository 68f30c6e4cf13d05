"""What Groq is asked for, word by word."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from pydantic import BaseModel

from chatbot.client import Client
from chatbot.settings import Settings
from tests.wire import FakeGroq

KEY = "gsk_hush"
ASK = (SystemMessage("You recommend anime."), AIMessage("What?"), HumanMessage("calm"))


class Form(BaseModel):
    """What is to be filled in."""

    query: str
    genres: list[str] = []


@pytest.fixture
def settings(groq: FakeGroq) -> Settings:
    return Settings(groq_api_key=KEY, groq_api_base=groq.base)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Client]:
    client = Client(settings, KEY)
    yield client
    await client.close()


async def test_a_stream_s_last_part_says_why_it_ends_and_what_it_took(
    groq: FakeGroq, client: Client
) -> None:
    groq.answers("Mushishi")
    replies = [reply async for reply in client.stream(ASK)]
    assert "".join(reply.text for reply in replies) == "Mushishi"
    assert [reply.finish for reply in replies if reply.finish] == ["stop"]
    assert [reply.usage["output_tokens"] for reply in replies if reply.usage] == [1]


async def test_messages_are_passed_on_as_they_are(groq: FakeGroq, client: Client) -> None:
    _ = [reply async for reply in client.stream(ASK)]
    messages = groq.requests[0].body["messages"]
    assert [message["role"] for message in messages] == ["system", "assistant", "user"]
    assert [message["content"] for message in messages] == [each.text for each in ASK]


async def test_answers_are_short_and_without_reasoning(groq: FakeGroq, client: Client) -> None:
    _ = [reply async for reply in client.stream(ASK)]
    asked = groq.requests[0].body
    assert (asked["temperature"], asked["max_tokens"]) == (0.4, 1200)
    assert (asked["reasoning_effort"], asked["include_reasoning"]) == ("low", False)


async def test_a_model_of_another_family_hides_its_reasoning_in_its_own_way(
    groq: FakeGroq, settings: Settings
) -> None:
    client = Client(replace(settings, groq_model="qwen/qwen3.8-27b"), KEY)
    _ = [reply async for reply in client.stream(ASK)]
    asked = groq.requests[0].body
    assert (asked["reasoning_format"], "include_reasoning" in asked) == ("hidden", False)
    await client.close()


async def test_a_form_is_asked_of_the_small_model_as_a_strict_schema(
    groq: FakeGroq, client: Client
) -> None:
    groq.fills({"query": "calm", "genres": []})
    assert (await client.fill(Form, ASK)).text == '{"query": "calm", "genres": []}'
    asked = groq.requests[0].body
    assert (asked["model"], bool(asked["stream"])) == ("openai/gpt-oss-20b", False)
    assert asked["response_format"]["json_schema"]["strict"] is True


async def test_the_key_is_sent_and_not_shown(groq: FakeGroq, client: Client) -> None:
    _ = [reply async for reply in client.stream(ASK)]
    assert groq.requests[0].key == KEY
    assert KEY not in repr(vars(client)["_large"])
