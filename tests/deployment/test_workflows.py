"""What GitHub runs is ours to read: pinned, with few rights, and by targets that there are."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.settings import PROJECT
from tests.deployment.parts import values

_WORKFLOWS = sorted((PROJECT / ".github" / "workflows").iterdir())


@pytest.fixture(params=_WORKFLOWS, ids=lambda path: path.name)
def workflow(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def _read(path: Path) -> Any:
    # YAML 1.1 reads "on" as a truth; a workflow's key is a word.
    return yaml.safe_load(path.read_text(encoding="utf-8").replace("\non:", '\n"on":'))


def test_a_workflow_may_only_read_unless_a_job_says_why(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    assert _read(workflow)["permissions"] == {"contents": "read"}
    assert re.findall(r": write$", text, re.MULTILINE) == []


def test_an_action_is_pinned_to_a_commit_and_says_its_version(workflow: Path) -> None:
    lines = re.findall(r"uses: (\S+/\S+.*)", workflow.read_text(encoding="utf-8"))
    foreign = [line for line in lines if not line.startswith("./")]
    assert foreign
    for line in foreign:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_a_job_has_a_machine_of_a_version_and_an_end(workflow: Path) -> None:
    for job in _read(workflow)["jobs"].values():
        if "uses" not in job:
            assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])
            assert job["timeout-minutes"] <= 30


def test_no_key_is_left_in_the_checkout(workflow: Path) -> None:
    steps = [each for steps in values(_read(workflow), "steps") for each in steps]
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": False}


def test_the_workflow_calls_targets_that_make_has() -> None:
    text = (PROJECT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    called = {name for line in re.findall(r"run: make (.+)", text) for name in line.split()}
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert called == {"install", "lint", "test", "image"}
    assert called <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_every_python_that_we_promise_is_tried() -> None:
    jobs = _read(PROJECT / ".github" / "workflows" / "ci.yml")["jobs"]
    assert jobs["checks"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]


def test_a_release_is_tested_first_and_tells_what_is_in_it() -> None:
    jobs = _read(PROJECT / ".github" / "workflows" / "release.yml")["jobs"]
    assert jobs[jobs["image"]["needs"]]["uses"] == "./.github/workflows/ci.yml"
    [build] = [
        each["with"] for each in jobs["image"]["steps"] if "build-push" in each.get("uses", "")
    ]
    assert (build["provenance"], build["sbom"]) == ("mode=max", True)
    given = set(re.findall(r"^([A-Z]+)=", build["build-args"], re.MULTILINE))
    asked = set(re.findall(r"^ARG ([A-Z]+)=", (PROJECT / "Dockerfile").read_text(), re.MULTILINE))
    assert given == asked - {"BASE"}
