"""What an operator can rely on: image, compose file and cluster fit the app and one another."""

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.settings import PROJECT, Settings

# How long a turn may take beyond ANSWER_SECONDS (chatbot/wiring.py).
_TURN_SLACK_SECONDS = 10
_BASE = PROJECT / "k8s" / "base"
_MINIKUBE = PROJECT / "k8s" / "overlays" / "minikube"
_NAMES = {each.name.upper() for each in fields(Settings)}
_NOT_OURS = {"PATH", "HOME", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
_WORKLOADS = [("app.yaml", "Deployment"), ("redis.yaml", "StatefulSet")]


def _text(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _object(file: str, kind: str) -> Any:
    written = (_BASE / file).read_text(encoding="utf-8")
    return next(each for each in yaml.safe_load_all(written) if each["kind"] == kind)


def _pod(file: str, kind: str) -> Any:
    return _object(file, kind)["spec"]["template"]["spec"]


def _app() -> Any:
    return _pod("app.yaml", "Deployment")["containers"][0]


def _service(name: str) -> Any:
    return _yaml(PROJECT / "compose.yaml")["services"][name]


def _config_map() -> dict[str, str]:
    maps = _yaml(_BASE / "kustomization.yaml")["configMapGenerator"]
    written = next(each["literals"] for each in maps if each["name"] == "osusume")
    return dict(line.split("=", 1) for line in written)


def _image() -> str:
    """The stage of the Dockerfile that is run."""
    return re.split(r"^FROM ", _text("Dockerfile"), flags=re.MULTILINE)[-1]


def _image_environment() -> dict[str, str]:
    written = re.search(r"^ENV ((?:.*\\\n)*.*)", _image(), re.MULTILINE)
    assert written
    return dict(re.findall(r"([A-Z_]+)=(\S+)", written[1]))


def _argument(instruction: str) -> str:
    written = re.search(rf"^\s*{instruction} (.+)$", _image(), re.MULTILINE)
    assert written
    return written[1]


def _routes() -> set[str]:
    return set(re.findall(r'Route\("(/[a-z]+)"', _text("chatbot/app.py")))


def test_the_image_sets_only_settings_that_the_app_reads() -> None:
    environment = _image_environment()
    settings = Settings.read(environment)
    assert environment.keys() - _NOT_OURS <= _NAMES
    assert (settings.host, str(settings.state_dir)) == ("0.0.0.0", "/data")  # noqa: S104  # asked for


def test_compose_sets_only_settings_that_the_app_reads() -> None:
    environment = _service("app")["environment"]
    assert environment.keys() <= _NAMES
    assert Settings.read(environment | {"GROQ_API_KEY": ""}).redis_url == "redis://redis:6379/0"


def test_the_config_map_sets_only_settings_that_the_app_reads() -> None:
    literals = _config_map()
    assert literals.keys() <= _NAMES
    assert Settings.read(literals).log_format == "json"


def test_the_deployment_sets_only_settings_that_the_app_reads() -> None:
    names = [each["name"] for each in _app()["env"]]
    assert set(names) <= _NAMES | {"REDIS_PASSWORD"}
    # Kubernetes puts in only what stands further up.
    assert names.index("REDIS_PASSWORD") < names.index("REDIS_URL")


def test_no_secret_stands_in_the_config_map() -> None:
    secret = {each.name.upper() for each in fields(Settings) if not each.repr}
    assert not secret & _config_map().keys()


def test_everybody_means_the_same_port() -> None:
    port = str(Settings().port)
    assert _image_environment()["PORT"] == port == _argument("EXPOSE")
    assert _service("app")["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert _service("app")["environment"]["PORT"] == port
    assert _app()["ports"] == [{"name": "http", "containerPort": int(port)}]


def test_the_service_and_the_ingress_lead_to_the_app() -> None:
    service, ingress = _object("app.yaml", "Service"), _object("ingress.yaml", "Ingress")
    backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert service["spec"]["ports"][0]["targetPort"] == _app()["ports"][0]["name"]
    assert backend["name"] == service["metadata"]["name"]
    assert backend["port"]["name"] == service["spec"]["ports"][0]["name"]


@pytest.mark.parametrize(
    ("probe", "route"),
    [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")],
)
def test_a_probe_asks_a_route_of_the_app(probe: str, route: str) -> None:
    assert _app()[probe]["httpGet"] == {"path": route, "port": "http"}
    assert route in _routes()


def test_the_image_asks_a_route_of_the_app_for_its_health() -> None:
    command = json.loads(_argument("CMD"))
    assert command[0] == "python"
    assert "os.environ['PORT'] + '/healthz'" in command[2]
    assert "/healthz" in _routes()


def test_the_operations_page_names_every_route() -> None:
    listed = set(re.findall(r"^\| `(/[a-z]+)`", _text("docs/operations.md"), re.MULTILINE))
    assert listed == _routes()


def test_python_itself_is_told_to_end() -> None:
    shell, option, script, _ = json.loads(_argument("ENTRYPOINT"))
    assert (shell, option) == ("/bin/sh", "-c")
    assert script.endswith('exec python -m chatbot "$@"')


def test_the_index_is_copied_to_where_the_app_looks_for_it() -> None:
    source, target = "/app/index", _image_environment()["INDEX_DIR"]
    assert f"INDEX_DIR={source} " in _text("Dockerfile")
    assert f"rm -rf {target} && cp -R {source} {target} &&" in _argument("ENTRYPOINT")


def test_the_app_may_write_to_its_folders_alone() -> None:
    folders = {each["mountPath"] for each in _app()["volumeMounts"]}
    environment = _image_environment()
    assert folders == {environment["STATE_DIR"], str(Path(environment["INDEX_DIR"]).parent)}
    assert _service("app")["read_only"] is True


def test_the_pod_runs_as_the_image_does() -> None:
    context = _pod("app.yaml", "Deployment")["securityContext"]
    assert _argument("USER") == f"{context['runAsUser']}:{context['runAsGroup']}"


@pytest.mark.parametrize(("file", "kind"), _WORKLOADS)
def test_a_pod_is_what_the_restricted_namespace_admits(file: str, kind: str) -> None:
    pod = _pod(file, kind)
    container = pod["containers"][0]["securityContext"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["capabilities"] == {"drop": ["ALL"]}
    assert container["allowPrivilegeEscalation"] is False
    assert container["readOnlyRootFilesystem"] is True


def test_the_namespace_enforces_the_restricted_level() -> None:
    labels = _object("namespace.yaml", "Namespace")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_no_pod_is_given_a_token_of_the_cluster() -> None:
    assert _object("app.yaml", "ServiceAccount")["automountServiceAccountToken"] is False
    assert _pod("app.yaml", "Deployment")["automountServiceAccountToken"] is False
    assert _pod("redis.yaml", "StatefulSet")["automountServiceAccountToken"] is False


def test_a_pod_that_ends_has_time_to_finish_its_answers() -> None:
    longest = int(Settings.read(_config_map()).answer_seconds.total_seconds()) + _TURN_SLACK_SECONDS
    waits = int(_app()["lifecycle"]["preStop"]["exec"]["command"][-1])
    grace = _pod("app.yaml", "Deployment")["terminationGracePeriodSeconds"]
    assert grace > waits + longest
    assert int(_service("app")["stop_grace_period"].removesuffix("s")) > longest


def test_compose_and_cluster_run_the_same_redis() -> None:
    redis = _pod("redis.yaml", "StatefulSet")["containers"][0]
    assert redis["image"] == _service("redis")["image"]


def test_redis_keeps_what_it_has_acknowledged() -> None:
    written = set((_BASE / "redis.conf").read_text(encoding="utf-8").splitlines())
    assert {"appendonly yes", "appendfsync always", "maxmemory-policy noeviction"} <= written
    assert _service("redis")["command"][1:5] == ["--appendonly", "yes", "--appendfsync", "always"]


def test_the_base_names_every_file_beside_it() -> None:
    listed = set(_yaml(_BASE / "kustomization.yaml")["resources"])
    assert listed == {each.name for each in _BASE.glob("*.yaml")} - {"kustomization.yaml"}


def test_minikube_never_pulls_the_image_it_has_built() -> None:
    overlay = _yaml(_MINIKUBE / "kustomization.yaml")
    patched = yaml.safe_load(overlay["patches"][0]["patch"])
    assert patched[0]["value"] == "Never"
    assert overlay["images"][0]["newTag"] == "latest"


def test_the_secrets_come_from_a_file_that_git_ignores() -> None:
    secrets = _yaml(_MINIKUBE / "kustomization.yaml")["secretGenerator"]
    assert secrets == [{"name": "osusume", "envs": [".env"]}]
    assert ".env" in _text(".gitignore").splitlines()


def test_the_image_gets_all_packages_and_no_secrets() -> None:
    lines = _text(".dockerignore").splitlines()
    let_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    packages = tomllib.loads(_text("pyproject.toml"))["tool"]["importlinter"]["root_packages"]
    assert "*" in lines
    assert let_in == {*packages, ".streamlit", "requirements.lock"}


def test_image_and_make_install_with_the_same_uv() -> None:
    image = re.search(r"^ARG UV_VERSION=(\S+)$", _text("Dockerfile"), re.MULTILINE)
    make = re.search(r"^UV_VERSION := (\S+)$", _text("Makefile"), re.MULTILINE)
    assert image
    assert make
    assert image[1] == make[1]


def test_the_workflow_calls_targets_that_make_has() -> None:
    called = re.findall(r"run: make (.+)", _text(".github/workflows/ci.yml"))
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.MULTILINE))
    assert set(" ".join(called).split()) == {"install", "lint", "test", "image"}
    assert set(" ".join(called).split()) <= targets


def test_the_workflow_may_only_read() -> None:
    workflow = _yaml(PROJECT / ".github" / "workflows" / "ci.yml")
    assert workflow["permissions"] == {"contents": "read"}
