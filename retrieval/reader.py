"""Takes messages apart with the lexicon and the catalogue's names."""

import re
from collections.abc import Iterator, Sequence

from retrieval.amounts import Amount, amounts
from retrieval.lexicon import WISHES, Lexicon, Phrase, word_list
from retrieval.mentions import Mention
from retrieval.names import Names
from retrieval.reading import Found, Limit, Number, Reading
from retrieval.scope import scoped
from retrieval.spelling import Spelling
from retrieval.words import Word, split

_FIGURES = re.compile(r"[0-9]{1,2}")
# Cues after which a title is to be expected, and those that list on from there.
_NAMING = {"like", "fond", "seen", "than"}
# Negations that end so rule out a title: "apart from", "other than".
_EXCEPTING = {"except", "for", "from", "than", "besides", "like", "but"}
_ARTICLES = {"a", "an", "the"}
# "As quiet as Mushishi", but no name follows "as long as".
_NO_MEASURES = {"soon", "long", "far", "well", "much", "many", "short", "close"}


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
        if reading.recalls:
            # What looks like a name is part of the plot that is told.
            return self._read(text, words, ())
        pointed = reading.numbers and not reading.says("fond")
        if reading.mentions or pointed or not reading.expects_a_title:
            return reading
        return self._read(text, words, self._names.expected(words))

    def _read(self, text: str, words: tuple[Word, ...], mentions: tuple[Mention, ...]) -> Reading:
        titles = _covered(len(words), [(each.start, each.end) for each in mentions])
        taken = titles.copy()
        words = self._spelling.mended(words, taken)
        limits = tuple(amounts(_blanked(text, words, taken)))
        spans = [_span(words, each) for each in limits]
        for start, end in spans:
            taken[start:end] = [True] * (end - start)
        phrases = tuple(_ended(words, tuple(self._lexicon.find(words, taken)), titles))
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
        for at in range(len(words) - 3):
            first, measure, last, _ = (word.text for word in words[at : at + 4])
            if (first, last) == ("as", "as") and measure not in _NO_MEASURES:
                cued[at + 3] = True
        return cued


def _ended(
    words: Sequence[Word], phrases: Sequence[Phrase], titles: Sequence[bool]
) -> Iterator[Phrase]:
    """The phrases; "finished" is a wish unless somebody has finished something: "but finished"."""
    for each in phrases:
        alone = words[each.start].text == "finished" and each.end - each.start == 1
        if not alone:
            yield each
        elif not _watched(words, phrases, titles, each.start):
            yield Phrase("status", "finished", each.start, each.end)
        elif words[_clause(words, each.start)].text in word_list("whether"):
            yield Phrase("column", "status", each.start, each.end)
        else:
            yield each


def _watched(
    words: Sequence[Word], phrases: Sequence[Phrase], titles: Sequence[bool], at: int
) -> bool:
    """Whether a title or a person stands right before "finished", or a title behind it."""
    kinds = {n: each.kind for each in phrases for n in range(each.start, each.end)}
    values = {n: each.value for each in phrases for n in range(each.start, each.end)}

    def is_title(n: int) -> bool:
        figure = words[n].text.isdecimal()
        return titles[n] or figure or kinds.get(n) in {"ordinal", "number"} or values.get(n) == "it"

    before = [n for n in range(_clause(words, at), at) if words[n].text not in word_list("lately")]
    if before and (is_title(before[-1]) or words[before[-1]].text in word_list("persons")):
        return True
    for behind in range(at + 1, len(words)):
        if words[behind].breaks or values.get(behind) in {"joint", "contrast"}:
            break
        if is_title(behind) or behind not in kinds or words[behind].text in {"the", "my"}:
            return True
    return False


def _clause(words: Sequence[Word], at: int) -> int:
    """Where the clause of a word begins."""
    return next((n for n in range(at, 0, -1) if words[n].breaks), 0)


def _says_nothing(word: Word) -> bool:
    """Figures, and the kana that Japanese holds its words together with."""
    return word.text.isdecimal() or (word.japanese and word.text < "\u30a0")


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
