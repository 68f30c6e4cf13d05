"""Whatever belongs to one owner, nobody else reads or changes it by any call of the memory."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from memory import Lease, Snapshot, Store, Thumb, new_id
from memory.errors import StoreError
from tests.memory.said import NOON, answered, asked

OWNER, STRANGER = "mika", "ren"
HIDDEN = "a secret wish"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """What the owner has, and all that a stranger could come to know of it."""

    store: Store
    chat: str
    turn: str
    token: str


Call = Callable[[Kept], Awaitable[object]]

# Every call that takes an owner, made by a stranger.
CALLS: dict[str, Call] = {
    "conversations.open": lambda k: k.store.conversations.open(k.chat, owner=STRANGER),
    "conversations.choose": lambda k: k.store.conversations.choose(k.chat, k.turn, owner=STRANGER),
    "conversations.list": lambda k: k.store.conversations.list(STRANGER),
    "conversations.find": lambda k: k.store.conversations.find("secret", owner=STRANGER),
    "conversations.rate": lambda k: k.store.conversations.rate(
        k.chat, k.turn, Thumb(up=False), owner=STRANGER
    ),
    "conversations.rename": lambda k: k.store.conversations.rename(k.chat, "Mine", owner=STRANGER),
    "conversations.delete": lambda k: k.store.conversations.delete(
        k.chat, owner=STRANGER, now=NOON
    ),
    "conversations.undelete": lambda k: k.store.conversations.undelete(k.chat, owner=STRANGER),
    "conversations.restore": lambda k: k.store.conversations.restore(
        "Mine", [asked("mine")], "{}", owner=STRANGER, now=NOON
    ),
    "runs.begin": lambda k: k.store.runs.begin(
        k.chat, owner=STRANGER, message=asked("mine", turn="other")
    ),
    "runs.remember": lambda k: k.store.runs.remember(
        Lease(k.chat, STRANGER, new_id(), k.turn), message=answered("mine"), state="{}"
    ),
    "runs.renew": lambda k: k.store.runs.renew(Lease(k.chat, STRANGER, new_id(), k.turn)),
    "seen_lists.of": lambda k: k.store.seen_lists.of(STRANGER),
    "seen_lists.add": lambda k: k.store.seen_lists.add(STRANGER, [2]),
    "seen_lists.remove": lambda k: k.store.seen_lists.remove(STRANGER, 1),
    "seen_lists.clear": lambda k: k.store.seen_lists.clear(STRANGER),
    "preferences.of": lambda k: k.store.preferences.of(STRANGER),
    "preferences.keep": lambda k: k.store.preferences.keep(STRANGER, "mine"),
    "shares.of": lambda k: k.store.shares.of(STRANGER),
    "shares.create": lambda k: k.store.shares.create(
        k.chat, Snapshot("Mine", (), "{}"), owner=STRANGER, expires=DAY, now=NOON
    ),
    "shares.update": lambda k: k.store.shares.update(
        k.token, Snapshot("Mine", (), "{}"), owner=STRANGER
    ),
    "shares.expire": lambda k: k.store.shares.expire(
        k.token, owner=STRANGER, expires=None, now=NOON
    ),
    "shares.revoke": lambda k: k.store.shares.revoke(k.token, owner=STRANGER),
    "moves.offer": lambda k: k.store.moves.offer(STRANGER),
}
# These go by what only its owner can have been told: a run, a share's token, a code.
UNGUESSED = {
    "live.follow",
    "live.stop",
    "live.append",
    "shares.open",
    "moves.redeem",
    "limits.take",
    "conversations.ping",
    "space.used",
}


@pytest.fixture
async def kept(redis: Redis) -> Kept:
    store = Store.on(redis, kept=timedelta(days=30), chats=10, secret=new_id())
    said = [asked(HIDDEN), answered()]
    chat = await store.conversations.restore(HIDDEN, said, "{}", owner=OWNER, now=NOON)
    snapshot = Snapshot.of(HIDDEN, said, "{}")
    share = await store.shares.create(chat, snapshot, owner=OWNER, expires=DAY, now=NOON)
    await store.seen_lists.add(OWNER, [1])
    await store.preferences.keep(OWNER, HIDDEN)
    return Kept(store, chat, "first", share.token)


async def everything(kept: Kept) -> tuple[object, ...]:
    """All that the owner has."""
    store = kept.store
    return (
        await store.conversations.open(kept.chat, owner=OWNER),
        await store.conversations.list(OWNER),
        await store.shares.of(OWNER),
        await store.shares.open(kept.token, visitor=OWNER),
        await store.seen_lists.of(OWNER),
        await store.preferences.of(OWNER),
    )


@pytest.mark.parametrize("call", CALLS)
async def test_a_stranger_learns_and_changes_nothing(kept: Kept, call: str) -> None:
    before = await everything(kept)
    told: object = None
    with suppress(StoreError):
        told = await CALLS[call](kept)
    assert HIDDEN not in repr(told)
    assert await everything(kept) == before


async def test_a_stranger_has_no_chat_back_that_its_owner_deleted(kept: Kept) -> None:
    await kept.store.conversations.delete(kept.chat, owner=OWNER, now=NOON)
    for call in ("conversations.undelete", "conversations.open", "runs.begin"):
        with pytest.raises(StoreError):
            await CALLS[call](kept)
    await kept.store.conversations.undelete(kept.chat, owner=OWNER)


def test_no_call_is_left_out(redis: Redis) -> None:
    store = Store.on(redis, kept=DAY, chats=10, secret=new_id())
    calls = {
        f"{part}.{name}"
        for part in Store.__slots__
        for name in dir(getattr(store, part))
        if not name.startswith("_")
    }
    assert calls == CALLS.keys() | UNGUESSED
