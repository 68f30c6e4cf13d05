"""The connection to Redis that all of memory shares, whatever form it has."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import Redis, RedisCluster, Sentinel
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import parse_url

from memory.errors import StoreError, translated
from memory.retrying import Patience

SCHEMES = (
    "redis://",
    "rediss://",
    "unix://",
    "redis+sentinel://",
    "rediss+sentinel://",
    "redis+cluster://",
    "rediss+cluster://",
)
_PATIENCE = timedelta(seconds=5)
# Each page that follows a turn takes one while it waits; redis-py would give out 100 in all.
_CONNECTIONS = 1000
_SENTINEL_PORT = 26379
# Live streams are read by commands that wait; nothing else takes this long.
LONGEST_WAIT = timedelta(seconds=1)


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Redis]:
    """A client of the Redis at this address that has answered once, or raise StoreError."""
    if not url.startswith(SCHEMES):
        raise StoreError(f"REDIS_URL must begin with {', '.join(SCHEMES)}.")
    async with AsyncExitStack() as stack:
        with translated():
            redis, *others = _clients(url)
        for each in (*others, redis):
            stack.push_async_callback(each.aclose)
        with translated():
            await redis.ping()
        yield redis


def _clients(url: str) -> Sequence[Redis]:
    """The client, and those of the sentinels that it asks."""
    common: dict[str, Any] = {
        "decode_responses": True,
        "legacy_responses": False,  # so that a reply has one shape in both of Redis's protocols
        "max_connections": _CONNECTIONS,
        "socket_connect_timeout": _PATIENCE.total_seconds(),
        "socket_timeout": (_PATIENCE + LONGEST_WAIT).total_seconds(),
        "retry": Patience(),
    }
    scheme, _, form = url.partition("://")[0].partition("+")
    try:
        if form == "sentinel":
            return _master(scheme, url, common)
        if form == "cluster":
            return [_cluster(scheme, url, common)]
        return [Redis.from_url(url, **common)]
    except ValueError:
        # Without its cause, which can quote a password that has a slash in it.
        raise StoreError("REDIS_URL cannot be read: encode what is special in it.") from None


def _master(scheme: str, url: str, common: dict[str, Any]) -> Sequence[Redis]:
    """Whichever server the sentinels name as the master of the service, at each connection."""
    hosts, given = _several(scheme, url, _SENTINEL_PORT)
    service, _, database = urlsplit(url).path.strip("/").partition("/")
    if not service:
        raise StoreError("REDIS_URL needs the name of the service behind the sentinels' addresses.")
    # Sentinels have passwords of their own, as a rule none.
    own = {name: given.pop(name) for name in [*given] if name.startswith("sentinel_")}
    secured = {name: value for name, value in given.items() if name.startswith("ssl")}
    asked = {name: value for name, value in common.items() if name != "max_connections"} | secured
    asked |= {name.removeprefix("sentinel_"): value for name, value in own.items()}
    made: Any = Sentinel
    sentinel = made(hosts, sentinel_kwargs=asked)
    master = sentinel.master_for(service, db=int(database or 0), **common, **given)
    return [master, *sentinel.sentinels]


def _cluster(scheme: str, url: str, common: dict[str, Any]) -> Redis:
    hosts, given = _several(scheme, url, 6379)
    given.pop("db", None)
    nodes = [ClusterNode(host, port) for host, port in hosts]
    made: Any = RedisCluster
    # It has all commands that are used here; every script and transaction keeps to one slot.
    cluster: Redis = made(startup_nodes=nodes, **common, **given)
    return cluster


def _several(scheme: str, url: str, port: int) -> tuple[list[tuple[str, int]], dict[str, Any]]:
    """The hosts of an address that names several, and its other parts as redis-py has them."""
    parts = urlsplit(url)
    who, _, places = parts.netloc.rpartition("@")
    split = [urlsplit(f"//{place}") for place in places.split(",")]
    hosts = [(each.hostname or "localhost", each.port or port) for each in split]
    query = f"?{parts.query}" if parts.query else ""
    given = dict(parse_url(f"{scheme}://{who}@localhost{query}"))
    for name in ("host", "connection_class"):
        given.pop(name, None)
    return hosts, given | ({"ssl": True} if scheme == "rediss" else {})
