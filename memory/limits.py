"""Limits: how often something may be done, as token buckets that every pod shares."""

import asyncio
import hmac
from dataclasses import dataclass
from datetime import timedelta

from redis.asyncio import Redis

from memory import keys, scripts
from memory.errors import LimitReached, translated

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Lets `who` do this kind of thing `capacity` times at once, and as often again `per` time.

    What was taken comes back evenly: one each `per / capacity`.
    """

    kind: str
    who: str
    capacity: int
    per: timedelta


class Limits:
    """The buckets in Redis; one that is full again is not there.

    Whom a bucket is for, an address or an owner, is kept as a hash. It is keyed, for there are so
    few addresses that whoever read a plain one, in a backup or a log of slow commands, could try
    them all. So `secret` must not be in Redis itself, and must be the same in every pod.
    """

    def __init__(self, redis: Redis, *, secret: str) -> None:
        self._secret = secret.encode()
        self._take = redis.register_script(scripts.TAKE)
        self._give_back = redis.register_script(scripts.GIVE_BACK)

    async def take(self, *buckets: Bucket) -> None:
        """Take one out of each, or none and raise LimitReached.

        Its `try_again` is when all of them have one, should nobody else take it.
        """
        # The buckets lie in different slots, so this is no single step. To take and give back
        # lets nobody have more than there is. It can refuse a second call that comes in between,
        # and a crash there costs one of what comes back by itself.
        with translated():
            waits = await asyncio.gather(*map(self._taken, buckets))
            longest, kind = max(zip(waits, (each.kind for each in buckets), strict=True))
            if not longest:
                return
            for bucket, wait in zip(buckets, waits, strict=True):
                if not wait:
                    await self._give_back(keys=[self._key(bucket)], args=[_interval(bucket)])
        raise LimitReached(kind, longest * _MICROSECOND)

    async def _taken(self, bucket: Bucket) -> int:
        """How many microseconds to wait, 0 if one was taken."""
        values = [_interval(bucket), bucket.capacity]
        return int(await self._take(keys=[self._key(bucket)], args=values))

    def _key(self, bucket: Bucket) -> str:
        who = hmac.digest(self._secret, bucket.who.encode(), "sha256").hex()
        return keys.of_limit(bucket.kind, who[:32])


def _interval(bucket: Bucket) -> int:
    """How many microseconds one takes to come back."""
    return bucket.per // bucket.capacity // _MICROSECOND
