"""What every test relies on: nothing of the environment they are run in, and a Groq."""

import os
import shutil
from collections.abc import Iterator

import pytest

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
    found = shutil.which("promtool")
    assert found, "promtool is needed: apt-get install --no-install-recommends prometheus"
    return found


@pytest.fixture
def groq() -> Iterator[FakeGroq]:
    with FakeGroq() as fake:
        yield fake
