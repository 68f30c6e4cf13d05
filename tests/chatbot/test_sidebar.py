"""What the left side of the page promises."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from chatbot.running import Running
from memory import new_id
from memory.errors import ConversationGone
from tests.chatbot.tester import NOW, button, kept, labels, opened, page, words


@pytest.fixture
def owner() -> str:
    return new_id()


def listed_chats(tester: AppTest) -> list[str]:
    return [each.label for each in tester.sidebar.button if str(each.key).startswith("open ")]


def test_chats_are_listed_by_age_newest_first(running: Running, owner: str) -> None:
    for title, days in (("Oldest", 9), ("Old", 1), ("New", 0)):
        kept(running, owner, title, minutes_ago=days * 24 * 60)
    listed = [each.value for each in page(owner).sidebar.caption]
    assert listed == ["Today", "Yesterday", "Earlier"]
    assert listed_chats(page(owner)) == ["New", "Old", "Oldest"]


def test_the_open_chat_is_marked_and_alone_can_be_edited(running: Running, owner: str) -> None:
    kept(running, owner, "Calm")
    tester = page(owner, chat=kept(running, owner, "Pirates"))
    assert button(tester, "Pirates").proto.type == "secondary"
    assert button(tester, "Calm").proto.type == "tertiary"
    assert labels(tester).count("Rename") == 1


def test_more_than_a_page_of_chats_comes_when_asked_for(running: Running, owner: str) -> None:
    for number in range(52):
        kept(running, owner, f"Chat {number}", minutes_ago=number)
    tester = page(owner)
    assert ("Chat 49" in labels(tester), "Chat 50" in labels(tester)) == (True, False)
    button(tester, "More").click().run()
    assert ("Chat 51" in labels(tester), "More" in labels(tester)) == (True, False)


def test_a_search_finds_titles_of_every_page(running: Running, owner: str) -> None:
    for number in range(52):
        kept(running, owner, f"Chat {number}", minutes_ago=number)
    tester = page(owner)
    tester.sidebar.text_input[0].set_value("CHAT 51").run()
    assert listed_chats(tester) == ["Chat 51"]
    tester.sidebar.text_input[0].set_value("robots").run()
    assert "No chat has these words" in words(tester)


def test_a_chat_is_renamed(running: Running, owner: str) -> None:
    chat = kept(running, owner)
    tester = page(owner, chat=chat)
    button(tester, "Rename").click().run()
    next(each for each in tester.text_input if each.label == "Title").set_value(" Sea ")
    button(tester, "Save").click().run()
    assert opened(running, owner, chat).conversation.title == "Sea"


def test_a_deleted_chat_is_gone_and_comes_back_when_asked(running: Running, owner: str) -> None:
    chat = kept(running, owner)
    tester = page(owner, chat=chat)
    button(tester, "Delete").click().run()
    assert "chat" not in tester.query_params
    with pytest.raises(ConversationGone):
        opened(running, owner, chat)
    button(tester, "Undo").click().run()
    assert tester.query_params["chat"] == chat
    assert "I want Pirates" in words(tester)


def test_what_can_no_longer_be_undone_is_not_offered(running: Running, owner: str) -> None:
    tester = page(owner, chat=kept(running, owner))
    button(tester, "Delete").click().run()
    chat, title, _ = tester.session_state["chat deleted"]
    tester.session_state["chat deleted"] = (chat, title, NOW - timedelta(minutes=10))
    assert "Undo" not in labels(tester.run())


def test_a_title_is_shown_and_never_rendered(running: Running, owner: str) -> None:
    chat = kept(running, owner)
    renaming = running.app.store.conversations.rename(chat, "**x** :red[y]", owner=owner)
    running.loop.run(renaming)
    assert "\\*\\*x\\*\\* \\:red\\[y\\]" in labels(page(owner))


def test_a_stranger_sees_no_chat_and_can_change_none(running: Running, owner: str) -> None:
    chat = kept(running, owner)
    stranger = page(new_id(), chat=chat)
    assert "Pirates" not in words(stranger)
    assert {"Rename", "Delete", "Undo"}.isdisjoint(labels(stranger))
    assert opened(running, owner, chat).conversation.title == "Pirates"


@pytest.mark.parametrize(
    ("label", "where"),
    [("Seen list", "seen"), ("Shared links", "links"), ("Settings", "settings")],
)
def test_a_click_leads_to_each_page(running: Running, owner: str, label: str, where: str) -> None:
    assert running.app
    tester = page(owner)
    button(tester, label).click().run()
    assert tester.query_params["page"] == where
    assert tester.title[0].value == label
    assert button(tester, label).proto.type == "secondary"
