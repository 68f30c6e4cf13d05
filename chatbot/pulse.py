"""The pulse of Redis: how it does, for the metrics, looked at again and again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from chatbot.metrics import Metrics
from memory import Space
from memory.errors import StoreError

_INTERVAL, _PATIENCE = timedelta(seconds=5), timedelta(seconds=3)


@asynccontextmanager
async def felt(space: Space, metrics: Metrics) -> AsyncGenerator[None]:
    """Keep the metrics of Redis up to date meanwhile."""
    enough = asyncio.Event()
    feeling = asyncio.create_task(_feel(space, metrics, enough))
    try:
        yield
    finally:
        # Not cancelled: redis-py can lose a cancellation while it connects.
        enough.set()
        await asyncio.wait([feeling])


async def _feel(space: Space, metrics: Metrics, enough: asyncio.Event) -> None:
    while not enough.is_set():
        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                used = await space.used()
        except (StoreError, TimeoutError):
            metrics.store_up.set(0)
        else:
            metrics.store_up.set(1)
            metrics.store_used.set(used.used_bytes)
            metrics.store_limit.set(used.limit_bytes)
        with suppress(TimeoutError):
            async with asyncio.timeout(_INTERVAL.total_seconds()):
                await enough.wait()
