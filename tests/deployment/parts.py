"""What the tests of the manifests ask of rendered objects."""

import json
from dataclasses import dataclass
from typing import Any

_PODS = {"Deployment", "StatefulSet", "CronJob"}


@dataclass(frozen=True, slots=True)
class Workload:
    """What runs pods: its name, the pods' labels and their specification."""

    name: str
    labels: dict[str, str]
    pod: dict[str, Any]
    whole: dict[str, Any]

    @property
    def containers(self) -> list[dict[str, Any]]:
        """All containers of a pod."""
        return [*self.pod.get("initContainers", []), *self.pod["containers"]]

    @property
    def ports(self) -> dict[str, int]:
        """The ports that the containers listen on, by name."""
        every = [port for each in self.containers for port in each.get("ports", [])]
        return {port["name"]: port["containerPort"] for port in every}

    def has(self, selector: dict[str, Any]) -> bool:
        """Whether a selector with labels or expressions finds the pods."""
        wanted = selector.get("matchLabels", {})
        asked = selector.get("matchExpressions", [])
        return wanted.items() <= self.labels.items() and all(
            self.labels.get(each["key"]) in each["values"] for each in asked
        )


def of_kind(objects: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    """The objects of a kind by their names."""
    return {each["metadata"]["name"]: each for each in objects if each["kind"] == kind}


def workloads(objects: list[dict[str, Any]]) -> list[Workload]:
    """Everything that runs pods."""
    return [_workload(each) for each in objects if each["kind"] in _PODS]


def named(objects: list[dict[str, Any]], name: str) -> Workload:
    """The workload of that name."""
    [found] = [each for each in workloads(objects) if each.name == name]
    return found


def _workload(each: dict[str, Any]) -> Workload:
    spec = each["spec"]
    template = (
        spec["jobTemplate"]["spec"]["template"] if "jobTemplate" in spec else spec["template"]
    )
    labels = template["metadata"]["labels"]
    return Workload(each["metadata"]["name"], labels, template["spec"], each)


def values(tree: Any, key: str) -> list[Any]:
    """What stands under the key anywhere in the tree."""
    found: list[Any] = []

    def noted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(value for name, value in pairs if name == key)
        return dict(pairs)

    json.loads(json.dumps(tree), object_pairs_hook=noted)
    return found
