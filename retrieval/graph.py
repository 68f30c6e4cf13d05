"""Titles joined by what viewers say of them, and what is reached from one by going along."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


class Graph:
    """A weighted graph of rows; each edge is divided by the roots of both ends' weights.

    So one who is joined to everybody lends little to each (the normalised adjacency of spectral
    clustering, Ng, Jordan and Weiss 2001).
    """

    def __init__(self, size: int, edges: Iterable[tuple[int, int, float]]) -> None:
        known = [edge for edge in edges if edge[2] > 0]
        ones, others, weights = np.array(known, dtype=np.float64).reshape(-1, 3).T
        self._from = np.concatenate([ones, others]).astype(np.intp)
        self._to = np.concatenate([others, ones]).astype(np.intp)
        both = np.concatenate([weights, weights])
        self._size = size
        self.weights = np.bincount(self._from, both, minlength=size)
        self.degrees = np.bincount(self._from, minlength=size)
        self._edges = both / np.sqrt(self.weights[self._from] * self.weights[self._to])

    def step(self, scores: Scores) -> Scores:
        """What every row gets from its neighbours."""
        lent = self._edges * scores[self._from]
        return np.bincount(self._to, lent, minlength=self._size).astype(np.float64)

    def beside(self, row: int) -> Scores:
        """What the neighbours of a row get from it alone."""
        start = np.zeros(self._size)
        start[row] = 1
        return self.step(start)


def firsts(scores: Scores, count: int) -> NDArray[np.intp]:
    """The rows of the highest scores, highest first, without the cost of ordering all."""
    if count <= 0:
        return np.zeros(0, dtype=np.intp)
    count = min(count, len(scores))
    highest = np.sort(np.argpartition(-scores, count - 1)[:count])
    return np.asarray(highest[np.argsort(-scores[highest], kind="stable")])
