"""The titles that an owner has seen, whatever conversation it was said in."""

from collections.abc import Iterable
from datetime import timedelta

from redis.asyncio import Redis

from memory import keys
from memory.errors import translated


class SeenLists:
    """Seen lists in Redis, one for each owner."""

    def __init__(self, redis: Redis, *, kept: timedelta) -> None:
        self._redis = redis
        self._kept = kept

    async def add(self, owner: str, mal_ids: Iterable[int]) -> int:
        """Add titles and return how many are new."""
        every = [*mal_ids]
        if not every:
            return 0
        with translated():
            async with self._redis.pipeline(transaction=True) as change:
                change.sadd(keys.of_seen(owner), *every)
                change.pexpire(keys.of_seen(owner), self._kept)
                new, _ = await change.execute()
        return int(new)

    async def remove(self, owner: str, mal_id: int) -> None:
        """Forget one of the owner's titles."""
        with translated():
            await self._redis.srem(keys.of_seen(owner), mal_id)

    async def of(self, owner: str) -> frozenset[int]:
        """The owner's titles."""
        with translated():
            return frozenset(map(int, await self._redis.smembers(keys.of_seen(owner))))

    async def clear(self, owner: str) -> None:
        """Forget the owner's titles."""
        with translated():
            await self._redis.delete(keys.of_seen(owner))
