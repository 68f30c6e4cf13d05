"""Which titles the same viewers like, from their ratings and their recommendations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from pathlib import Path
from typing import Self

from data.errors import CatalogueError
from data.tables import cells, number

SHIPPED = Path(__file__).parent / "liked.csv"

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

    def __init__(self, pairs: Mapping[int, Sequence[tuple[int, float, int]]]) -> None:
        self._pairs = pairs

    @classmethod
    def read(cls, path: Path = SHIPPED) -> Self:
        """Read pairs with `users`, `similarity` and `votes`, or raise CatalogueError."""
        # Plain tuples until they are asked for: there are tens of thousands.
        pairs: defaultdict[int, list[tuple[int, float, int]]] = defaultdict(list)
        for line, (a, b, users, similarity, votes) in enumerate(cells(path, _COLUMNS), 2):
            try:
                one, other, said = int(a), int(b), int(votes or 0)
                strength = _strength(number(similarity or "0"), said)
                viewers = max(int(users or 0), said)
            except ValueError as error:
                raise CatalogueError(f"{path}, row {line}: a cell is not a number.") from error
            pairs[one].append((other, strength, viewers))
            pairs[other].append((one, strength, viewers))
        return cls(pairs)

    def near(self, mal_id: int) -> Sequence[Pair]:
        """What viewers of the title like too, strongest first; empty without figures of it."""
        pairs = sorted(self._pairs.get(mal_id, ()), key=lambda pair: -pair[1])
        return tuple(Pair(*pair) for pair in pairs)


def _strength(similarity: float, votes: int) -> float:
    # A recommendation is said on purpose, so it weighs more than being rated well by the same.
    said = min(1.0, log1p(votes) / log1p(_MANY_VOTES))
    return min(1.0, 0.5 * similarity + 0.7 * said)
