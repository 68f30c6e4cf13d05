"""What a share link promises to its owner, its visitors and everybody else."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from math import inf

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from memory import OpenedShare, Share, Shares, Snapshot, new_id
from memory.errors import ShareGone, ShareRefused, StoreAway, StoreError
from tests.memory.conftest import Until
from tests.memory.said import NOON, answered, asked

CALM = Snapshot.of("Quiet evenings", [asked(), answered()], '{"genres": []}')
PIRATES = Snapshot.of("Pirates", [asked("pirates")], "{}")
WEEK = timedelta(days=7)
NOW = NOON + timedelta(minutes=5)
Call = Callable[[Shares, str, str], Awaitable[object]]
OWNERS_CALLS: dict[str, Call] = {
    "update": lambda shares, token, owner: shares.update(token, PIRATES, owner=owner),
    "expire": lambda shares, token, owner: shares.expire(token, owner=owner, expires=None, now=NOW),
    "revoke": lambda shares, token, owner: shares.revoke(token, owner=owner),
}
CALLS: dict[str, Call] = {
    **OWNERS_CALLS,
    "open": lambda shares, token, visitor: shares.open(token, visitor=visitor),
}


@pytest.fixture
def shares(redis: Redis) -> Shares:
    return Shares(redis)


async def shared(
    shares: Shares, snapshot: Snapshot = CALM, *, expires: timedelta | None = WEEK
) -> Share:
    return await shares.create("calm", snapshot, owner="mika", expires=expires, now=NOW)


async def aged(redis: Redis) -> None:
    """Have everything that is listed been listed long ago."""
    listed = await redis.zrange("owner:{mika}:shares", 0, -1)
    await redis.zadd("owner:{mika}:shares", {str(token): 1 for token in listed})


async def left(redis: Redis, key: str) -> float:
    """How many milliseconds are left of a key."""
    found = await redis.pttl(key)
    return inf if found == -1 else found


async def test_a_link_shows_its_snapshot_and_until_when(shares: Shares) -> None:
    token = (await shared(shares)).token
    assert await shares.open(token, visitor="ren") == OpenedShare(CALM, NOW + WEEK)


async def test_its_owner_is_told_of_a_share_what_its_list_says_too(shares: Shares) -> None:
    share = await shared(shares)
    assert share == Share(share.token, "calm", "Quiet evenings", NOW, NOW + WEEK, 0)
    assert await shares.of("mika") == (share,)


async def test_a_share_without_an_end_stays(shares: Shares, redis: Redis) -> None:
    share = await shared(shares, expires=None)
    assert (await shares.open(share.token, visitor="ren")).expires is None
    assert [await redis.pttl(key) for key in await redis.keys("*")] == [-1, -1]


async def test_a_token_is_long_random_and_not_the_conversation_s(shares: Shares) -> None:
    tokens = {(await shared(shares)).token for _ in range(3)}
    assert [len(token) for token in tokens] == [22] * 3
    assert "calm" not in tokens


async def test_a_link_that_expires_is_gone_and_leaves_nothing(
    shares: Shares, redis: Redis, until: Until
) -> None:
    token = (await shared(shares, expires=timedelta(milliseconds=1))).token

    async def expired() -> bool:
        return await redis.keys("share:*") == []

    await until(expired)
    with pytest.raises(ShareGone):
        await shares.open(token, visitor="ren")
    assert await redis.keys("share:*") == []


async def test_a_revoked_link_stays_gone(shares: Shares) -> None:
    token = (await shared(shares)).token
    await shares.revoke(token, owner="mika")
    for call in CALLS.values():
        with pytest.raises(ShareGone):
            await call(shares, token, "mika")
    assert await shares.of("mika") == ()


@pytest.mark.parametrize("call", OWNERS_CALLS.values(), ids=OWNERS_CALLS)
async def test_nobody_but_its_owner_can_change_a_share(
    shares: Shares, redis: Redis, call: Call
) -> None:
    token = (await shared(shares)).token
    before = await redis.hgetall(f"share:{{{token}}}")
    with pytest.raises(ShareGone):
        await call(shares, token, "ren")
    assert await redis.hgetall(f"share:{{{token}}}") == before
    assert 0 < await redis.pttl(f"share:{{{token}}}") <= WEEK // timedelta(milliseconds=1)


async def test_nobody_but_its_owner_is_told_of_a_share(shares: Shares, redis: Redis) -> None:
    token = (await shared(shares)).token
    await redis.zadd("owner:{ren}:shares", {token: 1})
    assert await shares.of("ren") == ()


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("token", ["A" * 22, "calm", "", "}{", "*", "é" * 22, "\ud800" * 22])
async def test_a_token_that_never_was_is_gone_like_any_other_and_leaves_nothing(
    shares: Shares,
    redis: Redis,
    call: Call,
    token: str,
) -> None:
    revoked = await shared(shares)
    await shares.revoke(revoked.token, owner="mika")
    told = [await _told(call(shares, each, "mika")) for each in (revoked.token, token)]
    assert told[0] == told[1]
    assert await redis.keys("*") == []


async def _told(call: Awaitable[object]) -> str:
    with pytest.raises(ShareGone) as caught:
        await call
    return repr(caught.value)


async def test_an_update_changes_what_the_link_shows_and_not_for_how_long(
    shares: Shares, redis: Redis
) -> None:
    token = (await shared(shares)).token
    await redis.pexpire(f"share:{{{token}}}", 5000)
    await shares.update(token, PIRATES, owner="mika")
    assert await shares.open(token, visitor="ren") == OpenedShare(PIRATES, NOW + WEEK)
    assert [each.title for each in await shares.of("mika")] == ["Pirates"]
    assert 0 < await redis.pttl(f"share:{{{token}}}") <= 5000


@pytest.mark.parametrize("first", [timedelta(days=1), None])
@pytest.mark.parametrize("then", [timedelta(days=30), None])
async def test_an_end_can_be_chosen_anew(
    shares: Shares, redis: Redis, first: timedelta | None, then: timedelta | None
) -> None:
    token = (await shared(shares, expires=first)).token
    await shares.expire(token, owner="mika", expires=then, now=NOW)
    opened = await shares.open(token, visitor="ren")
    assert opened.expires == (then and NOW + then)
    days = round(await redis.pttl(f"share:{{{token}}}") / timedelta(days=1).total_seconds() / 1000)
    assert days == (then.days if then else 0)


@pytest.mark.parametrize(
    "ends", [(7, 1), (1, 7), (1, None), (None, 1), (7, None, 30), (1,), (None,)]
)
async def test_the_list_outlives_every_share_on_it(
    shares: Shares, redis: Redis, ends: tuple[int | None, ...]
) -> None:
    for days in ends:
        await shared(shares, expires=timedelta(days=days) if days else None)
    longest = max([await left(redis, str(key)) for key in await redis.keys("share:*")])
    assert await left(redis, "owner:{mika}:shares") >= longest + 50_000


async def test_a_share_that_lasts_longer_than_before_stays_listed(
    shares: Shares, redis: Redis
) -> None:
    token = (await shared(shares, expires=timedelta(days=1))).token
    await shares.expire(token, owner="mika", expires=WEEK, now=NOW)
    assert await redis.pttl("owner:{mika}:shares") > WEEK // timedelta(milliseconds=1)


async def test_the_end_of_the_last_share_there_may_be_can_be_chosen_anew(redis: Redis) -> None:
    shares = Shares(redis, per_owner=1)
    token = (await shared(shares)).token
    await shares.expire(token, owner="mika", expires=None, now=NOW)
    assert [each.expires for each in await shares.of("mika")] == [None]


async def test_openings_by_others_are_counted(shares: Shares) -> None:
    token = (await shared(shares)).token
    await asyncio.gather(*(shares.open(token, visitor="ren") for _ in range(5)))
    await shares.open(token, visitor="mika")
    assert [each.opened for each in await shares.of("mika")] == [5]


async def test_the_newest_share_is_listed_first(shares: Shares) -> None:
    tokens = [(await shared(shares)).token for _ in range(3)]
    assert [each.token for each in await shares.of("mika")] == tokens[::-1]


async def test_what_is_gone_is_taken_off_the_list(shares: Shares, redis: Redis) -> None:
    token = (await shared(shares)).token
    stays = await shared(shares)
    await redis.delete(f"share:{{{token}}}")
    await aged(redis)
    assert await shares.of("mika") == (stays,)
    assert await redis.zrange("owner:{mika}:shares", 0, -1) == [stays.token]


async def test_a_share_that_is_just_being_written_is_not_taken_off_the_list(
    shares: Shares, redis: Redis
) -> None:
    token = (await shared(shares)).token
    key, aside = f"share:{{{token}}}", f"{{{token}}}"
    await redis.rename(key, aside)
    assert await shares.of("mika") == ()
    await redis.rename(aside, key)
    assert [each.token for each in await shares.of("mika")] == [token]


async def test_a_share_that_cannot_be_listed_is_not_made(shares: Shares, redis: Redis) -> None:
    await redis.set("owner:{mika}:shares", "no list")
    with pytest.raises(StoreError):
        await shared(shares)
    assert await redis.keys("share:*") == []


async def test_an_owner_has_no_more_shares_than_there_may_be(redis: Redis) -> None:
    shares = Shares(redis, per_owner=3)
    made = await asyncio.gather(*(shared(shares) for _ in range(9)), return_exceptions=True)
    assert [type(each) for each in made].count(ShareRefused) == 6
    assert len(await shares.of("mika")) == 3
    with pytest.raises(ShareRefused, match=r"You have 3 links, .* Revoke one first"):
        await shared(shares)


async def test_a_share_that_is_gone_makes_room(redis: Redis) -> None:
    shares = Shares(redis, per_owner=1)
    gone = await shared(shares)
    await redis.delete(f"share:{{{gone.token}}}")
    await aged(redis)
    new = await shared(shares)
    assert await shares.of("mika") == (new,)


async def test_a_snapshot_has_a_greatest_length(redis: Redis) -> None:
    shares = Shares(redis, largest_bytes=1000)
    japanese = replace(CALM, title="蟲" * 400)
    token = (await shared(shares)).token
    with pytest.raises(ShareRefused, match="too long for a link"):
        await shared(shares, japanese)
    with pytest.raises(ShareRefused, match="too long for a link"):
        await shares.update(token, japanese, owner="mika")
    assert await shares.open(token, visitor="ren") == OpenedShare(CALM, NOW + WEEK)


async def test_times_are_told_in_utc_whatever_zone_they_came_in(shares: Shares) -> None:
    tokyo = timezone(timedelta(hours=9))
    local = Snapshot.of("", [replace(asked(), at=NOON.astimezone(tokyo))], "")
    share = await shares.create(
        "calm", local, owner="mika", expires=WEEK, now=NOW.astimezone(tokyo)
    )
    opened = await shares.open(share.token, visitor="ren")
    times = (share.created, share.expires, opened.expires, opened.snapshot.messages[0].at)
    assert [time and time.utcoffset() for time in times] == [timedelta()] * 4
    assert share.created == datetime(2026, 11, 22, 12, 5, tzinfo=UTC)


async def test_while_redis_is_away_a_link_cannot_be_opened() -> None:
    away = Redis(unix_socket_path="/nowhere/redis.sock", retry=Retry(NoBackoff(), 0))
    with pytest.raises(StoreAway):
        await Shares(away).open(new_id(), visitor="ren")
