"""Live streams: the events of a run while it answers, for every page that follows it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from pydantic import TypeAdapter
from redis.asyncio import Redis
from redis.typing import EncodableT, FieldT

from memory import keys
from memory.connection import LONGEST_WAIT
from memory.errors import StoreAway, translated

# Typed by redis-py as what every protocol may give.
_STREAMS = TypeAdapter(dict[str, list[tuple[str, dict[str, str]]]])
_Fields = dict[FieldT, EncodableT]
_Entries = list[tuple[str, dict[str, str]]]
_AT_ONCE = 100
_WAIT = int(LONGEST_WAIT.total_seconds() * 1000)
# A follower bears with a Redis that is away for so long, and asks again at this interval.
_PATIENCE = timedelta(seconds=30)
_PAUSE = timedelta(milliseconds=200)


class Live:
    """The live streams in Redis; what an event says is its writer's affair."""

    def __init__(self, redis: Redis, *, kept: timedelta) -> None:
        self._redis = redis
        self._kept = kept

    async def append(
        self, conversation: str, run: str, events: Sequence[str], *, first: int, last: bool = False
    ) -> None:
        """Add events in one round trip; `first` is the place of the first of them in the run.

        After the `last` nobody waits for more. Events that are added again are told once.
        """
        key = keys.of_live(conversation, run)
        with translated():
            # No transaction: whoever adds again what got lost is heard once.
            async with self._redis.pipeline(transaction=False) as change:
                for place, event in enumerate(events, first):
                    fields: _Fields = {"event": event, "place": place}
                    ends = last and place == first + len(events) - 1
                    change.xadd(key, fields | {"last": "1"} if ends else fields)
                change.expire(key, self._kept)
                await change.execute()

    async def follow(self, conversation: str, run: str) -> AsyncIterator[str]:
        """Yield the run's events from its first to its last.

        Ends without a last event when the run's process has died and its lease has run out.
        """
        last, told = "0", -1
        while True:
            running, entries = await self._next(conversation, run, last)
            for name, fields in entries:
                last = name
                if int(fields["place"]) > told:
                    told = int(fields["place"])
                    yield fields["event"]
                if "last" in fields:
                    return
            if not entries and not running:
                return

    async def stop(self, conversation: str, run: str) -> None:
        """Tell the run to stop, wherever it is."""
        with translated():
            await self._redis.set(keys.of_stop(conversation, run), "1", ex=self._kept)

    async def _next(self, conversation: str, run: str, last: str) -> tuple[bool, _Entries]:
        """Whether the run goes on, and what came after the last, waited for."""
        clock = asyncio.get_running_loop()
        end = clock.time() + _PATIENCE.total_seconds()
        while True:
            try:
                return await self._read(conversation, run, last)
            except StoreAway:
                if clock.time() > end:
                    raise
                await asyncio.sleep(_PAUSE.total_seconds())

    async def _read(self, conversation: str, run: str, last: str) -> tuple[bool, _Entries]:
        key, lease = keys.of_live(conversation, run), keys.of_conversation(conversation)[3]
        with translated():
            running = await self._redis.get(lease) == run
            found = await self._redis.xread({key: last}, count=_AT_ONCE, block=_WAIT)
        return running, _STREAMS.validate_python(found).get(key, [])
