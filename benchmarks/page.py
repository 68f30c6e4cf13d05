"""How long the page lets people wait, in Chromium against a server of its own, without a key.

From the first request to an input that can be written in, from a message to the first card, and how
long the script of the page runs anew with a chat of 100 messages. Medians, and 95th percentiles.
Run: python -m benchmarks.page [TIMES]
"""

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, Page, expect, sync_playwright
from pydantic import TypeAdapter
from streamlit.testing.v1 import AppTest

from chatbot import logs
from chatbot.running import started
from chatbot.settings import Settings
from chatbot.wiring import now
from memory import Message, Pick, new_id
from tests.browser.conftest import FLAGS, Server, chromium

_MESSAGES = 100
_TITLES = (1, 5114, 457, 199, 9253)


def main(argv: Sequence[str] = sys.argv[1:]) -> None:
    """Print the three figures."""
    times = int(argv[0]) if argv else 20
    with TemporaryDirectory() as folder:
        with Server(Path(folder)) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            _told(
                "first load to a usable input", [loaded(browser, server.url) for _ in range(times)]
            )
            _told("message to the first card", [carded(browser, server.url) for _ in range(times)])
            browser.close()
        settings = Settings.read({"STATE_DIR": folder, "LOG_LEVEL": "error"})
        logs.configure(settings)
        _told(f"script with {_MESSAGES} messages", rerun(settings, times))


def loaded(browser: Browser, url: str) -> float:
    """Seconds until a new visitor can write."""
    with _visited(browser) as page:
        begun = perf_counter()
        page.goto(url)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_editable()
        return perf_counter() - begun


def carded(browser: Browser, url: str) -> float:
    """Seconds from sending a message to the first card of its answer."""
    with _visited(browser) as page:
        page.goto(url)
        page.get_by_test_id("stChatInputTextArea").fill("dark psychological thrillers")
        begun = perf_counter()
        page.keyboard.press("Enter")
        page.locator(".card").first.wait_for()
        return perf_counter() - begun


def rerun(settings: Settings, times: int) -> list[float]:
    """Seconds that each run of the page's script takes once a chat is open."""
    with started(settings) as running:
        owner = new_id()
        said = [message for turn in range(_MESSAGES // 2) for message in _exchange(turn)]
        keep = running.app.store.conversations.restore("long", said, "", owner=owner, now=now())
        tester = AppTest.from_function(_script, args=(owner,), default_timeout=60)
        tester.query_params["chat"] = running.loop.run(keep)
        tester.run()
        for _ in range(times):
            tester.run()
        _, *others = TypeAdapter(list[float]).validate_python(tester.session_state["seconds"])
        return others


def _script(owner: str) -> None:
    """Show the page and note how long that took; Streamlit runs this function's text."""
    from time import perf_counter  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from chatbot.page import show  # noqa: PLC0415
    from chatbot.running import current  # noqa: PLC0415

    begun = perf_counter()
    show(current(), owner)  # type: ignore[arg-type]  # it was started above
    st.session_state.setdefault("seconds", []).append(perf_counter() - begun)


def _exchange(turn: int) -> tuple[Message, Message]:
    picks = tuple(Pick(n, mal_id, "It fits well.") for n, mal_id in enumerate(_TITLES, 1))
    lines = "\n".join(f"[{pick.n}] A title: it fits what was asked for." for pick in picks)
    asked = Message(role="user", text=f"something like that, but {turn}", at=now(), turn=f"t{turn}")
    text = f"Here is what fits:\n{lines}"
    return asked, Message(role="assistant", text=text, at=now(), turn=asked.turn, picks=picks)


@contextmanager
def _visited(browser: Browser) -> Generator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def _told(what: str, took: Sequence[float]) -> None:
    p95 = quantiles(took, n=20)[-1]
    print(f"{what}: p50 {median(took) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")


if __name__ == "__main__":
    main()
