"""What is lost when the app is killed in the middle of its answers: it should be nothing.

A process answers one message after the other, in one chat, with a stand-in for Groq that takes
its time, and says what was acknowledged: each message that was taken, each answer that was
finished. It is killed (SIGKILL) at a random moment, many times over, on one Redis that writes
every change to the disk. What was acknowledged is then looked for in Redis, the interrupted
message is tried again by another process, and its answer looked for.
Run: python -m benchmarks.kills [TIMES]
"""

import asyncio
import multiprocessing
import random
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from chatbot import logs
from chatbot.events import Finished
from chatbot.settings import Settings
from chatbot.wiring import App, wired
from memory import Message, Opened, embedded, new_id
from tests.wire import FakeGroq

# The same in every process.
_OWNER = "whoever-tries-to-lose"
ANSWER = "Look:\n[1] One: it fits well.\n[3] Two: it is calm.\n[2] Three: so is this."
_WORD = timedelta(milliseconds=15)
# A child is killed at a random moment of so many seconds after its first message.
_LIFE_SECONDS = 1.2
_PATIENCE_SECONDS = 60
_SPAWN = multiprocessing.get_context("forkserver")
_SPAWN.set_forkserver_preload(["chatbot.wiring", "chatbot.model", "retrieval.search", "chromadb"])


@dataclass(slots=True)
class Losses:
    """What went wrong, and how long the killed runs' leases were held, in seconds."""

    kills: int = 0
    messages: int = 0
    answers: int = 0
    messages_lost: int = 0
    answers_lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    not_answered_again: int = 0
    held: list[float] = field(default_factory=list[float])

    def __str__(self) -> str:
        longest = max(self.held, default=0)
        return (
            f"{self.kills} kills, {self.messages} messages and {self.answers} answers "
            "acknowledged.\n"
            f"Lost messages {self.messages_lost}, lost answers {self.answers_lost}, "
            f"doubled {self.doubled}, out of order {self.out_of_order}, "
            f"not answered when tried again {self.not_answered_again}, "
            f"leases held for {longest:.1f} s at most."
        )


def main(argv: Sequence[str] = sys.argv[1:]) -> None:
    """Print what was lost."""
    times = int(argv[0]) if argv else 200
    with TemporaryDirectory() as folder, FakeGroq().answers(ANSWER, pause=_WORD) as groq:
        print(asyncio.run(killed(times, Path(folder), groq.base)))


async def killed(times: int, folder: Path, groq: str) -> Losses:
    """Kill so many processes, and count what they lost."""
    losses = Losses()
    chance = random.Random(0)  # noqa: S311  # for moments, not for secrets
    async with embedded(folder / "redis") as url:
        settings = Settings(
            redis_url=url, groq_api_key="key", groq_api_base=groq, log_level="error"
        )
        logs.configure(settings)
        async with wired(settings) as app, asyncio.TaskGroup() as counting:
            for _ in range(times):
                chat = new_id()
                said = await asyncio.to_thread(_watched, settings, chat, chance)
                counting.create_task(_counted(losses, app, chat, said))
    return losses


def _watched(settings: Settings, chat: str, chance: random.Random) -> list[tuple[str, int]]:
    """What a child that is killed had acknowledged."""
    ours, theirs = _SPAWN.Pipe(duplex=False)
    child = _SPAWN.Process(target=_talk, args=(settings, chat, theirs), daemon=True)
    child.start()
    theirs.close()
    said = list[tuple[str, int]]()
    if ours.poll(_PATIENCE_SECONDS):
        said.append(ours.recv())
    end = perf_counter() + chance.uniform(0, _LIFE_SECONDS)
    while (left := end - perf_counter()) > 0:
        if ours.poll(left):
            said.append(ours.recv())
    child.kill()
    child.join()
    with suppress(EOFError):
        while ours.poll(0):
            said.append(ours.recv())
    if child.exitcode != -signal.SIGKILL:
        raise RuntimeError("A child ended by itself.")
    return said


def _talk(settings: Settings, chat: str, to: Connection) -> None:
    asyncio.run(_talked(settings, chat, to))


async def _talked(settings: Settings, chat: str, to: Connection) -> None:
    logs.configure(settings)
    async with wired(settings) as app:
        number = 0
        while True:
            run = await app.turns.start(chat, _message(number), owner=_OWNER)
            to.send(("asked", number))
            async for event in app.turns.follow(chat, run):
                if isinstance(event, Finished):
                    to.send(("answered", number))
            number += 1


def _message(number: int) -> str:
    return f"dark thrillers, wish {number}"


async def _counted(losses: Losses, app: App, chat: str, said: Sequence[tuple[str, int]]) -> None:
    """Compare what is kept with what was acknowledged, before and after the last is tried again."""
    losses.kills += 1
    asked = [number for kind, number in said if kind == "asked"]
    answered = [number for kind, number in said if kind == "answered"]
    begun = perf_counter()
    while (opened := await _opened(app, chat)).running:  # noqa: ASYNC110  # the killed say nothing
        await asyncio.sleep(0.05)
    losses.held.append(perf_counter() - begun)
    compared(losses, opened.messages, asked, answered)
    if opened.messages[-1].role == "user":
        text = opened.messages[-1].text
        run = await app.turns.start(chat, text, owner=_OWNER)
        ended = [each async for each in app.turns.follow(chat, run)][-1]
        opened = await _opened(app, chat)
        answers = [each for each in opened.messages if each.turn == opened.messages[-1].turn]
        roles = [each.role for each in answers]
        fine = isinstance(ended, Finished) and roles == ["user", "assistant"]
        losses.not_answered_again += not fine


async def _opened(app: App, chat: str) -> Opened:
    return await app.store.conversations.open(chat, owner=_OWNER)


def compared(
    losses: Losses, kept: Sequence[Message], asked: Sequence[int], answered: Sequence[int]
) -> None:
    """Count what of the acknowledged is not kept, not once, or not in order."""
    texts = [each.text for each in kept if each.role == "user"]
    of_turn = {each.turn: each.text for each in kept if each.role == "user"}
    answers = [of_turn[each.turn] for each in kept if each.role == "assistant"]
    losses.messages += len(asked)
    losses.answers += len(answered)
    losses.messages_lost += sum(_message(number) not in texts for number in asked)
    losses.answers_lost += sum(_message(number) not in answers for number in answered)
    losses.doubled += len(texts) - len(set(texts)) + len(answers) - len(set(answers))
    numbers = [int(text.rsplit(" ", 1)[1]) for text in texts]
    losses.out_of_order += numbers != sorted(numbers)


if __name__ == "__main__":
    main()
