"""Debian's redis-server in each form that a Redis of one's own can have."""

import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.parts import needed

PASSWORD = "quiet-evening"  # noqa: S105  # of servers that live for a test
_DEADLINE_SECONDS = 20
_HOST = "127.0.0.1"


class Server:
    """One redis-server or sentinel, while it runs."""

    def __init__(self, folder: Path, *options: str, port: int, sentinel: bool = False) -> None:
        folder.mkdir(parents=True)
        config = folder / "redis.conf"
        lines = [f"dir {folder}", "save ''", f"bind {_HOST}", *options]
        config.write_text("\n".join([f"port {port}", *lines]) + "\n", encoding="utf-8")
        command = [
            needed("redis-server", "redis-server"),
            str(config),
            *(["--sentinel"] if sentinel else []),
        ]
        self.port = port
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603  # found above

    def end(self) -> None:
        """Kill it, as a power cut would."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """A port that nobody listens on, and with it the one that a cluster's nodes talk on."""
    for port in range(21_000, 32_000, 7):
        try:
            for each in (port, port + 10_000):
                with socket.create_server((_HOST, each)):
                    pass
        except OSError:
            continue
        if port not in _taken:
            _taken.add(port)
            return port
    raise OSError("no port is free")


_taken: set[int] = set()


@contextmanager
def single(folder: Path) -> Generator[str]:
    """One server with a password."""
    server = Server(folder / "one", f"requirepass {PASSWORD}", port=free_port())
    try:
        _await(server.port, "-a", PASSWORD)
        yield f"redis://:{PASSWORD}@{_HOST}:{server.port}/0"
    finally:
        server.end()


@contextmanager
def tls(folder: Path) -> Generator[str]:
    """One server that speaks TLS alone, to a user with a name."""
    key, certificate, port = folder / "key.pem", folder / "ca.pem", free_port()
    folder.mkdir(parents=True, exist_ok=True)
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    names = ["-addext", f"subjectAltName=DNS:localhost,IP:{_HOST}"]
    subprocess.run(  # noqa: S603  # our own words
        [*made, "-subj", "/CN=localhost", *names, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    server = Server(
        folder / "one",
        f"tls-port {port}",
        f"tls-cert-file {certificate}",
        f"tls-key-file {key}",
        f"tls-ca-cert-file {certificate}",
        "tls-auth-clients no",
        f"user mika on >{PASSWORD} ~* &* +@all",
        port=0,
    )
    try:
        _await(port, "--tls", "--cacert", str(certificate), "--user", "mika", "-a", PASSWORD)
        yield f"rediss://mika:{PASSWORD}@localhost:{port}/0?ssl_ca_certs={certificate}"
    finally:
        server.end()


@contextmanager
def sentinels(folder: Path) -> Generator[tuple[str, Server]]:
    """A master, which can be ended, a replica that takes over, and a sentinel that sees to it."""
    secret = [f"requirepass {PASSWORD}", f"masterauth {PASSWORD}"]
    master = Server(folder / "master", *secret, port=free_port())
    follows = f"replicaof {_HOST} {master.port}"
    replica = Server(folder / "replica", *secret, follows, port=free_port())
    watching = (
        f"sentinel monitor chats {_HOST} {master.port} 1",
        f"sentinel auth-pass chats {PASSWORD}",
        "sentinel down-after-milliseconds chats 500",
        "sentinel failover-timeout chats 2000",
    )
    sentinel = Server(folder / "sentinel", *watching, port=free_port(), sentinel=True)
    try:
        _await(replica.port, "-a", PASSWORD, "info", "replication", wanted="link_status:up")
        _await(sentinel.port, "sentinel", "replicas", "chats", wanted=str(replica.port))
        yield f"redis+sentinel://:{PASSWORD}@{_HOST}:{sentinel.port}/chats/0", master
    finally:
        for each in (sentinel, replica, master):
            each.end()


@contextmanager
def cluster(folder: Path) -> Generator[str]:
    """Three masters that share the slots."""
    options = ("cluster-enabled yes", "cluster-node-timeout 1000")
    servers = [Server(folder / str(each), *options, port=free_port()) for each in range(3)]
    places = [f"{_HOST}:{each.port}" for each in servers]
    try:
        for each in servers:
            _await(each.port)
        _asked("--cluster", "create", *places, "--cluster-yes")
        for each in servers:
            _await(each.port, "cluster", "info", wanted="cluster_state:ok")
        yield f"redis+cluster://{','.join(places)}"
    finally:
        for each in servers:
            each.end()


def _await(port: int, *asked: str, wanted: str = "PONG") -> None:
    options = asked if wanted != "PONG" else (*asked, "ping")
    end = time.monotonic() + _DEADLINE_SECONDS
    while wanted not in (told := _asked("-p", str(port), *options)):
        assert time.monotonic() < end, told
        time.sleep(0.05)


def _asked(*options: str) -> str:
    command = [needed("redis-cli", "redis-tools"), "--no-auth-warning", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # found above
    return done.stdout + done.stderr
