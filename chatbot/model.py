"""The language model at Groq, or at another address that speaks its wire."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import TypeVar

import structlog
from langchain_core.messages import BaseMessage
from langchain_core.messages.ai import UsageMetadata
from pydantic import BaseModel

from chatbot.border import translated
from chatbot.breaker import Breaker, Status
from chatbot.client import Client
from chatbot.errors import BadSettings, ModelAway, ModelRefused
from chatbot.metrics import Metrics
from chatbot.settings import Settings

FormT = TypeVar("FormT", bound=BaseModel)

_BETWEEN_TOKENS = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(seconds=3)

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


class Model:
    """One large model that writes answers and one small one that fills in forms.

    Make it in the thread of the event loop that will use it: it takes two seconds, once.
    """

    def __init__(
        self,
        settings: Settings,
        metrics: Metrics,
        *,
        clock: Callable[[], float] = time.monotonic,  # for the rests only
    ) -> None:
        """Raise BadSettings if there is no key."""
        if settings.groq_api_key is None:
            raise BadSettings("GROQ_API_KEY must be set if the model is to answer")
        self._key = settings.groq_api_key
        self._settings = settings
        self._metrics = metrics
        self._writing, self._filling = Breaker(clock), Breaker(clock)
        self._client = Client(settings, settings.groq_api_key)

    @property
    def status(self) -> Status:
        """How Groq does, as far as is known; the small model counts when it is refused."""
        refused = "refused" in (self._writing.status, self._filling.status)
        return "refused" if refused else self._writing.status

    async def write(self, messages: Sequence[BaseMessage]) -> AsyncGenerator[str]:
        """Yield the pieces of the answer as they come, or raise ModelError, at any of them."""
        pieces: asyncio.Queue[str | None] = asyncio.Queue()
        pump = asyncio.create_task(self._pump(messages, pieces))
        try:
            while (piece := await pieces.get()) is not None:
                yield piece
            await pump
        finally:
            # Without its own task an abandoned stream goes on at Groq and keeps its connection.
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)

    async def fill(self, form: type[FormT], messages: Sequence[BaseMessage]) -> FormT:
        """Return the form as the small model fills it in, or raise ModelError."""
        with self._request(self._filling):
            async with _within(self._settings.understand_seconds):
                reply = await self._client.fill(form, messages)
            self._count(reply.usage)
            with translated(self._key):
                return form.model_validate_json(reply.text)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _pump(
        self, messages: Sequence[BaseMessage], pieces: asyncio.Queue[str | None]
    ) -> None:
        try:
            with self._request(self._writing):
                async with (
                    _within(self._settings.answer_seconds),
                    _within(self._settings.first_token_seconds) as patience,
                ):
                    await self._try_twice(messages, pieces, patience)
        finally:
            pieces.put_nowait(None)

    async def _try_twice(
        self,
        messages: Sequence[BaseMessage],
        pieces: asyncio.Queue[str | None],
        patience: asyncio.Timeout,
    ) -> None:
        try:
            await self._read(messages, pieces, patience)
        except ModelAway as error:
            # Only a status tells when to try again, so no piece has been written yet.
            if error.retry_after is None or error.retry_after > _LONGEST_WAIT:
                raise
            self._metrics.model_requests.labels(error.reason).inc()
            await asyncio.sleep(error.retry_after.total_seconds())
            await self._read(messages, pieces, patience)

    async def _read(
        self,
        messages: Sequence[BaseMessage],
        pieces: asyncio.Queue[str | None],
        patience: asyncio.Timeout,
    ) -> None:
        began, written, finish = time.perf_counter(), False, None
        async for part in self._client.stream(messages):
            self._count(part.usage)
            finish = part.finish or finish
            if part.text:
                if not written:
                    self._metrics.first_token_seconds.observe(time.perf_counter() - began)
                written = True
                pieces.put_nowait(part.text)
                now = asyncio.get_running_loop().time()
                patience.reschedule(now + _BETWEEN_TOKENS.total_seconds())
        if finish is None:  # Groq ends a stream early without an error
            raise ModelAway("broken_off", "the stream ended without a reason")
        if not written:
            raise ModelAway("empty", f"finished for {finish}")
        if finish != "stop":
            raise ModelAway("cut_short", f"finished for {finish}")

    def _count(self, usage: UsageMetadata | None) -> None:
        if usage:
            self._metrics.tokens.labels("input").inc(usage["input_tokens"])
            self._metrics.tokens.labels("output").inc(usage["output_tokens"])

    @contextmanager
    def _request(self, breaker: Breaker) -> Generator[None]:
        """Ask only if the breaker lets us; tell it, the log and the metrics how it ended."""
        breaker.admit()
        outcome = "cancelled"
        try:
            yield
            outcome = "answered"
            breaker.answered()
        except ModelAway as error:
            outcome = error.reason
            breaker.failed(error)
            _log.warning("model_failed", reason=error.reason, detail=str(error))
            raise
        except ModelRefused as error:
            outcome = "refused"
            told = breaker.status == "refused"
            breaker.failed(error)
            if not told:
                _log.error("model_refused", refused=error.refused, detail=str(error))
            raise
        finally:
            self._metrics.model_requests.labels(outcome).inc()


@asynccontextmanager
async def _within(limit: timedelta) -> AsyncGenerator[asyncio.Timeout]:
    try:
        async with asyncio.timeout(limit.total_seconds()) as deadline:
            yield deadline
    except TimeoutError as error:
        raise ModelAway("time_out") from error
