"""All that is kept in Redis, over one connection."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from redis.asyncio import Redis

from memory.conversations import Conversations
from memory.limits import Limits
from memory.live import Live
from memory.moves import Moves
from memory.preferences import Preferences
from memory.runs import Runs
from memory.seen import SeenLists
from memory.shares import Shares
from memory.space import Space

# A run whose process has died is known to be interrupted after this long.
_LEASE = timedelta(seconds=10)
# How long a page can still follow a run that has ended.
_LIVE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Store:
    """What the app keeps of its owners, and of what they are doing."""

    conversations: Conversations
    runs: Runs
    live: Live
    seen_lists: SeenLists
    preferences: Preferences
    shares: Shares
    moves: Moves
    limits: Limits
    space: Space

    @classmethod
    def on(cls, redis: Redis, *, kept: timedelta, chats: int, secret: str) -> Self:
        """All of it on this Redis, kept so long after its last use, so many chats to an owner.

        `secret` hides in Redis for whom limits are; it must be the same in every process.
        """
        return cls(
            conversations=Conversations(redis, kept=kept, per_owner=chats),
            runs=Runs(redis, kept=kept, lease=_LEASE, per_owner=chats),
            live=Live(redis, kept=_LIVE),
            seen_lists=SeenLists(redis, kept=kept),
            preferences=Preferences(redis, kept=kept),
            shares=Shares(redis),
            moves=Moves(redis),
            limits=Limits(redis, secret=secret),
            space=Space(redis),
        )
