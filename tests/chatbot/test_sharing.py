"""What of a conversation others can see, and what a copy of it has."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from chatbot.sharing import copied, shareable, snapshot
from memory import Message, Pick, new_id
from memory.errors import ConversationGone
from retrieval import Constraint, RequestState
from tests.chatbot.conftest import Wire

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHARED = {
    "constraints", "focus", "intent", "leanings", "liked", "near", "offered", "picks", "points",
    "rejected", "searched", "shown", "tones", "topic", "turn", "unlike", "asked", "version",
}  # fmt: skip


def secret_of(name: str) -> object:
    """Something for the field that is in no other: a number where it has numbers."""
    plain = getattr(RequestState(), name)
    if name in {"constraints", "offered"}:
        wish = Constraint(column="tag", rule="any", values=(f"secret {name}",))
        return (wish,) if name == "constraints" else wish
    if name in {"tones", "leanings", "points"}:
        return (f"secret {name}",)
    if isinstance(plain, tuple):
        return (90_000_000 + len(name) * 1000 + ord(name[0]),)
    return {"turn": 77_777, "asked": "type", "version": 1}.get(name, f"secret {name}")


@pytest.mark.parametrize("name", [each.name for each in fields(RequestState)])
def test_only_what_is_on_the_list_is_shared(name: str) -> None:
    state = replace(RequestState(), **{name: secret_of(name)})  # type: ignore[arg-type]  # any field
    is_shared = getattr(shareable(state), name) == secret_of(name)
    assert is_shared == (name in SHARED)


def test_no_secret_beside_the_list_is_in_what_is_shared() -> None:
    beside = [each.name for each in fields(RequestState) if each.name not in SHARED]
    state = replace(RequestState(), **{name: secret_of(name) for name in beside})  # type: ignore[arg-type]  # any field
    assert shareable(state) == RequestState()
    assert "seen" in beside


def test_what_was_turned_down_because_it_was_seen_is_not_shared() -> None:
    state = RequestState(rejected=(1, 2, 3), seen=(2,))
    assert shareable(state).rejected == (1, 3)


def said(number: int) -> list[Message]:
    pick = Pick(1, 457, "quiet", 0.5)
    return [
        Message(role="user", text=f"question {number}", at=NOW, turn=f"t{number}"),
        Message(role="assistant", text="Try [1].", at=NOW, turn=f"t{number}", picks=(pick,)),
    ]


async def test_a_snapshot_has_every_message_of_a_long_chat(
    wire: Wire, settings: dict[str, str]
) -> None:
    async with wire(settings) as app:
        every = [each for number in range(60) for each in said(number)]
        chats, owner = app.store.conversations, new_id()
        chat = await chats.restore("Long", every, "{}", owner=owner, now=NOW)
        shown = await snapshot(chats, chat, owner=owner)
    assert [each.text for each in shown.messages] == [each.text for each in every]


async def test_a_copy_shows_the_same_and_goes_on(wire: Wire, settings: dict[str, str]) -> None:
    async with wire(settings) as app:
        chats, owner, visitor = app.store.conversations, new_id(), new_id()
        state = RequestState(topic="pirates", shown=(457,)).written()
        chat = await chats.restore("Pirates", said(1) + said(2), state, owner=owner, now=NOW)
        shown = await snapshot(chats, chat, owner=owner)
        copy = await copied(chats, shown, owner=visitor, now=NOW)
        assert await snapshot(chats, copy, owner=visitor) == shown
        await app.turns.start(copy, "more", owner=visitor)
        await app.turns.close()
        grown = await chats.open(copy, owner=visitor)
    assert [each.text for each in grown.messages[:4]] == [each.text for each in shown.messages]
    assert len(grown.messages) == 6


async def test_nobody_takes_a_snapshot_of_anothers_chat(
    wire: Wire, settings: dict[str, str]
) -> None:
    async with wire(settings) as app:
        chats = app.store.conversations
        chat = await chats.restore("Mine", said(1), "{}", owner=new_id(), now=NOW)
        with pytest.raises(ConversationGone):
            await snapshot(chats, chat, owner=new_id())
