"""Records of any shape, their columns found by the names that others give them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

# AniList's tags say how well each of them fits; below this, opinions are divided.
_FITTING = 60
_DEEPEST = 6
# What dumps write where nothing is known.
_NOTHING = frozenset({"", "unknown", "none", "nan", "null", "n/a", "-", "none none", "none found"})
_BETWEEN = re.compile(r"\s*[;|]\s*")
_BETWEEN_WORDS = re.compile(r"\s*,\s*")

# What a parsed JSON text is made of.
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Record:
    """What a source says of one title: each column's values, best first, and where they stood."""

    place: str
    columns: Mapping[str, Sequence[str]]
    is_anilist: bool = False

    def of(self, column: str) -> Sequence[str]:
        """The values of a column, none where the source has none."""
        return self.columns.get(column, ())


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that is no title here: where it stood, its name, and why."""

    place: str
    name: str
    reason: str


def record(place: str, foreign: Mapping[str, Json]) -> Record:
    """The columns that we know of what a source says."""
    flat = dict(_flat(foreign, "", 0))
    columns: dict[str, Sequence[str]] = {}
    for column, names in _names()["one"].items():
        columns[column] = _known(text for name in names for text in _texts(flat.get(name)))
    for column, names in _names()["several"].items():
        columns[column] = _known(text for name in names for text in _parts(flat.get(name)))
    return Record(place, columns, any(mark in flat for mark in _names()["anilist"]["marks"]))


def is_title(foreign: Mapping[str, Json]) -> bool:
    """Whether an object is one title's: it has a name, and more than a name and an id."""
    names = dict(_flat(foreign, "", 0)).keys()
    named = any(name in names for name in _names()["one"]["title"])
    return named and known(names) > 2  # noqa: PLR2004


def known(names: Iterable[str]) -> int:
    """How many of the columns' names are known."""
    every = _every()
    return sum(folded(name) in every for name in names)


def folded(name: str) -> str:
    """A column's name as the table has it."""
    return re.sub(r"[^\w.]+", "_", name.strip().casefold()).strip("_")


def _flat(value: Mapping[str, Json], before: str, deep: int) -> Iterator[tuple[str, Json]]:
    for name, each in value.items():
        path = before + folded(str(name))
        if isinstance(each, dict) and deep < _DEEPEST:
            yield from _flat(each, f"{path}.", deep + 1)
        else:
            yield path, each


def _known(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.casefold() not in _NOTHING))


def _texts(value: Json) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_listed(value))
    return () if value is None else (str(value).strip(),)


def _parts(value: Json) -> list[str]:
    if not isinstance(value, str):
        return list(_texts(value))
    parts = _BETWEEN.split(value.strip())
    return parts if len(parts) > 1 else _BETWEEN_WORDS.split(value.strip())


def _listed(values: list[Json]) -> Iterator[str]:
    for each in values:
        if isinstance(each, str):
            yield each.strip()
        elif isinstance(each, dict) and _fits(each):
            inner = each.get("node")
            holder = inner if isinstance(inner, dict) else each
            name = holder.get("name") or holder.get("title")
            if isinstance(name, str):
                yield name.strip()


def _fits(value: Mapping[str, Json]) -> bool:
    rank = value.get("rank")
    is_main = value.get("isMain") is not False
    return is_main and (not isinstance(rank, int) or rank >= _FITTING)


@cache
def _every() -> frozenset[str]:
    parts = (_names()[part].values() for part in ("one", "several"))
    return frozenset(name for part in parts for each in part for name in each)


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
