"""A real Prometheus reads the real app under load, and answers all that is asked of it."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml
from prometheus_client import CollectorRegistry

from chatbot.commands.outcome import answered
from chatbot.metrics import Metrics
from chatbot.running import Running, started
from chatbot.settings import Settings
from chatbot.wiring import made
from memory import new_id
from tests.deployment import queries
from tests.deployment.queries import RULES, Query
from tests.parts import needed
from tests.wire import FakeGroq

_DEADLINE_SECONDS = 35
_WISHES = ("dark thrillers", "not the second one", "more", "only movies", "something calm")
_BLANKS = {"$__rate_interval": "15s", "$__range": "1m", "${datasource}": "prometheus"}
ANSWER = "Look:\n[1] One: it fits.\n[3] Two: it is calm.\n[2] Three: so is this."


class Prometheus:
    """A server that scrapes these ports every second."""

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        program = needed("prometheus", "prometheus")
        targets = [f"127.0.0.1:{port}" for port in ports]
        every = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
        job = {"job_name": "osusume", "static_configs": [{"targets": targets}]}
        config = {"global": every, "rule_files": [str(RULES)], "scrape_configs": [job]}
        written = folder / "prometheus.yaml"
        written.write_text(yaml.safe_dump(config), encoding="utf-8")
        place = f"127.0.0.1:{free_port()}"
        self._address = f"http://{place}/api/v1/query?"
        command = [program, f"--config.file={written}", f"--web.listen-address={place}"]
        command += [f"--storage.tsdb.path={folder / 'data'}", "--log.level=error"]
        self._process = subprocess.Popen(command)  # noqa: S603  # it is Prometheus

    def says(self, query: str) -> list[dict[str, Any]]:
        """What it answers to a query now; nothing before it listens."""
        try:
            asked = self._address + urlencode({"query": query})
            with urlopen(asked, timeout=5) as answer:  # noqa: S310  # on this machine
                found: list[dict[str, Any]] = json.load(answer)["data"]["result"]
        except OSError:
            return []
        return found

    def end(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """It watches two apps, one with a model that fails now and then, while they are asked."""
    folder = tmp_path_factory.mktemp("watched")
    with ExitStack() as stack:
        groq = stack.enter_context(FakeGroq())
        settings = Settings.read({"INDEX_DIR": str(folder / "index"), "REDIS_URL": ""})
        parts = made(settings)
        runnings = list[Running]()
        for name, key in (("with", "key"), ("without", None)):
            own = replace(
                settings,
                groq_api_key=key,
                groq_api_base=groq.base,
                first_token_seconds=timedelta(seconds=1),
                state_dir=folder / name,
                metrics_port=free_port(),
            )
            metrics = Metrics(CollectorRegistry())
            metrics.index_titles.set(len(parts.catalogue))
            metrics.index_built.set(time.time())
            counting = replace(parts, metrics=metrics)
            runnings.append(stack.enter_context(started(own, parts=counting)))
        server = Prometheus(folder, [each.app.settings.metrics_port or 0 for each in runnings])
        stack.callback(server.end)
        _wait(server, [Query("both are read", "sum(up) == 2")])
        groq.answers(ANSWER).fails(500).fails(401).hangs().answers(ANSWER).then_drops()
        groq.fails(429, retry_after="0").answers(ANSWER)
        for running in runnings:
            _talk(running)
        yield server


def _talk(running: Running) -> None:
    """Some visits, the thumbs that people give, and a wish too many."""
    chat, owner = new_id(), new_id()
    for wish in _WISHES:
        running.loop.run(answered(running.app, chat, wish, owner))
        time.sleep(0.5)  # Prometheus is to see them one after the other
    running.app.parts.metrics.thumbs.labels("up").inc()


def _wait(server: Prometheus, asked: Sequence[Query]) -> list[Query]:
    """The queries that have no answer when time is up."""
    deadline = time.monotonic() + _DEADLINE_SECONDS
    while asked := [each for each in asked if not _figures(server, each.text)]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.5)
    return list(asked)


def _figures(server: Prometheus, query: str) -> list[str]:
    for blank, value in _BLANKS.items():
        query = query.replace(blank, value)
    return [each["value"][1] for each in server.says(query) if each["value"][1] != "NaN"]


def test_every_panel_and_every_recording_has_figures(prometheus: Prometheus) -> None:
    recorded = [Query(name, name) for name in sorted(queries.recorded())]
    asked = [*queries.of_dashboards(), *recorded]
    assert len(asked) > 40
    assert [each.place for each in _wait(prometheus, asked)] == []


def test_what_groq_did_is_counted(prometheus: Prometheus) -> None:
    faults = Query("fallbacks", "sum(osusume_fallbacks_total) > 1")
    picks = Query("cards", 'osusume_first_card_seconds_count{model="without"} > 1')
    assert _wait(prometheus, [faults, picks]) == []
