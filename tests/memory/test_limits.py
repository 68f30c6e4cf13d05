"""Nobody gets more than there is, and whoever waits as long as told gets it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from memory import Bucket, Limits
from memory.errors import LimitReached
from tests.memory.conftest import Until

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
MESSAGES = Bucket("message", "mika", capacity=3, per=HOUR)
ADDRESS = Bucket("address", "192.0.2.7", capacity=9, per=HOUR)


@pytest.fixture
def limits(redis: Redis) -> Limits:
    return Limits(redis, secret="salt")  # noqa: S106  # of these tests


async def refused(limits: Limits, *buckets: Bucket) -> LimitReached:
    with pytest.raises(LimitReached) as caught:
        await limits.take(*buckets)
    return caught.value


async def empty(limits: Limits, bucket: Bucket) -> None:
    for _ in range(bucket.capacity):
        await limits.take(bucket)


async def go_by(redis: Redis, time: timedelta) -> None:
    """Have all buckets as if so much time had gone by."""
    for key in await redis.keys("limit:*"):
        full = int(str(await redis.get(key))) - time // MICROSECOND
        await redis.set(key, full, keepttl=True)


def outcomes(results: Sequence[BaseException | None]) -> tuple[int, int]:
    taken = [each for each in results if each is None]
    return len(taken), [type(each) for each in results].count(LimitReached)


async def test_as_many_as_there_are_can_be_taken_and_no_more(limits: Limits) -> None:
    await empty(limits, MESSAGES)
    await refused(limits, MESSAGES)


@pytest.mark.parametrize("capacity", [1, 7, 13])
async def test_of_many_who_take_at_once_only_as_many_get_one(limits: Limits, capacity: int) -> None:
    bucket = Bucket("message", "mika", capacity, HOUR)
    takers = (limits.take(bucket) for _ in range(40))
    results = await asyncio.gather(*takers, return_exceptions=True)
    assert outcomes(results) == (capacity, 40 - capacity)


async def test_whoever_waits_as_long_as_told_gets_one(limits: Limits) -> None:
    bucket = Bucket("message", "mika", capacity=2, per=timedelta(milliseconds=60))
    await empty(limits, bucket)
    wait = (await refused(limits, bucket)).try_again
    assert timedelta() < wait <= timedelta(milliseconds=30)
    await asyncio.sleep(wait.total_seconds())
    await limits.take(bucket)


async def test_whoever_waits_less_than_told_is_refused_and_told_the_rest(
    limits: Limits, redis: Redis
) -> None:
    await empty(limits, MESSAGES)
    wait = (await refused(limits, MESSAGES)).try_again
    await go_by(redis, wait - timedelta(seconds=9))
    rest = (await refused(limits, MESSAGES)).try_again
    assert timedelta(seconds=8) < rest <= timedelta(seconds=9)
    await go_by(redis, rest)
    await limits.take(MESSAGES)


async def test_what_was_taken_comes_back_evenly(limits: Limits, redis: Redis) -> None:
    await empty(limits, MESSAGES)
    for _ in range(3):
        await go_by(redis, HOUR / 3)
        await limits.take(MESSAGES)
    assert (await refused(limits, MESSAGES)).try_again > timedelta(minutes=19)


async def test_however_long_it_was_idle_a_bucket_holds_no_more(
    limits: Limits, redis: Redis
) -> None:
    await limits.take(MESSAGES)
    await go_by(redis, 1000 * HOUR)
    await empty(limits, MESSAGES)
    await refused(limits, MESSAGES)


async def test_being_refused_costs_nothing(limits: Limits) -> None:
    await empty(limits, MESSAGES)
    first = (await refused(limits, MESSAGES)).try_again
    assert (await refused(limits, MESSAGES)).try_again <= first


async def test_a_full_bucket_is_not_there(limits: Limits, redis: Redis, until: Until) -> None:
    await limits.take(Bucket("message", "mika", capacity=1, per=timedelta(milliseconds=5)))

    async def vanished() -> bool:
        return await redis.keys("*") == []

    await until(vanished)


async def test_a_bucket_is_kept_until_it_is_full(limits: Limits, redis: Redis) -> None:
    await empty(limits, MESSAGES)
    (key,) = await redis.keys("*")
    assert timedelta(minutes=59) < await redis.pttl(key) * timedelta(milliseconds=1) <= HOUR


@pytest.mark.parametrize("order", [1, -1])
async def test_when_one_of_several_is_refused_none_is_taken(limits: Limits, order: int) -> None:
    await empty(limits, MESSAGES)
    for _ in range(20):
        await refused(limits, *[ADDRESS, MESSAGES][::order])
    await empty(limits, ADDRESS)
    await refused(limits, ADDRESS)


async def test_what_is_given_back_does_not_overfill(limits: Limits, redis: Redis) -> None:
    await empty(limits, MESSAGES)
    await refused(limits, ADDRESS, MESSAGES)
    assert len(await redis.keys("*")) == 1


async def test_the_longest_wait_is_told_and_its_kind(limits: Limits) -> None:
    day = Bucket("day", "mika", capacity=1, per=24 * HOUR)
    await limits.take(day)
    await empty(limits, MESSAGES)
    caught = await refused(limits, MESSAGES, day)
    assert caught.kind == "day"
    assert timedelta(hours=23) < caught.try_again <= timedelta(hours=24)


async def test_one_is_taken_of_each(limits: Limits, redis: Redis) -> None:
    await limits.take(MESSAGES, ADDRESS)
    assert len(await redis.keys("*")) == 2


async def test_kinds_and_people_do_not_mix(limits: Limits) -> None:
    await empty(limits, MESSAGES)
    await limits.take(Bucket("message", "ren", 3, HOUR))
    await limits.take(Bucket("share", "mika", 3, HOUR))


async def test_every_pod_draws_from_the_same_bucket(limits: Limits, redis: Redis) -> None:
    await empty(limits, MESSAGES)
    await refused(Limits(redis, secret="salt"), MESSAGES)  # noqa: S106  # of these tests


async def test_no_address_stands_in_redis_nor_a_hash_that_can_be_guessed(
    limits: Limits, redis: Redis
) -> None:
    await limits.take(ADDRESS)
    (key,) = await redis.keys("*")
    await Limits(redis, secret="other").take(ADDRESS)  # noqa: S106  # of these tests
    assert "192.0.2.7" not in str(key)
    assert len(await redis.keys("*")) == 2


async def test_a_smaller_capacity_holds_from_its_first_call(limits: Limits) -> None:
    await empty(limits, Bucket("message", "mika", capacity=8, per=HOUR))
    await refused(limits, Bucket("message", "mika", capacity=2, per=HOUR))


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(microseconds=1), "1 second"),
        (timedelta(seconds=19.2), "20 seconds"),
        (timedelta(seconds=59.5), "1 minute"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(seconds=61), "2 minutes"),
        (timedelta(minutes=3), "3 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=1.5), "2 hours"),
    ],
)
def test_the_time_is_told_in_words_and_rounded_up(wait: timedelta, words: str) -> None:
    assert str(LimitReached("message", wait)).endswith(f"Try again in {words}.")
