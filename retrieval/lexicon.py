"""The phrases that people use, found in a message: the files of `phrases/` as data."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, Self, get_args

from pydantic import TypeAdapter

from data import Catalogue
from retrieval.words import Word, plain

Wish = Literal[
    "type",
    "tag",
    "motif",
    "tone",
    "studio",
    "source",
    "status",
    "age",
    "rating",
    "popularity",
    "score",
    "length",
    "era",
    "comparison",
    "column",
]
Kind = Wish | Literal["cue", "ordinal", "number", "filler"]
# What a message can ask for, rule out, welcome or let go of.
WISHES: frozenset[Kind] = frozenset(get_args(Wish))
_Table = dict[str, list[str]]
_PHRASES = Path(__file__).parent / "phrases"
# The first file that has a phrase decides what it means.
_FILES = ("wishes.toml", "cues.toml", "languages.toml")


@dataclass(frozen=True, slots=True)
class Tone:
    """A mood by the tags that speak for and against it and the words that synopses use for it.

    `opposite` names the tone that a negation asks for, or is empty.
    """

    phrases: tuple[str, ...]
    tags: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    words: str = ""
    opposite: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a run of words stands for; `start` and `end` count words."""

    kind: Kind
    value: str
    start: int
    end: int

    @property
    def values(self) -> tuple[str, ...]:
        """The values, one or the other of which is meant: "thriller" names several tags."""
        return tuple(self.value.replace("&", "/").split("/"))

    @property
    def core(self) -> int:
        """How many of the values, from the first on, it rules out where it is negated."""
        return self.value.partition("/")[0].count("&") + 1


class Lexicon:
    """Every phrase by its words, with the studios of the catalogue among them."""

    def __init__(self, phrases: Iterable[tuple[Kind, str, str]]) -> None:
        self._entries: dict[tuple[str, ...], list[tuple[Kind, str]]] = {}
        self.written: set[str] = set()
        """Every word of a phrase, but for the names of studios."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for kind, value, phrase in phrases:
            words = tuple(plain(phrase).split())
            meanings = self._entries.setdefault(words, [])
            # A cue may tell several things at once; of everything else the first one counts.
            if not meanings or (kind == meanings[0][0] == "cue" and (kind, value) not in meanings):
                meanings.append((kind, value))
            lengths[words[0]].add(len(words))
            self.written |= set(words) if kind != "studio" else set()
        self._lengths = {word: sorted(each, reverse=True) for word, each in lengths.items()}

    @classmethod
    def read(cls, catalogue: Catalogue) -> Self:
        """The lexicon that ships, together with the catalogue's own studios."""
        tables, moods, _ = _read()
        phrases: list[tuple[Kind, str, str]] = []
        for kind, table in tables:
            for value, several in table.items():
                phrases.extend((kind, value, phrase) for phrase in several)
        for name, tone in moods.items():
            phrases.extend(("tone", name, phrase) for phrase in tone.phrases)
        studios = {studio for title in catalogue for studio in title.studios}
        # A studio named like an everyday word (feel., Gainax' neighbours) needs its full name.
        known = {plain(phrase) for _, _, phrase in phrases}
        for studio in sorted(studios):
            names = [studio] if _telling(studio, known) else [form.format(studio) for form in _SAID]
            phrases.extend(("studio", studio, name) for name in names)
        return cls(phrases)

    @property
    def words(self) -> set[str]:
        """Every word of a phrase, and phrases of Japanese, whose words are its characters."""
        japanese = {"".join(phrase) for phrase in self._entries if phrase[0] > "\u3000"}
        return {word for phrase in self._entries for word in phrase} | japanese

    def find(self, words: Sequence[Word], taken: Sequence[bool]) -> Iterator[Phrase]:
        """The longest phrases from left to right, none over words that are taken."""
        at = 0
        while at < len(words):
            found = self._at(words, taken, at)
            yield from found
            at = found[0].end if found else at + 1

    def _at(self, words: Sequence[Word], taken: Sequence[bool], start: int) -> list[Phrase]:
        for length in self._lengths.get(words[start].text, ()):
            end = start + length
            if end > len(words) or any(taken[start:end]):
                continue
            meanings = self._entries.get(tuple(word.text for word in words[start:end]))
            if meanings:
                return [Phrase(kind, value, start, end) for kind, value in meanings]
        return []


def word_list(name: str) -> frozenset[str]:
    """A list of single words that several rules ask for."""
    return _read()[2][name]


def tones() -> Mapping[str, Tone]:
    """The tones that are known, by name."""
    return _read()[1]


def _telling(studio: str, known: set[str]) -> bool:
    name = plain(studio)
    return name not in known and len(name) > 3 and name not in _EVERYDAY  # noqa: PLR2004


# How a studio is named whose name alone says nothing.
_SAID = (
    "by {}",
    "studio {}",
    "{} studio",
    "{} anime",
    "from studio {}",
    "made by {}",
    "from {}",
    "{} stuff",
    "same for {}",
    "the same for {}",
)
# Studios whose names are words that people write about anything.
_EVERYDAY = {
    "feel",
    "trigger",
    "bones",
    "actas",
    "connect",
    "encourage",
    "nomad",
    "orange",
    "zero g",
    "lay duce",
    "passione",
    "hal film maker",
}


@cache
def _read() -> tuple[list[tuple[Kind, _Table]], dict[str, Tone], dict[str, frozenset[str]]]:
    tables: list[tuple[Kind, _Table]] = []
    moods: dict[str, Tone] = {}
    lists: dict[str, frozenset[str]] = {}
    for name in _FILES:
        content = tomllib.loads((_PHRASES / name).read_text(encoding="utf-8"))
        words = TypeAdapter(dict[str, str]).validate_python(content.pop("words", {}))
        lists |= {each: frozenset(plain(text).split()) for each, text in words.items()}
        said = TypeAdapter(dict[str, Tone]).validate_python(content.pop("tone", {}))
        for mood, tone in said.items():
            known = moods.setdefault(mood, replace(tone, phrases=()))
            moods[mood] = replace(known, phrases=known.phrases + tone.phrases)
        tables.extend(TypeAdapter(dict[Kind, _Table]).validate_python(content).items())
    return tables, moods, lists
