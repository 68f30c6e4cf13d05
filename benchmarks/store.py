"""What the memory costs: milliseconds and round trips of a turn, bytes kept, and long lists.

On a Redis that writes every change to the disk. Run: python -m benchmarks.store
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from redis.asyncio import Redis

from memory import Bucket, Message, Pick, Store, connected, embedded, new_id
from retrieval import RequestState

_ROUNDS = 300
_CHATS, _OWNERS = 100_000, 1_000
_MINUTE = timedelta(minutes=1)
_STATE = RequestState(topic="dark thrillers", shown=tuple(range(40_000, 40_025))).written()
_PICKS = tuple(Pick(n, 40_000 + n, "Suspense, and its story has detective.", 1.5) for n in range(5))
_TEXT = "One that fits, and why it does. " * 30


async def measured(call: Callable[[], Awaitable[object]], rounds: int = _ROUNDS) -> str:
    """The median and the 95th percentile of so many calls, in milliseconds."""
    seconds: list[float] = []
    for _ in range(rounds):
        begun = perf_counter()
        await call()
        seconds.append(perf_counter() - begun)
    middle, slow = 1000 * np.percentile(seconds, (50, 95))
    return f"p50 {middle:.2f} ms, p95 {slow:.2f} ms"


async def sizes_of(redis: Redis, names: str) -> list[int]:
    """How many bytes each key of these names takes that stays."""
    kept = [str(key) for key in await redis.keys(names)]
    lasting = [key for key in kept if ":live:" not in key]
    return [int(await redis.memory_usage(key, samples=0) or 0) for key in lasting]


async def exchanged(store: Store, chat: str, owner: str, *, told: bool = True) -> None:
    """What a turn asks of the memory; nothing waits for its events, which are `told` beside it."""
    now = datetime.now(UTC)
    buckets = (Bucket(kind, owner, 100_000, _MINUTE) for kind in ("owner", "address"))
    await store.limits.take(*buckets)
    asked = Message(role="user", text="dark thrillers, no gore", at=now, turn=new_id())
    recalled = await store.runs.begin(chat, owner=owner, message=asked)
    if told:
        await store.live.append(chat, recalled.lease.run, ["understood", "found"], first=0)
        await store.live.append(chat, recalled.lease.run, ["piece"], first=2)
    answer = Message(role="assistant", text=_TEXT, at=now, turn=recalled.lease.turn, picks=_PICKS)
    await store.runs.remember(recalled.lease, message=answer, state=_STATE, title="Dark thrillers")
    if told:
        await store.live.append(chat, recalled.lease.run, ["finished"], first=3, last=True)


async def filled(redis: Redis, *, chats: int, owners: int) -> None:
    """Many conversations, as the lists find them."""
    now = datetime.now(UTC).isoformat()
    for begin in range(0, chats, 5_000):
        async with redis.pipeline(transaction=False) as change:
            for number in range(begin, begin + 5_000):
                owner = f"owner{number % owners}"
                facts = {"owner": owner, "title": f"Chat {number}", "created": now, "updated": now}
                for name, text in facts.items():
                    change.hset(f"chat:{{many{number}}}", name, text)
                change.zadd(f"owner:{{{owner}}}:chats", {f"many{number}": number})
            await change.execute()


async def _main() -> None:
    with TemporaryDirectory() as folder:
        async with embedded(Path(folder) / "redis") as url, connected(url) as redis:
            store = Store.on(redis, kept=timedelta(days=30), chats=1_000_000, secret=url)
            chat, owner = new_id(), new_id()
            waited = await measured(lambda: exchanged(store, chat, owner, told=False))
            print("a turn's memory work:", waited)
            whole = await measured(lambda: exchanged(store, chat, owner))
            print("with its events one after the other:", whole)
            sizes = await sizes_of(redis, f"chat:{{{chat}}}*")
            print(f"kept of a turn: {sum(sizes) / _ROUNDS / 2:,.0f} bytes")
            opened = await measured(lambda: store.conversations.open(chat, owner=owner))
            print(f"a chat of {4 * _ROUNDS} messages opened:", opened)
            short = new_id()
            for _ in range(10):
                await exchanged(store, short, owner)
            opened = await measured(lambda: store.conversations.open(short, owner=owner))
            print("a chat of 20 messages opened:", opened)
            await filled(redis, chats=_CHATS, owners=_OWNERS)
            listed = await measured(lambda: store.conversations.list("owner7"))
            print(f"{_CHATS:,} chats kept, the first page of one's hundred listed:", listed)


if __name__ == "__main__":
    asyncio.run(_main())
