"""A message taken apart: titles, limits and phrases in it."""

from dataclasses import dataclass

from retrieval.amounts import Amount
from retrieval.lexicon import Kind, Phrase, word_list
from retrieval.mentions import Mention
from retrieval.scope import Stance
from retrieval.words import Word

# Words that nothing was recognised in: of 100 descriptions of a plot 99 have ten and more, of 100
# other messages 99 have five and fewer. Who names titles besides may have more to say.
_STORY, _TALE = 8, 12


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

    @property
    def narrates(self) -> bool:
        """Whether the message tells the plot of a title that is looked for."""
        named = self.mentions and self.says("like", "fond", "seen")
        return len(self.rest) >= (_TALE if named else _STORY)

    @property
    def recalls(self) -> bool:
        """Whether a title is looked for that is only half remembered."""
        return self.says("identify") or self.narrates

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
        told = self.says("fond") or (self.question and bool(asks))
        return told and not self.said("ordinal")

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


def _of(found: Found) -> range:
    return range(found.phrase.start, found.phrase.end)
