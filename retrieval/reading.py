"""A message taken apart: titles, limits and phrases in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.amounts import Amount, amounts
from retrieval.lexicon import Kind, Lexicon, Phrase, word_list
from retrieval.names import Mention, Names
from retrieval.scope import WISHES, Stance, scoped
from retrieval.spelling import Spelling
from retrieval.words import Word, split

_FIGURES = re.compile(r"[0-9]{1,2}")
# Cues after which a title is to be expected, and those that list on from there.
_NAMING = {"like", "fond", "seen", "than"}
# Negations that end so rule out a title: "apart from", "other than".
_EXCEPTING = {"except", "for", "from", "than", "besides", "like", "but"}
_ARTICLES = {"a", "an", "the"}


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase and how it is meant."""

    phrase: Phrase
    stance: Stance

    @property
    def negated(self) -> bool:
        """Whether it is ruled out."""
        return self.stance == "avoid"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount and how it is meant."""

    amount: Amount
    stance: Stance


@dataclass(frozen=True, slots=True)
class Number:
    """A small number, in figures or spelt, and the word that it is."""

    value: int
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was recognised in a message; positions count `words`."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    limits: tuple[Limit, ...]
    found: tuple[Found, ...]
    rest: tuple[int, ...]
    """Words that nothing was recognised in: what the message is about."""
    numbers: tuple[Number, ...]
    """Counts, or places in a list."""

    def said(self, kind: Kind, *values: str) -> tuple[Found, ...]:
        """The phrases of a kind, of these values where any are given."""
        fitting = (each for each in self.found if each.phrase.kind == kind)
        return tuple(each for each in fitting if not values or each.phrase.value in values)

    def says(self, *cues: str) -> bool:
        """Whether one of these cues is given."""
        return any(each.phrase.kind == "cue" and each.phrase.value in cues for each in self.found)

    @property
    def expects_a_title(self) -> bool:
        """Whether it asks what can only be asked of a title: "do I need to see fate zero first"."""
        asks = self.says("order", "compare", "where", "why") or self.said("column")
        return self.question and bool(asks) and not self.said("ordinal")

    @property
    def question(self) -> bool:
        """Whether it has the form of a question."""
        if self.text.rstrip().endswith(("?", "？")):  # noqa: RUF001  # as in Japanese
            return True
        return self.opens_with(*word_list("asking"))

    def opens_with(self, *words: str) -> bool:
        """Whether a clause of it begins with one of these words, but for words that say nothing."""
        inner = {n for each in self.found for n in _of(each)[1:]}
        return any(
            word.text in words and n not in inner and self._opens(n)
            for n, word in enumerate(self.words)
        )

    def _opens(self, start: int) -> bool:
        """Whether only words that say nothing stand before this one in its clause."""
        idle = {
            number for each in self.found if each.phrase.kind == "filler" for number in _of(each)
        }
        idle |= {number for each in self.said("cue", *_OPENERS) for number in _of(each)}
        while start and not self.words[start].breaks and start - 1 in idle:
            start -= 1
            if self.words[start].text in word_list("stating"):
                return False
        return not start or self.words[start].breaks


# What people say before they come to their question, and what makes a statement of it.
_OPENERS = ("contrast", "yes", "joint", "hello", "thanks", "no", "correct", "reject")


class Reader:
    """Takes messages apart with the lexicon and the catalogue's names."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self._lexicon = lexicon
        self._names = names
        self._spelling = Spelling(lexicon.written, lexicon.words | names.everyday | names.words)

    def read(self, text: str) -> Reading:
        """Take a message apart; any text can be read."""
        words = split(text)
        reading = self._read(text, words, self._names.find(words, self._cued(words)))
        if reading.mentions or reading.numbers or not reading.expects_a_title:
            return reading
        return self._read(text, words, self._names.expected(words))

    def _read(self, text: str, words: tuple[Word, ...], mentions: tuple[Mention, ...]) -> Reading:
        taken = _covered(len(words), [(each.start, each.end) for each in mentions])
        words = self._spelling.mended(words, taken)
        limits = tuple(amounts(_blanked(text, words, taken)))
        spans = [_span(words, each) for each in limits]
        for start, end in spans:
            taken[start:end] = [True] * (end - start)
        phrases = tuple(self._lexicon.find(words, taken))
        known = _covered(len(words), [(each.start, each.end) for each in phrases])
        rest = [n for n in range(len(words)) if not (taken[n] or known[n])]
        stances, limited = scoped(words, phrases, spans)
        return Reading(
            text,
            words,
            mentions,
            tuple(map(Limit, limits, limited)),
            tuple(map(Found, phrases, stances)),
            rest=tuple(n for n in rest if not _says_nothing(words[n])),
            numbers=tuple(sorted(_numbers(text, words, phrases, rest), key=lambda each: each.at)),
        )

    def _cued(self, words: Sequence[Word]) -> list[bool]:
        """Where a title is to be expected: after "like", "loved" and what lists on from there."""
        cued = [False] * len(words)
        listing = False
        phrases = tuple(self._lexicon.find(words, cued))
        wishes = {phrase.start for phrase in phrases if phrase.kind in WISHES}
        for phrase in phrases:
            is_cue = phrase.kind == "cue"
            joint = phrase.value == "joint"
            excepts = words[phrase.end - 1].text in _EXCEPTING and phrase.end not in wishes
            names = phrase.value in _NAMING or (phrase.value == "negation" and excepts)
            listing = is_cue and (names or (listing and joint))
            listing = listing or (joint and bool(phrase.start) and cued[phrase.start - 1])
            if listing and phrase.end < len(words):
                cued[phrase.end] = True
                article = words[phrase.end].text in _ARTICLES and phrase.end + 1 < len(words)
                cued[phrase.end + 1 if article else phrase.end] = True
        return cued


def _says_nothing(word: Word) -> bool:
    """Figures, and the kana that Japanese holds its words together with."""
    return word.text.isdecimal() or (word.japanese and word.text < "\u30a0")


def _of(found: Found) -> range:
    return range(found.phrase.start, found.phrase.end)


def _covered(length: int, spans: Sequence[tuple[int, int]]) -> list[bool]:
    covered = [False] * length
    for start, end in spans:
        covered[start:end] = [True] * (end - start)
    return covered


def _span(words: Sequence[Word], amount: Amount) -> tuple[int, int]:
    """The words that an amount covers."""
    inside = [
        n for n, word in enumerate(words) if word.start < amount.end > amount.start < word.end
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _blanked(text: str, words: Sequence[Word], taken: Sequence[bool]) -> str:
    """The text with the words that are taken blanked out: "86" in a name is no number."""
    characters = list(text)
    for word, is_taken in zip(words, taken, strict=True):
        if is_taken:
            characters[word.start : word.end] = " " * (word.end - word.start)
    return "".join(characters)


def _numbers(
    text: str, words: Sequence[Word], phrases: Sequence[Phrase], rest: Sequence[int]
) -> Iterator[Number]:
    for phrase in phrases:
        if phrase.kind == "number":
            yield Number(int(phrase.value), phrase.start)
    for at in rest:
        # "<3" is a heart.
        if (
            _FIGURES.fullmatch(words[at].text)
            and text[words[at].start - 1 : words[at].start] != "<"
        ):
            yield Number(int(words[at].text), at)
