"""Every page sees a turn from its first event to its last, and can stop it."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from memory import Live, connected
from tests.memory.conftest import Until


@pytest.fixture(autouse=True)
async def _running(redis: Redis) -> None:
    await redis.set("chat:{calm}:lease", "first")


async def _ended(live: Live, event: str, *, run: str = "first", first: int = 0) -> None:
    await live.append("calm", run, [event], first=first, last=True)


async def _followed(live: Live) -> list[str]:
    async with asyncio.timeout(5):
        return [event async for event in live.follow("calm", "first")]


@pytest.mark.parametrize("protocol", [2, 3])
async def test_a_follower_sees_a_finished_turn_from_the_beginning(
    server: str, live: Live, protocol: int
) -> None:
    await live.append("calm", "first", ["understood"], first=0)
    await live.append("calm", "first", ["piece one", "piece two"], first=1)
    await _ended(live, "finished", first=3)
    async with connected(f"{server}?protocol={protocol}") as redis:
        seen = await _followed(Live(redis, kept=timedelta(minutes=10)))
    assert seen == ["understood", "piece one", "piece two", "finished"]


async def test_a_turn_of_many_events_is_followed_to_its_end(live: Live) -> None:
    await live.append("calm", "first", [*map(str, range(1001))], first=0, last=True)
    assert await _followed(live) == [str(number) for number in range(1001)]


async def test_two_followers_that_came_at_different_times_see_the_same(
    live: Live, redis: Redis, until: Until
) -> None:
    early = asyncio.create_task(_followed(live))

    async def waits() -> bool:
        return int((await redis.info("clients"))["blocked_clients"]) == 1

    await until(waits)
    await live.append("calm", "first", ["piece"], first=0)
    late = asyncio.create_task(_followed(live))
    await _ended(live, "finished", first=1)
    assert await early == await late == ["piece", "finished"]


async def test_a_follower_waits_through_a_silence_while_the_turn_runs(
    live: Live, redis: Redis, until: Until
) -> None:
    await redis.config_resetstat()
    follower = asyncio.create_task(_followed(live))

    async def asks_again() -> bool:
        reads = (await redis.info("commandstats")).get("cmdstat_xread", {"calls": 0})
        return int(reads["calls"]) >= 2

    await until(asks_again)
    await _ended(live, "finished")
    assert await follower == ["finished"]


async def test_hundreds_can_wait_at_once(live: Live, redis: Redis, until: Until) -> None:
    followers = [asyncio.create_task(_followed(live)) for _ in range(200)]

    async def all_wait() -> bool:
        return int((await redis.info("clients"))["blocked_clients"]) == 200

    await until(all_wait)
    await _ended(live, "finished")
    assert await asyncio.gather(*followers) == [["finished"]] * 200


async def test_a_turn_whose_lease_is_gone_ends_without_a_last_event(
    live: Live, redis: Redis
) -> None:
    await live.append("calm", "first", ["piece"], first=0)
    await redis.delete("chat:{calm}:lease")
    assert await _followed(live) == ["piece"]


async def test_a_turn_ends_for_its_followers_when_another_one_has_the_lease(
    live: Live, redis: Redis
) -> None:
    await redis.set("chat:{calm}:lease", "second")
    assert await _followed(live) == []


async def test_turns_do_not_mix(live: Live) -> None:
    await _ended(live, "of the second", run="second")
    await _ended(live, "of the first")
    assert await _followed(live) == ["of the first"]


async def test_events_are_not_kept_for_ever(live: Live, redis: Redis) -> None:
    await live.append("calm", "first", ["piece"], first=0)
    assert 0 < await redis.ttl("chat:{calm}:live:first") <= 600


async def test_events_that_are_added_again_after_a_lost_reply_are_told_once(live: Live) -> None:
    await live.append("calm", "first", ["one", "two"], first=0)
    await live.append("calm", "first", ["one", "two", "three"], first=0, last=True)
    assert await _followed(live) == ["one", "two", "three"]


async def test_a_stop_is_not_kept_for_ever(live: Live, redis: Redis) -> None:
    await live.stop("calm", "first")
    assert 0 < await redis.ttl("chat:{calm}:stop:first") <= 600
