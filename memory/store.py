"""The connection to Redis that all of memory shares."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import ConnectionError as TheirConnectionError

from memory.errors import StoreError, translated

_SCHEMES = ("redis://", "rediss://", "unix://")
_PATIENCE = timedelta(seconds=5)
_RETRIES = 3
# Each page that follows a turn takes one while it waits; redis-py would give out 100 in all.
_CONNECTIONS = 1000
# Live streams are read by commands that wait; nothing else takes this long.
LONGEST_WAIT = timedelta(seconds=1)


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Redis]:
    """A client of the Redis at this address that has answered once, or raise StoreError."""
    if not url.startswith(_SCHEMES):
        raise StoreError(f"REDIS_URL must begin with {', '.join(_SCHEMES)}.")
    redis = _client(url)
    try:
        with translated():
            await redis.ping()
        yield redis
    finally:
        await redis.aclose()


def _client(url: str) -> Redis:
    try:
        return Redis.from_url(
            url,
            decode_responses=True,
            legacy_responses=False,  # so that a reply has one shape in both of Redis's protocols
            max_connections=_CONNECTIONS,
            socket_connect_timeout=_PATIENCE.total_seconds(),
            socket_timeout=(_PATIENCE + LONGEST_WAIT).total_seconds(),
            retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=1), _RETRIES),
            retry_on_error=[TheirConnectionError],
        )
    except ValueError:
        # Without its cause, which can quote a password that has a slash in it.
        raise StoreError("REDIS_URL cannot be read: encode what is special in it.") from None
