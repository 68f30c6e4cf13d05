"""What is read of a conversation: by a list, by its page, and by its next turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from memory.messages import Message, several

_TITLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a list of conversations shows of one."""

    id: str
    title: str
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """What allows one run to answer a turn of a conversation of the owner's."""

    conversation: str
    owner: str
    run: str
    turn: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """The lease for a message's turn, what came before, and the titles that its owner has seen.

    `texts` are messages as they are kept, `state` is the request state.
    """

    lease: Lease
    texts: tuple[str, ...]
    state: str | None
    seen: frozenset[int] = frozenset()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages, or StoreError: read when asked for, since only a model needs them."""
        return several(self.texts)


@dataclass(frozen=True, slots=True)
class Thumb:
    """What the owner thinks of an answer, with a word about it if there was one."""

    up: bool
    word: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where the messages before those that were read begin."""

    messages: int
    turn: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The last messages of a conversation's path, as its owner sees them.

    `running` is the run of the turn that is being answered, `earlier` is None where all were read,
    `branches` has each turn that is one of several in their order, `thumbs` each that was rated.
    """

    conversation: Conversation
    messages: tuple[Message, ...]
    state: str | None
    running: str | None
    earlier: Earlier | None
    branches: Mapping[str, tuple[str, ...]]
    thumbs: Mapping[str, Thumb]


def conversation(key: str, facts: Sequence[str]) -> Conversation:
    """A conversation from its facts: title, and when it was begun and last used."""
    title, *times = facts
    created, updated = (datetime.fromisoformat(each).astimezone(UTC) for each in times)
    return Conversation(key, title, created, updated)


def branches(kept: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Each turn that is one of several, with all of them, from the fields of `branches`."""
    fields = zip(kept[::2], kept[1::2], strict=True)
    siblings = [tuple(turns.split()) for name, turns in fields if name.startswith("of:")]
    return {turn: each for each in siblings for turn in each}


def thumbs(kept: Sequence[str]) -> dict[str, Thumb]:
    """What is thought of each turn that was rated, from the fields of `branches`."""
    fields = zip(kept[::2], kept[1::2], strict=True)
    rated = ((name.removeprefix("thumb:"), text) for name, text in fields if name[:6] == "thumb:")
    return {turn: Thumb(text[:1] == "+", text[1:]) for turn, text in rated}


def title(text: str) -> str:
    """The beginning of a text, up to the end of a word."""
    line = " ".join(text.split())
    if len(line) <= _TITLE_CHARACTERS:
        return line
    words = line[: _TITLE_CHARACTERS + 1].rsplit(" ", 1)[0]
    return f"{words[:_TITLE_CHARACTERS]} …"
