"""One app for the tests of the chat, with a real Redis, a real index and the real model file."""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from chatbot.parts import Parts
from chatbot.running import Running, started
from chatbot.settings import Settings
from chatbot.wiring import App, made, wired
from tests.wire import FakeGroq

Wire = Callable[..., AbstractAsyncContextManager[App]]


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def parts(index_folder: Path) -> Parts:
    return made(Settings.read({"INDEX_DIR": str(index_folder)}))


@pytest.fixture
def settings(tmp_path: Path, index_folder: Path) -> dict[str, str]:
    return {"STATE_DIR": str(tmp_path), "INDEX_DIR": str(index_folder)}


@pytest.fixture
def with_groq(settings: dict[str, str], groq: FakeGroq) -> dict[str, str]:
    return settings | {"GROQ_API_KEY": "hush", "GROQ_API_BASE": groq.base}


@pytest.fixture
def wire(parts: Parts) -> Wire:
    @asynccontextmanager
    async def opened(environment: dict[str, str]) -> AsyncGenerator[App]:
        async with wired(Settings.read(environment), parts=parts) as app:
            yield app

    return opened


@pytest.fixture
def running(settings: dict[str, str], parts: Parts) -> Iterator[Running]:
    with started(Settings.read(settings), parts=parts) as app:
        yield app


@pytest.fixture
def place(tmp_path: Path, index_folder: Path) -> dict[str, str]:
    """Settings of a place of one's own, with an index that is there."""
    return {"STATE_DIR": str(tmp_path), "INDEX_DIR": str(index_folder)}
