"""Stand-ins for Jikan and AniList on loopback: their pages, and their ways to fail.

What they answer has the shape of recorded answers of the real ones; the texts are our own.
"""

from collections import deque
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.serving import served


@dataclass(slots=True)
class Web:
    """A service's pages; `faults` are answered first, `asked` is what was asked for."""

    pages: Sequence[Sequence[Mapping[str, Any]]]
    faults: deque[Response] = field(default_factory=deque[Response])
    asked: list[Any] = field(default_factory=list[Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    base: str = ""


def jikan_title(mal_id: int, name: str) -> dict[str, Any]:
    """A title as Jikan 4 gives it."""
    images = {"image_url": f"https://cdn.example/{mal_id}.jpg", "large_image_url": None}
    return {
        "mal_id": mal_id,
        "url": f"https://myanimelist.net/anime/{mal_id}/{name}",
        "images": {"jpg": images, "webp": images},
        "titles": [{"type": "Default", "title": name}, {"type": "German", "title": f"{name} de"}],
        "title": name,
        "title_english": None,
        "title_japanese": "蟲師",
        "title_synonyms": [],
        "type": "TV",
        "source": "Manga",
        "episodes": 26,
        "status": "Finished Airing",
        "aired": {"from": "2005-10-23T00:00:00+00:00", "prop": {"from": {"year": 2005}}},
        "duration": "25 min per ep",
        "rating": "PG-13 - Teens 13 or older",
        "score": 8.65,
        "popularity": 195,
        "members": 880_000,
        "synopsis": "A wanderer heals.\n\n[Written by MAL Rewrite]",
        "season": "fall",
        "year": None,
        "studios": [{"mal_id": 8, "type": "anime", "name": "Artland", "url": ""}],
        "genres": [{"mal_id": 7, "type": "anime", "name": "Mystery", "url": ""}],
        "explicit_genres": [],
        "themes": [{"mal_id": 13, "type": "anime", "name": "Historical", "url": ""}],
        "demographics": [{"mal_id": 42, "type": "anime", "name": "Seinen", "url": ""}],
    }


def anilist_title(number: int, name: str, mal_id: int | None) -> dict[str, Any]:
    """A title as AniList gives it."""
    return {
        "id": number,
        "idMal": mal_id,
        "title": {"romaji": name, "english": None, "native": "蟲師"},
        "synonyms": [f"{name} de"],
        "format": "TV",
        "episodes": 26,
        "duration": 25,
        "seasonYear": 2005,
        "startDate": {"year": 2005},
        "genres": ["Mystery"],
        "tags": [{"name": "Rural", "rank": 80}, {"name": "Tsundere", "rank": 10}],
        "studios": {"nodes": [{"name": "Artland"}]},
        "source": "MANGA",
        "averageScore": 86,
        "popularity": 200_000,
        "isAdult": False,
        "coverImage": {"large": "https://img.example/1.jpg"},
        "description": "A wanderer heals.<br><br>(Source: somewhere)",
    }


@contextmanager
def jikan(*pages: Sequence[Mapping[str, Any]]) -> Generator[Web]:
    """Jikan, with these pages whatever is asked for."""
    web = Web(pages)

    async def answered(request: Request) -> Response:
        web.asked.append(str(request.url).removeprefix(web.base))
        if web.faults:
            return web.faults.popleft()
        number = int(request.query_params["page"])
        here = web.pages[number - 1]
        counts = {"count": len(here), "total": sum(map(len, web.pages)), "per_page": 25}
        more = {"last_visible_page": len(web.pages), "has_next_page": number < len(web.pages)}
        return JSONResponse({"pagination": {**more, "items": counts}, "data": here})

    routes = [Route("/{path:path}", answered)]
    with served(Starlette(routes=routes)) as base:
        web.base = base
        yield web


@contextmanager
def anilist(*pages: Sequence[Mapping[str, Any]]) -> Generator[Web]:
    """AniList, with these pages of titles, or of a viewer's list."""
    web = Web(pages)

    async def answered(request: Request) -> Response:
        asked = await request.json()
        web.asked.append(asked["variables"])
        if web.faults:
            return web.faults.popleft()
        if "MediaListCollection" in asked["query"]:
            data: dict[str, Any] = {"MediaListCollection": {"lists": [{"entries": web.pages[0]}]}}
        else:
            number = asked["variables"]["page"]
            more = {"hasNextPage": number < len(web.pages)}
            data = {"Page": {"pageInfo": more, "media": web.pages[number - 1]}}
        return JSONResponse({"data": data}, headers=dict(web.headers))

    with served(Starlette(routes=[Route("/", answered, methods=["POST"])])) as base:
        web.base = base
        yield web


def too_many(*, retry_after: str | None = None) -> Response:
    """429, in the words of Jikan's answer."""
    content = {"status": "429", "type": "RateLimitException", "message": "Slow down", "error": None}
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return JSONResponse(content, status_code=429, headers=headers)
