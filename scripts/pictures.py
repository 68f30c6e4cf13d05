"""Takes the pictures of the page anew, for docs/pictures/. Run: make pictures."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from chatbot.settings import PROJECT
from tests.browser.conftest import FLAGS, Server, chromium, visited
from tests.browser.said import send, settle

_FOLDER = PROJECT / "docs" / "pictures"
_WIDE, _PHONE = (1100, 860), (360, 740)


def main() -> None:
    """Take each picture."""
    with TemporaryDirectory() as state, Server(Path(state)) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        _chat(browser, server.url)
        _dark(browser, server.url)
        _phone(browser, server.url)
        browser.close()


def _chat(browser: Browser, url: str) -> None:
    """From the first visit to refined picks, a shared chat, and the pages beside."""
    with visited(browser, url, _WIDE) as visit:
        page = visit.page
        _taken(page, "welcome")
        send(page, "something calm about travelling, no romance")
        send(page, "only movies")
        send(page, "more like the second one")
        page.get_by_test_id("stChatMessage").last.scroll_into_view_if_needed()
        _taken(page, "chat")
        page.get_by_role("button", name="Share", exact=True).click()
        page.get_by_role("button", name="Create link").click()
        page.get_by_role("dialog").get_by_test_id("stCode").wait_for()
        _taken(page, "share")
        for name in ("links", "seen", "settings"):
            page.goto(f"{url}/?page={name}")
            page.get_by_role("heading", level=1).wait_for()
            _taken(page, name)


def _dark(browser: Browser, url: str) -> None:
    with visited(browser, url, _WIDE, dark=True) as visit:
        send(visit.page, "dark psychological thrillers")
        _taken(visit.page, "dark")


def _phone(browser: Browser, url: str) -> None:
    with visited(browser, url, _PHONE) as visit:
        send(visit.page, "short comedies")
        _taken(visit.page, "phone")


def _taken(page: Page, name: str) -> None:
    """Take a picture once everything is in its place."""
    settle(page)
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.screenshot(path=_FOLDER / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
