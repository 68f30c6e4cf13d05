"""What a newcomer lives through in a real browser."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pydantic import BaseModel, TypeAdapter

from tests.browser.conftest import Server, Visit


class _Violation(BaseModel):
    id: str
    impact: str
    description: str


def send(page: Page, text: str) -> None:
    """Send a message, and return when it is answered and the next can be written."""
    answered = page.get_by_test_id("stChatMessage").count() + 2
    page.get_by_test_id("stChatInputTextArea").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(answered)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled()
    settle(page)


def settle(page: Page) -> None:
    """Wait until the script has ended: before, the page may show what an earlier run has left."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def cards(page: Page) -> list[str]:
    """The facts on the cards of the last answer."""
    return (
        page.get_by_test_id("stChatMessage")
        .last.get_by_test_id("stCaptionContainer")
        .all_inner_texts()
    )


def test_a_chat_is_refined_and_is_all_there_after_the_server_was_killed(
    visit: Visit, server: Server
) -> None:
    send(visit.page, "dark psychological thrillers")
    send(visit.page, "only movies")
    films = cards(visit.page)
    send(visit.page, "more like the second one")
    said = visit.page.get_by_test_id("stChatMessage").all_inner_texts()
    server.kill()
    server.start()
    visit.page.reload()
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(6)
    expect(visit.page.get_by_test_id("stChatMessage").last).to_contain_text(
        said[-1].splitlines()[-1]
    )
    settle(visit.page)
    assert visit.page.get_by_test_id("stChatMessage").all_inner_texts() == said
    assert [" Movie " in each for each in films] == [True] * 5


def test_the_page_has_no_fault_and_asks_nobody_else(visit: Visit) -> None:
    send(visit.page, "something calm")
    assert visit.faults == []


def test_the_address_holds_the_chat_and_shows_it_to_nobody_else(visit: Visit) -> None:
    send(visit.page, "my secret wish: pirates")
    expect(visit.page).to_have_url(f"{visit.url}/?chat={visit.page.url[-22:]}")
    stranger = visit.page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    stranger.goto(visit.page.url)
    expect(stranger.get_by_text("This chat is not here")).to_be_visible()
    expect(stranger.get_by_text("secret")).to_have_count(0)


def test_the_newest_chat_is_listed_and_the_list_leads_back(visit: Visit) -> None:
    send(visit.page, "pirates and treasure")
    visit.page.get_by_role("button", name="New chat").click()
    expect(visit.page.get_by_role("heading", name="What do you feel like")).to_be_visible()
    visit.page.get_by_role("button", name="pirates and treasure").click()
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(2)


def test_axe_finds_nothing_serious(visit: Visit) -> None:
    send(visit.page, "something calm")
    found = TypeAdapter(list[_Violation]).validate_python(
        Axe().run(visit.page).response["violations"]
    )
    assert [each for each in found if each.impact in {"serious", "critical"}] == []
