"""Taking over what somebody has watched, from a file, from a text or from AniList."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from chatbot.wiring import App
from data import Catalogue, CatalogueError, Franchises, seen
from data.errors import SourceAway
from data.seen import Watched
from data.sources import Clock
from memory import Bucket
from retrieval.matching import Matching

LARGEST_BYTES = 5_000_000
_PATIENCE = timedelta(seconds=30)
_MINUTE = timedelta(minutes=1)
# Each asks somebody else's service, or takes a second of ours.
_IMPORTS = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """How many entries a list had, how many titles they were, how many of them new, and the rest.

    `missing` are the entries that are none of the catalogue's.
    """

    entries: int
    titles: int
    new: int
    missing: tuple[str, ...]


class Watching:
    """Takes lists over for one owner, who comes from an address."""

    def __init__(self, app: App, owner: str, address: str) -> None:
        self._app = app
        self._owner = owner
        self._places = tuple(filter(None, [owner, address]))

    async def of_export(self, content: bytes) -> Taken:
        """Take over MyAnimeList's export, or raise CatalogueError or LimitReached."""
        await self._allowed()
        return await self._taken(
            await asyncio.to_thread(_read, seen.exported, content, "This file")
        )

    async def of_text(self, text: str) -> Taken:
        """Take over a plain list, or raise CatalogueError or LimitReached."""
        await self._allowed()
        entries = await asyncio.to_thread(_read, seen.listed, text.encode(), "This list")
        return await self._taken(entries)

    async def of_user(self, user: str) -> Taken:
        """Take over a public list at AniList, or raise CatalogueError or LimitReached."""
        await self._allowed()
        base = self._app.settings.anilist_api_base
        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                entries = await seen.followed(user.strip(), base, Clock())
        except TimeoutError:
            raise SourceAway("AniList takes too long to answer. Try again later.") from None
        return await self._taken(entries)

    async def _allowed(self) -> None:
        buckets = (Bucket("imports", each, _IMPORTS, _MINUTE) for each in self._places)
        await self._app.store.limits.take(*buckets)

    async def _taken(self, entries: Sequence[Watched]) -> Taken:
        """Put the titles that the entries mean on the owner's seen list."""
        matching = await asyncio.to_thread(_matching, self._app.parts.catalogue)
        matched = await asyncio.to_thread(matching.match, entries)
        new = await self._app.store.seen_lists.add(self._owner, matched.mal_ids)
        missing = tuple(each.name or f"number {each.mal_id}" for each in matched.unmatched)
        return Taken(len(entries), len(matched.mal_ids), new, missing)


@lru_cache(maxsize=1)
def _matching(catalogue: Catalogue) -> Matching:
    """What knows every name of every title, made once."""
    return Matching(catalogue, Franchises.read())


def _read(read: Callable[[Path], list[Watched]], content: bytes, called: str) -> list[Watched]:
    """What is read from a file of this content; `called` is what a sentence calls it."""
    if len(content) > LARGEST_BYTES:
        raise CatalogueError(
            f"{called} is too large. Up to {LARGEST_BYTES // 1_000_000} MB are read."
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(content)
        try:
            return read(path)
        except CatalogueError as error:
            raise CatalogueError(f"{error}".replace(f"{path}", called)) from None
