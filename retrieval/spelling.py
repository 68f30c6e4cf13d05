"""Misspelt words of phrases, mended: "shoter" is "shorter"."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from rapidfuzz import fuzz, process

from retrieval.words import Word

# Below this similarity (0 to 100, rapidfuzz's ratio), or this length, two words are different ones.
_ALIKE = 87
_SHORTEST = 5
# So many words of a message are mended: a long one takes no longer.
_TRIES = 8


class Spelling:
    """Knows the words of the phrases, and the words that are right as they are."""

    def __init__(self, phrases: AbstractSet[str], right: AbstractSet[str]) -> None:
        self._right = frozenset(right | phrases)
        self._phrases = sorted(word for word in phrases if len(word) >= _SHORTEST)

    def mended(self, words: Sequence[Word], taken: Sequence[bool]) -> tuple[Word, ...]:
        """The words with those that are not taken, and known to nobody, as the nearest phrase's."""
        tries, mended = _TRIES, list[Word]()
        for word, is_taken in zip(words, taken, strict=True):
            strange = not is_taken and len(word.text) >= _SHORTEST and word.text not in self._right
            if strange and tries:
                tries -= 1
                mended.append(self._nearest(word))
            else:
                mended.append(word)
        return tuple(mended)

    def _nearest(self, word: Word) -> Word:
        near = process.extractOne(word.text, self._phrases, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return replace(word, text=near[0]) if near else word
