"""What only a browser shows of sharing, files, the chat list and the pages beside the chat."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, Visit
from tests.browser.said import send, serious, settle


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """A page in another browser, as it were."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    yield context.new_page()
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shared(page: Page) -> str:
    """Share the open chat; the link."""
    press(page, "Share")
    press(page, "Create link")
    link = page.get_by_role("dialog").get_by_test_id("stCode")
    expect(link).to_contain_text("share=")
    return link.inner_text()


def test_a_chat_is_shared_opened_copied_and_revoked(visit: Visit, stranger: Page) -> None:
    send(visit.page, "pirates and treasure")
    link = shared(visit.page)
    assert serious(visit.page) == []
    answer = stranger.goto(link)
    assert answer is not None
    assert answer.headers["x-robots-tag"] == "noindex"
    expect(stranger.get_by_text("pirates and treasure").last).to_be_visible()
    expect(stranger.get_by_text("Shared until")).to_be_visible()
    expect(stranger.get_by_test_id("stChatInput")).to_have_count(0)
    settle(stranger)
    assert serious(stranger) == []
    stranger.get_by_role("button", name="Continue as a copy").first.click()
    expect(stranger.get_by_test_id("stChatInput")).to_be_visible()
    assert stranger.url[-22:] not in {visit.page.url[-22:], link[-22:]}
    press(visit.page, "Revoke")
    expect(visit.page.get_by_role("button", name="Create link")).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_text("This link no longer works")).to_be_visible()
    expect(stranger.get_by_test_id("stChatMessage")).to_have_count(0)
    assert visit.faults == []


def test_a_chat_is_exported_and_imported(visit: Visit, tmp_path: Path) -> None:
    send(visit.page, "pirates and treasure")
    press(visit.page, "Export")
    with visit.page.expect_download() as saving:
        press(visit.page, "JSON, to import again")
    saving.value.save_as(tmp_path / "chat.json")
    with visit.page.expect_download() as reading:
        press(visit.page, "Markdown, to read")
    assert "pirates and treasure" in reading.value.path().read_text(encoding="utf-8")
    before = visit.page.url
    visit.page.goto(f"{visit.url}/?page=settings")
    settle(visit.page)
    assert serious(visit.page) == []
    visit.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / "chat.json")
    expect(visit.page.get_by_text("chat.json")).to_be_visible()
    press(visit.page, "Import chat")
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(2)
    assert visit.page.url != before
    assert visit.faults == []


def test_a_seen_list_is_taken_over(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/?page=seen")
    visit.page.get_by_role("tab", name="Titles").click()
    visit.page.get_by_label("A title on each line").fill("Cowboy Bebop\nNo such thing at all")
    visit.page.get_by_role("button", name="Add to the list").last.click()
    expect(visit.page.get_by_text("1 of 2 entries was matched")).to_be_visible()
    expect(visit.page.get_by_role("heading", name="1 title")).to_be_visible()
    settle(visit.page)
    assert serious(visit.page) == []
    assert visit.faults == []


def test_a_chat_is_renamed_deleted_and_had_back(visit: Visit) -> None:
    page = visit.page
    send(page, "pirates and treasure")
    press(page, "Edit")
    press(page, "Rename")
    page.get_by_label("Title").fill("The sea")
    press(page, "Save")
    expect(page.get_by_role("button", name="The sea", exact=True)).to_be_visible()
    press(page, "Edit")
    press(page, "Delete")
    expect(page.get_by_role("heading", name="What do you feel like")).to_be_visible()
    expect(page.get_by_role("button", name="The sea", exact=True)).to_have_count(0)
    settle(page)
    assert serious(page) == []
    press(page, "Undo")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(2)
    assert visit.faults == []


def test_another_browser_takes_the_chats_over(visit: Visit, stranger: Page, server: Server) -> None:
    send(visit.page, "pirates and treasure")
    visit.page.goto(f"{visit.url}/?page=move")
    press(visit.page, "Show a code")
    code = visit.page.get_by_test_id("stCode").inner_text()
    assert serious(visit.page) == []
    stranger.goto(f"{server.url}/move")
    assert serious(stranger) == []
    stranger.get_by_label("Code").fill(code)
    press(stranger, "Move here")
    expect(stranger.get_by_role("button", name="pirates and treasure")).to_be_visible()


def test_on_a_phone_the_sidebar_gives_way_to_where_it_led(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 740})
    visit.page.goto(f"{visit.url}/?page=links")
    visit.page.get_by_test_id("stExpandSidebarButton").click()
    press(visit.page, "Seen list")
    expect(visit.page.get_by_role("heading", name="Seen list")).to_be_visible()
    expect(visit.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    settle(visit.page)
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    assert width == 360
    assert visit.faults == []
