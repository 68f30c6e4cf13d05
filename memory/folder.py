"""The folder that an embedded server keeps its data in, and who holds it."""

import asyncio
import fcntl
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from redis import exceptions as theirs
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from memory.errors import StoreError, StoreTaken

PATIENCE = timedelta(seconds=10)
INTERVAL = timedelta(milliseconds=10)
SOCKET = "redis.sock"


@contextmanager
def owned(folder: Path) -> Generator[None]:
    """Hold the folder against other processes; the hold ends with this one, however it ends."""
    with refused(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = _opened_lock(folder / "lock")
    try:
        if not _taken(lock):
            raise StoreTaken(
                f"Another Osusume keeps its chats in {folder}. End it, or set another STATE_DIR."
            )
        yield
    finally:
        os.close(lock)


@asynccontextmanager
async def inheritable(folder: Path, socket: Path) -> AsyncGenerator[int]:
    """The lock that a server inherits and so holds for as long as it lives.

    It is free of a killed app's server, and the socket is noted for the next start, before the
    server begins: this process may be killed at any moment.
    """
    with refused(folder):
        lock = _opened_lock(folder / "redis.lock")
    try:
        with refused(folder):
            await _end_orphan(folder, lock, socket)
            _note(folder).write_text(str(socket), encoding="utf-8")
        yield lock
    finally:
        os.close(lock)


def asking(socket: Path) -> Redis:
    """A client that asks once: whoever uses it asks again at an interval of its own."""
    return Redis(unix_socket_path=str(socket), retry=Retry(NoBackoff(), 0))


@contextmanager
def refused(folder: Path) -> Generator[None]:
    """Turn what the file system refuses into a StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"Chats cannot be kept in {folder}: {error.strerror}.") from error


async def _end_orphan(folder: Path, lock: int, socket: Path) -> None:
    """Take the lock, after the end of a killed app's server that would write to the same file."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            while not _taken(lock):
                await _shut_down(_noted(folder))
                await asyncio.sleep(INTERVAL.total_seconds())
    except TimeoutError as error:
        raise StoreError(
            f"A Redis server that was left behind still runs in {folder}. End it and try again."
        ) from error
    left = _noted(folder)
    if left.name == SOCKET and left != socket:
        # Not rmtree: what a half-written note may name must not be emptied.
        with suppress(OSError):
            left.unlink(missing_ok=True)
            left.parent.rmdir()


async def _shut_down(socket: Path) -> None:
    # Through its socket and not by its process id, which could be a stranger's by now.
    async with asking(socket) as orphan:
        # It answers by closing the connection; if it does not, the lock tells.
        with suppress(theirs.RedisError, OSError):
            await orphan.shutdown()


def _noted(folder: Path) -> Path:
    try:
        return Path(_note(folder).read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return Path()


def _note(folder: Path) -> Path:
    return folder / "socket"


def _opened_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
