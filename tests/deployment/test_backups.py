"""What Redis holds can be copied, and gone back to, by the cluster's own scripts."""

import os
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatbot.settings import PROJECT
from tests.parts import needed

_BASE = PROJECT / "k8s" / "base"
_DEADLINE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Server:
    """A Redis with the cluster's settings, and the folders of its two volumes."""

    data: Path
    backups: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """What the manifests set for the scripts, for this machine."""
        return {
            "PATH": os.environ["PATH"],
            "BACKUPS": str(self.backups),
            "DATA": str(self.data),
            "REDIS_HOST": "127.0.0.1",
            "REDIS_PORT": str(self.port),
            "REDISCLI_AUTH": "example",
        }

    @contextmanager
    def running(self) -> Generator[None]:
        """Run it meanwhile."""
        settings = (_BASE / "redis.conf").read_text(encoding="utf-8")
        here = self.data.with_name("redis.conf")
        here.write_text(settings.replace("dir /data", f"dir {self.data}"), encoding="utf-8")
        command = ["redis-server", str(here)]
        command += ["--port", str(self.port), "--bind", "127.0.0.1", "--requirepass", "example"]
        command += ["--repl-diskless-sync-delay", "0"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603  # our own
            deadline = time.monotonic() + _DEADLINE_SECONDS
            while self.says("ping") != "PONG":
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield
            process.terminate()

    def says(self, *command: str) -> str:
        """What it answers to a command."""
        asked = ["redis-cli", "-p", str(self.port), *command]
        return self._run(asked).stdout.strip()

    def runs(self, script: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one of the cluster's scripts."""
        return self._run(["sh", str(_BASE / script)], **more)

    def _run(self, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own
            command, env=self.environment | more, capture_output=True, text=True, check=False
        )


@pytest.fixture
def server(tmp_path: Path) -> Server:
    for tool in ("redis-server", "redis-cli", "redis-check-rdb"):
        needed(tool, "redis-server")
    (tmp_path / "data").mkdir()
    (tmp_path / "backups").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return Server(tmp_path / "data", tmp_path / "backups", port)


def test_redis_goes_back_to_the_newest_copy(server: Server) -> None:
    with server.running():
        server.says("set", "chat", "before")
        assert server.runs("backup.sh").returncode == 0
        server.says("set", "chat", "after")
    restored = server.runs("restore.sh")
    assert restored.returncode == 0, restored.stderr
    with server.running():
        assert server.says("get", "chat") == "before"


def test_redis_goes_back_to_a_copy_that_is_named_and_keeps_what_it_replaced(server: Server) -> None:
    with server.running():
        server.says("set", "chat", "old")
        server.runs("backup.sh")
        [old] = server.backups.iterdir()
        old.rename(server.backups / "redis-20000101T000000Z.rdb")
        server.says("set", "chat", "new")
        server.runs("backup.sh")
    server.runs("restore.sh", BACKUP="redis-20000101T000000Z.rdb")
    with server.running():
        assert server.says("get", "chat") == "old"
    assert sorted(each.name for each in server.data.iterdir()) == ["appendonlydir", "replaced"]


def test_seven_copies_are_kept(server: Server) -> None:
    names = [f"redis-200001{day:02}T000000Z.rdb" for day in range(1, 9)]
    for name in names:
        (server.backups / name).touch()
    with server.running():
        assert server.runs("backup.sh").returncode == 0
    there = sorted(each.name for each in server.backups.iterdir())
    assert there[:-1] == names[2:]


def test_a_redis_that_runs_is_not_restored_over(server: Server) -> None:
    with server.running():
        server.says("set", "chat", "now")
        server.runs("backup.sh")
        restored = server.runs("restore.sh")
        assert server.says("get", "chat") == "now"
    assert restored.returncode == 1
    assert "Scale it down first" in restored.stderr


def test_a_copy_that_is_broken_replaces_nothing(server: Server) -> None:
    with server.running():
        server.says("set", "chat", "now")
    (server.backups / "redis-20000101T000000Z.rdb").write_bytes(b"REDIS0011 and then nothing")
    assert server.runs("restore.sh").returncode != 0
    with server.running():
        assert server.says("get", "chat") == "now"


def test_without_a_copy_it_is_said_that_there_is_none(server: Server) -> None:
    restored = server.runs("restore.sh")
    assert restored.returncode == 1
    assert "There is no" in restored.stderr


def test_a_redis_that_is_away_leaves_no_copy(server: Server) -> None:
    assert server.runs("backup.sh").returncode != 0
    assert [each for each in server.backups.iterdir() if each.suffix == ".rdb"] == []
