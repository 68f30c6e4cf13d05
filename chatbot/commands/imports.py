"""`import`: titles of files and services made into a catalogue file."""

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence, Sized
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from chatbot.commands import index
from chatbot.commands.bars import bar
from chatbot.settings import Settings
from data import CatalogueError
from data.collection import Collection
from data.sources import (
    Clock,
    Page,
    Part,
    Wanted,
    anilist,
    csv_records,
    fetched,
    jikan,
    json_records,
    records,
)

Kind = Literal["csv", "json", "jikan", "anilist"]

# Announced titles lie a few years ahead.
_YEARS_AHEAD = 5
# AniList's terms forbid collecting its data in mass.
_MOST_OF_ANILIST = 500
_TOLD = 8


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported from where, and what becomes of it."""

    kind: Kind
    sources: Sequence[str]
    to: Path
    most: int | None
    adult: bool
    index_dir: Path | None


def gather(settings: Settings, order: Order) -> None:
    """Write the catalogue file, say what was left out and why, and index it if asked."""
    _write(settings, order)
    if order.index_dir:
        index.build(replace(settings, catalogue=order.to, index_dir=order.index_dir))


def _write(settings: Settings, order: Order) -> None:
    collection = Collection(datetime.now(UTC).year + _YEARS_AHEAD, adult=order.adult)
    if order.kind in ("csv", "json"):
        _from_files(collection, order)
        collection.write(order.to)
    else:
        part = asyncio.run(_from_service(settings, collection, order))
        collection.write(order.to)
        part.end()
    _tell(collection, order.to)


def _from_files(collection: Collection, order: Order) -> None:
    read = csv_records if order.kind == "csv" else json_records
    paths = [Path(source) for source in order.sources]
    if any(path.absolute() == order.to.absolute() for path in paths):
        raise CatalogueError(f"{order.to} is a source; name another file with --to.")
    for path in paths:
        with bar(f"Reading {path.name}") as progress:
            task = progress.add_task("", total=None)
            collection.add(progress.track(read(path), task_id=task))


async def _from_service(settings: Settings, collection: Collection, order: Order) -> Part:
    if len(order.sources) != 1:
        raise CatalogueError("A service takes one source; import the others one by one.")
    wanted = Wanted.read(order.sources[0])
    if order.kind == "jikan":
        opened = jikan.opened(wanted, settings.jikan_api_base, Clock())
    else:
        opened = anilist.opened(wanted, settings.anilist_api_base, Clock())
    most = order.most or (_MOST_OF_ANILIST if order.kind == "anilist" else None)
    part = Part(order.to.with_name(f"{order.to.name}.part"), f"{order.kind} {order.sources[0]}")
    pages: list[Page] = []
    with bar("Fetching titles") as progress:
        task = progress.add_task("", total=most)
        async with opened as ask:
            async for page in fetched(ask, part, most):
                pages.append(page)
                total = min(filter(None, (most, page.total)), default=None)
                progress.update(task, advance=len(page.titles), total=total)
    collection.add(records(pages, most))
    return part


def _tell(collection: Collection, path: Path) -> None:
    for each in collection.rejected:
        name = f" (“{each.name}”)" if each.name else ""
        sys.stderr.write(f"Rejected: {each.place}{name}: {each.reason}.\n")
    lines = [f"{_count(collection.titles, 'title')} written to {path}."]
    if collection.adult:
        lines.append(f"{_count(collection.adult, 'adult title')} left out; --adult keeps them.")
    if collection.rejected:
        lines.append(f"{_count(collection.rejected, 'row')} rejected, each told above.")
    if collection.left_out:
        lines.append(f"Left out of titles: {_most_common(collection.left_out)}.")
    sys.stdout.write("\n".join(lines) + "\n")


def _count(things: Sized, noun: str) -> str:
    return f"{len(things):,} {noun}{'' if len(things) == 1 else 's'}"


def _most_common(left_out: Counter[str]) -> str:
    told = [f"{what} ({count:,})" for what, count in left_out.most_common(_TOLD)]
    more = len(left_out) - len(told)
    return ", ".join(told) + (f" and {more:,} others" if more > 0 else "")
