"""The catalogue's facts as columns, so that hard wishes are decided for all titles at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from data import Catalogue, Title
from retrieval.constraints import Constraint

Rows = NDArray[np.bool_]
"""One truth per title of the catalogue, in its order."""


class Columns:
    """What constraints look at. A fact that is unknown satisfies no limit on it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._size = len(catalogue)
        self.popularity = _ranks([title.members for title in catalogue])
        self._numbers = {
            "year": _numbers(title.year for title in catalogue),
            "episodes": _numbers(title.episodes for title in catalogue),
            "minutes": _numbers(title.minutes for title in catalogue),
            "score": _numbers(title.score for title in catalogue),
            "popularity": self.popularity,
        }
        self._texts = {
            "type": _holders(catalogue, lambda title: (title.type,)),
            "tag": _holders(catalogue, lambda title: title.tags),
            "studio": _holders(catalogue, lambda title: title.studios),
            "source": _holders(catalogue, lambda title: (title.source,)),
            "status": _holders(catalogue, _status),
            "age": _holders(catalogue, lambda title: (title.age_rating,)),
        }

    def tag(self, name: str) -> Rows:
        """The titles that have this genre or theme."""
        return self.having("tag", (name,))

    def satisfying(self, constraints: Iterable[Constraint]) -> Rows:
        """The titles that satisfy every constraint."""
        rows = np.ones(self._size, dtype=np.bool_)
        for constraint in constraints:
            rows &= self._satisfying(constraint)
        return rows

    def _satisfying(self, constraint: Constraint) -> Rows:
        if constraint.rule == "any":
            return self.having(constraint.column, constraint.values)
        if constraint.rule == "none":
            return ~self.having(constraint.column, constraint.values)
        # Unknown numbers are NaN, which is neither more nor less than any limit.
        numbers = self._numbers[constraint.column]
        if constraint.rule == "least":
            return numbers >= constraint.number
        return numbers <= constraint.number

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Each title's number, NaN where it is unknown."""
        return self._numbers[column]

    def having(self, column: str, values: Sequence[str]) -> Rows:
        """The titles that have one of these values."""
        rows = np.zeros(self._size, dtype=np.bool_)
        for value in values:
            rows[self._texts[column].get(value, [])] = True
        return rows


def _status(title: Title) -> tuple[str]:
    # Sources count the episodes of a title once all are out.
    return ("finished" if title.episodes else "airing",)


def _holders(
    catalogue: Catalogue, values: Callable[[Title], Iterable[str]]
) -> dict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, title in enumerate(catalogue):
        for value in values(title):
            rows[value].append(row)
    return dict(rows)


def _numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _ranks(values: Sequence[int]) -> NDArray[np.float64]:
    """Each value's rank within all, from 0, the least, to 1, the greatest."""
    order = np.argsort(np.array(values), kind="stable")
    ranks = np.empty(len(values), dtype=np.float64)
    ranks[order] = np.linspace(0, 1, len(values))
    return ranks
