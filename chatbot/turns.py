"""Turns in the background: each is owned by its conversation, not by the page that asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from structlog.contextvars import bound_contextvars

from chatbot import events
from chatbot.broadcast import Broadcast
from chatbot.errors import TooManyTurns, explain
from chatbot.events import Event, Failed, Finished
from chatbot.parts import Parts
from chatbot.patience import patiently
from chatbot.texts import cleaned
from chatbot.turn import Turn
from memory import Bucket, Lease, Message, Store, new_id
from memory.errors import LeaseLost, StoreAway, StoreError

# How often a turn looks whether it was told to stop, and tells that it is alive.
_BEAT = timedelta(seconds=0.5)
_MINUTE = timedelta(minutes=1)

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a turn may take, how many may be answered at once, and how many a minute.

    The latter two are for one owner, and for all who come from one address.
    """

    longest: timedelta
    at_once: int
    of_owner: int
    of_address: int

    def buckets(self, owner: str, address: str) -> Iterator[Bucket]:
        """What a message is taken out of."""
        yield Bucket("owner_messages", owner, self.of_owner, _MINUTE)
        if address:
            yield Bucket("address_messages", address, self.of_address, _MINUTE)


class Turns:
    """Starts turns, lets every page follow them, and sees each of them to its end."""

    def __init__(
        self,
        store: Store,
        parts: Parts,
        *,
        now: Callable[[], datetime],
        bounds: Bounds,
    ) -> None:
        self._runs = store.runs
        self._live = store.live
        self._limits = store.limits
        self._parts = parts
        self._now = now
        self._bounds = bounds
        self._running: set[asyncio.Task[None]] = set()
        parts.metrics.live_turns.set_function(lambda: len(self._running))
        parts.metrics.most_live_turns.set(bounds.at_once)

    async def start(  # noqa: PLR0913  # named, and most of them rare
        self,
        conversation: str,
        text: str,
        *,
        owner: str,
        instead: str = "",
        address: str | None = None,
        by_model: bool = True,
    ) -> str:
        """Keep the message, begin to answer it, and return the id of the run to follow.

        `instead` is a turn that is said anew, in a branch beside it. The last message, if it got
        no answer, is answered when it is said again. With an `address`, "" where it is not known,
        the owner and all who are there can write so often a minute. Not `by_model`, the composer
        answers. Raises BadMessage, TooManyTurns, LimitReached, TurnRunning, or what else the store
        cannot do; then nothing is kept.
        """
        message = Message(role="user", text=cleaned(text), at=self._now(), turn=new_id())
        if len(self._running) >= self._bounds.at_once:
            raise TooManyTurns
        if address is not None:
            await self._limits.take(*self._bounds.buckets(owner, address))
        begin = partial(self._runs.begin, owner=owner, message=message, instead=instead)
        with self._parts.metrics.stage("memory"):
            recalled = await begin(conversation)
        parts = self._parts if by_model else replace(self._parts, model=None)
        turn = Turn(parts, message.text, recalled)
        task = asyncio.create_task(self._answer(recalled.lease, turn))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return recalled.lease.run

    async def follow(self, conversation: str, run: str) -> AsyncIterator[Event]:
        """The events of a run from its first, whoever started it, until it ends."""
        async for text in self._live.follow(conversation, run):
            yield events.read(text)

    async def stop(self, conversation: str, run: str) -> None:
        """Have the run end with what it has so far, wherever it is."""
        await self._live.stop(conversation, run)

    async def close(self) -> None:
        """Wait for the turns in hand; each has a deadline of its own."""
        if self._running:
            await asyncio.wait(self._running)

    async def _answer(self, lease: Lease, turn: Turn) -> None:
        with bound_contextvars(conversation=lease.conversation):
            broadcast = Broadcast(self._live, lease)
            ended = await self._ended(lease, turn, broadcast)
            intent = turn.understanding.intent if turn.understanding else "unknown"
            outcome = ended.ending if isinstance(ended, Finished) else "failed"
            self._parts.metrics.turns.labels(intent, outcome).inc()
            self._parts.metrics.rejected_picks.inc(len(turn.newly_rejected))
            _log.info("turn_finished", intent=intent, outcome=outcome, picks=len(turn.picks))
            try:
                await patiently(partial(broadcast.end, ended))
            except StoreError as error:  # pages see that the lease has run out
                self._parts.metrics.failed(error)

    async def _ended(self, lease: Lease, turn: Turn, broadcast: Broadcast) -> Event:
        """Run the turn and keep its answer; the event that tells how it ended."""
        try:
            ending = await self._driven(lease, turn, broadcast)
            ended = Finished(ending, turn.answered_by, turn.seconds, turn.notice)
            await self._keep(lease, turn, ended)
        except LeaseLost:
            return Failed("This answer was interrupted. Try again.")
        except Exception as error:  # noqa: BLE001  # the edge of the task: nobody above could tell
            _log.exception("turn_failed")
            self._parts.metrics.failed(error)
            return await self._failed(lease, turn, explain(error))
        return ended

    async def _driven(self, lease: Lease, turn: Turn, broadcast: Broadcast) -> events.Ending:
        """Pass the turn's events on until it is done or told to stop."""
        answering = asyncio.create_task(_passed_on(turn, broadcast))
        try:
            async with asyncio.timeout(self._bounds.longest.total_seconds()):
                while not answering.done():
                    await asyncio.wait([answering], timeout=_BEAT.total_seconds())
                    if not answering.done() and await self._told_to_stop(lease):
                        return "stopped"
            answering.result()
        finally:
            answering.cancel()
            await asyncio.wait([answering])
        return "finished"

    async def _told_to_stop(self, lease: Lease) -> bool:
        # While Redis is away nobody else can take the lease: it is renewed when it is back.
        with suppress(StoreAway):
            return await self._runs.renew(lease)
        return False

    async def _keep(self, lease: Lease, turn: Turn, ended: Finished) -> None:
        message = Message(
            role="assistant",
            text=turn.text,
            at=self._now(),
            turn=lease.turn,
            picks=turn.picks,
            answered_by=ended.answered_by,
            ending=ended.ending,
            notice=ended.notice,
        )
        remember = partial(self._runs.remember, lease, message=message, title=turn.heading)
        with self._parts.metrics.stage("memory"):
            await patiently(partial(remember, state=turn.state.written(), seen=turn.newly_seen))

    async def _failed(self, lease: Lease, turn: Turn, sentence: str) -> Event:
        message = Message(
            role="assistant", text=sentence, at=self._now(), turn=lease.turn, ending="failed"
        )
        with suppress(StoreError):  # then the lease runs out by itself
            await self._runs.remember(lease, message=message, state=turn.before.written())
        return Failed(sentence)


async def _passed_on(turn: Turn, broadcast: Broadcast) -> None:
    async with broadcast:
        async for event in turn.run():
            broadcast.tell(event)
