"""Snapshots: what of a conversation may be seen by anyone who has a link to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Self

from pydantic import TypeAdapter, ValidationError

from memory.errors import StoreError
from memory.messages import Message, Pick

# Of the form below. Fields may be added to it; what an older version would read wrongly needs
# the next number.
VERSION = 1


@dataclass(frozen=True, slots=True)
class SharedPick:
    """A pick as a visitor sees it."""

    n: int
    mal_id: int
    reason: str

    @classmethod
    def of(cls, pick: Pick) -> Self:
        """What may be seen of the pick."""
        return cls(n=pick.n, mal_id=pick.mal_id, reason=pick.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMessage:
    """A message as a visitor sees it."""

    role: Literal["user", "assistant"]
    text: str
    at: datetime
    picks: tuple[SharedPick, ...] = ()
    answered_by: Literal["model", "composer"] | None = None
    ending: Literal["finished", "stopped", "failed"] = "finished"
    notice: str = ""

    @classmethod
    def of(cls, message: Message) -> Self:
        """What may be seen of the message."""
        return cls(
            role=message.role,
            text=message.text,
            at=message.at.astimezone(UTC),  # where somebody lives is not told
            picks=tuple(map(SharedPick.of, message.picks)),
            answered_by=message.answered_by,
            ending=message.ending,
            notice=message.notice,
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a share link shows: the allow-list.

    Each field is named where it is copied, so that what conversations come to hold is not shared
    before somebody says so. `state` is kept as it is handed in.
    """

    title: str
    messages: tuple[SharedMessage, ...]
    state: str

    @classmethod
    def of(cls, title: str, messages: Iterable[Message], state: str) -> Self:
        """What may be seen of a conversation; `state` must be fit to be seen already."""
        return cls(title, tuple(map(SharedMessage.of, messages)), state)


@dataclass(frozen=True, slots=True)
class OpenedShare:
    """What a visitor sees of a share, and until when."""

    snapshot: Snapshot
    expires: datetime | None


_SNAPSHOT = TypeAdapter(Snapshot)


def written(snapshot: Snapshot) -> str:
    """The snapshot as JSON."""
    return _SNAPSHOT.dump_json(snapshot).decode()


def read(text: str) -> Snapshot:
    """The snapshot from its JSON, or StoreError; fields that a later form adds are passed over."""
    try:
        return _SNAPSHOT.validate_json(text)
    except ValidationError:
        # Without its cause, which quotes what people wrote.
        raise StoreError("A share is kept in a form that this version cannot read.") from None
