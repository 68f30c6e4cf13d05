"""The app that this process runs, where the page's threads find it."""

from collections.abc import Generator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass

from chatbot.exposition import exposed
from chatbot.loop import Loop
from chatbot.parts import Parts
from chatbot.settings import Settings
from chatbot.wiring import App, wired


@dataclass(frozen=True, slots=True)
class Running:
    """An app and the loop that its clients live in."""

    loop: Loop
    app: App


# Streamlit runs the page's script anew for every click, in threads of its own: what outlives a
# run has to be found in a module.
_running: list[Running] = []


@contextmanager
def started(settings: Settings, *, parts: Parts | None = None) -> Generator[Running]:
    """Start the app in a loop of its own, and close it at the end."""
    with Loop() as loop:
        opening = wired(settings, parts=parts)
        running = Running(loop, loop.run(_entered(opening)))
        metrics = running.app.parts.metrics
        loop.failed = metrics.failed
        _running.append(running)
        try:
            with exposed(settings, metrics.registry):
                yield running
        finally:
            _running.remove(running)
            loop.run(_exited(opening))


def current() -> Running | None:
    """The app that was started last and still runs."""
    return _running[-1] if _running else None


async def _entered(opening: AbstractAsyncContextManager[App]) -> App:
    return await opening.__aenter__()


async def _exited(opening: AbstractAsyncContextManager[App]) -> None:
    await opening.__aexit__(None, None, None)
