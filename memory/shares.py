"""Share links: each is a snapshot of a conversation under a random token of its own."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis
from redis.typing import EncodableT, FieldT

from memory import keys, scripts, snapshots
from memory.errors import ShareGone, ShareRefused, ShareTooNew, translated
from memory.messages import new_id
from memory.snapshots import OpenedShare, Snapshot

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_LISTED = ("owner", "conversation", "title", "created", "expires", "opened")
# How long a share may take from being listed to being written.
_WRITING = timedelta(minutes=1)
_MILLISECOND = timedelta(milliseconds=1)

_Fields = dict[FieldT, EncodableT]


@dataclass(frozen=True, slots=True)
class Share:
    """What its owner sees of a share: without an end it stays; `opened` counts the others."""

    token: str
    conversation: str
    title: str
    created: datetime
    expires: datetime | None
    opened: int


class Shares:
    """The shares in Redis, which lets each expire; no visitor is told of whom or what one is."""

    def __init__(
        self, redis: Redis, *, per_owner: int = 100, largest_bytes: int = 256 * 1024
    ) -> None:
        self._redis = redis
        self._per_owner = per_owner
        self._largest_bytes = largest_bytes
        self._list = redis.register_script(scripts.LIST_SHARE)
        self._unlist = redis.register_script(scripts.UNLIST_SHARES)
        self._open = redis.register_script(scripts.OPEN_SHARE)
        self._update = redis.register_script(scripts.UPDATE_SHARE)
        self._expire = redis.register_script(scripts.EXPIRE_SHARE)
        self._delete = redis.register_script(scripts.REVOKE_SHARE)

    async def create(
        self,
        conversation: str,
        snapshot: Snapshot,
        *,
        owner: str,
        expires: timedelta | None,
        now: datetime,
    ) -> Share:
        """Share the snapshot under a new token, for so long or until it is revoked.

        Raises ShareRefused when it is too long, or when the owner has as many as there may be.
        """
        shown = self._shown(snapshot)
        created, end = now.astimezone(UTC), _end(now, expires)
        share = Share(new_id(), conversation, snapshot.title, created, end, 0)
        await self._enter(share.token, owner, expires)
        facts: _Fields = {"owner": owner, "conversation": conversation, "opened": 0}
        facts |= {"created": share.created.isoformat(), "expires": _text(share.expires)}
        key = _key(share.token)
        with translated():
            async with self._redis.pipeline(transaction=True) as change:
                change.hset(key, mapping=facts | shown)
                if expires is not None:
                    change.pexpire(key, expires)
                await change.execute()
        return share

    async def update(self, token: str, snapshot: Snapshot, *, owner: str) -> None:
        """Show another snapshot under the same token until the same time.

        Raises ShareRefused when it is too long, or ShareGone.
        """
        shown = self._shown(snapshot)
        fields = [each for field in shown.items() for each in field]
        with translated():
            done = await self._update(keys=[_key(token)], args=[owner, *fields])
        if not done:
            raise ShareGone

    async def expire(
        self, token: str, *, owner: str, expires: timedelta | None, now: datetime
    ) -> None:
        """Choose anew how long from now the share stays, or raise ShareGone."""
        key = _key(token)
        with translated():
            # Owners never change and tokens are never used again, so looking first is safe.
            mine = await self._redis.hget(key, "owner") == owner
        if not mine:
            raise ShareGone
        await self._enter(token, owner, expires)
        with translated():
            done = await self._expire(
                keys=[key], args=[owner, _text(_end(now, expires)), _milliseconds(expires)]
            )
        if not done:
            raise ShareGone

    async def revoke(self, token: str, *, owner: str) -> None:
        """Have nobody open the share again, or raise ShareGone."""
        with translated():
            done = await self._delete(keys=[_key(token)], args=[owner])
            if done:
                await self._redis.zrem(keys.of_shares(owner), token)
        if not done:
            raise ShareGone

    async def of(self, owner: str) -> tuple[Share, ...]:
        """The owner's shares, the newest first."""
        listed = keys.of_shares(owner)
        with translated():
            tokens = [str(each) for each in await self._redis.zrevrange(listed, 0, -1)]
            async with self._redis.pipeline(transaction=False) as reading:
                for each in tokens:
                    reading.hmget(keys.of_share(each), _LISTED)
                found = dict(zip(tokens, await reading.execute(), strict=True))
            own = {token: facts for token, (whose, *facts) in found.items() if whose == owner}
            if gone := found.keys() - own.keys():
                await self._unlist(keys=[listed], args=[_WRITING // _MILLISECOND * 1000, *gone])
        return tuple(_share(token, *facts) for token, facts in own.items())

    async def open(self, token: str, *, visitor: str, again: bool = False) -> OpenedShare:
        """What the link shows, or ShareGone or ShareTooNew.

        It is counted as opened unless the visitor is its owner, or opens it `again`.
        """
        with translated():
            version, expires, text = await self._open(
                keys=[_key(token)], args=[visitor, int(again)]
            )
        if text is None:
            raise ShareGone
        if int(version) > snapshots.VERSION:
            raise ShareTooNew
        return OpenedShare(snapshots.read(text), _time(expires))

    def _shown(self, snapshot: Snapshot) -> _Fields:
        text = snapshots.written(snapshot)
        if len(text.encode()) > self._largest_bytes:
            raise ShareRefused("This chat is too long for a link. Export it as a file instead.")
        return {"version": snapshots.VERSION, "title": snapshot.title, "snapshot": text}

    async def _enter(self, token: str, owner: str, expires: timedelta | None) -> None:
        """List the token, or raise ShareRefused.

        The list lies in another slot than the share and so comes first: a share that its owner
        cannot find could never be revoked. `of` drops an entry whose share is not there.
        """
        kept = _milliseconds(None if expires is None else expires + _WRITING)
        at = [keys.of_shares(owner)]
        values: list[str | int] = [token, self._per_owner, kept]
        with translated():
            if await self._list(keys=at, args=values):
                return
            await self.of(owner)
            if await self._list(keys=at, args=values):
                return
        raise ShareRefused(
            f"You have {self._per_owner} links, and there can be no more. Revoke one first."
        )


def _share(token: str, *facts: str) -> Share:
    conversation, title, created, expires, opened = facts
    begun = datetime.fromisoformat(created)
    return Share(token, conversation, title, begun, _time(expires), int(opened))


def _key(token: str) -> str:
    """Where the share is, or ShareGone where no share can be: tokens come from addresses."""
    if not _TOKEN.fullmatch(token):
        raise ShareGone
    return keys.of_share(token)


def _end(now: datetime, expires: timedelta | None) -> datetime | None:
    return None if expires is None else (now + expires).astimezone(UTC)


def _text(time: datetime | None) -> str:
    return time.isoformat() if time else ""


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _milliseconds(time: timedelta | None) -> int | str:
    return "" if time is None else time // _MILLISECOND
