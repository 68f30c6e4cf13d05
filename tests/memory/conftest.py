"""A real server for all tests of the memory, emptied before each, and what waits for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from memory import Conversations, Live, Runs, connected, embedded
from tests.memory.said import answered, asked

Say = Callable[..., Awaitable[None]]
Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # In a loop of its own thread, for each test has its own loop and ends it.
    folder = tmp_path_factory.mktemp("redis")
    with ThreadPoolExecutor(1) as thread, asyncio.Runner() as runner:
        stack = AsyncExitStack()
        starting = stack.enter_async_context(embedded(folder))
        yield thread.submit(runner.run, starting).result()
        thread.submit(runner.run, stack.aclose()).result()
        thread.submit(runner.close).result()


@pytest.fixture
async def redis(server: str) -> AsyncIterator[Redis]:
    async with connected(server) as client:
        await client.flushdb()
        yield client


@pytest.fixture
def chats(redis: Redis) -> Conversations:
    return Conversations(redis, kept=timedelta(days=30))


@pytest.fixture
def runs(redis: Redis) -> Runs:
    return Runs(redis, kept=timedelta(days=30), lease=timedelta(seconds=10))


@pytest.fixture
def say(runs: Runs) -> Say:
    async def turn(text: str, *, chat: str = "calm", minute: int = 0, instead: str = "") -> None:
        name = f"{text} at {minute}"
        message = asked(text, turn=name.replace(" ", "_"), minute=minute)
        recalled = await runs.begin(chat, owner="mika", message=message, instead=instead)
        answer = answered(f"{text}!", turn=recalled.lease.turn, minute=minute + 1)
        await runs.remember(recalled.lease, message=answer, state=f"after {text}")

    return turn


@pytest.fixture
def live(redis: Redis) -> Live:
    return Live(redis, kept=timedelta(minutes=10))


@pytest.fixture
def until() -> Until:
    async def wait(condition: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(5):
            while not await condition():  # noqa: ASYNC110  # the server sends no events of it
                await asyncio.sleep(0.01)

    return wait


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"
