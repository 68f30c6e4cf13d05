"""Everything that is kept can be kept in every form of Redis."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from memory import Bucket, Lease, Snapshot, Store, connected
from memory.errors import LimitReached, StoreAway
from tests.memory import servers
from tests.memory.said import NOON, answered, asked

FORMS: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "single": servers.single,
    "tls": servers.tls,
    "cluster": servers.cluster,
}
OWNER = "mika"


HIDING = "whatever is the same in every process"


def store_on(redis: Redis) -> Store:
    return Store.on(redis, kept=timedelta(days=30), chats=100, secret=HIDING)


async def exchanged(store: Store, chat: str, number: int, *, instead: str = "") -> Lease:
    message = asked(f"wish {number}", turn=f"turn{number}", minute=number)
    recalled = await store.runs.begin(chat, owner=OWNER, message=message, instead=instead)
    await store.live.append(chat, recalled.lease.run, ["piece"], first=0)
    await store.runs.renew(recalled.lease)
    answer = answered(f"answer {number}", turn=recalled.lease.turn)
    await store.runs.remember(recalled.lease, message=answer, state="{}", seen=[number])
    await store.live.append(chat, recalled.lease.run, ["end"], first=1, last=True)
    return recalled.lease


async def used(store: Store) -> None:
    """Do all that the app does."""
    lease = await exchanged(store, "calm", 1)
    assert [each async for each in store.live.follow("calm", lease.run)] == ["piece", "end"]
    await exchanged(store, "calm", 2, instead="turn1")
    await store.conversations.choose("calm", "turn1", owner=OWNER)
    opened = await store.conversations.open("calm", owner=OWNER)
    assert [each.text for each in opened.messages] == ["wish 1", "answer 1"]
    await exchanged(store, "loud", 3)
    await store.conversations.rename("loud", "Loud", owner=OWNER)
    await store.conversations.delete("calm", owner=OWNER, now=NOON)
    await store.conversations.undelete("calm", owner=OWNER)
    listed = await store.conversations.list(OWNER)
    assert sorted(each.id for each in listed) == ["calm", "loud"]
    said = opened.messages
    copied = await store.conversations.restore("Copy", said, "{}", owner="ren", now=NOON)
    assert (await store.conversations.open(copied, owner="ren")).conversation.title == "Copy"
    assert await store.seen_lists.of(OWNER) == {1, 2, 3}
    await store.seen_lists.clear(OWNER)
    await store.live.stop("calm", "run")
    await shared(store)


async def shared(store: Store) -> None:
    snapshot = Snapshot.of("Calm", [asked(), answered()], "{}")
    share = await store.shares.create(
        "calm", snapshot, owner=OWNER, expires=timedelta(days=1), now=NOON
    )
    assert (await store.shares.open(share.token, visitor="ren")).snapshot == snapshot
    assert [each.token for each in await store.shares.of(OWNER)] == [share.token]
    await store.shares.revoke(share.token, owner=OWNER)
    code = await store.moves.offer(OWNER)
    assert await store.moves.redeem(code) == OWNER
    once = Bucket("tries", OWNER, 1, timedelta(hours=1))
    await store.limits.take(once)
    with pytest.raises(LimitReached):
        await store.limits.take(once)


@pytest.mark.parametrize("form", FORMS)
async def test_everything_is_kept_in_every_form(form: str, tmp_path: Path) -> None:
    with FORMS[form](tmp_path) as url:
        async with connected(url) as redis:
            await redis.ping()
            await used(store_on(redis))


async def test_what_was_kept_is_there_after_a_replica_took_over(tmp_path: Path) -> None:
    with servers.sentinels(tmp_path) as (url, master):
        async with connected(url) as redis:
            store = store_on(redis)
            await used(store)
            await redis.wait(1, 5000)
            master.end()
            async with asyncio.timeout(30):
                await until_back(store)
            await exchanged(store, "after", 9)
            assert len((await store.conversations.open("calm", owner=OWNER)).messages) == 2


async def until_back(store: Store) -> None:
    while True:
        try:
            await exchanged(store, "again", 7)
        except StoreAway:
            continue
        return


async def test_a_redis_that_hangs_is_away_after_a_few_seconds(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    server = servers.Server(folder, port=servers.free_port())
    try:
        async with connected(f"redis://127.0.0.1:{server.port}") as redis:
            store = store_on(redis)
            await used(store)
            os.kill(server.process.pid, signal.SIGSTOP)
            begun = time.perf_counter()
            with pytest.raises(StoreAway):
                await store.conversations.list(OWNER)
            assert time.perf_counter() - begun < 9
            os.kill(server.process.pid, signal.SIGCONT)
    finally:
        server.end()


async def test_a_redis_that_is_away_for_a_moment_costs_no_call(tmp_path: Path) -> None:
    port = servers.free_port()
    kept = ("appendonly yes", "appendfsync always")
    server = servers.Server(tmp_path / "one", *kept, port=port)
    try:
        async with connected(f"redis://127.0.0.1:{port}") as redis:
            store = store_on(redis)
            await exchanged(store, "calm", 1)
            server.end()
            calling = asyncio.create_task(exchanged(store, "calm", 2))
            await asyncio.sleep(1)
            server = servers.Server(tmp_path / "two", *kept, f"dir {tmp_path / 'one'}", port=port)
            await calling
            opened = await store.conversations.open("calm", owner=OWNER)
            assert [each.text for each in opened.messages][2:] == ["wish 2", "answer 2"]
    finally:
        server.end()
