"""What threads can rely on from the one event loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from threading import get_ident

import pytest

from chatbot.loop import Loop


@pytest.fixture
def loop() -> Iterator[Loop]:
    with Loop() as opened:
        yield opened


def test_coroutines_of_all_callers_run_in_one_other_thread(loop: Loop) -> None:
    async def thread() -> int:
        await asyncio.sleep(0)
        return get_ident()

    first, second = loop.run(thread()), loop.run(thread())
    assert first == second != get_ident()


def test_an_error_reaches_its_caller(loop: Loop) -> None:
    async def failing() -> None:
        raise LookupError("here")

    with pytest.raises(LookupError, match="here"):
        loop.run(failing())


def test_an_iterator_that_is_left_early_is_closed(loop: Loop) -> None:
    closed = list[str]()

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            closed.append("yes")

    several = loop.each(numbers())
    assert next(several) == 1
    several.close()
    assert closed == ["yes"]


def test_an_iterator_is_followed_to_its_end(loop: Loop) -> None:
    async def numbers() -> AsyncIterator[int]:
        yield 1
        yield 2

    assert list(loop.each(numbers())) == [1, 2]
