"""How alike every title is to an example: in meaning, tags and facts, and in viewers' eyes."""

from collections.abc import Mapping, Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from data import Liked
from retrieval.graph import Graph, Scores, firsts
from retrieval.ranking import Ranking

Features = NDArray[np.float32]
"""Shape (features, titles)."""

FEATURES: tuple[str, ...] = (
    "dense",
    "tags",
    "recommended",
    "recommended_twice",
    "recommended_thrice",
    "rated",
    "rated_recommended",
    "recommended_rated",
    "kindred_recommended",
    "popularity",
    "known",
    "studio",
    "year",
    "source",
    "type",
)
# Steps along viewers' recommendations of the titles most alike in text and tags.
_KINDRED = 15
_YEARS = 6.0


class Likeness:
    """The features of a catalogue's titles for an example among them."""

    def __init__(self, ranking: Ranking, liked: Liked) -> None:
        self._catalogue = catalogue = ranking.catalogue
        self._columns = ranking.columns
        self._ranking = ranking
        rows = {title.mal_id: row for row, title in enumerate(catalogue)}
        pairs = [each for each in liked.figures if each[0] in rows and each[1] in rows]
        size = len(catalogue)
        self._votes = Graph(size, ((rows[a], rows[b], log1p(votes)) for a, b, _, _, votes in pairs))
        self._ratings = Graph(size, ((rows[a], rows[b], alike) for a, b, _, alike, _ in pairs))
        self._known = np.log1p(self._votes.degrees)

    def features(self, row: int, dense: Scores) -> Features:
        """Every title's features; `dense` is the likeness of the texts."""
        tags = self._ranking.resembling([row])
        said, rated = self._votes.beside(row), self._ratings.beside(row)
        twice = self._votes.step(said)
        paths = (
            said,
            twice,
            self._votes.step(twice),
            rated,
            self._votes.step(rated),
            self._ratings.step(said),
            self._votes.step(_kindred(row, dense + tags)),
        )
        title = self._catalogue[row]
        facts = (
            self._columns.having("studio", title.studios),
            self._near_in_time(row),
            self._columns.having("source", (title.source,)),
            self._columns.having("type", (title.type,)),
        )
        every = (dense, tags, *map(np.sqrt, paths), self._ranking.popularity, self._known, *facts)
        return np.stack([np.asarray(each, dtype=np.float32) for each in every])

    def fits(self, features: Sequence[Features], weights: Mapping[str, float]) -> Scores:
        """How alike titles are to several examples, about 0 to 1: what is like each comes first."""
        factors = np.array([weights[name] for name in FEATURES], dtype=np.float32)
        sums = np.mean([factors @ each for each in features], axis=0)
        middle, best = float(np.median(sums)), float(sums.max())
        return np.asarray((sums - middle) / max(best - middle, 1e-6), dtype=np.float64)

    def _near_in_time(self, row: int) -> Scores:
        years = self._columns.numbers("year")
        apart: Scores = np.abs(years - years[row])
        near: Scores = np.nan_to_num(np.exp(-apart / _YEARS))
        return near


def _kindred(row: int, alike: Scores) -> Scores:
    """The titles most alike, as a start for a step, by their likeness."""
    others = alike.copy()
    others[row] = 0
    nearest = firsts(others, _KINDRED)
    start = np.zeros(len(alike))
    start[nearest] = others[nearest]
    return np.asarray(start / max(float(np.sqrt(start.sum())), 1e-9))
