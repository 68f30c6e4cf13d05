"""What an owner chose of the page, whatever browser it is opened in."""

from datetime import timedelta

from redis.asyncio import Redis

from memory import keys
from memory.errors import translated


class Preferences:
    """One text for each owner in Redis, kept as it is handed in."""

    def __init__(self, redis: Redis, *, kept: timedelta) -> None:
        self._redis = redis
        self._kept = kept

    async def of(self, owner: str) -> str | None:
        """What the owner chose, which is kept anew from now, or None."""
        with translated():
            found = await self._redis.getex(keys.of_preferences(owner), px=self._kept)
        return None if found is None else str(found)

    async def keep(self, owner: str, chosen: str) -> None:
        """Have the owner's choice be this."""
        with translated():
            await self._redis.set(keys.of_preferences(owner), chosen, px=self._kept)
