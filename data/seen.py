"""What a viewer has watched: MyAnimeList's export, a viewer's list at AniList, or a plain list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from data import prose, texts
from data.errors import CatalogueError, SourceRefused
from data.sources import Clock, anilist
from data.sources.records import Json

# Of everything that is on a list, what was only planned is not watched. Old exports have numbers.
_PLANNED = frozenset({"plan to watch", "planning", "6"})
_BULLET = re.compile(r"^\s*(?:[-*•–]|\[[ xX]?\]|\d{1,4}[.)])\s+")
_USER = re.compile(r"[A-Za-z0-9_-]{2,30}")
_LONGEST_LIST = 20_000
# An export has entries of some 25 fields each, in one list. Each part begins and ends.
_DEEPEST, _MOST_PARTS = 10, 2 * 30 * _LONGEST_LIST


@dataclass(frozen=True, slots=True)
class Watched:
    """One entry of a seen list; its MyAnimeList id where the list knows it."""

    name: str
    mal_id: int | None = None


def exported(path: Path) -> list[Watched]:
    """The entries of MyAnimeList's export (.xml or .xml.gz), or raise CatalogueError."""
    try:
        found = [*_entries(texts.content(path))]
    except _TooMuch as error:
        raise CatalogueError(f"{path} is no export: it has far more in it than a list.") from error
    except DefusedXmlException as error:
        raise CatalogueError(f"{path} defines entities, which no export does.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise CatalogueError(f"{path} is not the XML of an export: {error}.") from error
    if not found:
        raise CatalogueError(f"{path} is not an export of an anime list from MyAnimeList.")
    return [each for each in found if each]


def listed(path: Path) -> list[Watched]:
    """The entries of a plain list, a title on each line, or raise CatalogueError."""
    names = (prose.name(_BULLET.sub("", line)) for line in texts.lines(path))
    found = [Watched(name) for name in dict.fromkeys(names) if name][: _LONGEST_LIST + 1]
    if not found:
        raise CatalogueError(f"{path} is empty; write one title on each line.")
    if len(found) > _LONGEST_LIST:
        raise CatalogueError(f"{path} has more than {_LONGEST_LIST:,} lines.")
    return found


async def followed(user: str, base: str, clock: Clock) -> list[Watched]:
    """The entries of a public list at AniList, or raise CatalogueError."""
    if not _USER.fullmatch(user):
        raise CatalogueError(f"“{user}” is no user name of AniList.")
    async with anilist.service(base, clock) as service:
        try:
            data = await anilist.asked(service, "watched", {"user": user})
        except SourceRefused as error:
            raise CatalogueError(
                f"AniList knows no user “{user}”, or the list is not public."
            ) from error
    return list(_followed(data))


class _TooMuch(Exception):
    """More is within each other, or in all, than any list has."""


def _entries(content: bytes) -> Iterator[Watched | None]:
    """The entries of an export, each forgotten when it was read: small files can unpack to much."""
    parts = iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True)
    above: list[Element] = []
    for number, (event, element) in enumerate(parts):
        if number > _MOST_PARTS or len(above) > _DEEPEST:
            raise _TooMuch
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if element.tag == "anime":
            yield _exported(element)
        if len(above) == 1:
            above[0].clear()


def _exported(entry: Element) -> Watched | None:
    title = prose.name(entry.findtext("series_title") or "")
    number = (entry.findtext("series_animedb_id") or "").strip()
    status = (entry.findtext("my_status") or "").strip().casefold()
    if status in _PLANNED or not (title or number):
        return None
    return Watched(title, int(number) if number.isdecimal() and len(number) < 10 else None)  # noqa: PLR2004


def _followed(data: Mapping[str, Json]) -> Iterator[Watched]:
    collection = _mapping(data.get("MediaListCollection"))
    for each in _list(collection.get("lists")):
        for entry in map(_mapping, _list(_mapping(each).get("entries"))):
            if str(entry.get("status")).casefold() not in _PLANNED:
                yield _medium(_mapping(entry.get("media")))


def _medium(media: Mapping[str, Json]) -> Watched:
    title = _mapping(media.get("title"))
    mal_id = media.get("idMal")
    name = prose.name(str(title.get("romaji") or title.get("english") or ""))
    return Watched(name, mal_id if isinstance(mal_id, int) else None)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
