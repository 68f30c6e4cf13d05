"""Where Prometheus finds the metrics, and where nobody else does."""

import socket
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from prometheus_client import CollectorRegistry

from chatbot.errors import BadSettings
from chatbot.exposition import answer, exposed
from chatbot.metrics import Metrics
from chatbot.settings import Settings


@pytest.fixture
def registry() -> CollectorRegistry:
    return Metrics(CollectorRegistry()).registry


def settings_with(port: int) -> Settings:
    return Settings.read({"METRICS_PORT": str(port)})


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_without_a_port_of_their_own_they_are_on_the_apps(registry: CollectorRegistry) -> None:
    with exposed(Settings(), registry):
        answered = answer(Settings(), registry)
    assert answered.status_code == 200
    assert b"osusume_live_turns 0.0" in answered.body


def test_with_a_port_of_their_own_they_are_there_alone(registry: CollectorRegistry) -> None:
    settings = settings_with(free_port())
    with exposed(settings, registry):
        with urlopen(f"http://127.0.0.1:{settings.metrics_port}/metrics") as read:
            assert b"osusume_live_turns 0.0" in read.read()
        assert answer(settings, registry).status_code == 404
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{settings.metrics_port}/metrics")


def test_a_port_that_is_taken_is_named(registry: CollectorRegistry) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = settings_with(taken.getsockname()[1])
        with (
            pytest.raises(BadSettings, match=r"METRICS_PORT .* in use"),
            exposed(settings, registry),
        ):
            pass
