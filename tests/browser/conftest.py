"""A real Chromium and a real server, which can be killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from chatbot.settings import PROJECT
from tests.parts import needed

DEADLINE_SECONDS = 60
_INTERVAL_SECONDS = 0.1
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Server:
    """`python -m chatbot serve` in a process of its own."""

    def __init__(self, state: Path, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._log = state / "server.log"
        self._environment = os.environ | {"STATE_DIR": str(state)} | environment

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(DEADLINE_SECONDS)

    def start(self) -> None:
        """Start, and return when the page can be asked for."""
        command = [sys.executable, "-m", "chatbot", "serve", "--port", str(self._port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # the app itself
                command, cwd=PROJECT, env=self._environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not self._ready():
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(_INTERVAL_SECONDS)

    def kill(self) -> None:
        """End as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(DEADLINE_SECONDS)

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=1) as answer:  # noqa: S310  # ours
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False


class Visit:
    """A page that keeps what went wrong in it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.faults: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda asked: self._foreign(asked.url))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _foreign(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws"), "data:", "blob:")):
            self.faults.append(f"asked {url}")


def chromium() -> str:
    """Where the browser is."""
    return shutil.which("google-chrome") or needed("chromium", "chromium")


# Playwright holds an event loop open as long as it runs, so it must end before other tests begin.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("state")) as started:
        yield started


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    with visited(browser, server.url) as opened:
        yield opened


@contextmanager
def visited(
    browser: Browser, url: str, size: tuple[int, int] = (1100, 900), *, dark: bool = False
) -> Generator[Visit]:
    """A page of a visitor of its own."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme="dark" if dark else "light")
    context.set_default_timeout(DEADLINE_SECONDS * 1000)
    expect.set_options(timeout=DEADLINE_SECONDS * 1000)
    opened = Visit(context.new_page(), url)
    opened.page.goto(url)
    yield opened
    context.close()
