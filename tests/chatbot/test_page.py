"""What the page shows, clicked by Streamlit's own tester."""

from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chatbot.loop import Loop
from chatbot.parts import Parts
from chatbot.running import Running, started
from chatbot.settings import PROJECT, Settings
from memory import embedded, new_id
from tests.chatbot.tester import button
from tests.wire import FakeGroq

DEADLINE_SECONDS = 20


def script(owner: str) -> None:
    """Show the page to an owner; Streamlit runs this function's text."""
    from chatbot.page import show  # noqa: PLC0415
    from chatbot.running import current  # noqa: PLC0415

    show(current(), owner)  # type: ignore[arg-type]  # the fixture has started it


@pytest.fixture
def owner(running: Running) -> str:
    assert running.app
    return new_id()


def page(owner: str, chat: str = "") -> AppTest:
    tester = AppTest.from_function(script, args=(owner,), default_timeout=DEADLINE_SECONDS)
    if chat:
        tester.query_params["chat"] = chat
    return tester.run()


def sent(tester: AppTest, text: str) -> AppTest:
    return tester.chat_input[0].set_value(text).run()


def texts(tester: AppTest) -> str:
    return "\n".join(each.value for each in tester.text)


def test_an_empty_page_offers_something_to_begin_with(owner: str) -> None:
    tester = page(owner)
    assert tester.title[0].value == "What do you feel like watching?"
    assert len(tester.pills[0].options) == 4


def test_the_wishes_in_force_are_chips(owner: str) -> None:
    tester = sent(page(owner), "short comedies, no romance")
    assert tester.pills[0].options == [
        "Comedy ✕",
        "no Romance ✕",
        "at most 13 episodes ✕",
    ]


def test_a_click_on_a_chip_lets_go_of_its_wish(owner: str) -> None:
    tester = sent(page(owner), "short comedies, no romance")
    tester.pills[0].select("no Romance ✕").run()
    assert tester.pills[0].options == [
        "Comedy ✕",
        "at most 13 episodes ✕",
    ]


def test_a_message_is_answered_with_cards(owner: str) -> None:
    tester = sent(page(owner), "dark psychological thrillers")
    assert [each.name for each in tester.chat_message] == ["user", "assistant"]
    assert [each.value[:5] for each in tester.chat_message[1].markdown] == [
        f"**{n}. "[:5] for n in range(1, 6)
    ]


def test_a_reload_shows_the_same_chat(owner: str) -> None:
    before = sent(page(owner), "dark psychological thrillers")
    after = page(owner, before.query_params["chat"])
    assert texts(after) == texts(before)


def test_a_starter_begins_a_chat(owner: str) -> None:
    tester = page(owner)
    tester.pills[0].set_value(tester.pills[0].options[0]).run()
    assert len(tester.chat_message) == 2


def test_ones_chats_are_listed_and_can_be_opened(owner: str) -> None:
    sent(page(owner), "pirates and treasure")
    tester = page(owner)
    button(tester, "pirates and treasure").click().run()
    assert "pirates and treasure" in texts(tester)


def test_somebody_elses_chat_cannot_be_opened(owner: str) -> None:
    chat = sent(page(owner), "my secret wish").query_params["chat"]
    stranger = page(new_id(), chat)
    assert "secret" not in texts(stranger)
    assert "not here" in stranger.info[0].value
    assert "Your chats appear here." in [each.value for each in stranger.sidebar.caption]


def test_what_people_write_is_shown_and_never_rendered(owner: str) -> None:
    hostile = "<script>alert(1)</script> **x** ![](http://example.org/x.png)"
    tester = sent(page(owner), hostile)
    assert tester.chat_message[0].text[0].value == hostile
    assert not tester.chat_message[0].markdown


def test_a_message_that_cannot_be_used_is_told_and_not_lost(owner: str) -> None:
    tester = sent(page(owner), "\u200b")
    assert "empty" in tester.error[0].value
    assert not tester.exception


def test_a_message_written_during_an_answer_is_sent_after_it(
    with_groq: dict[str, str], groq: FakeGroq, parts: Parts
) -> None:
    groq.answers("Here.\n[1] One: it fits.", pause=timedelta(milliseconds=100))
    with started(Settings.read(with_groq), parts=parts) as running:
        owner = new_id()
        tester = sent(page(owner), "pirates")
        chat = tester.query_params["chat"]
        running.loop.run(running.app.turns.start(chat, "from another tab", owner=owner))
        sent(tester, "and from here")
    assert [each.text[0].value for each in tester.chat_message[::2]] == [
        "pirates",
        "from another tab",
        "and from here",
    ]


def test_while_redis_is_away_the_page_says_so_and_shows_what_was_not_sent(
    tmp_path: Path, settings: dict[str, str], parts: Parts
) -> None:
    with Loop() as loop:
        server = embedded(tmp_path / "redis")
        url = loop.run(entered(server))
        with started(Settings.read(settings | {"REDIS_URL": url}), parts=parts):
            tester = sent(page(new_id()), "pirates")
            loop.run(left(server))
            sent(tester, "only movies")
    assert "cannot be reached" in tester.error[0].value
    assert tester.text[0].value == "only movies"


async def entered(server: AbstractAsyncContextManager[str]) -> str:
    return await server.__aenter__()


async def left(server: AbstractAsyncContextManager[str]) -> None:
    await server.__aexit__(None, None, None)


def test_before_the_app_has_started_the_page_says_so() -> None:
    tester = AppTest.from_file(PROJECT / "chatbot" / "page.py").run(timeout=DEADLINE_SECONDS)
    assert "starting" in tester.info[0].value
