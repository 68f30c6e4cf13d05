"""What the dashboards and rules in k8s/monitoring ask of Prometheus."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chatbot.settings import PROJECT

MONITORING = PROJECT / "k8s" / "monitoring"
RULES = MONITORING / "rules.yaml"
DASHBOARDS = sorted((MONITORING / "dashboards").iterdir())


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the place that it is from."""

    place: str
    text: str

    @property
    def metrics(self) -> set[str]:
        """The metrics that it names."""
        bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", self.text)
        return set(re.findall(r"\b(?:up|(?:osusume|process|python_gc)[_:][\w:]+)\b", bare))

    @property
    def selectors(self) -> list[tuple[str, dict[str, str]]]:
        """Its metrics with the values of labels that it picks."""
        found = re.findall(r"([\w:]+)\{([^}]*)\}", self.text)
        return [(name, dict(re.findall(r'(\w+)="([^"]*)"', labels))) for name, labels in found]


def rules() -> list[dict[str, Any]]:
    """All rules, recording and alerting."""
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def alerts() -> dict[str, dict[str, Any]]:
    """The alerts by their names."""
    return {each["alert"]: each for each in rules() if "alert" in each}


def recorded() -> set[str]:
    """What recording rules make."""
    return {each["record"] for each in rules() if "record" in each}


def of_rules() -> list[Query]:
    """What the rules ask."""
    return [Query(each.get("alert") or each["record"], each["expr"]) for each in rules()]


def of_dashboards() -> list[Query]:
    """What every panel asks."""
    return [query for path in DASHBOARDS for query in _of(path)]


def _of(path: Path) -> list[Query]:
    panels = json.loads(path.read_text(encoding="utf-8"))["panels"]
    return [
        Query(f"{path.name}, {panel['title']}", target["expr"])
        for panel in panels
        for target in panel.get("targets", [])
    ]
