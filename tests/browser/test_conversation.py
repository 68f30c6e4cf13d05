"""What people do with a chat, its cards and its messages, in a real browser."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, Visit, visited
from tests.browser.said import answered_whole, said, send, serious, settle, write
from tests.memory import servers
from tests.wire import FakeGroq

_STORY = "Here are some that fit. " + "They take their time, and so do I. " * 8
ANSWER = f"{_STORY}\n[1] One: it fits.\n[2] Two: it fits, too."


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose model takes seconds for an answer."""
    state = tmp_path_factory.mktemp("slow")
    with FakeGroq() as groq:
        groq.answers(ANSWER, pause=timedelta(milliseconds=60))
        key = {"GROQ_API_KEY": "gsk_test", "GROQ_API_BASE": groq.base}
        with Server(state, **key) as server:
            yield server


def begun(page: Page, text: str) -> None:
    """Send a message, and return while it is being answered."""
    write(page, text)
    expect(page.get_by_text("They take their time").first).to_be_visible()


def test_a_wish_is_let_go_of_by_its_chip_and_another_had_by_a_click(visit: Visit) -> None:
    send(visit.page, "short comedies, no romance")
    visit.page.get_by_text("no Romance ✕").click()
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(4)
    answered_whole(visit.page)
    expect(visit.page.get_by_text("no Romance ✕")).to_have_count(0)
    visit.page.get_by_role("button", name="finished ones only").click()
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(6)
    answered_whole(visit.page)
    expect(visit.page.get_by_text("finished ✕")).to_be_visible()


def test_a_card_is_worked_with_by_its_buttons(visit: Visit) -> None:
    send(visit.page, "something calm")
    first = visit.page.locator(".card h3").first.inner_text()
    visit.page.get_by_role("button", name="Seen it").first.click()
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(4)
    answered_whole(visit.page)
    assert first[3:] not in said(visit.page)[-1]


def test_a_message_is_edited_and_both_versions_can_be_gone_to(visit: Visit) -> None:
    send(visit.page, "pirates and treasure")
    pirates = said(visit.page)[-1]
    visit.page.get_by_test_id("stChatMessage").get_by_role("button", name="edit").click()
    visit.page.get_by_role("textbox", name="Say it in other words").fill("giant robots")
    visit.page.get_by_role("button", name="Send", exact=True).click()
    expect(visit.page.get_by_text("2/2")).to_be_visible()
    answered_whole(visit.page)
    assert "giant robots" in said(visit.page)[0]
    visit.page.get_by_role("button", name="chevron_left").click()
    expect(visit.page.get_by_text("1/2")).to_be_visible()
    settle(visit.page)
    assert said(visit.page)[-1] == pirates


def test_an_answer_is_stopped_and_what_came_of_it_stays(browser: Browser, slow: Server) -> None:
    with visited(browser, slow.url) as visit:
        begun(visit.page, "something calm")
        visit.page.get_by_role("button", name="Stop").click()
        expect(visit.page.get_by_text("Stopped.")).to_be_visible()
        answered_whole(visit.page)
        assert "They take their time" in said(visit.page)[-1]


def test_a_reload_and_a_second_tab_show_the_answer_from_its_beginning(
    browser: Browser, slow: Server
) -> None:
    with visited(browser, slow.url) as visit:
        begun(visit.page, "something calm")
        visit.page.reload()
        second = visit.page.context.new_page()
        second.goto(visit.page.url)
        for page in (visit.page, second):
            expect(page.get_by_text("Here are some that fit.")).to_be_visible()
            expect(page.locator(".card")).to_have_count(2)
            answered_whole(page)
        assert said(visit.page) == said(second)
        assert visit.faults == []


def test_when_redis_is_back_the_page_goes_on_by_itself(browser: Browser, tmp_path: Path) -> None:
    port = servers.free_port()
    options = ("appendonly yes", "appendfsync always", f"dir {tmp_path}")
    redis = servers.Server(tmp_path / "first", *options, port=port)
    with (
        Server(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}") as server,
        visited(browser, server.url) as visit,
    ):
        send(visit.page, "pirates and treasure")
        redis.end()
        write(visit.page, "only movies")
        expect(visit.page.get_by_text("goes on by itself")).to_be_visible()
        expect(visit.page.get_by_text("only movies")).to_be_visible()
        redis = servers.Server(tmp_path / "second", *options, port=port)
        expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(4)
        answered_whole(visit.page)
        assert "only movies" in said(visit.page)[2]
    redis.end()


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_shows_all_of_it_and_axe_finds_nothing_serious(
    browser: Browser, server: Server, *, dark: bool
) -> None:
    with visited(browser, server.url, (360, 740), dark=dark) as visit:
        send(visit.page, "something calm, no romance")
        wide = "document.scrollingElement.scrollWidth > window.innerWidth"
        assert not visit.page.evaluate(wide)
        expect(visit.page.get_by_test_id("stChatInputTextArea")).to_be_in_viewport()
        assert serious(visit.page) == []
        assert visit.faults == []


def test_all_of_it_can_be_done_by_keys_alone(visit: Visit) -> None:
    tabbed(visit.page, "stChatInputTextArea")
    visit.page.keyboard.type("something calm")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(2)
    answered_whole(visit.page)
    visit.page.get_by_test_id("stChatInputTextArea").blur()
    tabbed(visit.page, "More like this")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_test_id("stChatMessage")).to_have_count(4)
    answered_whole(visit.page)
    visit.page.get_by_test_id("stChatInputTextArea").blur()
    visit.page.keyboard.press("Control+Shift+KeyO")
    expect(visit.page.get_by_role("heading", name="What do you feel like")).to_be_visible()


def tabbed(page: Page, name: str) -> None:
    """Go on by the tabulator to what has this name or test id."""
    # A section that can be scrolled takes the focus, too, and has the texts of all that is in it.
    focused = (
        "(e => e.dataset.testid + ' ' + (e.tagName === 'BUTTON' ? e.innerText : ''))"
        "(document.activeElement)"
    )
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate(focused):
            return
    raise AssertionError(f"{name} cannot be reached by keys")


def test_while_groq_is_away_the_composer_answers_and_the_page_says_so(
    browser: Browser, tmp_path: Path
) -> None:
    away = {"GROQ_API_KEY": "gsk_test", "GROQ_API_BASE": "http://127.0.0.1:1"}
    with Server(tmp_path, **away) as server, visited(browser, server.url) as visit:
        send(visit.page, "something calm")
        expect(visit.page.locator(".card")).to_have_count(5)
        expect(visit.page.get_by_text("The language model is away")).to_be_visible()
        assert visit.faults == []


def test_a_poster_that_cannot_be_fetched_leaves_no_broken_image(visit: Visit) -> None:
    visit.page.route("https://**", lambda route: route.abort())
    visit.page.goto(f"{visit.url}/?page=settings")
    visit.page.get_by_text("Show posters").click()
    settle(visit.page)
    visit.page.goto(visit.url)
    send(visit.page, "something calm")
    assert any(fault.startswith("asked https://") for fault in visit.faults)
    broken = "[...document.images].filter(each => each.complete && !each.naturalWidth).length"
    assert visit.page.evaluate(broken) == 0
    assert "data:image/svg" in str(visit.page.locator(".poster").first.get_attribute("style"))
