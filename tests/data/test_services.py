"""How titles are fetched from Jikan and AniList: within their limits, despite their failures."""

import asyncio
from collections import deque
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from data.collection import Collection
from data.errors import CatalogueError, SourceAway, SourceRefused
from data.sources import Ask, Clock, Page, Part, Wanted, anilist, fetched, jikan, records
from tests.data import web

TOP = Wanted("top")


class Time:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        """The clock that shows this time."""
        return Clock(lambda: self.now, self.sleep)


@pytest.fixture
def time() -> Time:
    return Time()


def jikan_pages(count: int, titles: int = 2) -> list[list[dict[str, object]]]:
    return [
        [web.jikan_title(10 * page + place, f"Title {page}{place}") for place in range(titles)]
        for page in range(1, count + 1)
    ]


async def fetch(
    opened: AbstractAsyncContextManager[Ask],
    part: Part,
    most: int | None = None,
    stop_after: int = 10**9,
) -> list[Page]:
    pages: list[Page] = []
    async with opened as ask:
        async for page in fetched(ask, part, most):
            pages.append(page)
            if len(pages) == stop_after:
                break
    return pages


def titles(pages: list[Page], most: int | None = None) -> Collection:
    collection = Collection(2031, adult=False)
    collection.add(records(pages, most))
    return collection


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Part(tmp_path / "out.csv.part", "jikan top")


async def test_all_pages_of_jikan_become_titles(time: Time, part: Part) -> None:
    with web.jikan(*jikan_pages(3)) as service:
        pages = await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert [page.total for page in pages] == [6, 6, 6]
    first = titles(pages).titles[10]
    assert (first.name, first.native, first.year, first.minutes) == ("Title 10", "蟲師", 2005, 25)
    assert (first.genres, first.themes) == (("Mystery",), ("Seinen", "Historical"))
    assert (first.members, first.score, first.synopsis) == (880_000, 8.65, "A wanderer heals.")
    assert len(titles(pages).titles) == 6


async def test_pages_of_anilist_become_titles_with_ids_of_their_own_where_needed(
    time: Time, part: Part
) -> None:
    page = [web.anilist_title(7, "A", 457), web.anilist_title(8, "B", None)]
    with web.anilist(page) as service:
        pages = await fetch(anilist.opened(TOP, service.base, time.clock), part)
    found = titles(pages).titles
    assert list(found) == [457, 1_000_000_008]
    assert (found[457].themes, found[457].score) == (("Rural Life",), 8.6)
    assert found[457].synopsis == "A wanderer heals."


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("top", "/top/anime?filter=bypopularity&page=1"),
        ("season:2024-fall", "/seasons/2024/fall?page=1"),
        ("search:cowboy bebop", "/anime?q=cowboy+bebop&page=1"),
    ],
)
async def test_jikan_is_asked_for_what_is_wanted(
    time: Time, part: Part, source: str, asked: str
) -> None:
    with web.jikan(*jikan_pages(1)) as service:
        await fetch(jikan.opened(Wanted.read(source), service.base, time.clock), part)
    assert service.asked == [asked]


async def test_anilist_is_asked_for_what_is_wanted(time: Time, part: Part) -> None:
    with web.anilist([]) as service:
        wanted = Wanted.read("season:2024-FALL")
        await fetch(anilist.opened(wanted, service.base, time.clock), part)
    assert service.asked == [{"season": "FALL", "year": 2024, "page": 1, "perPage": 50}]


@pytest.mark.parametrize("source", ["", "best", "season:2024", "season:1800-fall", "search:"])
def test_what_is_no_source_is_told(source: str) -> None:
    with pytest.raises(CatalogueError, match="say top, season:2024-fall or search:TEXT"):
        Wanted.read(source)


async def test_jikan_is_asked_three_times_a_second_and_sixty_times_a_minute(
    time: Time, part: Part
) -> None:
    with web.jikan(*jikan_pages(70, titles=1)) as service:
        await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert len(service.asked) == 70
    assert time.slept[:3] == [1.0, 1.0, 1.0]
    assert time.now == pytest.approx(63, abs=1)


async def test_anilist_is_asked_thirty_times_a_minute(time: Time, part: Part) -> None:
    with web.anilist(*[[web.anilist_title(n, "A", n)] for n in range(1, 36)]) as service:
        await fetch(anilist.opened(TOP, service.base, time.clock), part)
    assert time.slept == [60.0]


async def test_anilist_s_own_count_of_what_remains_is_heeded(time: Time, part: Part) -> None:
    with web.anilist([web.anilist_title(1, "A", 1)], []) as service:
        service.headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "30"}
        await fetch(anilist.opened(TOP, service.base, time.clock), part)
    assert time.slept == [60.0]


