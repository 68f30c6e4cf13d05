"""`seen`: a seen list taken over into the chats of this terminal."""

import asyncio
import sys
from pathlib import Path
from typing import Literal

from chatbot.commands.terminal import owner_here
from chatbot.settings import Settings
from chatbot.wiring import wired
from data import Franchises, seen
from data.seen import Watched
from data.sources import Clock
from retrieval.matching import Matched, Matching

Kind = Literal["mal", "anilist", "list"]

_TOLD = 20


def take(settings: Settings, kind: Kind, source: str) -> None:
    """Keep the titles of the list as seen, and say which entries are none of ours."""
    entries = _entries(settings, kind, source)
    matched, new = asyncio.run(_kept(settings, entries))
    known = len(matched.mal_ids) - new
    before = f" ({known:,} of them were known)" if known else ""
    sys.stdout.write(f"{len(matched.mal_ids):,} titles of {len(entries):,} entries kept{before}.\n")
    _tell(matched)


def _entries(settings: Settings, kind: Kind, source: str) -> list[Watched]:
    if kind == "anilist":
        return asyncio.run(seen.followed(source, settings.anilist_api_base, Clock()))
    return (seen.exported if kind == "mal" else seen.listed)(Path(source))


async def _kept(settings: Settings, entries: list[Watched]) -> tuple[Matched, int]:
    """The titles that the entries mean, and how many of them are new."""
    async with wired(settings) as app:
        matched = Matching(app.parts.catalogue, Franchises.read()).match(entries)
        return matched, await app.store.seen_lists.add(owner_here(settings), matched.mal_ids)


def _tell(matched: Matched) -> None:
    for each in matched.unmatched[:_TOLD]:
        sys.stdout.write(f"Not in the catalogue: {each.name or each.mal_id}\n")
    if len(matched.unmatched) > _TOLD:
        sys.stdout.write(f"Not in the catalogue: {len(matched.unmatched) - _TOLD:,} more\n")
