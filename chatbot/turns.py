"""Turns in the background: each is owned by its conversation, not by the page that asked."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from structlog.contextvars import bound_contextvars

from chatbot import events
from chatbot.errors import BadMessage, explain
from chatbot.events import Event, Failed, Finished
from chatbot.texts import visible
from chatbot.turn import Parts, Turn
from memory import Conversations, Live, Message, new_id
from memory.errors import LeaseLost, StoreError

LONGEST_MESSAGE = 2000
# How often a turn looks whether it was told to stop, and tells that it is alive.
_BEAT = timedelta(seconds=1)

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


class Turns:
    """Starts turns, lets every page follow them, and sees each of them to its end."""

    def __init__(
        self,
        conversations: Conversations,
        live: Live,
        parts: Parts,
        *,
        now: Callable[[], datetime],
        longest: timedelta,
    ) -> None:
        self._conversations = conversations
        self._live = live
        self._parts = parts
        self._now = now
        self._longest = longest
        self._running: set[asyncio.Task[None]] = set()

    async def start(self, conversation: str, text: str, *, owner: str) -> str:
        """Keep the message, begin to answer it, and return the turn's id.

        Raises BadMessage, TurnRunning, or what else the store cannot do; then nothing is kept.
        """
        turn_id = new_id()
        message = Message(role="user", text=cleaned(text), at=self._now(), turn=turn_id)
        recalled = await self._conversations.begin(conversation, owner=owner, message=message)
        turn = Turn(self._parts, message.text, recalled)
        task = asyncio.create_task(self._run(conversation, turn_id, turn))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return turn_id

    async def follow(self, conversation: str, turn: str) -> AsyncIterator[Event]:
        """The events of a turn from its first, whoever started it, until it ends."""
        async for text in self._live.follow(conversation, turn):
            yield events.read(text)

    async def stop(self, conversation: str, turn: str) -> None:
        """Have the turn end with what it has so far, wherever it runs."""
        await self._live.stop(conversation, turn)

    async def close(self) -> None:
        """Wait for the turns in hand; each has a deadline of its own."""
        if self._running:
            await asyncio.wait(self._running)

    async def _run(self, conversation: str, turn_id: str, turn: Turn) -> None:
        with bound_contextvars(conversation=conversation):
            ended = await self._ended(conversation, turn_id, turn)
            intent = turn.understanding.intent if turn.understanding else "unknown"
            outcome = ended.ending if isinstance(ended, Finished) else "failed"
            self._parts.metrics.turns.labels(intent, outcome).inc()
            _log.info("turn_finished", intent=intent, outcome=outcome, picks=len(turn.picks))
            with suppress(StoreError):  # then pages see that the lease has run out
                await self._live.finish(conversation, turn_id, events.written(ended))

    async def _ended(self, conversation: str, turn_id: str, turn: Turn) -> Event:
        """Run the turn and keep its answer; the event that tells how it ended."""
        try:
            ending = await self._driven(conversation, turn_id, turn)
            ended = Finished(ending, turn.answered_by, turn.seconds, turn.notice)
            await self._keep(conversation, turn_id, turn, ended)
        except LeaseLost:
            return Failed("This answer was interrupted. Try again.")
        except Exception as error:  # noqa: BLE001  # the edge of the task: nobody above could tell
            _log.exception("turn_failed")
            if isinstance(error, StoreError):
                self._parts.metrics.store_errors.inc()
            return await self._failed(conversation, turn_id, turn, explain(error))
        return ended

    async def _driven(self, conversation: str, turn_id: str, turn: Turn) -> events.Ending:
        """Pass the turn's events on until it is done or told to stop."""
        answering = asyncio.create_task(self._passed_on(conversation, turn_id, turn))
        try:
            async with asyncio.timeout(self._longest.total_seconds()):
                while not answering.done():
                    await asyncio.wait([answering], timeout=_BEAT.total_seconds())
                    if not answering.done() and await self._told_to_stop(conversation, turn_id):
                        return "stopped"
            answering.result()
        finally:
            answering.cancel()
            await asyncio.wait([answering])
        return "finished"

    async def _told_to_stop(self, conversation: str, turn_id: str) -> bool:
        await self._conversations.renew(conversation, turn_id)
        return await self._live.stopped(conversation, turn_id)

    async def _passed_on(self, conversation: str, turn_id: str, turn: Turn) -> None:
        async for event in turn.run():
            await self._live.append(conversation, turn_id, events.written(event))

    async def _keep(self, conversation: str, turn_id: str, turn: Turn, ended: Finished) -> None:
        message = Message(
            role="assistant",
            text=turn.text,
            at=self._now(),
            turn=turn_id,
            picks=turn.picks,
            answered_by=ended.answered_by,
            ending=ended.ending,
            notice=ended.notice,
        )
        state = turn.state.written()
        await self._conversations.remember(
            conversation, message=message, state=state, seen=turn.newly_seen
        )

    async def _failed(self, conversation: str, turn_id: str, turn: Turn, sentence: str) -> Event:
        message = Message(
            role="assistant", text=sentence, at=self._now(), turn=turn_id, ending="failed"
        )
        with suppress(StoreError):  # then the lease runs out by itself
            await self._conversations.remember(
                conversation, message=message, state=turn.before.written()
            )
        return Failed(sentence)


def cleaned(text: str) -> str:
    """The message without what cannot be seen, or BadMessage."""
    message = visible(text).strip()
    if not message:
        raise BadMessage("This message is empty. Say what you feel like watching.")
    if len(message) > LONGEST_MESSAGE:
        raise BadMessage(
            f"This message has {len(message):,} characters; up to {LONGEST_MESSAGE:,} can be read."
        )
    return message
