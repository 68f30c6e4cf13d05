"""A message taken apart: titles, limits and phrases in it, and what its negations cover."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from retrieval.amounts import Amount, amounts
from retrieval.lexicon import Kind, Lexicon, Phrase
from retrieval.names import Mention, Names
from retrieval.words import Word, split

_WISHES: frozenset[Kind] = frozenset({"type", "tag", "tone", "studio", "length", "era"})
# A negation reaches over this many words that mean nothing to us, and no further.
_REACH = 3
_FIGURES = re.compile(r"[0-9]{1,2}")
# What may stand between a negation and the title that it rules out: "nothing at all like X or Y".
_BETWEEN = {"like", "fond", "joint", "more"}


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase and whether a negation covers it."""

    phrase: Phrase
    negated: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A small number, in figures or spelt, and the word that it is."""

    value: int
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was recognised in a message; positions count `words`."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    limits: tuple[Amount, ...]
    found: tuple[Found, ...]
    rest: tuple[int, ...]
    """Words that nothing was recognised in: what the message is about."""
    numbers: tuple[Number, ...]
    """Counts, or places in a list."""

    def said(self, kind: Kind, *values: str) -> tuple[Found, ...]:
        """The phrases of a kind, of these values where any are given."""
        fitting = (each for each in self.found if each.phrase.kind == kind)
        return tuple(each for each in fitting if not values or each.phrase.value in values)

    def rules_out(self, start: int) -> bool:
        """Whether a negation covers the title that is named, or pointed at, from this word on."""
        negations = [each.phrase for each in self.said("cue", "negation")]
        ends = [phrase.end for phrase in negations if phrase.end <= start]
        if not ends:
            return False
        between = range(ends[-1], start)
        passed = {number for each in self.mentions for number in range(each.start, each.end)}
        for each in self.found:
            if each.phrase.kind in {"filler", "ordinal"} or each.phrase.value in _BETWEEN:
                passed.update(range(each.phrase.start, each.phrase.end))
        passed.update(number.at for number in self.numbers)
        return passed.issuperset(between) and not any(self.words[at].breaks for at in between)


class Reader:
    """Takes messages apart with the lexicon and the catalogue's names."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self._lexicon = lexicon
        self._names = names

    def read(self, text: str) -> Reading:
        """Take a message apart; any text can be read."""
        words = split(text)
        mentions = self._names.find(words, self._cued(words))
        taken = _covered(len(words), [(each.start, each.end) for each in mentions])
        limits = tuple(amounts(_blanked(text, words, taken)))
        for number, word in enumerate(words):
            taken[number] |= any(word.start < each.end and word.end > each.start for each in limits)
        phrases = tuple(self._lexicon.find(words, taken))
        known = _covered(len(words), [(each.start, each.end) for each in phrases])
        rest = [n for n in range(len(words)) if not (taken[n] or known[n])]
        return Reading(
            words,
            mentions,
            limits,
            tuple(_scoped(words, phrases)),
            rest=tuple(n for n in rest if not words[n].text.isdecimal()),
            numbers=tuple(sorted(_numbers(words, phrases, rest), key=lambda each: each.at)),
        )

    def _cued(self, words: Sequence[Word]) -> list[bool]:
        """Where a title is to be expected: after "like", "loved" and what lists on from there."""
        cued = [False] * len(words)
        listing = False
        for phrase in self._lexicon.find(words, cued):
            is_cue = phrase.kind == "cue"
            listing = is_cue and (
                phrase.value in {"like", "fond"} or (listing and phrase.value == "joint")
            )
            named = phrase.value == "joint" and phrase.start and cued[phrase.start - 1]
            listing = listing or bool(named)
            if listing and phrase.end < len(words):
                cued[phrase.end] = is_cue
        return cued


def _covered(length: int, spans: Sequence[tuple[int, int]]) -> list[bool]:
    covered = [False] * length
    for start, end in spans:
        covered[start:end] = [True] * (end - start)
    return covered


def _blanked(text: str, words: Sequence[Word], taken: Sequence[bool]) -> str:
    """The text with the words that are taken blanked out: "86" in a name is no number."""
    characters = list(text)
    for word, is_taken in zip(words, taken, strict=True):
        if is_taken:
            characters[word.start : word.end] = " " * (word.end - word.start)
    return "".join(characters)


def _numbers(
    words: Sequence[Word], phrases: Sequence[Phrase], rest: Sequence[int]
) -> Iterator[Number]:
    for phrase in phrases:
        if phrase.kind == "number":
            yield Number(int(phrase.value), phrase.start)
    for at in rest:
        if _FIGURES.fullmatch(words[at].text):
            yield Number(int(words[at].text), at)


def _scoped(words: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Found]:
    scope = _Scope()
    for phrase in phrases:
        stretch = words[scope.reached : phrase.start + 1]
        scope = scope.at(phrase, breaks=any(word.breaks for word in stretch))
        yield Found(phrase, scope.negates(phrase))


@dataclass(frozen=True, slots=True)
class _Scope:
    """How far the last negation reaches: until a contrast, a new clause or another kind."""

    negating: bool = False
    covers: Kind | None = None
    reached: int = 0

    def at(self, phrase: Phrase, *, breaks: bool) -> Self:
        if phrase.kind == "cue" and phrase.value in {"negation", "contrast"}:
            return type(self)(negating=phrase.value == "negation", reached=phrase.end)
        if phrase.value == "with" and self.covers:
            # "without gore and with comedy", but not "nothing with romance".
            return type(self)(reached=phrase.end)
        if phrase.kind not in _WISHES:
            return self
        same = self.covers in {None, phrase.kind} and phrase.start - self.reached <= _REACH
        if breaks or not same:
            return replace(self, negating=False, covers=None)
        return replace(self, covers=phrase.kind, reached=phrase.end)

    def negates(self, phrase: Phrase) -> bool:
        return self.negating and phrase.kind in _WISHES
