"""The one event loop of the process, in a thread of its own, for every async client."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from typing import Self, TypeVar

T = TypeVar("T")


class Loop:
    """Runs coroutines for other threads. Clients made here live as long as the loop.

    `failed` is told of every error that goes to another thread.
    """

    def __init__(self) -> None:
        self.failed: Callable[[BaseException], None] = _untold
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="loop", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, coroutine: Coroutine[object, object, T]) -> T:
        """Run a coroutine to its end and return its result, or raise its error."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        if error := future.exception():
            self.failed(error)
        return future.result()

    def each(self, iterator: AsyncIterator[T]) -> Generator[T]:
        """Yield what an async iterator yields, as it comes; closed early, it is closed there."""
        try:
            while True:
                try:
                    yield self.run(_next(iterator))
                except StopAsyncIteration:
                    return
        finally:
            self.run(_closed(iterator))

    def close(self) -> None:
        """Stop the loop and wait for its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _untold(_: BaseException) -> None:
    """Let the error go its way."""


async def _next(iterator: AsyncIterator[T]) -> T:
    return await anext(iterator)


async def _closed(iterator: AsyncIterator[T]) -> None:
    if close := getattr(iterator, "aclose", None):
        await close()
