"""Live streams: the events of a turn while it is answered, for every page that follows it."""

from collections.abc import AsyncIterator, Iterable
from datetime import timedelta

from pydantic import TypeAdapter
from redis.asyncio import Redis
from redis.typing import EncodableT, FieldT

from memory import keys
from memory.errors import translated
from memory.store import LONGEST_WAIT

# Typed by redis-py as what every protocol may give.
_STREAMS = TypeAdapter(dict[str, list[tuple[str, dict[str, str]]]])
_Fields = dict[FieldT, EncodableT]
_AT_ONCE = 100
_WAIT = int(LONGEST_WAIT.total_seconds() * 1000)


class Live:
    """The live streams in Redis; what an event says is its writer's affair."""

    def __init__(self, redis: Redis, *, kept: timedelta) -> None:
        self._redis = redis
        self._kept = kept

    async def append(self, conversation: str, turn: str, *events: str) -> None:
        """Add events, in one round trip, for those who follow the turn."""
        await self._add(conversation, turn, [{"event": event} for event in events])

    async def finish(self, conversation: str, turn: str, event: str) -> None:
        """Add the last event of the turn."""
        await self._add(conversation, turn, [{"event": event, "last": "1"}])

    async def follow(self, conversation: str, turn: str) -> AsyncIterator[str]:
        """Yield the turn's events from its first to its last.

        Ends without a last event when the turn's process has died and its lease has run out.
        """
        key, last = keys.of_live(conversation, turn), "0"
        while True:
            running = await self._running(conversation, turn)
            with translated():
                found = await self._redis.xread({key: last}, count=_AT_ONCE, block=_WAIT)
            for name, fields in _STREAMS.validate_python(found).get(key, []):
                last = name
                yield fields["event"]
                if "last" in fields:
                    return
            if not found and not running:
                return

    async def stop(self, conversation: str, turn: str) -> None:
        """Tell the turn to stop, wherever it runs."""
        with translated():
            await self._redis.set(keys.of_stop(conversation, turn), "1", ex=self._kept)

    async def stopped(self, conversation: str, turn: str) -> bool:
        """Whether the turn was told to stop."""
        with translated():
            return bool(await self._redis.exists(keys.of_stop(conversation, turn)))

    async def _add(self, conversation: str, turn: str, entries: Iterable[_Fields]) -> None:
        key = keys.of_live(conversation, turn)
        with translated():
            async with self._redis.pipeline(transaction=True) as change:
                for fields in entries:
                    change.xadd(key, fields)
                change.expire(key, self._kept)
                await change.execute()

    async def _running(self, conversation: str, turn: str) -> bool:
        with translated():
            return await self._redis.get(keys.of_conversation(conversation)[3]) == turn
