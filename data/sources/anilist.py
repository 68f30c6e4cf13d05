"""AniList's titles and viewers' lists by its GraphQL API: https://docs.anilist.co.

Its terms of use forbid collecting its data in mass: ask for no more than you need.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from data.errors import SourceAway
from data.sources.api import Api, Clock, Limit, Reply
from data.sources.pages import Ask, Page
from data.sources.records import Json
from data.sources.wanted import Wanted

# The limit while the service is degraded, as it has been for years ("Rate Limiting").
_LIMITS = (Limit(30, 60.0),)
_A_PAGE = 50
_MINUTE = 60.0


@asynccontextmanager
async def opened(wanted: Wanted, base: str, clock: Clock) -> AsyncGenerator[Ask]:
    """Ask for pages of what is wanted."""
    async with service(base, clock) as anilist:

        async def ask(number: int) -> Page:
            variables = {**_variables(wanted), "page": number, "perPage": _A_PAGE}
            data = await asked(anilist, "titles", variables)
            return _page(number, data.get("Page"))

        yield ask


@asynccontextmanager
async def service(base: str, clock: Clock) -> AsyncGenerator[Api]:
    """AniList while it is needed."""
    async with Api.opened("AniList", base, _LIMITS, clock) as anilist:
        yield anilist


async def asked(anilist: Api, query: str, variables: Mapping[str, object]) -> Mapping[str, Json]:
    """The `data` of a query's answer; the query is a file beside this one."""
    text = Path(__file__).with_name(f"{query}.graphql").read_text(encoding="utf-8")
    reply = await anilist.ask("", json={"query": text, "variables": variables})
    _heed(anilist, reply)
    data = reply.content.get("data")
    if reply.content.get("errors") or not isinstance(data, dict):
        raise SourceAway("AniList answered with an error instead of titles.")
    return data


def _heed(anilist: Api, reply: Reply) -> None:
    if reply.headers.get("X-RateLimit-Remaining") == "0":
        anilist.pace.rest(_MINUTE)


def _variables(wanted: Wanted) -> Mapping[str, object]:
    if wanted.kind == "season":
        return {"season": wanted.season.upper(), "year": wanted.year}
    return {"search": wanted.text} if wanted.kind == "search" else {}


def _page(number: int, page: Json) -> Page:
    titles = page.get("media") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(titles, list):
        raise SourceAway("AniList answered with something else than a page of titles.")
    info = page.get("pageInfo")
    has_more = isinstance(info, dict) and info.get("hasNextPage") is True
    return Page(number, tuple(titles), not has_more, None)
