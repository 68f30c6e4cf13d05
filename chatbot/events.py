"""What happens in a turn, as every page that follows it is told."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from memory import Pick
from retrieval import Constraint, Intent

AnsweredBy = Literal["model", "composer"]
Ending = Literal["finished", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Understood:
    """The message was understood; `constraints` are all those in force."""

    intent: Intent
    query: str
    constraints: tuple[Constraint, ...]
    searches: bool
    understood_by: Literal["rules", "model"]
    kind: Literal["understood"] = "understood"


@dataclass(frozen=True, slots=True)
class Found:
    """The search is done; so many candidates were found."""

    candidates: int
    kind: Literal["found"] = "found"


@dataclass(frozen=True, slots=True)
class Picked:
    """A candidate became a pick; its mark follows in the text."""

    pick: Pick
    kind: Literal["picked"] = "picked"


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of the answer's text."""

    text: str
    kind: Literal["piece"] = "piece"


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long the stages took; the first token and the total count from the turn's start."""

    understand: float = 0
    search: float = 0
    first_token: float = 0
    total: float = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is whole and kept; `notice` is what the page adds in small print."""

    ending: Ending
    answered_by: AnsweredBy
    seconds: Seconds
    notice: str = ""
    kind: Literal["finished"] = "finished"


@dataclass(frozen=True, slots=True)
class Failed:
    """The turn ended without an answer that could be kept; the sentence says why."""

    sentence: str
    kind: Literal["failed"] = "failed"


Event = Understood | Found | Picked | Piece | Finished | Failed

_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def written(event: Event) -> str:
    """The event as JSON."""
    return _EVENT.dump_json(event).decode()


def read(text: str) -> Event:
    """The event from its JSON."""
    return _EVENT.validate_json(text)
