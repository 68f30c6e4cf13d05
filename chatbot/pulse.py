"""The pulse of Redis: how it does, for the metrics, looked at again and again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from chatbot.metrics import Metrics
from memory import Space
from memory.errors import StoreError

_INTERVAL, _PATIENCE = timedelta(seconds=5), timedelta(seconds=3)


@asynccontextmanager
async def felt(space: Space, metrics: Metrics) -> AsyncGenerator[None]:
    """Keep the metrics of Redis up to date meanwhile."""
    feeling = asyncio.create_task(_feel(space, metrics))
    try:
        yield
    finally:
        feeling.cancel()
        await asyncio.wait([feeling])


async def _feel(space: Space, metrics: Metrics) -> None:
    while True:
        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                used = await space.used()
        except (StoreError, TimeoutError):
            metrics.store_up.set(0)
        else:
            metrics.store_up.set(1)
            metrics.store_used.set(used.used_bytes)
            metrics.store_limit.set(used.limit_bytes)
        await asyncio.sleep(_INTERVAL.total_seconds())
