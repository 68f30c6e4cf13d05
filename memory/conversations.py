"""Conversations: their messages, their request state, and who may run a turn of them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from redis.asyncio import Redis

from memory import keys, messages, scripts
from memory.chat import Conversation, Opened, Recalled
from memory.errors import ConversationGone, LeaseLost, StoreError, TurnRunning, translated
from memory.messages import Message
from memory.seen import SeenLists

_TITLE_CHARACTERS = 60
_RECALLED = 20

_Values = Sequence[str | int]


class Conversations:
    """The conversations in Redis. Each call takes the owner, and knows nobody else's."""

    def __init__(self, redis: Redis, *, kept: timedelta, lease: timedelta) -> None:
        self._redis = redis
        self._kept = _milliseconds(kept)
        self._lease = _milliseconds(lease)
        self._seen = SeenLists(redis, kept=kept)
        self._renew = redis.register_script(scripts.RENEW)
        self._rename = redis.register_script(scripts.RENAME)
        self._delete = redis.register_script(scripts.DELETE)

    async def ping(self) -> None:
        """Return if Redis answers, or raise StoreError."""
        with translated():
            await self._redis.ping()

    async def begin(self, conversation: str, *, owner: str, message: Message) -> Recalled:
        """Keep the owner's message and take the lease for its turn; return what came before.

        Makes the conversation if it is new. Raises ConversationGone or TurnRunning; then
        nothing is kept.
        """
        texts = [messages.written(message), _title(message.text), message.at.isoformat()]
        values: _Values = (owner, message.turn, *texts, self._lease, self._kept, _RECALLED)
        with translated():
            (outcome, *rest), mal_ids = await self._use(
                scripts.BEGIN, conversation, owner, message.at, values
            )
        if outcome == "gone":
            raise ConversationGone
        if outcome == "running":
            raise TurnRunning
        state = rest[1] if len(rest) > 1 else None
        return Recalled(_read(rest[0]), state, frozenset(map(int, mal_ids)))

    async def remember(
        self, conversation: str, *, message: Message, state: str, seen: Iterable[int] = ()
    ) -> None:
        """Keep an answer and the state after it, and give the lease back; or raise LeaseLost.

        `seen` are titles that its owner has newly said to have seen.
        """
        texts = [messages.written(message), state, message.at.isoformat()]
        values: _Values = (message.turn, *texts, self._kept)
        with translated():
            owner = await self._redis.hget(keys.of_conversation(conversation)[0], "owner")
            if owner is None:
                raise LeaseLost
            kept, _ = await self._use(
                scripts.REMEMBER, conversation, str(owner), message.at, values
            )
        if not kept:
            raise LeaseLost
        await self._seen.add(str(owner), seen)

    async def renew(self, conversation: str, turn: str) -> None:
        """Hold the lease for its full time from now, or raise LeaseLost."""
        with translated():
            held = await self._renew(
                keys=keys.of_conversation(conversation)[3:], args=[turn, self._lease]
            )
        if not held:
            raise LeaseLost

    async def open(self, conversation: str, *, owner: str) -> Opened:
        """The whole conversation, or raise ConversationGone."""
        chat, texts, state, lease = keys.of_conversation(conversation)
        with translated():
            async with self._redis.pipeline(transaction=True) as reading:
                reading.hgetall(chat)
                reading.lrange(texts, 0, -1)
                reading.get(state)
                reading.get(lease)
                facts, said, kept, running = await reading.execute()
        if facts.get("owner") != owner:
            raise ConversationGone
        return Opened(_conversation(conversation, facts), _read(said), kept, running)

    async def list(self, owner: str) -> tuple[Conversation, ...]:
        """The owner's conversations, the one used last first."""
        with translated():
            ids = [str(each) for each in await self._redis.zrevrange(keys.of_list(owner), 0, -1)]
            async with self._redis.pipeline(transaction=False) as reading:
                for each in ids:
                    reading.hgetall(keys.of_conversation(each)[0])
                found = await reading.execute()
        listed = dict(zip(ids, found, strict=True))
        own = {each: facts for each, facts in listed.items() if facts.get("owner") == owner}
        await self._unlist(owner, *(listed.keys() - own.keys()))
        return tuple(_conversation(each, facts) for each, facts in own.items())

    async def rename(self, conversation: str, title: str, *, owner: str) -> None:
        """Give the conversation another title, or raise ConversationGone."""
        short = _title(title)
        if not short:
            raise StoreError("A title needs at least one character.")
        with translated():
            done = await self._rename(
                keys=keys.of_conversation(conversation)[:1], args=[owner, short]
            )
        if not done:
            raise ConversationGone

    async def delete(self, conversation: str, *, owner: str) -> None:
        """Delete the conversation with all that belongs to it, or raise ConversationGone."""
        with translated():
            done = await self._delete(keys=keys.of_conversation(conversation), args=[owner])
        if not done:
            raise ConversationGone
        await self._unlist(owner, conversation)

    async def _use(
        self, script: str, conversation: str, owner: str, at: datetime, values: _Values
    ) -> tuple[Any, Any]:
        """Run the script, list the conversation as its owner's last used, and get what was seen.

        All in one round trip.
        """
        of_chat = keys.of_conversation(conversation)
        listed, watched = keys.of_list(owner), keys.of_seen(owner)
        # The list lies in another slot than the chat, so this is no transaction. A crash in the
        # middle leaves a chat that the next use lists; `list` drops an entry without its chat.
        async with self._redis.pipeline(transaction=False) as change:
            change.eval(script, len(of_chat), *of_chat, *values)
            change.zadd(listed, {conversation: at.timestamp()})
            change.pexpire(listed, self._kept)
            change.pexpire(watched, self._kept)
            change.smembers(watched)
            outcome, *_, mal_ids = await change.execute()
        return outcome, mal_ids

    async def _unlist(self, owner: str, *conversations: str) -> None:
        if not conversations:
            return
        with translated():
            await self._redis.zrem(keys.of_list(owner), *conversations)


def _conversation(key: str, facts: dict[str, str]) -> Conversation:
    created, updated = (datetime.fromisoformat(facts[name]) for name in ("created", "updated"))
    return Conversation(key, facts["title"], created.astimezone(UTC), updated.astimezone(UTC))


def _read(texts: list[str]) -> tuple[Message, ...]:
    return tuple(map(messages.read, texts))


def _title(text: str) -> str:
    """The beginning of a text, up to the end of a word."""
    line = " ".join(text.split())
    if len(line) <= _TITLE_CHARACTERS:
        return line
    words = line[: _TITLE_CHARACTERS + 1].rsplit(" ", 1)[0]
    return f"{words[:_TITLE_CHARACTERS]} …"


def _milliseconds(time: timedelta) -> int:
    return int(time.total_seconds() * 1000)
