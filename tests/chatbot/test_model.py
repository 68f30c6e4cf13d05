"""What the turn can rely on when it asks the model: text or a ModelError, in time, no key told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from prometheus_client import CollectorRegistry
from pydantic import BaseModel
from structlog.testing import capture_logs

from chatbot.errors import BadSettings, ModelAway, ModelError, ModelRefused
from chatbot.metrics import Metrics
from chatbot.model import Model
from chatbot.settings import Settings
from tests.chatbot.clock import Clock
from tests.wire import FakeGroq

KEY = "gsk_hush"
ASK: tuple[BaseMessage, ...] = (SystemMessage("You recommend anime."), HumanMessage("calm"))
SOON = timedelta(seconds=0.2)


class Form(BaseModel):
    """What is to be filled in."""

    query: str
    genres: list[str] = []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def settings(groq: FakeGroq) -> Settings:
    patient = timedelta(seconds=5)
    return Settings(groq_api_key=KEY, groq_api_base=groq.base, understand_seconds=patient)


@pytest.fixture
async def model(
    settings: Settings, registry: CollectorRegistry, clock: Clock
) -> AsyncIterator[Model]:
    model = Model(settings, Metrics(registry), clock=clock)
    yield model
    await model.close()


@pytest.fixture
async def hasty(settings: Settings) -> AsyncIterator[Model]:
    soon = replace(settings, first_token_seconds=SOON, understand_seconds=SOON)
    model = Model(soon, Metrics(CollectorRegistry()))
    yield model
    await model.close()


async def written(model: Model) -> str:
    async with aclosing(model.write(ASK)) as pieces:
        return "".join([piece async for piece in pieces])


async def failure(model: Model) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await written(model)
    return caught.value


async def test_an_answer_comes_in_pieces(groq: FakeGroq, model: Model) -> None:
    groq.answers("Try Mushishi [1] first.")
    pieces = [piece async for piece in model.write(ASK)]
    assert len(pieces) > 1
    assert "".join(pieces) == "Try Mushishi [1] first."


async def test_a_form_is_filled_in_by_the_small_model(groq: FakeGroq, model: Model) -> None:
    groq.fills({"query": "calm", "genres": ["Slice of Life"]})
    assert await model.fill(Form, ASK) == Form(query="calm", genres=["Slice of Life"])


@pytest.mark.parametrize("rubbish", ["", "null", "not JSON", '{"query": 5}', "[]"])
async def test_a_form_filled_with_rubbish_is_malformed(
    groq: FakeGroq, model: Model, rubbish: str
) -> None:
    groq.fills(rubbish)
    with pytest.raises(ModelAway) as caught:
        await model.fill(Form, ASK)
    assert caught.value.reason == "malformed"


async def test_a_form_has_a_deadline_of_its_own(groq: FakeGroq, hasty: Model) -> None:
    groq.hangs(on="form")
    with pytest.raises(ModelAway) as caught:
        await hasty.fill(Form, ASK)
    assert caught.value.reason == "time_out"
    assert groq.left.wait(5)


FAULTS: list[tuple[Callable[[FakeGroq], FakeGroq], str]] = [
    (lambda groq: groq.fails(429, "rate_limit_exceeded", retry_after="90"), "rate_limited"),
    (lambda groq: groq.fails(429, "rate_limit_exceeded"), "rate_limited"),
    (lambda groq: groq.fails(500), "unavailable"),
    (lambda groq: groq.fails(503, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), "unavailable"),
    (lambda groq: groq.fails(498, "capacity_exceeded"), "unavailable"),
    (lambda groq: groq.fails(400, "json_validate_failed"), "malformed"),
    (lambda groq: groq.garbles(), "malformed"),
    (lambda groq: groq.garbles("null"), "malformed"),
    (lambda groq: groq.garbles('{"choices": [{}]}'), "malformed"),
    (lambda groq: groq.garbles("{}"), "malformed"),
    (lambda groq: groq.answers(""), "empty"),
    (lambda groq: groq.answers("Try Mushi", finish="length"), "cut_short"),
    (lambda groq: groq.answers("Try").then_drops(), "broken_off"),
    (lambda groq: groq.answers("Try").then_truncates(), "broken_off"),
    (lambda groq: groq.answers("Try").then_errs(), "unavailable"),
    (lambda groq: groq.answers("Try").then_errs("rate_limit_exceeded"), "rate_limited"),
]


@pytest.mark.parametrize(("script", "reason"), FAULTS)
async def test_a_fault_has_a_reason_and_is_counted(
    groq: FakeGroq,
    model: Model,
    registry: CollectorRegistry,
    script: Callable[[FakeGroq], FakeGroq],
    reason: str,
) -> None:
    script(groq)
    error = await failure(model)
    assert isinstance(error, ModelAway)
    assert error.reason == reason
    assert registry.get_sample_value("osusume_model_requests_total", {"outcome": reason}) == 1
    assert len(groq.requests) == 1


@pytest.mark.parametrize(
    ("status", "code", "refused"),
    [
        (401, "invalid_api_key", "key"),
        (403, "", "key"),
        (403, "model_permission_blocked_org", "model"),
        (404, "model_not_found", "model"),
        (400, "model_decommissioned", "model"),
        (400, "context_length_exceeded", "request"),
        (413, "rate_limit_exceeded", "request"),
        (422, "", "request"),
    ],
)
async def test_what_an_operator_must_mend_is_refused(
    groq: FakeGroq, model: Model, status: int, code: str, refused: str
) -> None:
    groq.fails(status, code)
    error = await failure(model)
    assert isinstance(error, ModelRefused)
    assert error.refused == refused


async def test_pieces_before_a_fault_are_delivered(groq: FakeGroq, model: Model) -> None:
    groq.answers("Try Mushishi").then_drops()
    pieces = model.write(ASK)
    assert [await anext(pieces), await anext(pieces)] == ["Try ", "Mushishi"]
    with pytest.raises(ModelAway):
        await anext(pieces)


async def test_a_silent_groq_is_given_up(groq: FakeGroq, hasty: Model) -> None:
    groq.hangs()
    assert str(await failure(hasty)) == "time_out"
    assert groq.left.wait(5)


async def test_an_answer_that_does_not_end_is_given_up(groq: FakeGroq, settings: Settings) -> None:
    groq.answers("Try").then_stalls()
    model = Model(replace(settings, answer_seconds=SOON), Metrics(CollectorRegistry()))
    pieces = model.write(ASK)
    assert await anext(pieces) == "Try"
    with pytest.raises(ModelAway, match="time_out"):
        await anext(pieces)
    await model.close()


async def test_a_port_where_nobody_listens_is_a_refused_connection(settings: Settings) -> None:
    nobody = replace(settings, groq_api_base="http://127.0.0.1:9")
    model = Model(nobody, Metrics(CollectorRegistry()))
    error = await failure(model)
    assert isinstance(error, ModelAway)
    assert error.reason == "refused_connection"
    await model.close()


async def test_a_short_limit_is_waited_for_once(
    groq: FakeGroq, model: Model, registry: CollectorRegistry
) -> None:
    groq.fails(429, retry_after="0.05").answers("Try Mushishi [1].")
    assert await written(model) == "Try Mushishi [1]."
    limited = {"outcome": "rate_limited"}
    assert registry.get_sample_value("osusume_model_requests_total", limited) == 1


async def test_a_second_limit_is_not_waited_for(groq: FakeGroq, model: Model) -> None:
    groq.fails(429, retry_after="0.05")
    await failure(model)
    assert len(groq.requests) == 2


async def test_who_stops_reading_ends_the_request(groq: FakeGroq, model: Model) -> None:
    groq.answers("Try").then_stalls()
    async with asyncio.timeout(5), aclosing(model.write(ASK)) as pieces:
        assert await anext(pieces) == "Try"
    assert await asyncio.to_thread(groq.left.wait, 5)
    assert model.status == "ready"


async def test_an_error_in_the_middle_gives_the_connection_back(
    groq: FakeGroq, model: Model
) -> None:
    groq.answers("Try").then_errs()
    kept = await failure(model)
    assert await asyncio.to_thread(groq.left.wait, 5), kept


async def test_tokens_are_counted(
    groq: FakeGroq, model: Model, registry: CollectorRegistry
) -> None:
    groq.answers("Try Mushishi [1].").fills({"query": "calm", "genres": []})
    await written(model)
    await model.fill(Form, ASK)
    assert registry.get_sample_value("osusume_tokens_total", {"kind": "input"}) == 14
    assert registry.get_sample_value("osusume_first_token_seconds_count") == 1


async def test_after_three_failures_groq_rests_and_is_tried_again(
    groq: FakeGroq, model: Model, clock: Clock
) -> None:
    groq.fails(503).fails(503).fails(503).answers("Back")
    reasons = [str(await failure(model))[:3] for _ in range(4)]
    assert (reasons, model.status, len(groq.requests)) == (["503"] * 3 + ["not"], "away", 3)
    clock.now = 30
    assert await written(model) == "Back"
    assert model.status == "ready"


async def test_slow_forms_do_not_keep_answers_away(groq: FakeGroq, hasty: Model) -> None:
    groq.hangs(on="form").answers("Try")
    with pytest.raises(ModelAway):
        await hasty.fill(Form, ASK)
    assert hasty.status == "ready"
    assert await written(hasty) == "Try"


async def test_a_refused_key_is_told_once_and_never_shown(
    groq: FakeGroq, model: Model, clock: Clock
) -> None:
    groq.fails(401, "invalid_api_key", message=f"Invalid API Key {KEY}")
    with capture_logs() as events:
        texts = [repr(await failure(model)) for _ in range(2)]
        clock.now = 300
        texts.append(repr(await failure(model)))
    assert [(event["event"], event["log_level"]) for event in events] == [
        ("model_refused", "error")
    ]
    assert KEY not in f"{texts}{events}"
    assert (model.status, len(groq.requests)) == ("refused", 2)


def test_without_a_key_there_is_no_model() -> None:
    with pytest.raises(BadSettings, match="GROQ_API_KEY"):
        Model(Settings(), Metrics(CollectorRegistry()))
