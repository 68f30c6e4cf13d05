"""One step of one conversation: a script over all that is kept of it, and its owner's list."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from redis.asyncio import Redis

from memory import keys
from memory.errors import translated

Values = Sequence[str | int]


class Steps:
    """Runs scripts on conversations; `kept` is how long they and the list stay after each use."""

    def __init__(self, redis: Redis, *, kept: timedelta) -> None:
        self.redis = redis
        self.kept = milliseconds(kept)

    async def run(
        self, script: str, conversation: str, *values: str | int, beside: str | None = None
    ) -> Any:
        """What the script returns; `beside` is another key of the conversation that it needs."""
        of_chat = (*keys.of_conversation(conversation), *filter(None, [beside]))
        with translated():
            return await self.redis.eval(script, len(of_chat), *of_chat, *values)

    async def use(
        self, script: str, conversation: str, owner: str, at: datetime, values: Values
    ) -> tuple[Any, int, Any]:
        """Run the script, list the conversation as its owner's last used, and get what was seen.

        All in one round trip; returns what the script does, how many are listed, and the titles.
        """
        of_chat = keys.of_conversation(conversation)
        listed, watched = keys.of_list(owner), keys.of_seen(owner)
        # The list lies in another slot than the chat, so this is no transaction. A crash in the
        # middle leaves a chat that the next use lists; `list` drops an entry without its chat.
        with translated():
            async with self.redis.pipeline(transaction=False) as change:
                change.eval(script, len(of_chat), *of_chat, *values)
                change.zadd(listed, {conversation: at.timestamp()})
                change.pexpire(listed, self.kept)
                change.zcard(listed)
                change.pexpire(watched, self.kept)
                change.smembers(watched)
                outcome, _, _, count, _, mal_ids = await change.execute()
        return outcome, count, mal_ids

    async def unlist(self, owner: str, *conversations: str) -> None:
        """Take conversations off the owner's list."""
        if conversations:
            with translated():
                await self.redis.zrem(keys.of_list(owner), *conversations)


def milliseconds(time: timedelta) -> int:
    """A time as Redis counts it."""
    return time // timedelta(milliseconds=1)
