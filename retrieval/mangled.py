"""Names that somebody wrote from memory: misspelt, in another order, without their small words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from rapidfuzz.distance import OSA

from retrieval.mentions import ARTICLES, Mention
from retrieval.typos import Typos
from retrieval.words import Word

# What people leave out of a name, or put into it.
_SMALL = frozenset(
    ("a", "an", "the", "of", "and", "to", "in", "on", "at", "no", "wo", "ga", "wa", "ni", "n")
)
_ENDINGS = frozenset(("anime", "movie", "film", "series", "tv", "show"))
_LONGEST = 7
_SHORTEST = 5
# Within a message so many words at most, with one of so many that nobody knows.
_LONGEST_WITHIN = 6
_UNKNOWN = 3


class Mangled:
    """The names of a catalogue, found by what is left of them.

    `wishes` are the words that wishes are made of, `english` are others that everybody knows.
    """

    def __init__(
        self, ids: Mapping[str, int], wishes: AbstractSet[str], english: AbstractSet[str]
    ) -> None:
        self._ids = ids
        self._wishes = wishes
        ordinary = wishes | english
        self._known = ordinary | {word for name in ids for word in name.split()}
        self._by_letter = defaultdict[str, list[str]](list)
        for word in ordinary:
            self._by_letter[word[:1]].append(word)
        names = [name for name in ids if len(name) >= _SHORTEST]
        self._typos = Typos(names)
        self._joined = {name.replace(" ", ""): name for name in reversed(names)}
        self._run_together = Typos(self._joined)
        self._by_words = {_telling(name): name for name in reversed(names) if " " in name}

    def whole(self, words: Sequence[Word]) -> Mention | None:
        """The title that a message names and nothing else."""
        if len(words) > _LONGEST or all(word.text in self._wishes for word in words):
            return None
        name = self._nearest([word.text for word in words])
        return Mention(self._ids[name], 0, len(words)) if name else None

    def within(self, words: Sequence[Word]) -> Mention | None:
        """The title whose name a word that nobody knows is part of."""
        unknown = [at for at, word in enumerate(words) if self._is_unknown(word.text)]
        for at in unknown[:_UNKNOWN]:
            for start, end in _windows(at, len(words)):
                run = [word.text for word in words[start:end]]
                if run[0] in ARTICLES or (len(run) == 1 and self._is_slip(run[0])):
                    continue
                if name := self._nearest(run):
                    return Mention(self._ids[name], start, end)
        return None

    def _nearest(self, words: list[str]) -> str | None:
        """The name that all these words were meant to be."""
        if len(words) > 1 and words[-1] in _ENDINGS:
            words = words[:-1]
        written, together = " ".join(words), "".join(words)
        if len(together) < _SHORTEST:
            return None
        known = self._by_words.get(_telling(written)) or self._typos.nearest(written)
        if known or together in self._joined:
            return known or self._joined[together]
        found = self._run_together.nearest(together)
        return self._joined[found] if found else None

    def _is_unknown(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word not in self._known

    def _is_slip(self, word: str) -> bool:
        """Whether it is an ordinary word with one letter off."""
        return any(
            abs(len(each) - len(word)) <= 1 and OSA.distance(word, each, score_cutoff=1) <= 1
            for each in self._by_letter[word[0]]
        )


def _telling(name: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in name.split() if word not in _SMALL))


def _windows(at: int, length: int) -> Iterator[tuple[int, int]]:
    """Parts of a message with a word in them, the longest first."""
    for size in range(min(_LONGEST_WITHIN, length), 0, -1):
        for start in range(max(0, at - size + 1), min(at, length - size) + 1):
            yield start, start + size
