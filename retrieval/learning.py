"""The weights of "like X" fitted to what viewers recommend to those who liked a title."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data import Catalogue, Liked
from retrieval.columns import Columns
from retrieval.index import Index
from retrieval.learned import Fitted
from retrieval.likeness import FEATURES, Features, Likeness
from retrieval.ranking import Ranking

Pair = tuple[int, int]
Votes = Mapping[Pair, int]
Vector = NDArray[np.float64]

_FOLDS = 5
_FIRST = 10
# Of the titles that nobody recommended for an example, so many by chance and so many near misses.
_OTHERS = 60
# What a near miss is, before there are weights.
_ROUGHLY = {"tags": 1.0, "recommended_twice": 3.0, "rated": 1.0}
_ROUNDS = 30
_PENALTY = 1e-3
# What viewers recommend for a title is never held back of the product, so it cannot be fitted.
_SAID = {"recommended": 3.0}


@dataclass(frozen=True, slots=True)
class _Example:
    """A title's row, its known partners, and those held back."""

    row: int
    known: Sequence[int]
    held: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Sample:
    """Some titles' features for an example, which are recommended, and for how many each stands."""

    features: NDArray[np.float32]
    said: Vector
    stand_for: Vector


class Learning:
    """Fits weights for one catalogue; `liked` makes the figures of those votes that are known."""

    def __init__(self, catalogue: Catalogue, index: Index, liked: Callable[[Votes], Liked]) -> None:
        self._catalogue = catalogue
        self._vectors = index.vectors([title.mal_id for title in catalogue])
        self._liked = liked
        self._ranking = Ranking(catalogue, Columns(catalogue))
        self._chance = np.random.default_rng(0)

    def fit(self, votes: Votes) -> Fitted:
        """Fit on four folds of the recommendations and judge on the fifth, five times over.

        The figures are those of the recommendations held back; the weights are then fitted on all.
        """
        pairs = sorted(pair for pair in votes if None not in map(self._catalogue.row, pair))
        self._chance.shuffle(pairs)
        folds = [self._fold(votes, pairs, fold) for fold in range(_FOLDS)]
        samples = [[self._sample(each, of) for each in examples] for of, examples in folds]
        reached: list[tuple[float, float]] = []
        for held, (likeness, examples) in enumerate(folds):
            others = [each for fold in range(_FOLDS) if fold != held for each in samples[fold]]
            weights = _fitted(others)
            reached += [self._judged(each, likeness, weights) for each in examples]
        ndcg, hits = np.mean(reached, axis=0) if reached else (0.0, 0.0)
        every = [each for fold in samples for each in fold]
        return Fitted(_fitted(every), round(float(ndcg), 4), round(float(hits), 4), len(reached))

    def _fold(
        self, votes: Votes, pairs: Sequence[Pair], fold: int
    ) -> tuple[Likeness, list[_Example]]:
        """The titles of which recommendations are held back, and what is then known of likeness."""
        held = pairs[fold::_FOLDS]
        known = {*pairs}.difference(held)
        liked = self._liked({pair: votes[pair] for pair in known})
        partners = self._partners(known)
        examples = [
            _Example(row, [row, *partners.get(row, ())], others)
            for row, others in self._partners(held).items()
        ]
        return Likeness(self._ranking, liked), examples

    def _features(self, row: int, likeness: Likeness) -> Features:
        dense = np.clip(self._vectors @ self._vectors[row], 0, 1).astype(np.float64)
        return likeness.features(row, dense)

    def _sample(self, example: _Example, likeness: Likeness) -> _Sample:
        features = self._features(example.row, likeness)
        free = np.ones(len(self._catalogue), dtype=np.bool_)
        free[[*example.known, *example.held]] = False
        others = np.flatnonzero(free)
        chance = self._chance.choice(others, min(_OTHERS, len(others)), replace=False)
        rough = sum(factor * features[FEATURES.index(name)] for name, factor in _ROUGHLY.items())
        misses = others[np.argsort(-np.asarray(rough)[others], kind="stable")[:_OTHERS]]
        rows = np.concatenate([example.held, chance, misses]).astype(np.intp)
        said = np.zeros(len(rows))
        said[: len(example.held)] = 1
        # Those by chance stand for the rest; a tenth of it, for nearly all of it is far off.
        stand_for = np.ones(len(rows))
        stand_for[len(example.held) :][: len(chance)] = len(others) / len(chance) / 10
        return _Sample(features[:, rows].T, said, stand_for)

    def _judged(
        self, example: _Example, likeness: Likeness, weights: Mapping[str, float]
    ) -> tuple[float, float]:
        """nDCG@10 with gains of 1 (Järvelin and Kekäläinen 2002), and whether any was hit."""
        fits = likeness.fits([self._features(example.row, likeness)], weights)
        fits[example.known] = -np.inf
        first = np.argsort(-fits, kind="stable")[:_FIRST]
        hit = np.isin(first, example.held)
        discounts = 1 / np.log2(np.arange(2, _FIRST + 2))
        return float(discounts[hit].sum() / discounts[: len(example.held)].sum()), float(hit.any())

    def _partners(self, pairs: Iterable[Pair]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for pair in pairs:
            one, other = (self._catalogue.row(each) or 0 for each in pair)
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
        return found


def _fitted(samples: Sequence[_Sample]) -> dict[str, float]:
    """Weights by logistic regression with a small penalty, by Newton's method."""
    free = [place for place, name in enumerate(FEATURES) if name not in _SAID]
    features = np.concatenate([each.features[:, free] for each in samples]).astype(np.float64)
    said = np.concatenate([each.said for each in samples])
    stand_for = np.concatenate([each.stand_for for each in samples]) / len(said)
    spread = features.std(axis=0) + 1e-6
    scaled = np.column_stack([(features - features.mean(axis=0)) / spread, np.ones(len(said))])
    weights = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (stand_for * (likely - said)) + _PENALTY * weights
        bend = scaled.T @ (scaled * (stand_for * likely * (1 - likely))[:, None])
        weights -= np.linalg.solve(bend + _PENALTY * np.eye(len(weights)), slope)
    found = dict(zip((FEATURES[place] for place in free), weights[:-1] / spread, strict=True))
    return {name: round(float(each), 3) for name, each in (_SAID | found).items()}
