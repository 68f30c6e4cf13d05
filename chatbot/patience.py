"""How long an answer waits to be kept while Redis is away."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from memory.errors import StoreAway

# How long it is held, and how often it is tried.
_PATIENCE, _PAUSE = timedelta(seconds=60), timedelta(seconds=0.5)

T = TypeVar("T")


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """The result of the call, made again while Redis is away."""
    return await AsyncRetrying(
        retry=retry_if_exception_type(StoreAway),
        wait=wait_fixed(_PAUSE),
        stop=stop_after_delay(_PATIENCE),
        reraise=True,
    )(call)
