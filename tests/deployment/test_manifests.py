"""What Kubernetes is told fits together, and fits the app."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import kubernetes_validate
import pytest
import yaml

from chatbot.settings import PROJECT, Settings
from tests.deployment.conftest import Objects, Render
from tests.deployment.parts import named, of_kind, values, workloads

# How long a turn may take beyond ANSWER_SECONDS (chatbot/wiring.py).
_TURN_SLACK_SECONDS = 10
_SETTINGS = {each.name.upper() for each in fields(Settings)}
_GOOGLES = {"ManagedCertificate", "FrontendConfig", "BackendConfig"}


def _app(objects: Objects) -> Any:
    return named(objects, "osusume").containers[0]


def _config(objects: Objects) -> dict[str, str]:
    [found] = [
        each["data"]
        for name, each in of_kind(objects, "ConfigMap").items()
        if name[:8] == "osusume-"
    ]
    return dict(found)


def _routes() -> set[str]:
    text = (PROJECT / "chatbot" / "app.py").read_text(encoding="utf-8")
    return set(re.findall(r'Route\("(/[a-z]+)"', text))


def test_every_object_is_one_that_the_newest_kubernetes_knows(objects: Objects) -> None:
    newest = kubernetes_validate.latest_version()
    for each in objects:
        if each["kind"] not in _GOOGLES:
            kubernetes_validate.validate(each, newest, strict=True)


def test_a_misspelt_field_or_kind_would_be_noticed(render: Render) -> None:
    [service] = [
        each for name, each in of_kind(render("minikube"), "Service").items() if name == "redis"
    ]
    newest = kubernetes_validate.latest_version()
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(service | {"sepc": {}}, newest, strict=True)
    with pytest.raises(kubernetes_validate.SchemaNotFoundError):
        kubernetes_validate.validate(service | {"kind": "Servise"}, newest, strict=True)


def test_without_secrets_nothing_is_rendered_and_the_file_is_named(
    kubectl: str, manifests: Path
) -> None:
    written = manifests / "overlays" / "minikube" / ".env"
    text = written.read_text(encoding="utf-8")
    written.unlink()
    command = [kubectl, "kustomize", str(written.parent)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    written.write_text(text, encoding="utf-8")
    assert made.returncode != 0
    assert "overlays/minikube/.env: no such file" in made.stderr


def test_the_config_map_sets_only_settings_that_the_app_reads(objects: Objects) -> None:
    config = _config(objects)
    assert config.keys() <= _SETTINGS
    assert Settings.read(config).log_format == "json"


def test_no_secret_stands_in_the_config_map(objects: Objects) -> None:
    # Addresses may hold a password, and one of the cluster's own does not.
    secret = {each.name.upper() for each in fields(Settings) if not each.repr} - {"CHROMA_URL"}
    assert not secret & _config(objects).keys()


# What Kubernetes puts together, and what the server beneath the app reads by itself.
_OTHERS = {"REDIS_PASSWORD", "FORWARDED_ALLOW_IPS"}


def test_the_deployment_sets_only_settings_that_the_app_reads(objects: Objects) -> None:
    names = [each["name"] for each in _app(objects)["env"]]
    assert {"REDIS_URL", "GROQ_API_KEY"} <= set(names) <= _SETTINGS | _OTHERS


def test_the_password_stands_before_the_address_that_holds_it(render: Render) -> None:
    names = [each["name"] for each in _app(render("minikube"))["env"]]
    assert names.index("REDIS_PASSWORD") < names.index("REDIS_URL")


def test_an_address_that_the_app_is_given_is_one_of_a_service(objects: Objects) -> None:
    given = [*_config(objects).values(), *(each.get("value", "") for each in _app(objects)["env"])]
    addresses = [urlsplit(each) for each in given if "://" in each]
    assert addresses
    for each in addresses:
        service = of_kind(objects, "Service")[each.hostname or ""]
        assert each.port in {port["port"] for port in service["spec"]["ports"]}


def test_the_app_listens_where_the_manifests_say(objects: Objects) -> None:
    config = Settings.read(_config(objects))
    told = {"http": config.port, "metrics": config.metrics_port}
    assert named(objects, "osusume").ports == told


@pytest.mark.parametrize(
    ("probe", "route"),
    [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")],
)
def test_a_probe_asks_a_route_of_the_app(render: Render, probe: str, route: str) -> None:
    assert _app(render("minikube"))[probe]["httpGet"] == {"path": route, "port": "http"}
    assert route in _routes()


def test_googles_load_balancer_asks_the_app_for_its_health(render: Render) -> None:
    check = of_kind(render("site"), "BackendConfig")["osusume"]["spec"]["healthCheck"]
    assert check["requestPath"] in _routes()
    assert check["port"] == Settings().port


def test_a_pod_that_ends_has_time_to_finish_its_answers(objects: Objects) -> None:
    longest = Settings.read(_config(objects)).answer_seconds.total_seconds() + _TURN_SLACK_SECONDS
    pod = named(objects, "osusume").pod
    waits = int(_app(objects)["lifecycle"]["preStop"]["exec"]["command"][-1])
    assert pod["terminationGracePeriodSeconds"] > waits + longest
    for each in of_kind(objects, "BackendConfig").values():
        assert each["spec"]["connectionDraining"]["drainingTimeoutSec"] > longest


def test_a_service_leads_to_pods_and_ports_that_there_are(objects: Objects) -> None:
    for service in of_kind(objects, "Service").values():
        selector = {"matchLabels": service["spec"]["selector"]}
        found = [each for each in workloads(objects) if each.has(selector)]
        [workload] = found
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= workload.ports.keys()


def test_the_ingress_leads_to_services_and_their_ports(objects: Objects) -> None:
    services = of_kind(objects, "Service")
    [ingress] = of_kind(objects, "Ingress").values()
    for path in ingress["spec"]["rules"][0]["http"]["paths"]:
        backend = path["backend"]["service"]
        ports = services[backend["name"]]["spec"]["ports"]
        assert backend["port"]["name"] in {port["name"] for port in ports}


def test_no_service_leads_to_the_metrics(objects: Objects) -> None:
    for service in of_kind(objects, "Service").values():
        assert "metrics" not in {port["targetPort"] for port in service["spec"]["ports"]}


def test_only_the_monitoring_reaches_the_metrics(objects: Objects) -> None:
    rules = [
        rule
        for each in of_kind(objects, "NetworkPolicy").values()
        for rule in each["spec"].get("ingress", [])
        if {"port": "metrics"} in rule["ports"]
    ]
    namespace = {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}
    }
    agent = {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "alloy"}}}
    assert namespace in [peer for rule in rules for peer in rule["from"]]
    for rule in rules:
        assert rule["ports"] == [{"port": "metrics"}]
        assert rule["from"] in ([namespace], [agent])


def test_an_agent_is_told_where_the_metrics_are(objects: Objects) -> None:
    notes = named(objects, "osusume").whole["spec"]["template"]["metadata"]["annotations"]
    assert notes == {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": str(named(objects, "osusume").ports["metrics"]),
        "prometheus.io/path": "/metrics",
    }
    assert "/metrics" in _routes()


def test_what_is_mounted_and_read_is_there(objects: Objects) -> None:
    claims = of_kind(objects, "PersistentVolumeClaim").keys() | {
        f"{claim['metadata']['name']}-{name}-0"
        for name, each in of_kind(objects, "StatefulSet").items()
        for claim in each["spec"].get("volumeClaimTemplates", [])
    }
    assert set(values(objects, "claimName")) <= claims
    references = ("secretKeyRef", "Secret"), ("secretRef", "Secret"), ("configMapRef", "ConfigMap")
    for reference, kind in references:
        names = {each["name"] for each in values(objects, reference)}
        assert names <= of_kind(objects, kind).keys()


def test_every_container_mounts_only_volumes_of_its_pod(objects: Objects) -> None:
    for workload in workloads(objects):
        claimed = workload.whole["spec"].get("volumeClaimTemplates", [])
        there = {each["metadata"]["name"] for each in claimed}
        there |= {each["name"] for each in workload.pod.get("volumes", [])}
        assert there == {
            each["name"] for each in values(workload.containers, "volumeMounts") for each in each
        }


def test_the_scaling_and_the_disruption_budget_are_the_apps(objects: Objects) -> None:
    scaling = of_kind(objects, "HorizontalPodAutoscaler")["osusume"]["spec"]
    budget = of_kind(objects, "PodDisruptionBudget")["osusume"]["spec"]
    app = named(objects, scaling["scaleTargetRef"]["name"])
    assert app.has(budget["selector"])
    assert "replicas" not in app.whole["spec"]
    assert scaling["minReplicas"] > budget["minAvailable"]


def test_every_password_of_a_secret_is_asked_for(objects: Objects) -> None:
    [secret] = [each for name, each in of_kind(objects, "Secret").items() if name[:8] == "osusume-"]
    asked = [each for each in values(objects, "secretKeyRef") if not each.get("optional")]
    assert {each["key"] for each in asked} <= secret["data"].keys()


def test_the_base_names_every_file_beside_it() -> None:
    base = PROJECT / "k8s" / "base"
    listed = yaml.safe_load((base / "kustomization.yaml").read_text(encoding="utf-8"))
    made = [name for each in listed["configMapGenerator"] for name in each.get("files", [])]
    there = {each.name for each in base.iterdir()} - {"kustomization.yaml"}
    assert {*listed["resources"], *made} == there


def test_minikube_never_pulls_the_image_it_has_built(render: Render) -> None:
    assert _app(render("minikube"))["imagePullPolicy"] == "Never"
