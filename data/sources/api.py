"""A service on the web that is asked within its limits, and again when it fails."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from data.errors import CatalogueError, SourceAway, SourceRefused
from data.sources.records import Json

_ATTEMPTS = 6
_TIMEOUT = aiohttp.ClientTimeout(total=30)
_LARGEST = 8_000_000
_LONGEST_WAIT_SECONDS = 120.0
_TOO_MANY, _BROKEN, _BAD = 429, 500, 400


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds that only go forward, and waiting for some of them."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests within so many seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered, and the headers that came with it."""

    content: Mapping[str, Json]
    headers: Mapping[str, str]


class Pace:
    """Lets requests go no faster than every limit allows."""

    def __init__(self, limits: tuple[Limit, ...], clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._sent: deque[float] = deque(maxlen=max(limit.requests for limit in limits))
        self._rest_until = 0.0

    def rest(self, seconds: float) -> None:
        """Send nothing for so long."""
        self._rest_until = self._clock.now() + min(seconds, _LONGEST_WAIT_SECONDS)

    async def go(self) -> None:
        """Return when the next request may be sent."""
        full = [limit for limit in self._limits if len(self._sent) >= limit.requests]
        free = [self._sent[-limit.requests] + limit.seconds for limit in full]
        wait = max([self._rest_until, *free]) - self._clock.now()
        if wait > 0:
            await self._clock.sleep(wait)
        self._sent.append(self._clock.now())


class _Again(Exception):
    """Worth another try, after so many seconds if the service says how many."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Api:
    """A service by its name, asked through one session."""

    name: str
    base: str
    pace: Pace
    clock: Clock
    session: aiohttp.ClientSession = field(repr=False)

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, name: str, base: str, limits: tuple[Limit, ...], clock: Clock
    ) -> AsyncGenerator[Self]:
        """The service while it is needed."""
        headers = {"User-Agent": "Osusume", "Accept": "application/json"}
        async with aiohttp.ClientSession(timeout=_TIMEOUT, headers=headers) as session:
            yield cls(name, base.rstrip("/"), Pace(limits, clock), clock, session)

    async def ask(self, path: str, **request: Any) -> Reply:
        """Ask with GET, or with POST for a `json`; raise SourceAway or SourceRefused."""
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_Again),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=_wait,
            sleep=self.clock.sleep,
            reraise=True,
        )
        try:
            return await retrying(self._asked, path, request)
        except _Again as error:
            raise SourceAway(
                f"{self.name} {error}; it was asked {_ATTEMPTS} times. Try again later."
            ) from error

    async def _asked(self, path: str, request: Mapping[str, Any]) -> Reply:
        await self.pace.go()
        method = "POST" if "json" in request else "GET"
        try:
            async with self.session.request(method, self.base + path, **request) as response:
                content = await response.content.read(_LARGEST + 1)
                while not response.content.at_eof() and len(content) <= _LARGEST:
                    content += await response.content.read(_LARGEST)
        except aiohttp.InvalidURL as error:
            raise CatalogueError(f"{self.name}'s address is none: {self.base}") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _Again("cannot be reached") from error
        self._check(response)
        return Reply(self._parsed(content), response.headers)

    def _check(self, response: aiohttp.ClientResponse) -> None:
        status = response.status
        if status == _TOO_MANY or status >= _BROKEN:
            reason = "asks to slow down" if status == _TOO_MANY else "is out of order"
            raise _Again(f"{reason} (status {status})", _seconds(response.headers))
        if status >= _BAD:
            raise SourceRefused(f"{self.name} does not have what was asked for (status {status}).")

    def _parsed(self, content: bytes) -> Mapping[str, Json]:
        if len(content) > _LARGEST:
            raise SourceAway(f"{self.name} answered with more than {_LARGEST // 10**6} MB.")
        try:
            value: Json = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise _Again("answers with something that is not JSON") from error
        if not isinstance(value, dict):
            raise SourceAway(f"{self.name} answered with something else than an object.")
        return value


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.seconds if isinstance(error, _Again) else None
    return min(asked or 2.0**state.attempt_number, _LONGEST_WAIT_SECONDS)


def _seconds(headers: Mapping[str, str]) -> float | None:
    text = headers.get("Retry-After", "")
    return float(text) if text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004
