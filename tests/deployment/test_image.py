"""What whoever runs the image can rely on: Dockerfile, compose file and lock fit the app."""

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.settings import PROJECT, Settings
from tests.deployment.conftest import Render
from tests.deployment.parts import named

# How long a turn may take beyond ANSWER_SECONDS (chatbot/wiring.py).
_TURN_SLACK_SECONDS = 10
_NAMES = {each.name.upper() for each in fields(Settings)}
_NOT_OURS = {"PATH", "HOME", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-image.lock")


def _text(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


def _service(name: str) -> Any:
    return yaml.safe_load(_text("compose.yaml"))["services"][name]


def _stage() -> str:
    """The stage of the Dockerfile that is run."""
    return re.split(r"^FROM ", _text("Dockerfile"), flags=re.MULTILINE)[-1]


def _environment() -> dict[str, str]:
    written = re.search(r"^ENV ((?:.*\\\n)*.*)", _stage(), re.MULTILINE)
    assert written
    return dict(re.findall(r"([A-Z_]+)=(\S+)", written[1]))


def _argument(instruction: str) -> str:
    written = re.search(rf"^\s*{instruction} (.+)$", _stage(), re.MULTILINE)
    assert written
    return written[1]


def _pinned(path: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", _text(path), re.MULTILINE)
    return {re.sub("[._]", "-", name): version for name, version in found}


def test_the_image_sets_only_settings_that_the_app_reads() -> None:
    environment = _environment()
    settings = Settings.read(environment)
    assert environment.keys() - _NOT_OURS <= _NAMES
    assert (settings.host, str(settings.state_dir)) == ("0.0.0.0", "/data")  # noqa: S104  # asked for


def test_compose_sets_only_settings_that_the_app_reads() -> None:
    environment = _service("app")["environment"]
    assert environment.keys() <= _NAMES
    assert Settings.read(environment | {"GROQ_API_KEY": ""}).redis_url == "redis://redis:6379/0"


def test_everybody_means_the_same_port() -> None:
    port = str(Settings().port)
    assert _environment()["PORT"] == port == _argument("EXPOSE")
    assert _service("app")["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert _service("app")["environment"]["PORT"] == port


def test_the_image_asks_a_route_of_the_app_for_its_health() -> None:
    command = json.loads(_argument("CMD"))
    assert command[0] == "python"
    assert "os.environ['PORT'] + '/healthz'" in command[2]
    assert 'Route("/healthz"' in _text("chatbot/app.py")


def test_the_operations_page_names_every_route() -> None:
    routes = set(re.findall(r'Route\("(/[a-z]+)"', _text("chatbot/app.py")))
    listed = set(re.findall(r"^\| `(/[a-z]+)`", _text("docs/operations.md"), re.MULTILINE))
    assert listed == routes


def test_python_itself_is_told_to_end() -> None:
    shell, option, script, _ = json.loads(_argument("ENTRYPOINT"))
    assert (shell, option) == ("/bin/sh", "-c")
    assert script.endswith('exec python -m chatbot "$@"')


def test_the_index_is_copied_to_where_the_app_looks_for_it() -> None:
    source, target = "/app/index", _environment()["INDEX_DIR"]
    assert f"INDEX_DIR={source} " in _text("Dockerfile")
    assert f"rm -rf {target} && cp -R {source} {target} &&" in _argument("ENTRYPOINT")


def test_the_image_and_the_pod_agree_on_user_and_folders(render: Render) -> None:
    app = named(render("minikube"), "osusume")
    context = app.pod["securityContext"]
    assert _argument("USER") == f"{context['runAsUser']}:{context['runAsGroup']}"
    mounted = {each["mountPath"] for each in app.containers[0]["volumeMounts"]}
    written = {_environment()["STATE_DIR"], str(Path(_environment()["INDEX_DIR"]).parent)}
    assert mounted == written
    assert _service("app")["read_only"] is True


def test_compose_waits_for_an_answer_in_hand() -> None:
    longest = Settings().answer_seconds.total_seconds() + _TURN_SLACK_SECONDS
    assert int(_service("app")["stop_grace_period"].removesuffix("s")) > longest


def test_compose_and_cluster_run_the_same_redis(render: Render) -> None:
    for name in ("redis", "redis-backup", "redis-restore"):
        [container] = named(render("minikube"), name).containers
        assert container["image"] == _service("redis")["image"]


def test_redis_keeps_what_it_has_acknowledged() -> None:
    written = set(_text("k8s/base/redis.conf").splitlines())
    assert {"appendonly yes", "appendfsync always", "maxmemory-policy noeviction"} <= written
    assert _service("redis")["command"][1:5] == ["--appendonly", "yes", "--appendfsync", "always"]


def test_the_image_gets_all_packages_and_no_secrets() -> None:
    lines = _text(".dockerignore").splitlines()
    let_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    packages = tomllib.loads(_text("pyproject.toml"))["tool"]["importlinter"]["root_packages"]
    assert "*" in lines
    assert let_in == {*packages, ".streamlit", "requirements.lock", "requirements-image.lock"}


def test_image_and_make_install_with_the_same_uv() -> None:
    image = re.search(r"^ARG UV_VERSION=(\S+)$", _text("Dockerfile"), re.MULTILINE)
    make = re.search(r"^UV_VERSION := (\S+)$", _text("Makefile"), re.MULTILINE)
    assert image
    assert make
    assert image[1] == make[1]


def test_the_image_says_what_it_is() -> None:
    labels = re.findall(r"org\.opencontainers\.image\.([a-z]+)=", _stage())
    assert set(labels) == {"title", "description", "licenses", "version", "revision", "source"}


@pytest.mark.parametrize("lock", _LOCKS)
def test_a_lock_holds_what_is_asked_for_and_hashes_of_it(lock: str) -> None:
    asked = _pinned(lock.replace(".lock", ".txt"))
    assert asked.items() <= _pinned(lock).items()
    assert _text(lock).count("--hash=sha256:") >= len(_pinned(lock))


def test_a_lock_names_no_address() -> None:
    assert [lock for lock in _LOCKS if "://" in _text(lock)] == []


def test_what_is_left_out_is_in_no_lock_and_imported_by_nothing() -> None:
    lines = _text("requirements-excluded.txt").splitlines()
    left_out = {line for line in lines if line and not line.startswith("#")}
    assert not left_out & (
        _pinned("requirements.lock").keys() | _pinned("requirements-dev.lock").keys()
    )
    code = "import sys, chatbot.app, chatbot.commands.serve, chromadb; print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603  # our own
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert not left_out & set(loaded.stdout.split())
