"""Whoever watches the chat sees what there is: rules, dashboards and the agent fit the app."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

from chatbot.metrics import Metrics
from chatbot.settings import PROJECT
from tests.deployment import queries
from tests.deployment.conftest import Render
from tests.deployment.parts import named
from tests.deployment.queries import DASHBOARDS, MONITORING, RULES, Query

QUERIES = [*queries.of_rules(), *queries.of_dashboards()]


@pytest.fixture(scope="module")
def samples() -> list[tuple[str, dict[str, str]]]:
    """The series that a process tells before anything has happened."""
    registry = CollectorRegistry()
    Metrics(registry)
    return [(each.name, each.labels) for family in registry.collect() for each in family.samples]


def _panels() -> list[dict[str, Any]]:
    boards = [json.loads(path.read_text(encoding="utf-8")) for path in DASHBOARDS]
    return [panel for board in boards for panel in board["panels"] if panel["type"] != "row"]


def _compose() -> Any:
    return yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))["services"]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.place)
def test_a_query_names_metrics_that_there_are(
    query: Query, samples: list[tuple[str, dict[str, str]]]
) -> None:
    there = {name for name, _ in samples} | queries.recorded() | {"up"}
    assert query.metrics
    assert query.metrics <= there


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.place)
def test_a_query_picks_labels_that_there_are(
    query: Query, samples: list[tuple[str, dict[str, str]]]
) -> None:
    for name, wanted in query.selectors:
        ours = {label: value for label, value in wanted.items() if label != "job"}
        found = [labels for told, labels in samples if told == name]
        assert name == "up" or any(ours.items() <= labels.items() for labels in found)


def test_promtool_finds_no_fault_in_the_rules(promtool: str) -> None:
    command = [promtool, "check", "rules", str(RULES)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_alerts_come_when_they_should_and_else_not(promtool: str) -> None:
    command = [promtool, "test", "rules", str(MONITORING / "rules_test.yaml")]
    tested = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_every_alert_is_tried() -> None:
    tests = yaml.safe_load((MONITORING / "rules_test.yaml").read_text(encoding="utf-8"))["tests"]
    tried = {
        each["alertname"]
        for test in tests
        for each in test["alert_rule_test"]
        if each["exp_alerts"]
    }
    assert tried == queries.alerts().keys()


def test_every_alert_says_how_urgent_it_is_and_where_to_read_what_to_do() -> None:
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^### (\w+)$", page, re.MULTILINE))
    assert sections == queries.alerts().keys()
    for name, alert in queries.alerts().items():
        assert alert["labels"]["severity"] in {"page", "ticket"}
        assert alert["annotations"]["runbook"] == f"docs/operations.md#{name.lower()}"


def test_the_alert_for_memory_knows_what_a_pod_may_have(render: Render) -> None:
    [app] = named(render("watched"), "osusume").containers
    assert app["resources"]["limits"]["memory"] == "1Gi"
    assert "1024 ^ 3" in queries.alerts()["MemoryShort"]["expr"]


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_asks_whatever_prometheus_its_viewer_chooses(path: Path) -> None:
    board = json.loads(path.read_text(encoding="utf-8"))
    assert board["uid"] == f"osusume-{path.stem}"
    assert [each["name"] for each in board["templating"]["list"]] == ["datasource"]
    assert {each["datasource"]["uid"] for each in _panels()} == {"${datasource}"}


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_the_panels_of_a_dashboard_lie_beside_one_another(path: Path) -> None:
    panels = json.loads(path.read_text(encoding="utf-8"))["panels"]
    places = [each["gridPos"] for each in panels]
    cells = [
        (x, y)
        for at in places
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) == 23
    assert len({each["id"] for each in panels}) == len(panels)


def test_the_agent_is_given_what_it_reads_from_its_environment() -> None:
    config = (MONITORING / "config.alloy").read_text(encoding="utf-8")
    component = (MONITORING / "kustomization.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r'sys\.env\("(\w+)"\)', config)) == set(
        re.findall(r"GRAFANA_\w+", component)
    )


def test_what_the_agent_passes_on_to_is_declared() -> None:
    config = (MONITORING / "config.alloy").read_text(encoding="utf-8")
    blocks = re.findall(r'^([a-z_.]+) "(\w+)" \{', config, re.MULTILINE)
    declared = {f"{kind}.{name}" for kind, name in blocks}
    used = re.findall(r"([a-z_.]+\.\w+)\.(?:receiver|output|targets)\b", config)
    assert set(used) < declared


def test_the_agent_may_read_pods_and_logs_and_nothing_else(render: Render) -> None:
    rules = [each["rules"] for each in render("watched") if each["kind"] == "Role"]
    assert rules == [
        [
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
        ]
    ]
    assert not [each for each in render("watched") if each["kind"].startswith("ClusterRole")]


def test_prometheus_on_a_laptop_scrapes_the_port_that_compose_sets() -> None:
    local = (MONITORING / "local" / "prometheus.yaml").read_text(encoding="utf-8")
    [job] = yaml.safe_load(local)["scrape_configs"]
    port = _compose()["app"]["environment"]["METRICS_PORT"]
    assert (job["job_name"], job["static_configs"]) == ("osusume", [{"targets": [f"app:{port}"]}])


def test_what_is_mounted_on_a_laptop_is_there_and_read_only() -> None:
    for name in ("prometheus", "grafana"):
        service = _compose()[name]
        assert service["profiles"] == ["monitoring"]
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
        for volume in service["volumes"]:
            source, _, mode = volume.split(":")
            assert (PROJECT / source).exists()
            assert mode == "ro"
