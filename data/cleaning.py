"""What a source says of a title made one of ours, or rejected for a reason."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from data import prose, vocabulary
from data.catalogue import Title
from data.sources.records import Record, Rejected
from data.tables import number

# AniList numbers its titles itself; above every id of MyAnimeList they collide with none.
ANILIST_IDS = 1_000_000_000
_FIRST_YEAR = 1907  # Katsudou Shashin, the oldest known
_MOST_EPISODES = 10_000
_MOST_MINUTES = 600
# What dumps that cut hours off their minutes give for feature films.
_CUT_SHORT = 2
_PERCENT, _TEN = 100, 10
_ADULT_GENRES = frozenset({"Hentai", "Erotica"})
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_HOURS = re.compile(r"(\d{1,4})\s*h")
_MINUTES = re.compile(r"(\d{1,6})\s*m")
_SECONDS = re.compile(r"\d+\s*s")
_ADDRESS = re.compile(r"https?://[!-~]{1,500}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A title, what had to be left out of it, and whether it is for adults alone."""

    place: str
    title: Title
    is_adult: bool
    left_out: tuple[str, ...]


def cleaned(record: Record, latest_year: int) -> Cleaned | Rejected:
    """The record as one of our titles; a year after the latest is an impossible one."""
    names = [each for text in record.of("title") if (each := prose.name(text))]
    if not names:
        return Rejected(record.place, "", "it has no title")
    mal_id = _id(record)
    if mal_id is None:
        return Rejected(record.place, names[0], "it has no MyAnimeList id")
    tags = (*record.of("genres"), *record.of("themes"))
    numbers = _Numbers(record, latest_year)
    english, native = (_first_name(record, f"title_{tongue}") for tongue in ("english", "native"))
    title = Title(
        mal_id=mal_id,
        name=names[0],
        english=english,
        native=native,
        aliases=_aliases(record, {names[0], english, native}),
        type=_kind(record, "type", "types"),
        episodes=numbers.episodes,
        minutes=numbers.minutes,
        year=numbers.year,
        genres=vocabulary.genres(tags),
        themes=vocabulary.themes(tags),
        studios=_listed(record.of("studios")),
        source=_kind(record, "source", "sources"),
        age_rating=_kind(record, "age_rating", "age_ratings"),
        score=numbers.score,
        members=numbers.members,
        poster_url=next(filter(_ADDRESS.fullmatch, record.of("poster_url")), ""),
        synopsis=_first(map(prose.synopsis, record.of("synopsis"))),
    )
    unknown = tuple(f"“{prose.name(name)}”" for name in vocabulary.unknown(tags))
    return Cleaned(record.place, title, _is_adult(record, title), (*numbers.impossible, *unknown))


def _id(record: Record) -> int | None:
    own = next(filter(None, map(_whole, record.of("mal_id"))), None)
    if own is not None:
        return own
    other = next(filter(None, map(_whole, record.of("other_id"))), None)
    return other + ANILIST_IDS if other and record.is_anilist else other


def _first_name(record: Record, column: str) -> str:
    return _first(map(prose.name, record.of(column)))


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _aliases(record: Record, known: set[str]) -> tuple[str, ...]:
    every = _listed((*record.of("synonyms"), *record.of("title")[1:]))
    return tuple(name for name in every if name not in known)


def _listed(names: Iterable[str]) -> tuple[str, ...]:
    # Semicolons stand between the names of a cell.
    plain = (prose.name(each).replace(";", ",") for each in names)
    return tuple(dict.fromkeys(filter(None, plain)))


def _kind(record: Record, column: str, part: vocabulary.Part) -> str:
    return _first(vocabulary.named(part, text) for text in record.of(column))


def _is_adult(record: Record, title: Title) -> bool:
    said = any(text.casefold() in {"true", "1", "yes", "black"} for text in record.of("adult"))
    return said or title.age_rating == "Rx" or not _ADULT_GENRES.isdisjoint(title.genres)


class _Numbers:
    """A record's numbers; those that cannot be are None and told in `impossible`."""

    def __init__(self, record: Record, latest_year: int) -> None:
        self.impossible: list[str] = []
        kinds = record.of("type")
        is_film = any(vocabulary.named("types", kind) == "Movie" for kind in kinds)
        self.year = self._within("year", _years(record.of("year")), _FIRST_YEAR, latest_year)
        episodes = map(_whole, record.of("episodes"))
        self.episodes = self._within("episodes", [*filter(None, episodes)], 1, _MOST_EPISODES)
        least = _CUT_SHORT + 1 if is_film else 1
        self.minutes = self._within("minutes", _minutes(record), least, _MOST_MINUTES)
        self.members = next((each for each in map(_whole, record.of("members")) if each), 0)
        self.score = _score(record.of("score"))

    def _within(self, column: str, values: Sequence[int], least: int, most: int) -> int | None:
        if not values:
            return None
        if least <= values[0] <= most:
            return values[0]
        self.impossible.append(f"{column} {values[0]}")
        return None


def _years(texts: Sequence[str]) -> list[int]:
    return [int(year[1]) for text in texts if (year := _YEAR.search(text))]


def _minutes(record: Record) -> list[int]:
    return [each for text in record.of("minutes") if (each := _length(text.casefold()))]


def _length(text: str) -> int | None:
    """Minutes of "24", "24.0", "24 min. per ep.", "1 hr. 55 min." or "40 sec."."""
    hours, minutes = _HOURS.search(text), _MINUTES.search(text)
    if hours or minutes:
        return 60 * int(hours[1] if hours else 0) + int(minutes[1] if minutes else 0)
    return 1 if _SECONDS.search(text) else _whole(text)


def _whole(text: str) -> int | None:
    try:
        value = number(text)
    except ValueError:
        return None
    return ceil(value) if 0 <= value < ANILIST_IDS else None


def _score(texts: Sequence[str]) -> float | None:
    """A mean from 1 to 10, of scores to 10 or to 100; who has no scores has 0."""
    for text in texts:
        try:
            value = number(text)
        except ValueError:
            continue
        scaled = value / _TEN if value > _TEN else value
        return round(scaled, 2) if 1 <= scaled <= _PERCENT / _TEN else None
    return None
