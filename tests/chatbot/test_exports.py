"""What the files promise that a chat is exported to and imported from."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from chatbot import exports
from chatbot.errors import BadFile
from chatbot.parts import Parts
from chatbot.sharing import copied, shareable, snapshot
from memory import Message, Pick, Snapshot, new_id
from retrieval import Constraint, RequestState
from tests.chatbot.conftest import Wire

Change = Callable[[dict[str, Any]], object]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STATE = RequestState(
    topic="pirates",
    constraints=(Constraint(column="episodes", rule="most", number=13),),
    shown=(457,),
)
SAID = [
    Message(role="user", text="pirates, *not* <b>long</b>\nplease", at=NOW, turn="1"),
    Message(
        role="assistant",
        text="Try this.\n[1] Mushishi: it is quiet.",
        at=NOW,
        turn="1",
        picks=(Pick(1, 457, "it is quiet"),),
        answered_by="composer",
        ending="stopped",
    ),
]
SHOWN = Snapshot.of("Pirates *here*", SAID, shareable(STATE).written())


def changed(change: Change) -> bytes:
    """An exported file after a change."""
    content = json.loads(exports.written(SHOWN))
    change(content)
    return json.dumps(content).encode()


def test_what_was_exported_is_read_as_it_was() -> None:
    assert exports.read(exports.written(SHOWN).encode()) == SHOWN


async def test_an_imported_chat_is_exported_as_it_was(wire: Wire, settings: dict[str, str]) -> None:
    file = exports.written(SHOWN)
    owner = new_id()
    async with wire(settings) as app:
        chats = app.store.conversations
        chat = await copied(chats, exports.read(file.encode()), owner=owner, now=NOW)
        again = exports.written(await snapshot(chats, chat, owner=owner))
    assert again == file


async def test_a_chat_with_titles_that_nobody_knows_goes_on(
    wire: Wire, settings: dict[str, str]
) -> None:
    unknown = list(range(900_000_000, 900_000_005))
    ids = dict.fromkeys(("near", "liked", "unlike", "shown", "picks", "focus"), unknown)
    file = changed(lambda content: content["state"].update(ids))
    owner = new_id()
    async with wire(settings) as app:
        chats = app.store.conversations
        chat = await copied(chats, exports.read(file), owner=owner, now=NOW)
        await app.turns.start(chat, "more like the second one", owner=owner)
        await app.turns.close()
        opened = await chats.open(chat, owner=owner)
    assert opened.messages[-1].ending == "finished"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        (b"<xml/>", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "no chat"),
        (b"null", "no chat"),
        (b'{"form": "something else", "version": 1}', "no chat"),
        (b'{"form": "osusume chat", "version": 2}', "newer"),
        (b'{"form": "osusume chat", "version": 1}', "damaged"),
        (b" " * (exports.LARGEST_BYTES + 1), "too large"),
    ],
)
def test_another_file_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        exports.read(content)


def test_too_many_messages_are_refused() -> None:
    file = changed(lambda content: content.update(messages=content["messages"][:1] * 2001))
    with pytest.raises(BadFile, match="2,000 messages"):
        exports.read(file)


CHANGES: list[Change] = [
    lambda content: content["messages"].pop(0),
    lambda content: content["messages"].append(content["messages"][1]),
    lambda content: content["messages"][0].update(role="system"),
    lambda content: content["messages"][0].update(text="x" * 20_001),
    lambda content: content["messages"][0].update(at="2026-11-22T12:00:00"),
    lambda content: content["messages"][0].update(at="0001-01-01T00:00:00+14:00"),
    lambda content: content["messages"][1].update(picks=content["messages"][1]["picks"] * 51),
    lambda content: content["messages"][1]["picks"][0].update(mal_id=10**30),
    lambda content: content["messages"][1]["picks"][0].update(mal_id=-1),
    lambda content: content["state"].update(shown=[10**30]),
    lambda content: content["state"].update(topic="x" * 60_000),
    lambda content: content["state"].update(constraints=[{"column": "owner", "rule": "any"}]),
    lambda content: content["state"]["constraints"][0].update(number=float("inf")),
    lambda content: content.update(state=None),
    lambda content: content.update(title=["x"]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_somebody_has_changed_is_refused(change: Change) -> None:
    with pytest.raises(BadFile, match="damaged"):
        exports.read(changed(change))


def test_what_cannot_be_seen_is_not_imported() -> None:
    file = changed(lambda content: content["messages"][0].update(text="a\u202eb\x00c"))
    assert exports.read(file).messages[0].text == "abc"


def test_what_somebody_adds_to_a_file_is_not_imported() -> None:
    file = changed(lambda content: content["state"].update(seen=[457], owner="me"))
    assert RequestState.read(exports.read(file).state).seen == ()


def test_markdown_has_who_said_what_and_what_was_picked(parts: Parts) -> None:
    assert exports.markdown(SHOWN, parts.catalogue).splitlines()[::2] == [
        "# Pirates \\*here\\*",
        "**You**",
        "pirates, \\*not\\* \\<b\\>long\\</b\\>",
        "please",
        "**Osusume**",
        "Try this.",
        "\\[1\\] Mushishi: it is quiet.",
        "- [1] Mushi-Shi (2005)",
        "*Stopped.*",
    ]
