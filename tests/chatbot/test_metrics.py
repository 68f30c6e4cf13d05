"""What dashboards and alerts can rely on."""

import asyncio
import re
import subprocess

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from chatbot.commands.outcome import answered
from chatbot.errors import TooManyTurns
from chatbot.metrics import Metrics
from chatbot.running import Running
from chatbot.settings import PROJECT
from memory import new_id
from memory.errors import ConversationGone, LimitReached, StoreAway, StoreError
from tests.chatbot.conftest import Wire

_OF_THE_LIBRARY = ("python_gc_", "process_")


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"osusume_{name}", labels)


def _measured(metrics: Metrics) -> list[float]:
    """How often memory, answer and first card were measured."""
    return [
        value(metrics, "stage_seconds_count", stage="memory") or 0,
        value(metrics, "stage_seconds_count", stage="answer") or 0,
        value(metrics, "first_card_seconds_count", model="without") or 0,
    ]


def documented() -> set[str]:
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("## Metrics")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)", table, re.MULTILINE))


def test_the_operations_page_lists_every_metric_and_no_other(metrics: Metrics) -> None:
    kinds = {each.name: each.type for each in metrics.registry.collect()}
    names = {f"{name}_total" if kind == "counter" else name for name, kind in kinds.items()}
    names = {f"{name}_info" if kinds.get(name) == "info" else name for name in names}
    ours = {name for name in names if not name.startswith(_OF_THE_LIBRARY)}
    theirs = {next(each for each in _OF_THE_LIBRARY if n.startswith(each)) for n in names - ours}
    assert documented() == ours | theirs


def test_the_metrics_are_named_as_prometheus_asks(metrics: Metrics, promtool: str) -> None:
    ours = [
        line
        for line in generate_latest(metrics.registry).decode().splitlines(keepends=True)
        if "osusume_" in line
    ]
    checked = subprocess.run(  # noqa: S603  # it is promtool
        [promtool, "check", "metrics"],
        input="".join(ours),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_two_apps_in_one_process_do_not_collide(metrics: Metrics) -> None:
    other = Metrics(CollectorRegistry())
    metrics.failed(StoreAway())
    assert value(metrics, "store_errors_total", kind="away") == 1
    assert value(other, "store_errors_total", kind="away") == 0


def test_known_labels_are_there_before_their_first_event(metrics: Metrics) -> None:
    assert value(metrics, "fallbacks_total", reason="rate_limited") == 0
    assert value(metrics, "model_requests_total", outcome="refused") == 0
    assert value(metrics, "stage_seconds_count", stage="search") == 0
    assert value(metrics, "turns_total", intent="unknown", outcome="failed") == 0


def test_what_is_measured_says_which_version_runs() -> None:
    metrics = Metrics(CollectorRegistry(), version="1.2.3")
    assert value(metrics, "build_info", version="1.2.3") == 1


def test_an_answer_that_is_no_failure_of_redis_is_not_counted(metrics: Metrics) -> None:
    metrics.failed(ConversationGone())
    metrics.failed(StoreError("Redis refused: OOM"))
    assert value(metrics, "store_errors_total", kind="refused") == 1
    assert value(metrics, "store_errors_total", kind="away") == 0


def test_a_limit_is_counted_by_its_name(metrics: Metrics) -> None:
    metrics.failed(LimitReached("address_messages"))
    metrics.failed(TooManyTurns())
    assert value(metrics, "rejections_total", limit="address_messages") == 1
    assert value(metrics, "rejections_total", limit="turns") == 1


async def test_a_turn_is_measured_from_its_memory_to_its_first_card(
    wire: Wire, settings: dict[str, str]
) -> None:
    async with wire(settings) as app:
        metrics = app.parts.metrics
        before = _measured(metrics)
        await answered(app, new_id(), "dark thrillers", new_id())
        await app.turns.close()
        after = _measured(metrics)
    assert [new - old for new, old in zip(after, before, strict=True)] == [2, 1, 1]


async def test_picks_that_are_turned_down_are_counted(wire: Wire, settings: dict[str, str]) -> None:
    async with wire(settings) as app:
        chat, owner = new_id(), new_id()
        await answered(app, chat, "dark thrillers", owner)
        before = value(app.parts.metrics, "rejected_picks_total") or 0
        await answered(app, chat, "not the second one", owner)
        await app.turns.close()
        assert value(app.parts.metrics, "rejected_picks_total") == before + 1


def test_what_a_person_is_told_of_redis_is_counted(running: Running) -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise StoreAway

    before = value(running.app.parts.metrics, "store_errors_total", kind="away") or 0
    with pytest.raises(StoreAway):
        running.loop.run(fails())
    assert value(running.app.parts.metrics, "store_errors_total", kind="away") == before + 1


def test_redis_has_a_pulse(running: Running) -> None:
    async def felt() -> None:
        async with asyncio.timeout(5):
            while not value(running.app.parts.metrics, "store_used_bytes"):  # noqa: ASYNC110  # no event tells
                await asyncio.sleep(0.01)

    running.loop.run(felt())
    assert value(running.app.parts.metrics, "store_up") == 1
    assert value(running.app.parts.metrics, "store_limit_bytes") == 0


def test_live_turns_and_the_index_have_their_size(running: Running) -> None:
    metrics = running.app.parts.metrics
    assert value(metrics, "live_turns") == 0
    assert value(metrics, "live_turns_limit") == running.app.settings.turns_at_once
    assert value(metrics, "index_titles") == len(running.app.parts.catalogue)
    assert (value(metrics, "index_built_timestamp_seconds") or 0) > 1_700_000_000
