"""The pages of a service, kept in a file beside the catalogue, so that a broken import goes on."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import CatalogueError
from data.sources.records import Json, Record, Rejected, record


@dataclass(frozen=True, slots=True)
class Page:
    """One page of titles as the service gives them; `total` counts all pages' where it is known."""

    number: int
    titles: tuple[Json, ...]
    is_last: bool
    total: int | None


Ask = Callable[[int], Awaitable[Page]]


class Part:
    """The pages fetched so far of one import, one line of JSON each."""

    def __init__(self, path: Path, heading: str) -> None:
        self._path = path
        self._heading = heading

    def pages(self) -> list[Page]:
        """The pages that are there; none if the file is another import's."""
        try:
            lines = self._path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return []
        if not lines or lines[0] != self._heading:
            return []
        return list(_whole(lines[1:]))

    def begin(self, pages: list[Page]) -> None:
        """Write what is kept anew, without a line that was cut off."""
        self._put("w", [self._heading, *map(_line, pages)])

    def add(self, page: Page) -> None:
        """Keep one more page."""
        self._put("a", [_line(page)])

    def end(self) -> None:
        """Forget the pages: the import is done."""
        self._path.unlink(missing_ok=True)

    def _put(self, mode: str, lines: list[str]) -> None:
        try:
            with self._path.open(mode, encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise CatalogueError(f"{self._path} cannot be written: {error.strerror}.") from error


async def fetched(ask: Ask, part: Part, most: int | None) -> AsyncIterator[Page]:
    """Yield the pages that are kept, then those still to be asked for, until `most` titles."""
    kept = part.pages()
    part.begin(kept)
    count = 0
    for page in kept:
        count += len(page.titles)
        yield page
    last = kept[-1] if kept else None
    while not (last and last.is_last) and (most is None or count < most):
        last = await ask(last.number + 1 if last else 1)
        part.add(last)
        count += len(last.titles)
        yield last


def records(pages: list[Page], most: int | None) -> Iterator[Record | Rejected]:
    """Yield the record of each title on the pages, of the first `most`."""
    places = (
        (f"page {page.number}, entry {place}", each)
        for page in pages
        for place, each in enumerate(page.titles, 1)
    )
    for _, (place, each) in zip(range(most or 10**9), places, strict=False):
        if isinstance(each, dict):
            yield record(place, each)
        else:
            yield Rejected(place, "", "it is not an object")


def _whole(lines: list[str]) -> Iterator[Page]:
    """The pages up to a line that was cut off."""
    for number, line in enumerate(lines, 1):
        try:
            value: Mapping[str, Any] = json.loads(line)
            page = Page(value["page"], tuple(value["titles"]), value["last"], value["total"])
        except (ValueError, TypeError, KeyError):
            return
        if page.number != number:
            return
        yield page


def _line(page: Page) -> str:
    value = {
        "page": page.number,
        "last": page.is_last,
        "total": page.total,
        "titles": page.titles,
    }
    return json.dumps(value, ensure_ascii=False)
