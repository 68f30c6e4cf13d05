"""What the page shows, clicked by Streamlit's own tester."""

from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chatbot.loop import Loop
from chatbot.parts import Parts
from chatbot.running import Running, started
from chatbot.settings import PROJECT, Settings
from memory import Message, Runs, Thumb, connected, embedded, new_id
from tests.chatbot.tester import button
from tests.wire import FakeGroq

DEADLINE_SECONDS = 20
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


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
    said = [each.value for each in tester.text]
    return "\n".join([*said, *(each.value for each in tester.html)])


def mine(tester: AppTest) -> list[str]:
    """What the owner said."""
    return [each.text[0].value for each in tester.chat_message if each.name == "user"]


def clicked(tester: AppTest, beginning: str) -> AppTest:
    """Click the last button whose key begins so."""
    return [each for each in tester.button if str(each.key).startswith(beginning)][-1].click().run()


def test_an_empty_page_offers_something_to_begin_with(owner: str) -> None:
    tester = page(owner)
    assert tester.title[0].value == "What do you feel like watching?"
    starters = [each.label for each in tester.main.button]
    assert len(starters) == 4


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
    cards = [each.value for each in tester.chat_message[1].html if "<h3>" in each.value]
    assert [card.partition("<h3>")[2][:2] for card in cards] == [f"{n}." for n in range(1, 6)]


def test_a_reload_shows_the_same_chat(owner: str) -> None:
    before = sent(page(owner), "dark psychological thrillers")
    after = page(owner, before.query_params["chat"])
    assert texts(after) == texts(before)


def test_a_starter_begins_a_chat(owner: str) -> None:
    tester = page(owner)
    tester.main.button[0].click().run()
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


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("More like this", "more like number 5"),
        ("Seen it", "i have seen number 5"),
        ("Not for me", "number 5 is not for me"),
    ],
)
def test_what_is_clicked_on_a_card_acts_as_a_message(owner: str, deed: str, said: str) -> None:
    tester = clicked(sent(page(owner), "dark psychological thrillers"), deed)
    assert mine(tester) == ["dark psychological thrillers", said]
    assert len(tester.chat_message) == 4


def test_a_suggestion_is_sent_by_a_click(owner: str) -> None:
    tester = clicked(sent(page(owner), "dark psychological thrillers"), "shorter")
    assert mine(tester)[1] == "shorter"
    assert tester.pills[0].options[-1] == "at most 11 episodes ✕"


def test_an_edited_message_makes_a_branch_and_going_back_is_possible(owner: str) -> None:
    tester = clicked(sent(page(owner), "pirates"), "edit")
    tester.text_area[0].set_value("robots").run()
    tester = clicked(tester, "FormSubmitter:anew")
    assert mine(tester) == ["pirates"]


def test_a_long_chat_opens_at_its_end_and_shows_earlier_messages_when_asked(
    owner: str, running: Running
) -> None:
    said = [
        Message(role=role, text=f"{role} {turn}", at=NOON, turn=f"turn-{turn}")
        for turn in range(60)
        for role in ("user", "assistant")
    ]
    restored = running.app.store.conversations.restore("long", said, "", owner=owner, now=NOON)
    tester = page(owner, running.loop.run(restored))
    assert mine(tester)[0] == "user 35"
    [earlier] = [each for each in tester.button if each.label == "Earlier messages"]
    assert mine(earlier.click().run())[0] == "user 10"


def test_a_message_whose_answer_was_interrupted_is_answered_when_asked_again(
    tmp_path: Path, settings: dict[str, str], parts: Parts
) -> None:
    chat, owner = new_id(), new_id()
    with Loop() as loop:
        server = embedded(tmp_path / "redis")
        url = loop.run(entered(server))
        loop.run(interrupted(url, chat, owner))
        with started(Settings.read(settings | {"REDIS_URL": url}), parts=parts):
            tester = page(owner, chat)
            assert "interrupted" in tester.main.caption[-1].value
            tester = clicked(tester, "again")
        loop.run(left(server))
    assert mine(tester) == ["pirates"]
    assert len(tester.chat_message) == 2


async def interrupted(url: str, chat: str, owner: str) -> None:
    """Begin to answer, and die."""
    message = Message(role="user", text="pirates", at=NOON, turn=new_id())
    async with connected(url) as redis:
        runs = Runs(redis, kept=timedelta(days=1), lease=timedelta(milliseconds=1))
        await runs.begin(chat, owner=owner, message=message)


def test_an_answer_that_failed_can_be_asked_for_again(owner: str, running: Running) -> None:
    said = [
        Message(role="user", text="pirates", at=NOON, turn="t"),
        Message(role="assistant", text="It broke.", at=NOON, turn="t", ending="failed"),
    ]
    restored = running.app.store.conversations.restore("x", said, "", owner=owner, now=NOON)
    tester = page(owner, running.loop.run(restored))
    assert tester.error[0].value == "It broke."
    tester = clicked(tester, "again")
    assert not tester.error
    assert mine(tester) == ["pirates"]


def test_what_is_thought_of_an_answer_is_kept_and_counted(owner: str, running: Running) -> None:
    tester = sent(page(owner), "pirates")
    tester.feedback[0].set_value(0).run()
    [word] = [each for each in tester.text_input if each.label == "A word about it"]
    word.set_value("too loud").run()
    opened = running.app.store.conversations.open(tester.query_params["chat"], owner=owner)
    assert [*running.loop.run(opened).thumbs.values()] == [Thumb(up=False, word="too loud")]


async def entered(server: AbstractAsyncContextManager[str]) -> str:
    return await server.__aenter__()


async def left(server: AbstractAsyncContextManager[str]) -> None:
    await server.__aexit__(None, None, None)


def test_before_the_app_has_started_the_page_says_so() -> None:
    tester = AppTest.from_file(PROJECT / "chatbot" / "page.py").run(timeout=DEADLINE_SECONDS)
    assert "starting" in tester.info[0].value
