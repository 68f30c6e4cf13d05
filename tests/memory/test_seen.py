"""What is kept of the titles that an owner has seen."""

from datetime import timedelta

from redis.asyncio import Redis

from memory import Runs, SeenLists, new_id
from tests.memory.said import answered, asked


def lists(redis: Redis) -> SeenLists:
    return SeenLists(redis, kept=timedelta(days=30))


async def test_titles_are_added_once_and_counted(redis: Redis) -> None:
    seen = lists(redis)
    assert await seen.add("me", [1, 2]) == 2
    assert await seen.add("me", [2, 3]) == 1
    assert await seen.add("me", []) == 0
    assert await seen.of("me") == {1, 2, 3}


async def test_a_list_is_its_owner_s_alone(redis: Redis) -> None:
    seen = lists(redis)
    await seen.add("me", [1])
    assert await seen.of("you") == frozenset()
    await seen.clear("you")
    assert await seen.of("me") == {1}
    await seen.clear("me")
    assert await seen.of("me") == frozenset()


async def test_a_list_lives_as_long_as_its_owner_s_chats(redis: Redis, runs: Runs) -> None:
    await lists(redis).add("me", [1])
    await redis.pexpire("owner:{me}:seen", 5000)
    await runs.begin(new_id(), owner="me", message=asked(turn="t1"))
    assert await redis.pttl("owner:{me}:seen") > 29 * 24 * 3600 * 1000


async def test_a_turn_begins_with_what_its_owner_has_seen(redis: Redis, runs: Runs) -> None:
    await lists(redis).add("me", [1, 2])
    recalled = await runs.begin(new_id(), owner="me", message=asked(turn="t1"))
    assert recalled.seen == {1, 2}


async def test_what_is_said_in_a_chat_counts_in_the_next(redis: Redis, runs: Runs) -> None:
    lease = (await runs.begin(new_id(), owner="me", message=asked(turn="t1"))).lease
    await runs.remember(lease, message=answered(turn="t1"), state="{}", seen=[7])
    recalled = await runs.begin(new_id(), owner="me", message=asked(turn="t2"))
    assert recalled.seen == {7}
    assert await lists(redis).of("me") == {7}


async def test_one_title_is_forgotten_by_its_owner_alone(redis: Redis) -> None:
    seen = lists(redis)
    await seen.add("me", [1, 2])
    await seen.remove("you", 2)
    await seen.remove("me", 1)
    assert await seen.of("me") == {2}
