"""What is lost when the app is started anew, one process after the other: it should be nothing.

Two processes of `serve` share a Redis, as two pods do. Visitors speak the page's own wire, each
with one process, as the Ingress would have it, and go to the other when theirs ends. Again and
again one process is told to end (SIGTERM), and when it has, another is started in its place.
In the end every turn that was begun is looked for in Redis.
Run: python -m benchmarks.rolling [TIMES]
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from benchmarks.kills import ANSWER
from benchmarks.visitors import Visitor
from chatbot.settings import PROJECT
from memory import Conversations, connected
from tests.memory.servers import Server, free_port
from tests.wire import FakeGroq

_WORD = timedelta(milliseconds=60)
_VISITORS, _PAUSE_SECONDS = 8, 2.0
_KEPT = timedelta(days=1)


@dataclass(slots=True)
class Figures:
    """What came of it; times in seconds."""

    restarts: int = 0
    moved: int = 0
    acknowledged: int = 0
    begun: int = 0
    answered: int = 0
    lost: int = 0
    ended: list[float] = field(default_factory=list[float])
    ready: list[float] = field(default_factory=list[float])

    def __str__(self) -> str:
        return (
            f"{self.restarts} restarts under {_VISITORS} visitors, who moved {self.moved} times.\n"
            f"{self.begun} turns begun ({self.acknowledged} acknowledged to a visitor), "
            f"{self.answered} answered, {self.lost} lost. An end took {max(self.ended):.1f} s at "
            f"most, a start {max(self.ready):.1f} s."
        )


class Process:
    """`python -m chatbot serve`, which can be started anew."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = free_port()
        self._log = folder / f"{self.port}.log"
        self._environment = os.environ | {"STATE_DIR": str(folder / str(self.port))} | environment

    async def start(self) -> float:
        """Start it; seconds until it is ready."""
        begun = perf_counter()
        command = ["-m", "chatbot", "serve", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *command, cwd=PROJECT, env=self._environment, stdout=log, stderr=log
            )
        async with httpx.AsyncClient(trust_env=False) as client:
            while not await self._ready(client):
                if self._process.returncode is not None:
                    raise RuntimeError(f"A process ended by itself: {self._log.read_text()[-800:]}")
                await asyncio.sleep(0.1)
        return perf_counter() - begun

    async def end(self) -> float:
        """Tell it to end; seconds until it has."""
        begun = perf_counter()
        self._process.send_signal(signal.SIGTERM)
        await self._process.wait()
        return perf_counter() - begun

    async def _ready(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(f"http://127.0.0.1:{self.port}/readyz")).is_success
        except httpx.HTTPError:
            return False


def main(argv: Sequence[str] = sys.argv[1:]) -> None:
    """Print what was lost."""
    times = int(argv[0]) if argv else 6
    with TemporaryDirectory() as folder, FakeGroq().answers(ANSWER, pause=_WORD) as groq:
        print(asyncio.run(rolled(times, Path(folder), groq.base)))


async def rolled(times: int, folder: Path, groq: str) -> Figures:
    """Start the processes anew so many times under load, and count what is lost."""
    figures, enough = Figures(), asyncio.Event()
    redis = Server(folder / "redis", "appendonly yes", "appendfsync always", port=free_port())
    url = f"redis://127.0.0.1:{redis.port}"
    own = {"REDIS_URL": url, "GROQ_API_KEY": "key", "GROQ_API_BASE": groq, "CHAT_DAYS": "1"}
    own |= {"MESSAGES_PER_MINUTE": "10000", "ADDRESS_MESSAGES_PER_MINUTE": "10000"}
    async with AsyncExitStack() as stack:
        stack.callback(redis.end)
        processes = [Process(folder, **own, INDEX_DIR=str(folder / "index")) for _ in range(2)]
        for each in processes:
            await each.start()
            stack.push_async_callback(each.end)
        ports = [each.port for each in processes]
        visitors = [Visitor(ports, place) for place in range(_VISITORS)]
        async with asyncio.TaskGroup() as talking:
            for visitor in visitors:
                talking.create_task(visitor.talk(enough))
            for turn in range(times):
                await asyncio.sleep(_PAUSE_SECONDS)
                figures.ended.append(await processes[turn % 2].end())
                figures.ready.append(await processes[turn % 2].start())
                figures.restarts += 1
            await asyncio.sleep(_PAUSE_SECONDS)
            enough.set()
        await _count(figures, url, visitors)
    return figures


async def _count(figures: Figures, url: str, visitors: Sequence[Visitor]) -> None:
    """Look for an answer to every message that Redis holds, and for every chat acknowledged."""
    async with connected(url) as redis:
        kept = Conversations(redis, kept=_KEPT)
        for visitor in visitors:
            chats = {each.id for each in await kept.list(visitor.owner, most=1000)}
            for chat in chats:
                while (opened := await kept.open(chat, owner=visitor.owner)).running:  # noqa: ASYNC110  # nobody tells
                    await asyncio.sleep(0.1)
                pairs = [*pairwise([*opened.messages, None])]
                asked = [answer for message, answer in pairs if message and message.role == "user"]
                figures.begun += len(asked)
                figures.answered += sum(bool(each and each.ending == "finished") for each in asked)
            figures.moved += visitor.moved
            figures.acknowledged += len(visitor.acknowledged)
            figures.lost += len(visitor.acknowledged - chats)
    figures.lost += figures.begun - figures.answered


if __name__ == "__main__":
    main()
