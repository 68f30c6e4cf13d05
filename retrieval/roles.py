"""What the titles in a message are there for: as examples, as seen, to be left out, or compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.lexicon import Phrase
from retrieval.pointing import pointed
from retrieval.reading import Reading

Role = Literal["example", "avoid", "seen", "than"]

# The cue that governs a title: the nearest before it in its clause, else the nearest behind it.
_BEFORE: dict[str, Role] = {
    "like": "example",
    "blend": "example",
    "fond": "example",
    "seen": "seen",
    "than": "than",
}
_BEHIND: dict[str, Role] = {
    "against": "avoid",
    "seen": "seen",
    "fond": "example",
    "like": "example",
}
# What may stand between a negation and the title that it rules out: "nothing at all like X or Y".
_PASSED = {"like", "fond", "joint", "more", "it", "all", "accept", "seeking", "question"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A title that a message points at or names, where, and what for."""

    mal_id: int
    at: int
    role: Role
    shown: bool
    """Whether it is of the list shown last."""


def spoken(reading: Reading, picks: Sequence[int]) -> tuple[Spoken, ...]:
    """Every title that the message points at or names, from left to right."""
    places = [(mal_id, at, at + 1) for mal_id, at in pointed(reading, picks)]
    places += [(each.mal_id, each.start, each.end) for each in reading.mentions]
    found: list[Spoken] = []
    for several in _lists(reading, sorted(places, key=lambda place: place[1])):
        roles: list[Role] = [_role(reading, at) for _, at, _ in several]
        # In "1, 2 and 4 i know" the last one tells what the others are there for.
        told: list[Role] = [each for each in roles if each != "example"]
        role = (told or roles)[0]
        found += [Spoken(mal_id, at, role, mal_id in picks) for mal_id, at, _ in several]
    return tuple(found)


def _lists(
    reading: Reading, places: Sequence[tuple[int, int, int]]
) -> Iterator[list[tuple[int, int, int]]]:
    """Titles with nothing but commas and "and" between them, together."""
    idle = {
        at for each in reading.found if each.phrase.value == "joint" for at in _words(each.phrase)
    }
    idle |= {
        at
        for each in (*reading.said("filler"), *reading.said("ordinal"))
        for at in _words(each.phrase)
    }
    several: list[tuple[int, int, int]] = []
    for place in places:
        if several and not idle.issuperset(range(several[-1][2], place[1])):
            yield several
            several = []
        several.append(place)
    if several:
        yield several


def _role(reading: Reading, at: int) -> Role:
    if _ruled_out(reading, at) or any(
        each.phrase.start > at for each in reading.said("cue", "leaving")
    ):
        return "avoid"
    start, end = _clause(reading, at)
    cues = [each.phrase for each in reading.said("cue") if start <= each.phrase.start < end]
    before = [cue for cue in cues if cue.end <= at and cue.value in _BEFORE]
    behind = [cue for cue in cues if cue.start > at]
    if any(cue.value == "negation" and cue.end == end for cue in behind):
        # "The first is what i am sick of."
        return "avoid"
    if before:
        return _BEFORE[before[-1].value]
    if reading.says("makers") or (reading.says("same") and reading.said("column")):
        return "than"
    told: list[Role] = [_BEHIND[cue.value] for cue in behind if cue.value in _BEHIND]
    return told[0] if told else "example"


def _clause(reading: Reading, at: int) -> tuple[int, int]:
    """The words around a title up to the next comma or contrast on each side."""
    contrasts = [each.phrase for each in reading.said("cue", "contrast")]
    starts = [number for number, word in enumerate(reading.words) if word.breaks]
    starts += [phrase.start for phrase in contrasts]
    start = max((number for number in starts if number <= at), default=0)
    end = min((number for number in starts if number > at), default=len(reading.words))
    return start, end


def _ruled_out(reading: Reading, start: int) -> bool:
    """Whether a negation covers the title that is named, or pointed at, from this word on."""
    negations = [each.phrase for each in reading.said("cue", "negation")]
    ends = [phrase.end for phrase in negations if phrase.end <= start]
    if not ends:
        return False
    between = range(ends[-1], start)
    strange = set(between).difference(_passable(reading))
    return len(strange) <= 1 and not any(reading.words[at].breaks for at in (*between, start))


def _passable(reading: Reading) -> Iterator[int]:
    """Words that a negation reaches over on its way to a title."""
    for mention in reading.mentions:
        yield from range(mention.start, mention.end)
    for each in reading.found:
        if each.phrase.kind in {"filler", "ordinal"} or each.phrase.value in _PASSED:
            yield from _words(each.phrase)
    for number in reading.numbers:
        yield number.at


def _words(phrase: Phrase) -> range:
    return range(phrase.start, phrase.end)
