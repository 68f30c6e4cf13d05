"""What a person can rely on from sending a message to the answer, with a model and without."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from chatbot.commands.outcome import Outcome, answered
from chatbot.errors import BadMessage
from chatbot.events import Event
from chatbot.wiring import App
from memory import new_id
from memory.errors import TurnRunning
from tests.chatbot.conftest import Wire
from tests.forms import EMPTY
from tests.wire import FakeGroq

SLOW = timedelta(seconds=0.05)
REFUSED = [(429, "rate_limit_exceeded"), (500, ""), (401, "invalid_api_key"), (413, ""), (400, "")]
REQUEST = "dark psychological thrillers"


async def conversed(app: App, *messages: str) -> list[Outcome]:
    conversation, owner = new_id(), new_id()
    return [await answered(app, conversation, each, owner) for each in messages]


def types(app: App, outcome: Outcome) -> set[str]:
    titles = [app.parts.catalogue.find(pick.mal_id) for pick in outcome.picks]
    return {title.type for title in titles if title}


async def test_three_turns_without_a_key_are_heeded(wire: Wire, settings: dict[str, str]) -> None:
    async with wire(settings) as app:
        first, films, alike = await conversed(
            app, REQUEST, "only movies", "more like the second one"
        )
    assert types(app, films) == types(app, alike) == {"Movie"}
    assert [len(each.picks) for each in (first, films, alike)] == [5, 5, 5]
    assert films.picks[1].mal_id not in {pick.mal_id for pick in alike.picks}


async def test_three_turns_with_a_model_are_heeded(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.answers("Three that fit.\n[1] First: it fits.\n[3] Third: it fits.\n[2] Second: it fits.")
    async with wire(with_groq) as app:
        outcomes = await conversed(app, REQUEST, "only movies", "more like the second one")
    assert [each.answered_by for each in outcomes] == ["model", "model", "model"]
    assert types(app, outcomes[1]) == types(app, outcomes[2]) == {"Movie"}
    shown = [pick.mal_id for each in outcomes for pick in each.picks]
    assert len(shown) == len(set(shown)) == 9


async def test_the_marks_of_the_model_become_picks_in_its_order(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.answers("Look:\n[4] One: yes.\n[99] Two: no.\n[2] Three: yes.")
    async with wire(with_groq) as app:
        [outcome] = await conversed(app, REQUEST)
    assert [pick.n for pick in outcome.picks] == [1, 2]
    assert "[1] One" in outcome.answer
    assert "[99]" not in outcome.answer


@pytest.mark.parametrize(("status", "code"), REFUSED)
async def test_when_the_model_refuses_the_composer_answers_and_says_so(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq, status: int, code: str
) -> None:
    groq.fails(status, code)
    async with wire(with_groq) as app:
        [outcome] = await conversed(app, REQUEST)
    assert (outcome.answered_by, len(outcome.picks)) == ("composer", 5)
    assert "without it" in outcome.notice
    assert "org_01hush" not in outcome.answer + outcome.notice


async def test_when_the_model_breaks_off_the_composer_goes_on(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.answers("Look at these:\n[2] One: it is grim.\n[3] Two: it is").then_drops()
    async with wire(with_groq) as app:
        [outcome] = await conversed(app, REQUEST)
    assert outcome.answer.startswith("Look at these:\n[1] One: it is grim.")
    assert {pick.n for pick in outcome.picks} == {1, 2, 3, 4, 5}
    assert outcome.notice


async def test_a_model_that_picks_nothing_is_helped_out(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.answers("I do not feel like it.")
    async with wire(with_groq) as app:
        [outcome] = await conversed(app, REQUEST)
    assert len(outcome.picks) == 5


async def test_a_message_is_kept_before_anything_can_fail(
    wire: Wire, settings: dict[str, str]
) -> None:
    conversation, owner = new_id(), new_id()
    async with wire(settings) as app:
        await app.turns.start(conversation, "  something\x00 calm\x1b ", owner=owner)
        opened = await app.store.conversations.open(conversation, owner=owner)
    assert opened.messages[0].text == "something calm"


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x07", "a" * 50_000])
async def test_a_message_that_cannot_be_used_is_refused_and_leaves_nothing(
    wire: Wire, settings: dict[str, str], text: str
) -> None:
    owner = new_id()
    async with wire(settings) as app:
        with pytest.raises(BadMessage, match="message"):
            await app.turns.start(new_id(), text, owner=owner)
        assert await app.store.conversations.list(owner) == ()


async def test_a_second_message_waits_for_the_first_answer(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.answers("Slowly now. " * 20, pause=SLOW)
    conversation, owner = new_id(), new_id()
    async with wire(with_groq) as app:
        turn = await app.turns.start(conversation, REQUEST, owner=owner)
        with pytest.raises(TurnRunning):
            await app.turns.start(conversation, "and this", owner=owner)
        await app.turns.stop(conversation, turn)


async def test_a_stopped_answer_is_kept_as_far_as_it_came(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.answers("Here it comes.\n[1] One: yes.\n" + "On and on. " * 100, pause=SLOW)
    conversation, owner = new_id(), new_id()
    async with wire(with_groq) as app:
        turn = await app.turns.start(conversation, REQUEST, owner=owner)
        kinds = [event.kind async for event in stopping(app, conversation, turn)]
        opened = await app.store.conversations.open(conversation, owner=owner)
    assert kinds[-1] == "finished"
    assert opened.messages[1].ending == "stopped"
    assert opened.messages[1].text.startswith("Here it comes.")
    assert groq.left.is_set()


async def stopping(app: App, conversation: str, turn: str) -> AsyncIterator[Event]:
    async for event in app.turns.follow(conversation, turn):
        if event.kind == "picked":
            await app.turns.stop(conversation, turn)
        yield event


async def test_everybody_who_follows_sees_the_answer_from_its_beginning(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.answers("Here.\n[1] One: yes.", pause=SLOW)
    conversation, owner = new_id(), new_id()
    async with wire(with_groq) as app:
        turn = await app.turns.start(conversation, REQUEST, owner=owner)
        both = await asyncio.gather(seen(app, conversation, turn), seen(app, conversation, turn))
        assert both[0] == both[1] == await seen(app, conversation, turn)


async def seen(app: App, conversation: str, turn: str) -> list[str]:
    return [event.kind async for event in app.turns.follow(conversation, turn)]


async def test_a_chat_is_all_there_after_the_app_was_started_again(
    wire: Wire, settings: dict[str, str]
) -> None:
    conversation, owner = new_id(), new_id()
    async with wire(settings) as app:
        before = await answered(app, conversation, REQUEST, owner)
    async with wire(settings) as app:
        opened = await app.store.conversations.open(conversation, owner=owner)
        after = await answered(app, conversation, "more", owner)
    assert [each.role for each in opened.messages] == ["user", "assistant"]
    assert not {p.mal_id for p in before.picks} & {p.mal_id for p in after.picks}


async def test_an_unsure_follow_up_is_understood_by_the_model(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.fills(
        EMPTY | {"intent": "refine", "query": "friendship in a submarine", "types": ["Movie"]}
    )
    async with wire(with_groq) as app:
        outcome = (await conversed(app, REQUEST, UNSURE))[1]
    assert outcome.understood is not None
    assert (outcome.understood.understood_by, types(app, outcome)) == ("model", {"Movie"})


async def test_while_the_model_gives_rubbish_the_rules_reading_stands(
    wire: Wire, with_groq: dict[str, str], groq: FakeGroq
) -> None:
    groq.fills("rubbish")
    async with wire(with_groq) as app:
        outcome = (await conversed(app, REQUEST, UNSURE))[1]
    assert outcome.understood is not None
    assert (outcome.understood.understood_by, len(outcome.picks) > 0) == ("rules", True)


async def test_the_wish_that_was_offered_is_dropped_when_the_person_agrees(
    wire: Wire, settings: dict[str, str]
) -> None:
    async with wire(settings) as app:
        nothing, films = await conversed(app, "mappa movies from the 80s", "yes please")
    assert "Shall I drop it?" in nothing.answer
    assert (len(nothing.picks), len(films.picks)) == (0, 5)


UNSURE = "lighthouse keepers who knit jumpers between submarine shifts"
