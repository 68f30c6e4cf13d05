"""What is lost when Redis is killed in the middle of answers: it should be nothing.

An app talks in several chats at once, on the embedded Redis and then on a server of its own that
is started again by others. Redis is killed (SIGKILL) at random moments, many times over; whoever
could not say something says it again, as people do. What was acknowledged is then looked for.
Run: python -m benchmarks.outages [TIMES]
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from redis.exceptions import RedisError

from benchmarks.kills import ANSWER, Losses, compared
from chatbot import logs
from chatbot.events import Finished
from chatbot.settings import Settings
from chatbot.wiring import App, wired
from memory import connected, embedded, new_id
from memory.errors import StoreError
from tests.memory.servers import Server, free_port
from tests.wire import FakeGroq

_WORD = timedelta(milliseconds=15)
_CHATS = 4
_OWNER = "whoever-tries-to-lose"

Kill = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class _Said:
    """What was acknowledged in one chat."""

    chat: str
    asked: list[int] = field(default_factory=list[int])
    answered: list[int] = field(default_factory=list[int])


def main(argv: Sequence[str] = sys.argv[1:]) -> None:
    """Print what was lost on each kind of server."""
    times = int(argv[0]) if argv else 50
    for name, server in (("embedded Redis", _embedded), ("a Redis of one's own", _own)):
        with TemporaryDirectory() as folder, FakeGroq().answers(ANSWER, pause=_WORD) as groq:
            print(f"{name}: {asyncio.run(outlived(times, server(Path(folder)), groq.base))}")


async def outlived(
    times: int, server: AbstractAsyncContextManager[tuple[str, Kill]], groq: str
) -> Losses:
    """Kill the server so many times under an app that talks, and count what is lost."""
    losses, chance = Losses(), random.Random(0)  # noqa: S311  # for moments, not for secrets
    async with server as (url, kill):
        settings = Settings(
            redis_url=url, groq_api_key="key", groq_api_base=groq, log_level="error"
        )
        logs.configure(settings)
        async with wired(settings) as app:
            enough = asyncio.Event()
            said = [_Said(new_id()) for _ in range(_CHATS)]
            talking = [asyncio.create_task(_talk(app, each, enough)) for each in said]
            for _ in range(times):
                await asyncio.sleep(chance.uniform(0.2, 1.2))
                await kill()
                losses.kills += 1
                losses.held.append(await _back(app))
            enough.set()
            await asyncio.gather(*talking)
            for each in said:
                opened = await app.store.conversations.open(each.chat, owner=_OWNER)
                messages = [*opened.messages]
                while opened.earlier:
                    opened = await app.store.conversations.open(
                        each.chat, owner=_OWNER, earlier=opened.earlier
                    )
                    messages[:0] = opened.messages
                compared(losses, messages, each.asked, each.answered)
    return losses


async def _talk(app: App, said: _Said, enough: asyncio.Event) -> None:
    number = 0
    while not enough.is_set():
        text = f"dark thrillers, wish {number}"
        try:
            run = await app.turns.start(said.chat, text, owner=_OWNER)
            said.asked.append(number)
            async for event in app.turns.follow(said.chat, run):
                if isinstance(event, Finished):
                    said.answered.append(number)
                    number += 1
        except StoreError:
            await asyncio.sleep(0.2)
        if number in said.asked and number not in said.answered:
            said.asked.remove(number)  # it is said again


async def _back(app: App) -> float:
    """Seconds until the store answers again."""
    begun = perf_counter()
    while True:
        with suppress(StoreError):
            await app.store.conversations.ping()
            return perf_counter() - begun


@asynccontextmanager
async def _embedded(folder: Path) -> AsyncGenerator[tuple[str, Kill]]:
    async with embedded(folder / "redis") as url:

        async def kill() -> None:
            with suppress(RedisError, StoreError):
                async with connected(url) as redis:
                    found = await redis.info("server")
                os.kill(int(found["process_id"]), signal.SIGKILL)

        yield url, kill


@asynccontextmanager
async def _own(folder: Path) -> AsyncGenerator[tuple[str, Kill]]:
    port = free_port()
    options = ("appendonly yes", "appendfsync always", f"dir {folder}")
    server = Server(folder / "0", *options, port=port)

    async def kill() -> None:
        nonlocal server
        server.end()
        await asyncio.sleep(0.3)
        server = Server(folder / new_id(), *options, port=port)

    try:
        yield f"redis://127.0.0.1:{port}", kill
    finally:
        server.end()


if __name__ == "__main__":
    main()
