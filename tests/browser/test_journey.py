"""What a newcomer lives through in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visit
from tests.browser.said import said, send, serious


def cards(page: Page) -> list[str]:
    """The facts on the cards of the last answer."""
    return page.get_by_test_id("stChatMessage").last.locator(".facts").all_inner_texts()


def test_a_chat_is_refined_and_is_all_there_after_the_server_was_killed(
    visit: Visit, server: Server
) -> None:
    send(visit.page, "dark psychological thrillers")
    send(visit.page, "only movies")
    films = cards(visit.page)
    send(visit.page, "more like the second one")
    before = said(visit.page)
    server.kill()
    server.start()
    visit.page.reload()
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(6)
    messages = visit.page.get_by_test_id("stChatMessage")
    expect(messages).to_have_text(before, use_inner_text=True)
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
    assert serious(visit.page) == []
