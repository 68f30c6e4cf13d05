"""The scripts that make a chat of a machine, run with stand-ins for what changes a machine."""

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatbot.settings import PROJECT

_STAND_IN = PROJECT / "tests" / "deployment" / "stand-in.sh"
_COMMANDS = ("apt-get", "curl", "dpkg", "id", "sg", "sudo", "systemctl", "usermod")
_VERSION = "v1.37.0"


@dataclass(frozen=True, slots=True)
class Machine:
    """An empty machine with the repository on it."""

    folder: Path

    @property
    def project(self) -> Path:
        """The repository."""
        return self.folder / "osusume"

    def runs(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a script there, to its end."""
        there = [self.folder / "bin", self.folder / "root" / "usr" / "local" / "bin"]
        environment = {
            "PATH": ":".join([*map(str, there), "/usr/bin", "/bin"]),
            "STATE": str(self.folder),
            "USER": "somebody",
            "VERSION": _VERSION,
        }
        command = ["bash", str(self.project / "scripts" / script), *arguments]
        return subprocess.run(  # noqa: S603  # our own
            command, env=environment, capture_output=True, text=True, check=False
        )

    def has_been_asked(self) -> list[str]:
        """The commands since the last time that this was called."""
        record = self.folder / "record"
        asked = record.read_text(encoding="utf-8").splitlines()
        record.write_text("", encoding="utf-8")
        return asked

    def file(self, path: str) -> str:
        """The text of a file of the system."""
        return (self.folder / "root" / path).read_text(encoding="utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    for name in _COMMANDS:
        (tmp_path / "bin" / name).symlink_to(_STAND_IN)
    for name in ("record", "groups", "packages"):
        (tmp_path / name).touch()
    (tmp_path / "sum").write_text(hashlib.sha256(_STAND_IN.read_bytes()).hexdigest())
    for name in ("scripts", "k8s"):
        ignored = shutil.ignore_patterns(".env")
        shutil.copytree(PROJECT / name, tmp_path / "osusume" / name, ignore=ignored)
    return Machine(tmp_path)


def test_an_empty_machine_becomes_a_chat_with_a_certificate(machine: Machine) -> None:
    made = machine.runs("vm-setup.sh", "chat.example.org")
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[-1] == "Osusume is at https://chat.example.org"
    assert machine.file("etc/caddy/Caddyfile").startswith("chat.example.org {")
    assert "reverse_proxy 192.168.49.2:80" in machine.file("etc/caddy/Caddyfile")
    assert "User=somebody" in machine.file("etc/systemd/system/osusume.service")
    asked = machine.has_been_asked()
    assert "systemctl enable osusume.service" in asked
    assert [each for each in asked if each.startswith("apt-get install") and "caddy" in each]


def test_the_second_time_nothing_is_installed_or_written_again(machine: Machine) -> None:
    machine.runs("vm-setup.sh", "chat.example.org")
    machine.has_been_asked()
    made = machine.runs("vm-setup.sh", "chat.example.org")
    assert made.returncode == 0, made.stderr
    changing = (
        "apt-get",
        "usermod",
        "systemctl",
        "curl --fail --silent --show-error",
        "sudo install",
    )
    assert [each for each in machine.has_been_asked() if each.startswith(changing)] == []


def test_another_host_name_is_written_over_the_former(machine: Machine) -> None:
    machine.runs("vm-setup.sh", "chat.example.org")
    machine.runs("vm-setup.sh", "anime.example.org")
    assert "chat.example.org" not in machine.file("etc/caddy/Caddyfile")
    assert machine.has_been_asked().count("systemctl reload-or-restart caddy") == 2


def test_without_a_host_name_nothing_is_opened_to_the_world(machine: Machine) -> None:
    made = machine.runs("vm-setup.sh")
    assert made.returncode == 0, made.stderr
    assert not [each for each in machine.has_been_asked() if "caddy" in each.lower()]


def test_a_minikube_that_is_not_what_its_makers_published_is_refused(machine: Machine) -> None:
    (machine.folder / "sum").write_text("0" * 64)
    made = machine.runs("vm-setup.sh")
    assert made.returncode != 0
    assert not (machine.folder / "root" / "usr" / "local" / "bin" / "minikube").exists()


@pytest.mark.parametrize("host", ["chat", "chat.example.org/x", "Chat.example.org", "a b.example"])
def test_what_is_no_host_name_is_refused(machine: Machine, host: str) -> None:
    made = machine.runs("vm-setup.sh", host)
    assert made.returncode == 2
    assert "usage:" in made.stderr


@pytest.fixture
def laptop(machine: Machine) -> Machine:
    (machine.folder / "bin" / "minikube").symlink_to(_STAND_IN)
    return machine


def test_minikube_is_started_then_the_image_built_then_everything_applied(laptop: Machine) -> None:
    made = laptop.runs("minikube-up.sh")
    assert made.returncode == 0, made.stderr
    steps = [each.split()[3:5] for each in laptop.has_been_asked() if each.startswith("minikube")]
    assert [" ".join(step) for step in steps if step[0] != "kubectl"] == [
        "start --cni=calico",
        "image build",
        "ip",
    ]
    assert "http://192.168.49.2" in made.stdout


def test_what_is_applied_is_what_was_built(laptop: Machine) -> None:
    laptop.runs("minikube-up.sh")
    [built] = [each for each in laptop.has_been_asked() if " image build " in each]
    applied = (laptop.folder / "applied").read_text(encoding="utf-8")
    assert applied.strip() == f"image: {built.split()[6]}"
    assert not applied.strip().endswith((":dev", ":latest"))


def test_the_password_is_made_once_and_for_its_owner_alone(laptop: Machine) -> None:
    laptop.runs("minikube-up.sh")
    written = laptop.project / "k8s" / "overlays" / "minikube" / ".env"
    first = written.read_text(encoding="utf-8")
    laptop.runs("minikube-up.sh")
    name, _, password = first.strip().partition("=")
    assert (name, len(password)) == ("REDIS_PASSWORD", 48)
    assert written.stat().st_mode & 0o077 == 0
    assert written.read_text(encoding="utf-8") == first


def test_taking_it_down_removes_the_cluster(laptop: Machine) -> None:
    made = laptop.runs("minikube-down.sh")
    assert made.returncode == 0, made.stderr
    assert laptop.has_been_asked() == ["minikube delete --profile osusume"]


def test_without_minikube_it_is_said_where_it_is_to_be_had(machine: Machine) -> None:
    made = machine.runs("minikube-up.sh")
    assert made.returncode == 1
    assert "https://minikube.sigs.k8s.io" in made.stderr


def test_every_script_can_be_run() -> None:
    scripts = [*PROJECT.glob("scripts/*.sh"), PROJECT / ".ci" / "run"]
    assert [each.name for each in scripts if not os.access(each, os.X_OK)] == []
