"""What can go wrong with what Redis keeps.

StoreError
├── StoreAway           Redis cannot be reached or is not ready; the same call may work soon
├── StoreTaken          another process keeps its chats in this folder
├── ConversationGone    deleted, expired, never there or another owner's; nobody is told which
├── TooManyConversations an owner has as many as there may be; the text says what to do
├── TurnRunning         a turn of this conversation is being answered
├── LeaseLost           the turn may no longer change its conversation
├── ShareGone           revoked, expired, never there or another owner's; nobody is told which
├── ShareTooNew         a newer version of the app wrote the share
├── ShareRefused        the chat cannot be shared; the text says why, to its owner
├── LimitReached        too much was asked for at once; the text says when to try again
└── CodeGone            used, expired, void or never there; nobody is told which
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil

from redis import exceptions as theirs

# Three roots of redis-py's errors besides RedisError, which the rest derives from.
_STRAYS = (theirs.ChildDeadlockedError, theirs.IncorrectPolicyType, theirs.RedisClusterException)
_UNITS = {"hour": 3600, "minute": 60, "second": 1}


class StoreError(Exception):
    """Redis could not do what was asked."""


class StoreAway(StoreError):
    """Redis cannot be reached or is not ready; the same call may work soon."""


class StoreTaken(StoreError):
    """Another process keeps its chats in this folder."""


class ConversationGone(StoreError):
    """The conversation is deleted, has expired, was never there or is another owner's."""


class TooManyConversations(StoreError):
    """An owner has as many conversations as there may be; the text says what to do."""


def too_many(conversations: int) -> TooManyConversations:
    """The error that tells an owner how many there may be, and what to do."""
    return TooManyConversations(
        f"You have {conversations:,} chats, and there can be no more. Delete one first."
    )


class TurnRunning(StoreError):
    """A turn of this conversation is being answered."""


class LeaseLost(StoreError):
    """The turn may no longer change its conversation."""


class ShareGone(StoreError):
    """The share is revoked, has expired, was never there or is another owner's to change."""


class ShareTooNew(StoreError):
    """A newer version of the app wrote the share."""


class ShareRefused(StoreError):
    """The chat cannot be shared; the text is the sentence for its owner."""


class LimitReached(StoreError):
    """Too much was asked for at once; the text says when it works again, as `try_again` does."""

    def __init__(self, kind: str, try_again: timedelta = timedelta()) -> None:
        super().__init__(f"That was too much at once. Try again in {_in_words(try_again)}.")
        self.kind = kind
        self.try_again = try_again


class CodeGone(StoreError):
    """The code was used, has expired, was made void by a later one or was never there."""


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


def _in_words(time: timedelta) -> str:
    """The time rounded up, for whoever waits this long must not be refused again."""
    seconds = max(1, ceil(time.total_seconds()))
    name, length = next(unit for unit in _UNITS.items() if unit[1] <= seconds)
    number = ceil(seconds / length)
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
