"""Which titles the same viewers like, from their ratings and their recommendations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from pathlib import Path
from typing import Self

from data import tables
from data.errors import CatalogueError

SHIPPED = Path(__file__).parent / "liked.csv"

# Of two titles: how many viewers like both, how alike that makes them, and votes for the pair.
Figures = tuple[int, int, int, float, int]

_COLUMNS = ("a", "b", "users", "similarity", "votes")
# A recommendation by this many viewers counts as fully as the highest similarity.
_MANY_VOTES = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """A title liked together with another: how much (0 to 1), and by how many who said so."""

    mal_id: int
    strength: float
    viewers: int


class Liked:
    """The liked-together titles of each title."""

    def __init__(
        self,
        figures: Sequence[Figures],
        pairs: Mapping[int, Sequence[tuple[int, float, int]]],
    ) -> None:
        self.figures = figures
        self._pairs = pairs

    @classmethod
    def read(cls, path: Path = SHIPPED) -> Self:
        """Read pairs with `users`, `similarity` and `votes`, or raise CatalogueError."""
        return cls.of(_figures(path))

    @classmethod
    def of(cls, figures: Iterable[Figures]) -> Self:
        """The liked-together titles that the figures of pairs give."""
        # Plain tuples until they are asked for: there are tens of thousands.
        pairs: defaultdict[int, list[tuple[int, float, int]]] = defaultdict(list)
        every = tuple(figures)
        for one, other, users, similarity, votes in every:
            strength = _strength(similarity, votes)
            viewers = max(users, votes)
            pairs[one].append((other, strength, viewers))
            pairs[other].append((one, strength, viewers))
        return cls(every, pairs)

    def near(self, mal_id: int) -> Sequence[Pair]:
        """What viewers of the title like too, strongest first; empty without figures of it."""
        pairs = sorted(self._pairs.get(mal_id, ()), key=lambda pair: -pair[1])
        return tuple(Pair(*pair) for pair in pairs)


def write(path: Path, figures: Iterable[Figures]) -> None:
    """Write the figures of pairs, or raise CatalogueError."""
    tables.write(path, _COLUMNS, [[each or "" for each in pair] for pair in figures])


def _figures(path: Path) -> Iterator[Figures]:
    for line, (a, b, users, similarity, votes) in enumerate(tables.cells(path, _COLUMNS), 2):
        try:
            alike = tables.number(similarity or "0")
            yield int(a), int(b), int(users or 0), alike, int(votes or 0)
        except ValueError as error:
            raise CatalogueError(f"{path}, row {line}: a cell is not a number.") from error


def _strength(similarity: float, votes: int) -> float:
    # A recommendation is said on purpose, so it weighs more than being rated well by the same.
    said = min(1.0, log1p(votes) / log1p(_MANY_VOTES))
    return min(1.0, 0.5 * similarity + 0.7 * said)
