"""Viewers' recommendations, a fifth of them held back in turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from data import Catalogue, Liked

_FOLDS = 5

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A title, those that were held back for it, and those that are known."""

    mal_id: int
    held: frozenset[int]
    known: frozenset[int]


def folds(catalogue: Catalogue, liked: Liked) -> Iterator[tuple[Liked, list[Asked]]]:
    """What is known in each fold, and what is asked for in it."""
    said = [each for each in liked.figures if each[4] and None not in map(catalogue.row, each[:2])]
    np.random.default_rng(0).shuffle(said)
    for fold in range(_FOLDS):
        held = {each[:2] for each in said[fold::_FOLDS]}
        known = {each[:2] for each in said} - held
        figures = [(*each[:4], 0) if each[:2] in held else each for each in liked.figures]
        known_of, held_of = _partners(known), _partners(held)
        asked = [
            Asked(mal_id, frozenset(others), frozenset(known_of.get(mal_id, ())))
            for mal_id, others in sorted(held_of.items())
        ]
        yield Liked.of(figures), asked


def _partners(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found
