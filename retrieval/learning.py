"""The ranking's weights fitted to what viewers recommend to those who liked a title."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data import Catalogue, Liked
from retrieval.columns import Columns
from retrieval.index import Index
from retrieval.learned import Fitted
from retrieval.ranking import Ranking, Weights

Pair = tuple[int, int]
Votes = Mapping[Pair, int]

_FOLDS = 5
_FIRST = 10
# What a weight is tried with; the weights count by their ratios, so that of liking is held.
_STEPS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0)
_MOVED = ("dense", "tags", "popularity")
_ROUNDS = 3
# So many titles' features are held at once, four numbers each: 400 MB.
_MOST_ROWS = 25_000_000


@dataclass(frozen=True, slots=True)
class _Example:
    """A title with every title's features for it, its known partners, and those held back."""

    features: Mapping[str, NDArray[np.float32]]
    known: Sequence[int]
    held: Sequence[int]


class Learning:
    """Fits weights for one catalogue; `liked` makes the figures of those votes that are known."""

    def __init__(self, catalogue: Catalogue, index: Index, liked: Callable[[Votes], Liked]) -> None:
        self._catalogue = catalogue
        self._liked = liked
        self._ranking = Ranking(catalogue, Columns(catalogue))
        self._vectors = index.vectors([title.mal_id for title in catalogue])

    def fit(self, votes: Votes, before: Weights) -> Fitted:
        """Fit on four folds of the recommendations and judge on the fifth, five times over.

        The figures are those of the recommendations held back; the weights are then fitted on all.
        """
        # Dealt in their order, so that the same files give the same folds.
        pairs = sorted(pair for pair in votes if None not in map(self._catalogue.row, pair))
        most = _MOST_ROWS // len(self._catalogue) // _FOLDS
        folds = [self._examples(votes, pairs, fold)[:most] for fold in range(_FOLDS)]
        reached: list[float] = []
        for fold in range(_FOLDS):
            others = [each for other in range(_FOLDS) if other != fold for each in folds[other]]
            reached += _ndcg(folds[fold], _fitted(others, before))
        every = [each for fold in folds for each in fold]
        return Fitted(
            _fitted(every, before),
            round(float(np.mean(reached)), 4),
            round(float(np.mean(_ndcg(every, before))), 4),
            _FOLDS,
            len(every),
        )

    def _examples(self, votes: Votes, pairs: Sequence[Pair], fold: int) -> list[_Example]:
        """The titles of which recommendations are held back in this fold."""
        held = pairs[fold::_FOLDS]
        known = {*pairs}.difference(held)
        liked = self._liked({pair: votes[pair] for pair in known})
        partners = self._partners(known)
        return [
            _Example(self._features(row, liked), [row, *partners.get(row, ())], others)
            for row, others in self._partners(held).items()
        ]

    def _features(self, row: int, liked: Liked) -> dict[str, NDArray[np.float32]]:
        together = np.zeros(len(self._catalogue))
        for pair in liked.near(self._catalogue[row].mal_id):
            other = self._catalogue.row(pair.mal_id)
            if other is not None:
                together[other] = pair.strength
        found = {
            "dense": np.clip(self._vectors @ self._vectors[row], 0, 1),
            "tags": self._ranking.resembling([row]),
            "liked": together,
            "popularity": self._ranking.popularity,
        }
        return {name: np.asarray(each, dtype=np.float32) for name, each in found.items()}

    def _partners(self, pairs: Iterable[Pair]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for pair in pairs:
            one, other = (self._catalogue.row(each) or 0 for each in pair)
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
        return found


def _fitted(examples: Sequence[_Example], before: Weights) -> Weights:
    """One weight after the other moved to where the examples come out best."""
    best, score = before, float(np.mean(_ndcg(examples, before)))
    for _ in range(_ROUNDS):
        last = best
        for name in _MOVED:
            for step in _STEPS:
                tried = replace(best, **{name: step})
                reached = float(np.mean(_ndcg(examples, tried)))
                if reached > score:
                    best, score = tried, reached
        if best == last:
            break
    return best


def _ndcg(examples: Sequence[_Example], weights: Weights) -> list[float]:
    """nDCG@10 of each example, with gains of 1 (Järvelin and Kekäläinen 2002)."""
    discounts = 1 / np.log2(np.arange(2, _FIRST + 2))
    factors = asdict(weights)
    reached: list[float] = []
    for example in examples:
        fits = np.sum([factors[name] * each for name, each in example.features.items()], axis=0)
        fits[example.known] = -np.inf
        first = np.argpartition(-fits, _FIRST)[:_FIRST]
        ordered = first[np.argsort(-fits[first], kind="stable")]
        gained = discounts[np.isin(ordered, example.held)].sum()
        reached.append(float(gained / discounts[: len(example.held)].sum()))
    return reached
