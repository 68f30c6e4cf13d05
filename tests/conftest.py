"""What every test relies on: nothing of the environment they are run in, and a Groq."""

import os
from collections.abc import Iterator

import pytest

from tests.parts import needed
from tests.wire import FakeGroq


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    surroundings = ("groq_", "langchain_", "langsmith_", "hugging", "redis_", "chroma_")
    for name in list(os.environ):
        if name.lower().startswith(surroundings) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def promtool() -> str:
    """Prometheus' own tool."""
    return needed("promtool", "prometheus")


@pytest.fixture
def groq() -> Iterator[FakeGroq]:
    with FakeGroq() as fake:
        yield fake