@pytest.mark.parametrize(
    ("fault", "waited"),
    [
        (web.too_many(), 2.0),
        (web.too_many(retry_after="60"), 60.0),
        (web.too_many(retry_after="99999"), 120.0),
        (web.too_many(retry_after="soon"), 2.0),
        (JSONResponse({"status": 504}, status_code=504), 2.0),
        (Response(status_code=500), 2.0),
        (PlainTextResponse("<html>busy</html>"), 2.0),
    ],
)
async def test_a_passing_failure_is_waited_for(
    time: Time, part: Part, fault: Response, waited: float
) -> None:
    with web.jikan(*jikan_pages(1)) as service:
        service.faults.append(fault)
        pages = await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert time.slept == [waited]
    assert len(titles(pages).titles) == 2


async def test_a_lasting_failure_is_told_after_six_tries(time: Time, part: Part) -> None:
    with web.jikan(*jikan_pages(1)) as service:
        service.faults = deque(Response(status_code=503) for _ in range(9))
        with pytest.raises(SourceAway, match=r"Jikan is out of order \(status 503\); it was asked"):
            await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert len(service.asked) == 6


async def test_a_service_that_is_not_there_is_told(time: Time, part: Part) -> None:
    with pytest.raises(SourceAway, match="Jikan cannot be reached"):
        await fetch(jikan.opened(TOP, "http://127.0.0.1:9", time.clock), part)


@pytest.mark.parametrize("status", [400, 404])
async def test_a_refusal_is_told_at_once(time: Time, part: Part, status: int) -> None:
    with web.jikan(*jikan_pages(1)) as service:
        service.faults.append(Response(status_code=status))
        with pytest.raises(
            SourceRefused, match=f"does not have what was asked for .status {status}"
        ):
            await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert time.slept == []


@pytest.mark.parametrize("content", [[], {}, {"data": 1}, {"data": [], "pagination": None}])
async def test_an_answer_of_another_shape_is_told(time: Time, part: Part, content: object) -> None:
    with web.jikan(*jikan_pages(1)) as service:
        service.faults.append(JSONResponse(content))
        with pytest.raises(SourceAway, match="Jikan answered with something else"):
            await fetch(jikan.opened(TOP, service.base, time.clock), part)


async def test_an_error_within_an_answer_of_anilist_is_told(time: Time, part: Part) -> None:
    with web.anilist([]) as service:
        service.faults.append(JSONResponse({"data": None, "errors": [{"message": "x"}]}))
        with pytest.raises(SourceAway, match="AniList answered with an error"):
            await fetch(anilist.opened(TOP, service.base, time.clock), part)


async def test_a_broken_import_goes_on_where_it_stopped(time: Time, part: Part) -> None:
    with web.jikan(*jikan_pages(4)) as service:
        await fetch(jikan.opened(TOP, service.base, time.clock), part, stop_after=2)
        service.asked.clear()
        pages = await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert [request[-1] for request in service.asked] == ["3", "4"]
    assert len(titles(pages).titles) == 8


async def test_a_page_that_was_cut_off_is_asked_for_again(
    time: Time, part: Part, tmp_path: Path
) -> None:
    with web.jikan(*jikan_pages(3)) as service:
        await fetch(jikan.opened(TOP, service.base, time.clock), part, stop_after=2)
        kept = tmp_path / "out.csv.part"
        kept.write_bytes(kept.read_bytes()[:-40])
        service.asked.clear()
        pages = await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert [request[-1] for request in service.asked] == ["2", "3"]
    assert [page.number for page in pages] == [1, 2, 3]


async def test_the_pages_of_another_import_are_not_taken(time: Time, tmp_path: Path) -> None:
    with web.jikan(*jikan_pages(2)) as service:
        for heading in ("jikan top", "jikan search:x"):
            part = Part(tmp_path / "out.csv.part", heading)
            await fetch(jikan.opened(TOP, service.base, time.clock), part)
    assert len(service.asked) == 4


async def test_no_more_is_fetched_than_is_wanted(time: Time, part: Part) -> None:
    with web.jikan(*jikan_pages(9)) as service:
        pages = await fetch(jikan.opened(TOP, service.base, time.clock), part, most=3)
    assert len(service.asked) == 2
    assert len(titles(pages, 3).titles) == 3


async def test_the_loop_is_free_while_a_service_is_waited_for(part: Part) -> None:
    with web.jikan(*jikan_pages(1)) as service:
        service.faults.append(web.too_many())
        fetching = asyncio.create_task(fetch(jikan.opened(TOP, service.base, Clock()), part))
        await asyncio.sleep(0)
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
