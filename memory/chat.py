"""What is read of a conversation: by a list, by its page, and by its next turn."""

from dataclasses import dataclass
from datetime import datetime

from memory.messages import Message


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a list of conversations shows of one."""

    id: str
    title: str
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Recalled:
    """What came before a message, and the titles that its owner has seen.

    `state` is the request state as it was kept.
    """

    messages: tuple[Message, ...]
    state: str | None
    seen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation as its owner sees it; `running` is the turn that is being answered."""

    conversation: Conversation
    messages: tuple[Message, ...]
    state: str | None
    running: str | None
