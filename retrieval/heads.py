"""Which title stands for each franchise: the first of it, as known or as the names tell."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from data import Catalogue, Franchises, Title
from retrieval.columns import Rows
from retrieval.graph import Scores, firsts
from retrieval.words import plain

# What may follow a title's name in that of its sequel, film or special.
_PART = re.compile(
    r"\s*(?:[^\w\s]|\d|\b(?:season|part|movie|film|gekijouban|ova|ona|specials?|recap|soushuuhen"
    r"|pilot|tv|final|second|third|next|plus|mini|zoku|shin|kai|gaiden|i{2,3}|iv|vi?)\b)",
    re.IGNORECASE,
)
# Room for so many titles of each franchise among the best.
_PARTS = 4
# A shorter name is as likely a word that another title begins with.
_SHORTEST = 4


class Heads:
    """What stands for each title of a catalogue, mostly itself."""

    def __init__(self, catalogue: Catalogue, franchises: Franchises) -> None:
        self._of = _heads(catalogue, franchises)
        self._parts = np.flatnonzero(self._of != np.arange(len(catalogue)))

    def without(self, allowed: Rows, rows: Sequence[int]) -> Rows:
        """The allowed titles but for these and what belongs together with them."""
        return allowed & ~np.isin(self._of, self._of[list(rows)])

    def raised(self, fits: Scores, allowed: Rows) -> Scores:
        """The fits, with what stands for a franchise as fit as the best that is allowed of it."""
        parts = self._parts[allowed[self._parts]]
        best = fits.copy()
        np.maximum.at(best, self._of[parts], fits[parts])
        return best

    def best(self, fits: Scores, allowed: Rows, count: int) -> list[int]:
        """The best rows, one of each franchise: what stands for it, if that is allowed."""
        chosen: dict[int, int] = {}
        # Those of one franchise take several places.
        for row in firsts(np.where(allowed, fits, -np.inf), _PARTS * count).tolist():
            if not allowed[row]:
                break
            head = int(self._of[row])
            chosen.setdefault(head, head if allowed[head] else row)
            if len(chosen) == count:
                break
        return list(chosen.values())


def _heads(catalogue: Catalogue, franchises: Franchises) -> NDArray[np.intp]:
    latest_first = sorted(range(len(catalogue)), key=lambda row: -(catalogue[row].year or 9999))
    named = {plain(catalogue[row].name): row for row in latest_first}
    found = np.array([_head(title, catalogue, franchises, named) for title in catalogue])
    # A part may be that of a part.
    while not np.array_equal(found, found[found]):
        found = found[found]
    return found


def _head(
    title: Title, catalogue: Catalogue, franchises: Franchises, named: Mapping[str, int]
) -> int:
    """The row by the franchise where it is known, else by the name."""
    root = franchises.root(title.mal_id)
    known = None if root is None else catalogue.row(root)
    if known is not None:
        return known
    own = catalogue.row(title.mal_id) or 0
    return next((named[stem] for stem in _stems(title.name) if stem in named), own)


def _stems(name: str) -> Iterator[str]:
    """The beginnings of a name that would be the whole name of what it belongs to."""
    for match in _PART.finditer(name):
        if match.start() >= _SHORTEST:
            yield plain(name[: match.start()])
