"""How long a call to Redis is tried again while Redis is away."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import AuthenticationError

T = TypeVar("T")

_PAUSES = ExponentialBackoff(base=0.05, cap=1)
# A Redis that is started anew, or a replica that takes over, is there by then.
_PATIENCE_SECONDS = 5.0

_end: ContextVar[float | None] = ContextVar("end", default=None)


class Patience(Retry):
    """Tries again for five seconds in all.

    redis-py tries commands again, and within each of them connections: counted retries multiply.
    """

    def __init__(self) -> None:
        super().__init__(_PAUSES, retries=8)

    async def call_with_retry(
        self,
        do: Callable[[], Awaitable[T]],
        fail: Callable[..., Any],
        is_retryable: Callable[[Exception], bool] | None = None,
        with_failure_count: bool = False,  # noqa: FBT001, FBT002  # as redis-py calls it
    ) -> T:
        """What `do` returns in the end, or its last error."""
        clock = asyncio.get_running_loop()
        outer = _end.get()
        token = _end.set(outer or clock.time() + _PATIENCE_SECONDS)
        failures = 0
        try:
            while True:
                try:
                    return await do()
                except AuthenticationError:
                    raise  # a wrong password stays wrong
                except self._supported_errors as error:
                    failures += 1
                    await fail(*(error, failures)[: 1 + with_failure_count])
                    pause = _PAUSES.compute(failures)
                    late = clock.time() + pause > (_end.get() or 0)
                    if late or (is_retryable and not is_retryable(error)):
                        raise
                    await asyncio.sleep(pause)
        finally:
            _end.reset(token)
