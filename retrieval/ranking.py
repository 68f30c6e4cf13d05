"""How well each title fits a request, and which few to show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data import Catalogue
from retrieval.columns import Columns
from retrieval.graph import Scores


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a title's fit; every feature lies about 0 to 1, tags from -1."""

    dense: float
    lexical: float
    tags: float
    audience: float


# Set by hand on the development conversations; those of "like X" are learned (`learning`).
WISHES = Weights(dense=0.8, lexical=0.5, tags=0.8, audience=1.0)
# Fitted to 150 descriptions of plots, written from memory without a look at the synopses.
KNOWN_ITEM = Weights(dense=1.4, lexical=1.5, tags=0.3, audience=1.4)
# What a message asks for besides an example.
BESIDES = Weights(dense=0.5, lexical=0.15, tags=0.4, audience=0.0)
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
        self._names = names
        self._places = {name: place for place, name in enumerate(names)}
        self._rarity = rarity

        # Each title's share of a million viewers, as a power of ten: who half remembers a title
        # means one that many know the more likely, the larger the catalogue is.
        self.audience = np.log10([max(title.members, 1) for title in catalogue]) / 6

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
        each = [np.vecdot(self._tags, self._tags[row]) for row in rows]
        return np.asarray(np.mean(each, axis=0), dtype=np.float64)

    def common(self, row: int, other: int) -> list[str]:
        """The tags that both titles have, rarest first."""
        both = np.flatnonzero((self._tags[row] > 0) & (self._tags[other] > 0))
        return [self._names[place] for place in both[np.argsort(-self._rarity[both])]]

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

    def choose(self, pool: Sequence[int], fits: Scores, count: int, sameness: float) -> list[int]:
        """Rows of the pool, best first; what is like those before it loses some of its fit."""
        rows, left, chosen = np.array(pool, dtype=np.intp), fits.copy(), list[int]()
        while len(chosen) < min(count, len(rows)):
            best = int(np.argmax(left))
            chosen.append(int(rows[best]))
            alike = np.vecdot(self._tags[rows], self._tags[rows[best]])
            left -= sameness * alike**2 * max(float(np.ptp(fits)), 1e-9)
            left[best] = -np.inf
        return chosen
