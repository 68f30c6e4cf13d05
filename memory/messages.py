"""Messages as they are kept: one JSON text each, with the version of its form."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from memory.errors import StoreError


@dataclass(frozen=True, slots=True)
class Pick:
    """A title as it was recommended, numbered `n` from 1 as shown, and how well it fitted."""

    n: int
    mal_id: int
    reason: str
    fit: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One text by one side, and of an answer also what it picked and how it came about.

    Of the owner's, `after` is the turn that it follows: "" for the first, None of form 1 and before
    it is kept.
    """

    role: Literal["user", "assistant"]
    text: str
    at: datetime
    turn: str
    picks: tuple[Pick, ...] = ()
    answered_by: Literal["model", "composer"] | None = None
    ending: Literal["finished", "stopped", "failed"] = "finished"
    notice: str = ""
    after: str | None = None
    v: Literal[1, 2] = 2


_MESSAGE = TypeAdapter(Message)


def new_id() -> str:
    """128 random bits in 22 URL-safe characters."""
    return secrets.token_urlsafe(16)


def chained(said: Sequence[Message]) -> Iterator[Message]:
    """The messages, each of the owner's after the turn before it."""
    after = ""
    for each in said:
        if each.role == "user":
            yield replace(each, after=after)
            after = each.turn
        else:
            yield each


def written(message: Message) -> str:
    """The message as JSON, without what it follows where that is not known."""
    unknown = {"after"} if message.after is None else None
    return _MESSAGE.dump_json(message, exclude=unknown).decode()


def read(text: str) -> Message:
    """The message from its JSON, or StoreError; fields that a later form adds are passed over."""
    try:
        return _MESSAGE.validate_json(text)
    except ValidationError:
        # Without its cause, which quotes what people wrote.
        raise StoreError("A message is kept in a form that this version cannot read.") from None


def several(texts: Iterable[str]) -> tuple[Message, ...]:
    """The messages from their JSON, or StoreError."""
    return tuple(map(read, texts))
