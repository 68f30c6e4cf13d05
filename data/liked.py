"""Which titles the same viewers like, from their ratings and their recommendations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from pathlib import Path
from typing import Self

from data.errors import CatalogueError
from data.tables import number, rows

SHIPPED = Path(__file__).parent / "liked.csv"

# A recommendation by this many viewers counts as fully as the highest similarity.
_MANY_VOTES = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """A title liked together with another: how much (0 to 1), and by how many who said so."""

    mal_id: int
    strength: float
    viewers: int


class Liked:
    """The liked-together titles of each title, strongest first."""

    def __init__(self, pairs: Mapping[int, Sequence[Pair]]) -> None:
        self._pairs = pairs

    @classmethod
    def read(cls, path: Path = SHIPPED) -> Self:
        """Read pairs with `users`, `similarity` and `votes`, or raise CatalogueError."""
        pairs: defaultdict[int, list[Pair]] = defaultdict(list)
        for line, cells in enumerate(rows(path, ("a", "b", "users", "similarity", "votes")), 2):
            try:
                one, other = int(cells["a"]), int(cells["b"])
                users, votes = int(cells["users"] or 0), int(cells["votes"] or 0)
                strength = _strength(number(cells["similarity"] or "0"), votes)
            except ValueError as error:
                raise CatalogueError(f"{path}, row {line}: a cell is not a number.") from error
            pairs[one].append(Pair(other, strength, max(users, votes)))
            pairs[other].append(Pair(one, strength, max(users, votes)))
        for each in pairs.values():
            each.sort(key=lambda pair: -pair.strength)
        return cls(pairs)

    def near(self, mal_id: int) -> Sequence[Pair]:
        """What viewers of the title like too; empty when there are no figures of it."""
        return self._pairs.get(mal_id, ())


def _strength(similarity: float, votes: int) -> float:
    # A recommendation is said on purpose, so it weighs more than being rated well by the same.
    said = min(1.0, log1p(votes) / log1p(_MANY_VOTES))
    return min(1.0, 0.5 * similarity + 0.7 * said)
