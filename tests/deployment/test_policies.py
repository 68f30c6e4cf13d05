"""What no pod may be or do, whichever overlay it comes from."""

import ipaddress

from chatbot.settings import PROJECT
from tests.deployment.conftest import Objects, Render
from tests.deployment.parts import Workload, named, of_kind, values, workloads

_SERVING = {"osusume", "redis", "chroma", "alloy"}


def _policies(objects: Objects, workload: Workload) -> list[dict[str, object]]:
    every = of_kind(objects, "NetworkPolicy").values()
    return [each["spec"] for each in every if workload.has(each["spec"]["podSelector"])]


def test_a_pod_is_what_the_restricted_level_admits(objects: Objects) -> None:
    for each in workloads(objects):
        assert each.pod["securityContext"]["runAsNonRoot"] is True
        assert each.pod["securityContext"]["runAsUser"] > 0
        assert each.pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert not {"hostNetwork", "hostPID", "hostIPC"} & each.pod.keys()
        assert not values(each.pod, "hostPath")
        assert not values(each.pod, "hostPort")


def test_a_container_has_no_privilege_and_a_root_that_is_read_only(objects: Objects) -> None:
    for container in (each for every in workloads(objects) for each in every.containers):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_the_namespace_enforces_the_restricted_level(objects: Objects) -> None:
    labels = of_kind(objects, "Namespace")["osusume"]["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_no_pod_but_the_agent_is_given_a_token_of_the_cluster(objects: Objects) -> None:
    for each in of_kind(objects, "ServiceAccount").values():
        assert each["automountServiceAccountToken"] is False
    given = {each.name for each in workloads(objects) if each.pod["automountServiceAccountToken"]}
    assert given <= {"alloy"}


def test_kubernetes_adds_no_variables_that_could_be_settings(objects: Objects) -> None:
    assert not [each.name for each in workloads(objects) if each.pod["enableServiceLinks"]]


def test_a_container_has_its_share_and_a_limit(objects: Objects) -> None:
    for container in (each for every in workloads(objects) for each in every.containers):
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]


def test_what_is_in_memory_or_scratch_has_a_limit(objects: Objects) -> None:
    scratch = values(objects, "emptyDir")
    assert scratch
    assert all("sizeLimit" in each for each in scratch)


def test_what_serves_is_probed(objects: Objects) -> None:
    for each in workloads(objects):
        if each.name in _SERVING:
            probes = {"startupProbe", "livenessProbe", "readinessProbe"}
            assert probes <= each.containers[0].keys()


def test_an_image_has_a_version(objects: Objects) -> None:
    for image in values(objects, "image"):
        _, _, tag = str(image).rpartition("/")[2].partition(":")
        assert tag not in {"", "latest"}, image


def test_every_way_is_closed_that_no_policy_opens(objects: Objects) -> None:
    deny = of_kind(objects, "NetworkPolicy")["default-deny"]["spec"]
    assert deny == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_a_policy_that_opens_a_way_opens_one_port_of_pods_that_there_are(objects: Objects) -> None:
    for policy in of_kind(objects, "NetworkPolicy").values():
        spec = policy["spec"]
        subjects = [each for each in workloads(objects) if each.has(spec["podSelector"])]
        listening = {port for each in subjects for port in each.ports}
        for rule in spec.get("ingress", []):
            assert {each["port"] for each in rule["ports"]} <= listening
        for rule in spec.get("egress", []):
            peers = [each["podSelector"] for each in rule.get("to", []) if "podSelector" in each]
            reached = [each for each in workloads(objects) for peer in peers if each.has(peer)]
            ports = {port for each in reached for port in each.ports.values()}
            assert not reached or {each["port"] for each in rule["ports"]} <= ports


def test_redis_and_chroma_are_reached_by_those_who_use_them_alone(objects: Objects) -> None:
    users = {"redis": {"osusume", "redis-backup", "redis-restore"}, "chroma": {"osusume"}}
    for each in workloads(objects):
        if each.name in users:
            admitted = [
                other.name
                for spec in _policies(objects, each)
                for peer in values(spec.get("ingress", []), "podSelector")
                for other in workloads(objects)
                if other.has(peer)
            ]
            assert set(admitted) == users[each.name]


def test_the_app_reaches_the_web_but_no_machine_beside_it(objects: Objects) -> None:
    spec = of_kind(objects, "NetworkPolicy")["osusume"]["spec"]
    [web] = [each for each in spec["egress"] if each["ports"] == [{"port": 443}]]
    wide = next(each["ipBlock"] for each in web["to"] if each["ipBlock"]["cidr"] == "0.0.0.0/0")
    closed = [ipaddress.ip_network(each) for each in wide["except"]]
    for inside in ("10.1.2.3", "172.20.0.1", "192.168.49.2", "169.254.169.254", "100.64.0.1"):
        assert any(ipaddress.ip_address(inside) in each for each in closed)


def test_the_app_may_write_to_its_folders_alone(render: Render) -> None:
    [app] = named(render("minikube"), "osusume").containers
    assert {each["mountPath"] for each in app["volumeMounts"]} == {"/data", "/tmp"}  # noqa: S108  # its own


def test_the_secrets_come_from_files_that_git_ignores() -> None:
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {".env", "k8s/overlays/site/"} <= set(ignored)
