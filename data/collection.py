"""Records of one or several sources gathered into one catalogue file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from data.catalogue import Title
from data.cleaning import Cleaned, cleaned
from data.errors import CatalogueError
from data.sources.records import Record, Rejected
from data.tables import write

_COLUMNS = {
    "mal_id": "mal_id",
    "title": "name",
    "title_english": "english",
    "title_native": "native",
    "synonyms": "aliases",
    "type": "type",
    "episodes": "episodes",
    "minutes": "minutes",
    "year": "year",
    "genres": "genres",
    "themes": "themes",
    "studios": "studios",
    "source": "source",
    "age_rating": "age_rating",
    "score": "score",
    "members": "members",
    "synopsis": "synopsis",
    "poster_url": "poster_url",
}


class Collection:
    """Titles by their ids, and what became of every record that is none of them."""

    def __init__(self, latest_year: int, *, adult: bool) -> None:
        self.titles: dict[int, Title] = {}
        self.rejected: list[Rejected] = []
        self.left_out: Counter[str] = Counter()
        self.adult: set[int] = set()
        self._latest_year = latest_year
        self._keeps_adult = adult

    def add(self, records: Iterable[Record | Rejected]) -> None:
        """Take a source's records; a title that an earlier source had is completed by them."""
        places: dict[int, str] = {}
        for each in records:
            found = each if isinstance(each, Rejected) else cleaned(each, self._latest_year)
            if isinstance(found, Rejected):
                self.rejected.append(found)
            elif found.title.mal_id in places:
                reason = f"its id is that of {places[found.title.mal_id]}"
                self.rejected.append(Rejected(found.place, found.title.name, reason))
            else:
                places[found.title.mal_id] = found.place
                self._take(found)

    def write(self, path: Path) -> None:
        """Write the catalogue file, or raise CatalogueError."""
        if not self.titles:
            raise CatalogueError("No title is left to write; the file stays as it was.")
        lines = (
            [_cell(getattr(title, name)) for name in _COLUMNS.values()]
            for title in self.titles.values()
        )
        write(path, tuple(_COLUMNS), lines)

    def _take(self, found: Cleaned) -> None:
        mal_id = found.title.mal_id
        if mal_id in self.adult or (found.is_adult and not self._keeps_adult):
            self.adult.add(mal_id)
            self.titles.pop(mal_id, None)
            return
        self.left_out.update(found.left_out)
        known = self.titles.get(mal_id)
        self.titles[mal_id] = _completed(known, found.title) if known else found.title


def _completed(title: Title, other: Title) -> Title:
    gaps = {name: each for name, each in asdict(other).items() if not getattr(title, name)}
    return replace(title, **gaps)


def _cell(value: str | float | tuple[str, ...] | None) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)
