"""How full Redis is can be known before it refuses."""

from redis.asyncio import Redis

from memory.space import Space


async def test_what_is_used_grows_towards_its_limit(redis: Redis) -> None:
    await redis.config_set("maxmemory", "300mb")
    before = await Space(redis).used()
    await redis.set("much", "x" * 1_000_000)
    after = await Space(redis).used()
    await redis.config_set("maxmemory", "0")
    assert after.limit_bytes == before.limit_bytes == 300 * 1024 * 1024
    assert after.used_bytes - before.used_bytes > 900_000
