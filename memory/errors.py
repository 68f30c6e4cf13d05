"""What can go wrong with what Redis keeps.

StoreError
├── StoreAway           Redis cannot be reached or is not ready; the same call may work soon
├── StoreTaken          another process keeps its chats in this folder
├── ConversationGone    deleted, expired, never there or another owner's; nobody is told which
├── TurnRunning         a turn of this conversation is being answered
└── LeaseLost           the turn may no longer change its conversation
"""

from collections.abc import Generator
from contextlib import contextmanager

from redis import exceptions as theirs

# Three roots of redis-py's errors besides RedisError, which the rest derives from.
_STRAYS = (theirs.ChildDeadlockedError, theirs.IncorrectPolicyType, theirs.RedisClusterException)


class StoreError(Exception):
    """Redis could not do what was asked."""


class StoreAway(StoreError):
    """Redis cannot be reached or is not ready; the same call may work soon."""


class StoreTaken(StoreError):
    """Another process keeps its chats in this folder."""


class ConversationGone(StoreError):
    """The conversation is deleted, has expired, was never there or is another owner's."""


class TurnRunning(StoreError):
    """A turn of this conversation is being answered."""


class LeaseLost(StoreError):
    """The turn may no longer change its conversation."""


@contextmanager
def translated() -> Generator[None]:
    """Turn every error of redis-py that leaves the block into a StoreError."""
    try:
        yield
    except (theirs.ConnectionError, theirs.TimeoutError, theirs.ClusterDownError) as error:
        # While it connects, redis-py raises a ConnectionError from the error itself.
        if any(isinstance(each, theirs.AuthenticationError) for each in (error, error.__cause__)):
            raise StoreError("Redis does not accept the password of REDIS_URL.") from error
        raise StoreAway("Redis cannot be reached.") from error
    except (theirs.RedisError, *_STRAYS) as error:
        raise StoreError(f"Redis refused: {error}") from error
    except OSError as error:
        raise StoreAway("Redis cannot be reached.") from error
