"""The phrases that people use, found in a message: lexicon.toml as data."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import TypeAdapter

from data import Catalogue
from retrieval.words import Word, plain

Kind = Literal[
    "type",
    "tag",
    "tone",
    "studio",
    "length",
    "era",
    "comparison",
    "cue",
    "ordinal",
    "number",
    "filler",
]
_Table = dict[str, list[str]]
_PATH = Path(__file__).parent / "lexicon.toml"


@dataclass(frozen=True, slots=True)
class Tone:
    """A mood by the tags that speak for and against it and the words that synopses use for it.

    `opposite` names the tone that a negation asks for, or is empty.
    """

    phrases: tuple[str, ...]
    tags: tuple[str, ...]
    avoid: tuple[str, ...]
    words: str
    opposite: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a run of words stands for; `start` and `end` count words."""

    kind: Kind
    value: str
    start: int
    end: int


class Lexicon:
    """Every phrase by its words, with the studios of the catalogue among them."""

    def __init__(self, phrases: Iterable[tuple[Kind, str, str]]) -> None:
        self._entries: dict[tuple[str, ...], tuple[Kind, str]] = {}
        for kind, value, phrase in phrases:
            self._entries.setdefault(tuple(plain(phrase).split()), (kind, value))
        self._longest = max(map(len, self._entries))

    @classmethod
    def read(cls, catalogue: Catalogue) -> Self:
        """The lexicon that ships, together with the catalogue's own studios."""
        tables, _ = _read()
        phrases: list[tuple[Kind, str, str]] = [
            (kind, value, phrase)
            for kind, table in tables.items()
            for value, several in table.items()
            for phrase in several
        ]
        moods = tones().items()
        phrases.extend(("tone", name, each) for name, tone in moods for each in tone.phrases)
        studios = {studio for title in catalogue for studio in title.studios}
        # A studio named like an everyday word (feel., Gainax' neighbours) needs its full name.
        known = {plain(phrase) for _, _, phrase in phrases}
        for studio in sorted(studios):
            names = [studio] if _telling(studio, known) else [form.format(studio) for form in _SAID]
            phrases.extend(("studio", studio, name) for name in names)
        return cls(phrases)

    @property
    def words(self) -> set[str]:
        """Every word of a phrase."""
        return {word for phrase in self._entries for word in phrase}

    def find(self, words: Sequence[Word], taken: Sequence[bool]) -> Iterator[Phrase]:
        """The longest phrases from left to right, none over words that are taken."""
        at = 0
        while at < len(words):
            phrase = self._at(words, taken, at)
            if phrase:
                yield phrase
            at = phrase.end if phrase else at + 1

    def _at(self, words: Sequence[Word], taken: Sequence[bool], start: int) -> Phrase | None:
        for end in range(min(len(words), start + self._longest), start, -1):
            if any(taken[start:end]):
                continue
            entry = self._entries.get(tuple(word.text for word in words[start:end]))
            if entry:
                return Phrase(*entry, start, end)
        return None


def tones() -> Mapping[str, Tone]:
    """The tones that are known, by name."""
    return _read()[1]


def _telling(studio: str, known: set[str]) -> bool:
    name = plain(studio)
    return name not in known and len(name) > 3 and name not in _EVERYDAY  # noqa: PLR2004


# How a studio is named whose name alone says nothing.
_SAID = ("by {}", "studio {}", "{} studio", "{} anime", "from studio {}", "made by {}")
# Studios whose names are words that people write about anything.
_EVERYDAY = {
    "feel",
    "trigger",
    "bones",
    "actas",
    "zero g",
    "lay duce",
    "passione",
    "hal film maker",
}


@cache
def _read() -> tuple[dict[Kind, _Table], dict[str, Tone]]:
    content = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    moods = TypeAdapter(dict[str, Tone]).validate_python(content.pop("tone"))
    return TypeAdapter(dict[Kind, _Table]).validate_python(content), moods
