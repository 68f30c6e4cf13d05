"""What belongs together: the sequels, films and specials of each title."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from data.catalogue import Catalogue
from data.errors import CatalogueError
from data.tables import cells

SHIPPED = Path(__file__).parent / "franchises.csv"

_COLUMNS = ("root", "mal_id", "title", "title_english", "type", "episodes", "year", "season")
_SEASONS = ("Winter", "Spring", "Summer", "Fall")


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a franchise; an unknown year or number of episodes is None.

    `name` is English where there is one, `original` the name in Japan.
    """

    mal_id: int
    name: str
    original: str
    type: str
    episodes: int | None
    year: int | None


class Franchises:
    """The parts of each franchise, by the title that stands for it, in order of release."""

    def __init__(self, parts: Mapping[int, Sequence[Entry]]) -> None:
        self._parts = parts
        self._roots = {part.mal_id: root for root, of in parts.items() for part in of}

    @classmethod
    def read(cls, path: Path = SHIPPED) -> Self:
        """Read the parts, or raise CatalogueError."""
        parts: defaultdict[int, list[tuple[int, int, int, Entry]]] = defaultdict(list)
        for line, row in enumerate(cells(path, _COLUMNS), 2):
            try:
                root, entry = int(row[0]), _entry(row)
            except ValueError as error:
                raise CatalogueError(f"{path}, row {line}: a cell is not a number.") from error
            season = _SEASONS.index(row[7]) if row[7] in _SEASONS else len(_SEASONS)
            parts[root].append((entry.year or 9999, season, line, entry))
        return cls({root: tuple(each[3] for each in sorted(of)) for root, of in parts.items()})

    def roots(self, catalogue: Catalogue) -> Mapping[int, int]:
        """The title of the catalogue that each id stands for: itself, or its franchise's."""
        roots = {
            mal_id: root for mal_id, root in self._roots.items() if catalogue.row(root) is not None
        }
        return roots | {title.mal_id: title.mal_id for title in catalogue}

    def root(self, mal_id: int) -> int | None:
        """The title that stands for the franchise of this one, or None where none is known."""
        return self._roots.get(mal_id)

    def parts(self, mal_id: int) -> Sequence[Entry]:
        """All parts of the franchise that the title stands for, the title among them."""
        return self._parts.get(mal_id, ())


def _entry(row: Sequence[str]) -> Entry:
    _, mal_id, title, english, kind, episodes, year, _ = row
    return Entry(
        int(mal_id),
        english or title,
        title,
        kind,
        int(episodes) if episodes else None,
        int(year) if year else None,
    )
