"""What is kept of how an owner wants the page."""

from datetime import timedelta

from redis.asyncio import Redis

from memory import Preferences


def preferences(redis: Redis) -> Preferences:
    return Preferences(redis, kept=timedelta(days=30))


async def test_a_choice_is_its_owner_s_alone(redis: Redis) -> None:
    await preferences(redis).keep("me", "posters")
    assert await preferences(redis).of("me") == "posters"
    assert await preferences(redis).of("you") is None


async def test_the_last_choice_stands(redis: Redis) -> None:
    await preferences(redis).keep("me", "posters")
    await preferences(redis).keep("me", "none")
    assert await preferences(redis).of("me") == "none"


async def test_a_choice_lives_as_long_after_its_last_use_as_chats_do(redis: Redis) -> None:
    await preferences(redis).keep("me", "posters")
    await redis.pexpire("owner:{me}:preferences", 5000)
    await preferences(redis).of("me")
    assert await redis.pttl("owner:{me}:preferences") > 29 * 24 * 3600 * 1000
