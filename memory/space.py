"""Space: how full Redis is."""

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from memory.errors import translated


@dataclass(frozen=True, slots=True)
class Used:
    """The memory that Redis uses, and at most uses; 0 if it may use all that there is."""

    used_bytes: int
    limit_bytes: int


class Space:
    """The memory of the Redis, in a cluster of one of its nodes."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def used(self) -> Used:
        """How much of it is used, or raise StoreError."""
        with translated():
            told: dict[str, Any] = await self._redis.info("memory")
        return Used(int(told["used_memory"]), int(told.get("maxmemory", 0)))
