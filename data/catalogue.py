"""The titles that can be recommended, and their facts."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self, overload

from data.errors import CatalogueError
from data.tables import number, rows

# A stop after one or two letters with a capital is part of a name: "Dr. Stone", "J. Robert".
_FIRST_SENTENCE = re.compile(
    r".*?(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)[.!?][\"”’']?(?=\s|$)|.*", re.DOTALL
)
# Twelve digits are more than any id has; int() itself refuses a text of thousands.
_WHOLE = re.compile(r"[0-9]{1,12}")
SHIPPED = Path(__file__).parent / "catalogue.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One anime, standing for its franchise. Unknown numbers are None, unknown texts empty.

    `score` is the viewers' mean, 1 to 10; `minutes` are those of one episode.
    """

    mal_id: int
    name: str
    english: str = ""
    native: str = ""
    aliases: tuple[str, ...] = ()
    type: str = ""
    episodes: int | None = None
    minutes: int | None = None
    year: int | None = None
    genres: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()
    source: str = ""
    age_rating: str = ""
    score: float | None = None
    members: int = 0
    poster_url: str = ""
    synopsis: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Genres and themes together, as people name them without telling one from the other."""
        return self.genres + self.themes

    @property
    def shown(self) -> str:
        """The name that people here know best: English where there is one."""
        return self.english or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the title goes by, without repeats, best known first."""
        return tuple(
            dict.fromkeys(filter(None, (self.name, self.english, self.native, *self.aliases)))
        )

    @property
    def premise(self) -> str:
        """The first sentence of the synopsis, empty where there is none."""
        sentence = _FIRST_SENTENCE.match(self.synopsis)
        return sentence[0] if sentence else ""

    @property
    def document(self) -> str:
        """The text that is searched: the synopsis where there is one, and the facts in words."""
        about = self.synopsis or f"A {' '.join(self.genres).lower()} {self.type or 'anime'}."
        tags = f" {', '.join(self.tags)}." if self.tags else ""
        return f"{self.shown}. {about}{tags}"


class Catalogue(Sequence[Title]):
    """All titles, in the order of their file; a title's position is its row everywhere."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self._titles = tuple(titles)
        self._rows = {title.mal_id: row for row, title in enumerate(self._titles)}

    @classmethod
    def read(cls, path: Path = SHIPPED) -> Self:
        """Read a catalogue file, or raise CatalogueError."""
        titles: dict[int, Title] = {}
        for line, cells in enumerate(rows(path, ("mal_id", "title")), start=2):
            title = _title(cells, f"{path}, row {line}")
            if title.mal_id in titles:
                raise CatalogueError(f"{path}, row {line}: mal_id {title.mal_id} is there twice.")
            titles[title.mal_id] = title
        if not titles:
            raise CatalogueError(f"{path} has no titles in it.")
        return cls(tuple(titles.values()))

    @overload
    def __getitem__(self, row: int) -> Title: ...

    @overload
    def __getitem__(self, row: slice) -> Sequence[Title]: ...

    def __getitem__(self, row: int | slice) -> Title | Sequence[Title]:
        return self._titles[row]

    def __len__(self) -> int:
        return len(self._titles)

    def __iter__(self) -> Iterator[Title]:
        return iter(self._titles)

    def row(self, mal_id: int) -> int | None:
        """Where the title stands, or None when the catalogue does not have it."""
        return self._rows.get(mal_id)

    def find(self, mal_id: int) -> Title | None:
        """The title of this id, or None when the catalogue does not have it."""
        row = self._rows.get(mal_id)
        return None if row is None else self._titles[row]

    def rank(self, mal_id: int) -> float | None:
        """How well known the title is, from 0, the least, to 1, the best known of all."""
        title = self.find(mal_id)
        if title is None:
            return None
        return bisect_left(self._members, title.members) / max(len(self._members) - 1, 1)

    @cached_property
    def latest(self) -> int:
        """The year of the newest title, 0 when none is known: what "the last three years" means."""
        return max((title.year or 0 for title in self._titles), default=0)

    @cached_property
    def _members(self) -> list[int]:
        return sorted(title.members for title in self._titles)

    @cached_property
    def content_hash(self) -> str:
        """Names the whole catalogue by the documents in it."""
        each = "".join(sorted(f"{title.mal_id} {title.document}\n" for title in self._titles))
        return hashlib.blake2b(each.encode(), digest_size=16).hexdigest()


def _title(cells: dict[str, str], place: str) -> Title:
    return Title(
        mal_id=_whole(cells, "mal_id", place) or 0,
        name=_named(cells, place),
        english=cells.get("title_english", ""),
        native=cells.get("title_native", ""),
        aliases=_several(cells, "synonyms"),
        type=cells.get("type", ""),
        episodes=_whole(cells, "episodes", place),
        minutes=_whole(cells, "minutes", place),
        year=_whole(cells, "year", place),
        genres=_several(cells, "genres"),
        themes=_several(cells, "themes"),
        studios=_several(cells, "studios"),
        source=cells.get("source", ""),
        age_rating=cells.get("age_rating", ""),
        score=_mean(cells, place),
        members=_whole(cells, "members", place) or 0,
        poster_url=cells.get("poster_url", ""),
        synopsis=cells.get("synopsis", ""),
    )


def _named(cells: dict[str, str], place: str) -> str:
    if not cells.get("mal_id") or not cells["title"]:
        raise CatalogueError(f"{place}: a title needs a mal_id and a title.")
    return cells["title"]


def _several(cells: dict[str, str], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cells.get(column, "").split(";") if part.strip())


def _whole(cells: dict[str, str], column: str, place: str) -> int | None:
    text = cells.get(column, "")
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise CatalogueError(f"{place}: {column} must be a whole number.")
    return int(text)


def _mean(cells: dict[str, str], place: str) -> float | None:
    text = cells.get("score", "")
    try:
        return number(text) if text else None
    except ValueError as error:
        raise CatalogueError(f"{place}: score must be a number.") from error
