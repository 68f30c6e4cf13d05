"""Jikan, MyAnimeList's titles by an unofficial API: https://docs.api.jikan.moe (version 4)."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from data.errors import SourceAway
from data.sources.api import Api, Clock, Limit
from data.sources.pages import Ask, Page
from data.sources.records import Json
from data.sources.wanted import Wanted

# As its documentation says, "Rate Limiting".
_LIMITS = (Limit(3, 1.0), Limit(60, 60.0))


@asynccontextmanager
async def opened(wanted: Wanted, base: str, clock: Clock) -> AsyncGenerator[Ask]:
    """Ask for pages of what is wanted."""
    async with Api.opened("Jikan", base, _LIMITS, clock) as service:

        async def ask(number: int) -> Page:
            path, options = _request(wanted)
            reply = await service.ask(path, params={**options, "page": str(number)})
            return _page(number, reply.content)

        yield ask


def _request(wanted: Wanted) -> tuple[str, dict[str, str]]:
    if wanted.kind == "season":
        return f"/seasons/{wanted.year}/{wanted.season}", {}
    if wanted.kind == "search":
        return "/anime", {"q": wanted.text}
    return "/top/anime", {"filter": "bypopularity"}


def _page(number: int, content: Mapping[str, Json]) -> Page:
    titles = content.get("data")
    pagination = content.get("pagination")
    if not isinstance(titles, list) or not isinstance(pagination, dict):
        raise SourceAway("Jikan answered with something else than a page of titles.")
    items = pagination.get("items")
    total = items.get("total") if isinstance(items, dict) else None
    is_last = pagination.get("has_next_page") is not True
    return Page(number, tuple(titles), is_last, total if isinstance(total, int) else None)
