"""Takes the pictures of the page anew, for docs/pictures/. Run: make pictures."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from chatbot.settings import PROJECT
from tests.browser.conftest import FLAGS, Server
from tests.browser.said import send

_FOLDER = PROJECT / "docs" / "pictures"


def main() -> None:
    """Take each picture."""
    path = shutil.which("chromium") or sys.exit("Chromium is needed: apt-get install chromium")
    with TemporaryDirectory() as state, Server(Path(state)) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1100, "height": 860}, color_scheme="light")
        page.goto(server.url)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled()
        page.screenshot(path=_FOLDER / "welcome.png")
        send(page, "something calm about travelling, no romance")
        send(page, "only movies")
        send(page, "more like the second one")
        _settled(page)
        page.screenshot(path=_FOLDER / "chat.png")
        browser.close()


def _settled(page: Page) -> None:
    """Wait until the last answer has scrolled into place."""
    last = page.get_by_test_id("stChatMessage").last
    last.scroll_into_view_if_needed()
    page.wait_for_function("document.fonts.status === 'loaded'")
    expect(last).to_be_in_viewport()


if __name__ == "__main__":
    main()
