"""Broadcast: a run's events on their way to those who follow it, several in one round trip."""

import asyncio
from contextlib import suppress
from typing import Self

from chatbot import events
from chatbot.events import Event
from memory import Lease, Live
from memory.errors import StoreError

# While Redis is away events pile up here, and are told when it is back.
_PAUSE_SECONDS = 0.2


class Broadcast:
    """Tells the events in order without making the run wait for Redis.

    What happens while some are on their way goes with the next.
    """

    def __init__(self, live: Live, lease: Lease) -> None:
        self._live = live
        self._place = (lease.conversation, lease.run)
        self._untold: list[str] = []
        self._told = 0
        self._more = asyncio.Event()
        self._closing = False

    async def __aenter__(self) -> Self:
        self._telling = asyncio.create_task(self._tell_on())
        return self

    async def __aexit__(self, *_: object) -> None:
        # Not cancelled: what is on its way to Redis would have to be told again.
        self._closing = True
        self._more.set()
        await self._telling

    def tell(self, event: Event) -> None:
        """Have the event told as soon as those before it are."""
        self._untold.append(events.written(event))
        self._more.set()

    async def end(self, event: Event) -> None:
        """Tell what is left and the last event, or raise StoreError."""
        left = [*self._untold, events.written(event)]
        await self._live.append(*self._place, left, first=self._told, last=True)

    async def _tell_on(self) -> None:
        while not self._closing:
            await self._more.wait()
            self._more.clear()
            with suppress(StoreError):  # whoever ends the run is told
                await self._tell_all()
            if self._untold and not self._closing:
                self._more.set()
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _tell_all(self) -> None:
        while self._untold:
            some = list(self._untold)
            await self._live.append(*self._place, some, first=self._told)
            self._told += len(some)
            del self._untold[: len(some)]
