"""Recorded conversations: what is said, and what the answer to each message must show."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

_FOLDER = Path(__file__).parent


class Place(BaseModel):
    """A pick of an earlier turn, both counted from 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    turn: int
    n: int
    field: str = ""


_Places = Place | list[Place]


class Limits(BaseModel):
    """What titles must satisfy; `share` alone has `at_least`."""

    model_config = ConfigDict(extra="forbid")

    at_least: float = 1
    type: list[str] = []
    genres_any: list[str] = []
    genres_all: list[str] = []
    genres_none: list[str] = []
    studios_any: list[str] = []
    source_any: list[str] = []
    age_none: list[str] = []
    year_min: float | None = None
    year_max: float | None = None
    episodes_min: float | None = None
    episodes_max: float | None = None
    minutes_min: float | None = None
    minutes_max: float | None = None
    score_min: float | None = None
    score_max: float | None = None
    popularity_min: float | None = None
    popularity_max: float | None = None


class Expectation(BaseModel):
    """What the answer to one message must show; all of it must hold."""

    model_config = ConfigDict(extra="forbid")

    searched: bool | None = None
    picks_min: int = 0
    picks_max: int = 99
    every: Limits = Limits()
    share: Limits | None = None
    include_any: list[int] = []
    exclude: list[int] = []
    no_repeats: bool = False
    mentions: list[int] = []
    mentions_pick: _Places = []
    about_pick: _Places = []
    fact_pick: _Places = []
    exclude_pick: _Places = []
    like_pick: _Places = []
    answer_any: list[str] = []
    answer_none: list[str] = []


class Turn(BaseModel):
    """A message, and what its answer must show."""

    say: str
    expect: Expectation


class Dialogue(BaseModel):
    """A conversation of one kind."""

    id: str
    kind: str
    turns: list[Turn]


def recorded(name: str) -> list[Dialogue]:
    """The conversations of a file in this folder."""
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_DIALOGUE.validate_json(line) for line in lines if line.strip()]


def several(places: _Places) -> list[Place]:
    """Places that were written as one or as a list."""
    return [places] if isinstance(places, Place) else places


_DIALOGUE = TypeAdapter(Dialogue)
