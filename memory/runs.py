"""Runs: who may answer a turn of a conversation, from its message to its answer."""

from collections.abc import Iterable
from datetime import timedelta

from redis.asyncio import Redis

from memory import chat, keys, messages, paths
from memory.chat import Lease, Recalled
from memory.errors import ConversationGone, LeaseLost, TurnRunning, too_many
from memory.messages import Message, new_id
from memory.seen import SeenLists
from memory.steps import Steps, Values, milliseconds

_RECALLED = 20


class Runs:
    """The leases in Redis. A turn that is tried again has another run; one run at most goes on."""

    def __init__(
        self, redis: Redis, *, kept: timedelta, lease: timedelta, per_owner: int = 1000
    ) -> None:
        self._steps = Steps(redis, kept=kept)
        self._seen = SeenLists(redis, kept=kept)
        self._lease = milliseconds(lease)
        self._per_owner = per_owner

    async def begin(
        self, conversation: str, *, owner: str, message: Message, instead: str = ""
    ) -> Recalled:
        """Keep the owner's message and take the lease for its turn; return what came before.

        Makes the conversation if it is new. `instead` is a turn that is said anew: the message
        begins a branch beside it. A message that is said again because it got no answer is not
        kept twice, and its turn is run again. Raises ConversationGone, TurnRunning or
        TooManyConversations; then nothing is kept.
        """
        run = new_id()
        texts = [messages.written(message), chat.title(message.text), message.at.isoformat()]
        times = [self._lease, self._steps.kept]
        values: Values = [owner, run, message.turn, *texts, *times, _RECALLED, instead]
        (outcome, *found), listed, mal_ids = await self._steps.use(
            paths.BEGIN, conversation, owner, message.at, values
        )
        if outcome == "gone":
            raise ConversationGone
        if outcome == "running":
            raise TurnRunning
        if outcome == "new" and listed > self._per_owner:
            await self._steps.run(paths.DELETE, conversation, owner, message.at.isoformat(), 1)
            await self._steps.unlist(owner, conversation)
            raise too_many(self._per_owner)
        turn, said, state = found
        lease = Lease(conversation, owner, run, turn)
        return Recalled(lease, tuple(said), state, frozenset(map(int, mal_ids)))

    async def remember(
        self,
        lease: Lease,
        *,
        message: Message,
        state: str,
        seen: Iterable[int] = (),
        title: str = "",
    ) -> None:
        """Keep an answer and the state after it, and give the lease back; or raise LeaseLost.

        `seen` are titles that its owner has newly said to have seen, `title` is what the
        conversation is called unless it has a title of its own.
        """
        texts = [messages.written(message), state, message.at.isoformat()]
        values: Values = [
            lease.owner,
            lease.run,
            lease.turn,
            *texts,
            self._steps.kept,
            chat.title(title),
        ]
        kept, *_ = await self._steps.use(
            paths.REMEMBER, lease.conversation, lease.owner, message.at, values
        )
        if not kept:
            raise LeaseLost
        await self._seen.add(lease.owner, seen)

    async def renew(self, lease: Lease) -> bool:
        """Hold the lease for its full time from now, or raise LeaseLost; whether to stop."""
        stop = keys.of_stop(lease.conversation, lease.run)
        held = await self._steps.run(
            paths.RENEW, lease.conversation, lease.run, lease.turn, self._lease, beside=stop
        )
        if not held:
            raise LeaseLost
        return bool(held > 1)
