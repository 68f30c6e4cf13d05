"""Titles found by their words: BM25 over names, synopses, genres and themes."""

import bm25s  # pyright: ignore[reportMissingTypeStubs]  # it ships none
import numpy as np
from numpy.typing import NDArray

from data import Catalogue, Title
from retrieval.words import folded

# Words of two letters and fewer say nothing of a story.
_SHORTEST = 3


class Lexical:
    """The words of every title, weighed by BM25 (Robertson and others, 1994, as in bm25s)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._model = bm25s.BM25()
        self._size = len(catalogue)
        self._model.index([_terms(_text(title)) for title in catalogue], show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """How well each title's words match, from 0 to 1, in the catalogue's order."""
        known = [term for term in _terms(text) if term in self._model.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores = self._model.get_scores(known)
        best = float(scores.max())
        return np.asarray(scores / best if best > 0 else scores, dtype=np.float32)


def _text(title: Title) -> str:
    return " ".join((*title.names, *title.tags, title.synopsis))


def _terms(text: str) -> list[str]:
    return [_stem(word) for word in folded(text) if len(word) >= _SHORTEST]


def _stem(word: str) -> str:
    # Plurals are what separates "pirates" from "pirate"; more stemming joins what differs.
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
