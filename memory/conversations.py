"""Conversations, as their owner reads, chooses, renames and deletes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from redis.asyncio import Redis

from memory import chat, keys, messages, paths
from memory.chat import Conversation, Earlier, Opened, Thumb
from memory.errors import ConversationGone, StoreError, TurnRunning, too_many, translated
from memory.messages import Message, new_id
from memory.steps import Steps, Values, milliseconds

_PAGE = 50
_LONGEST_WORD = 200
# So many titles are read at once while searching.
_READ = 500
# How long a deleted conversation can be had back.
UNDO = timedelta(minutes=10)


class Conversations:
    """The conversations in Redis. Each call takes the owner, and knows nobody else's."""

    def __init__(self, redis: Redis, *, kept: timedelta, per_owner: int = 1000) -> None:
        self._redis = redis
        self._per_owner = per_owner
        self._steps = Steps(redis, kept=kept)

    async def ping(self) -> None:
        """Return if Redis answers, or raise StoreError."""
        with translated():
            await self._redis.ping()

    async def open(
        self, conversation: str, *, owner: str, earlier: Earlier | None = None
    ) -> Opened:
        """The last messages of the conversation, or the last before others; or ConversationGone."""
        at: Values = (earlier.messages, earlier.turn) if earlier else (0, "")
        found = await self._steps.run(paths.OPEN, conversation, owner, _PAGE, *at)
        if not found:
            raise ConversationGone
        facts, said, state, running, kept, left, turn = found
        return Opened(
            chat.conversation(conversation, facts),
            messages.several(said),
            state,
            running,
            Earlier(left, turn) if left and turn else None,
            chat.branches(kept),
            chat.thumbs(kept),
        )

    async def choose(self, conversation: str, turn: str, *, owner: str) -> None:
        """Show the path through a turn that is one of several, or raise what `begin` does."""
        outcome = await self._steps.run(paths.CHOOSE, conversation, owner, turn)
        if outcome == "running":
            raise TurnRunning
        if outcome == "gone":
            raise ConversationGone

    async def list(
        self, owner: str, *, since: int = 0, most: int = _PAGE
    ) -> tuple[Conversation, ...]:
        """So many of the owner's conversations, that used last first, `since` that place."""
        with translated():
            found = await self._redis.zrevrange(keys.of_list(owner), since, since + most - 1)
            ids = [str(each) for each in found]
            async with self._redis.pipeline(transaction=False) as reading:
                for each in ids:
                    facts = keys.of_conversation(each)[0]
                    reading.hmget(facts, "owner", "deleted", "title", "created", "updated")
                listed = dict(zip(ids, await reading.execute(), strict=True))
        own = {
            key: facts
            for key, (whose, gone, *facts) in listed.items()
            if whose == owner and not gone
        }
        await self._steps.unlist(owner, *(listed.keys() - own.keys()))
        return tuple(chat.conversation(key, facts) for key, facts in own.items())

    async def rate(self, conversation: str, turn: str, thumb: Thumb, *, owner: str) -> None:
        """Keep what the owner thinks of a turn's answer, or raise ConversationGone."""
        kept = f"{'+' if thumb.up else '-'}{thumb.word[:_LONGEST_WORD]}"
        if not await self._steps.run(paths.RATE, conversation, owner, turn, kept):
            raise ConversationGone

    async def find(self, words: str, *, owner: str, most: int = _PAGE) -> tuple[Conversation, ...]:
        """So many of the owner's conversations with all these words in the title, as listed."""
        wanted = words.casefold().split()
        found = list[Conversation]()
        since = 0
        while len(found) < most and (page := await self.list(owner, since=since, most=_READ)):
            since += len(page)
            found += [each for each in page if all(w in each.title.casefold() for w in wanted)]
        return tuple(found[:most])

    async def rename(self, conversation: str, title: str, *, owner: str) -> None:
        """Give the conversation another title, or raise ConversationGone."""
        short = chat.title(title)
        if not short:
            raise StoreError("A title needs at least one character.")
        if not await self._steps.run(paths.RENAME, conversation, owner, short):
            raise ConversationGone

    async def delete(self, conversation: str, *, owner: str, now: datetime) -> None:
        """Delete the conversation, which can be undone for a while; or raise ConversationGone."""
        times = (now.isoformat(), milliseconds(UNDO))
        if not await self._steps.run(paths.DELETE, conversation, owner, *times):
            raise ConversationGone
        await self._steps.unlist(owner, conversation)

    async def undelete(self, conversation: str, *, owner: str) -> None:
        """Have a deleted conversation back, or raise ConversationGone."""
        used = await self._steps.run(paths.UNDELETE, conversation, owner, self._steps.kept)
        if not used:
            raise ConversationGone
        at = datetime.fromisoformat(str(used)).timestamp()
        with translated():
            await self._redis.zadd(keys.of_list(owner), {conversation: at})

    async def restore(
        self, title: str, said: Sequence[Message], state: str, *, owner: str, now: datetime
    ) -> str:
        """Keep what was said elsewhere as a conversation of the owner's, and return its id.

        Raises TooManyConversations.
        """
        with translated():
            if await self._redis.zcard(keys.of_list(owner)) >= self._per_owner:
                raise too_many(self._per_owner)
        conversation = new_id()
        texts = [messages.written(each) for each in messages.chained(said)]
        tip = said[-1].turn if said else ""
        facts: Values = [owner, chat.title(title), now.isoformat(), self._steps.kept, state, tip]
        values = [*facts, *texts]
        await self._steps.use(paths.RESTORE, conversation, owner, now, values)
        return conversation
