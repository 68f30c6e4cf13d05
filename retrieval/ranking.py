"""How well each title fits a request, and which few to show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data import Catalogue
from retrieval.columns import Columns, Rows

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a title's fit; every feature lies between 0 and 1, tags from -1."""

    dense: float
    lexical: float
    tags: float
    popularity: float


# Set by hand on the development conversations; those of "like X" are learned (`learning`).
WISHES = Weights(dense=0.8, lexical=0.5, tags=0.8, popularity=0.35)
# Fitted to 150 descriptions of plots, written from memory without a look at the synopses.
KNOWN_ITEM = Weights(dense=0.8, lexical=1.5, tags=0.3, popularity=0.2)
# What a message asks for besides an example.
BESIDES = Weights(dense=0.4, lexical=0.25, tags=0.4, popularity=0.0)
# A pick loses this share of its tags' likeness to the picks before it, where nothing is to be
# resembled; what is like an example is alike.
SAMENESS, SAMENESS_OF_EXAMPLES = 0.35, 0.02


class Ranking:
    """The features that depend on the catalogue alone, and their weighted sum."""

    def __init__(self, catalogue: Catalogue, columns: Columns) -> None:
        self.catalogue = catalogue
        self.columns = columns
        names = sorted({tag for title in catalogue for tag in title.tags})
        matrix = np.stack([columns.tag(name) for name in names], axis=1).astype(np.float32)
        # A rare tag says more of a title than one that a third of the catalogue has.
        rarity = np.log(len(catalogue) / np.maximum(matrix.sum(axis=0), 1))
        weighed = matrix * rarity
        lengths = np.linalg.norm(weighed, axis=1, keepdims=True)
        self._tags = weighed / np.maximum(lengths, 1e-9)
        self._places = {name: place for place, name in enumerate(names)}
        self._rarity = rarity

    @property
    def popularity(self) -> Scores:
        """The rank of each title by those who know it, from 0 to 1."""
        return self.columns.popularity

    def resembling(self, rows: Sequence[int]) -> Scores:
        """Likeness of every title's tags to those of all the given titles, from 0 to 1.

        The mean puts what is near to each of them before what is very near to one.
        """
        if not rows:
            return np.zeros(len(self._tags))
        return np.asarray(np.mean(self._tags @ self._tags[list(rows)].T, axis=1))

    def surprising(self, seed: int) -> Scores:
        """A fit that is half chance, the same for the same seed, and half being known at all."""
        chance = np.random.default_rng(seed).random(len(self._tags))
        return np.asarray(0.5 * chance + 0.5 * self.popularity)

    def having(self, wanted: Sequence[str], unwanted: Sequence[str]) -> Scores:
        """How much of the wanted tags each title has, less that of the unwanted, -1 to 1."""
        return self._share(wanted) - self._share(unwanted)

    def _share(self, tags: Sequence[str]) -> Scores:
        places = [self._places[tag] for tag in tags if tag in self._places]
        if not places:
            return np.zeros(len(self._tags))
        held = self._tags[:, places] > 0
        # One of several tags that mean the same mood is nearly enough.
        return np.asarray(1 - 0.5 ** held.sum(axis=1))

    def choose(self, fits: Scores, allowed: Rows, count: int, sameness: float) -> list[int]:
        """Rows of the best fits, best first; what is like those before it loses some of its fit."""
        rows = np.flatnonzero(allowed)
        pool = rows[np.argsort(-fits[rows], kind="stable")][: 6 * count]
        left, chosen = fits[pool].copy(), list[int]()
        while len(chosen) < min(count, len(pool)):
            best = int(np.argmax(left))
            chosen.append(int(pool[best]))
            alike = self._tags[pool] @ self._tags[pool[best]]
            left -= sameness * alike**2 * max(float(np.ptp(fits[pool])), 1e-9)
            left[best] = -np.inf
        return chosen
