"""What sharing a chat promises on the page: to its owner, to visitors and to strangers."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from chatbot import sharing
from chatbot.events import Finished
from chatbot.parts import Parts
from chatbot.running import Running, started
from chatbot.settings import Settings
from memory import Share, new_id
from memory.errors import ConversationGone, ShareGone
from tests.chatbot.tester import NOW, button, kept, labels, opened, page, words
from tests.wire import FakeGroq


@pytest.fixture
def owner() -> str:
    return new_id()


def links(tester: AppTest) -> list[str]:
    """The links that can be copied."""
    return [each.value for each in tester.code if "share=" in each.value]


def shares(running: Running, owner: str) -> tuple[Share, ...]:
    return running.loop.run(running.app.store.shares.of(owner))


def shared(running: Running, owner: str, chat: str = "") -> Share:
    chat = chat or kept(running, owner)
    store = running.app.store
    shown = running.loop.run(sharing.snapshot(store.conversations, chat, owner=owner))
    week = timedelta(days=7)
    creating = store.shares.create(chat, shown, owner=owner, expires=week, now=NOW)
    return running.loop.run(creating)


def dialog(owner: str, chat: str) -> AppTest:
    return button(page(owner, chat=chat), "Share").click().run()


def test_a_link_is_made_for_as_long_as_is_chosen(running: Running, owner: str) -> None:
    tester = dialog(owner, kept(running, owner))
    assert tester.radio[0].options == ["1 day", "7 days", "30 days", "ever"]
    assert tester.radio[0].value == timedelta(days=7)
    button(tester.radio[0].set_value("1 day").run(), "Share").click().run()
    button(tester, "Create link").click().run()
    share = shares(running, owner)[0]
    assert share.expires is not None


def test_the_usual_time_is_the_operator_s(
    settings: dict[str, str], parts: Parts, owner: str
) -> None:
    environment = settings | {"SHARE_DAYS": "3", "PUBLIC_URL": "https://anime.example/chat/"}
    with started(Settings.read(environment), parts=parts) as running:
        chat = kept(running, owner)
        tester = dialog(owner, chat)
        assert tester.radio[0].value == timedelta(days=3)
        button(tester, "Create link").click().run()
        token = shares(running, owner)[0].token
        shown = dialog(owner, chat)
    assert links(shown)[0] == f"https://anime.example/chat/?share={token}"


def test_the_dialog_shows_the_link_of_its_chat_alone(running: Running, owner: str) -> None:
    share = shared(running, owner)
    assert share.token in links(dialog(owner, share.conversation))[0]
    assert not links(dialog(owner, kept(running, owner, "Another")))


def test_a_visitor_sees_messages_cards_and_wishes_and_can_write_nothing(
    running: Running, owner: str
) -> None:
    tester = page(new_id(), share=shared(running, owner).token)
    said = words(tester)
    assert "I want Pirates" in said
    assert "Mushi-Shi" in said
    assert "at most 13 episodes" in said
    assert "Shared until" in said
    assert not tester.chat_input
    assert {"Rename", "Share", "Revoke"}.isdisjoint(labels(tester))


def test_a_visit_counts_once_and_the_owner_s_own_never(running: Running, owner: str) -> None:
    share = shared(running, owner)
    page(new_id(), share=share.token).run().run()
    page(owner, share=share.token)
    assert shares(running, owner)[0].opened == 1


def test_a_copy_is_the_visitor_s_own(running: Running, owner: str) -> None:
    visitor, share = new_id(), shared(running, owner)
    tester = page(visitor, share=share.token)
    button(tester, "Continue as a copy").click().run()
    copy = tester.query_params["chat"]
    assert copy != share.conversation
    assert opened(running, visitor, copy).messages[0].text == "I want Pirates"
    tester.chat_input[0].set_value("more").run()
    assert len(opened(running, visitor, copy).messages) == 4
    assert len(opened(running, owner, share.conversation).messages) == 2


def test_nobody_copies_without_end(running: Running, owner: str) -> None:
    visitor, share = new_id(), shared(running, owner)
    for _ in range(10):
        button(page(visitor, share=share.token), "Continue as a copy").click().run()
    tester = page(visitor, share=share.token)
    button(tester, "Continue as a copy").click().run()
    assert "too much at once" in tester.toast[0].value
    assert len(running.loop.run(running.app.store.conversations.list(visitor))) == 10


@pytest.mark.parametrize("kind", ["revoked", "expired", "made up", "hostile"])
def test_a_link_that_does_not_work_says_the_same_whatever_it_was(
    running: Running, owner: str, kind: str
) -> None:
    share, store = shared(running, owner), running.app.store
    if kind == "revoked":
        running.loop.run(store.shares.revoke(share.token, owner=owner))
    if kind == "expired":
        past = timedelta(milliseconds=1)
        running.loop.run(store.shares.expire(share.token, owner=owner, expires=past, now=NOW))
    token = {"made up": new_id(), "hostile": "*}\n<b>"}.get(kind, share.token)
    tester = page(new_id(), share=token)
    assert [each.value for each in tester.info] == [
        "This link no longer works. Ask whoever sent it for a new one."
    ]
    assert not tester.chat_message


def test_all_links_are_listed_and_can_be_changed(running: Running, owner: str) -> None:
    first, second = shared(running, owner), shared(running, owner)
    tester = page(owner, page="links")
    assert len(tester.code) == 2
    tester.selectbox[0].set_value("ever").run()
    assert {each.expires for each in shares(running, owner)} == {None, first.expires}
    button(tester, "Revoke").click().run()
    assert [each.token for each in shares(running, owner)] == [first.token]
    with pytest.raises(ShareGone):
        running.loop.run(running.app.store.shares.open(second.token, visitor=new_id()))


def test_an_updated_link_shows_the_chat_as_it_is_now(running: Running, owner: str) -> None:
    share = shared(running, owner)
    tester = page(owner, chat=share.conversation)
    tester.chat_input[0].set_value("only movies").run()
    assert "only movies" not in words(page(new_id(), share=share.token))
    button(page(owner, page="links"), "Update").click().run()
    assert "only movies" in words(page(new_id(), share=share.token))


def test_a_stranger_sees_none_of_the_links(running: Running, owner: str) -> None:
    share = shared(running, owner)
    stranger = page(new_id(), page="links")
    assert "There are none yet" in words(stranger)
    assert not stranger.code
    assert shares(running, owner) == (share,)


def test_a_stranger_cannot_share_somebody_s_chat(running: Running, owner: str) -> None:
    chat, stranger = kept(running, owner), new_id()
    assert {"Share", "Export"}.isdisjoint(labels(page(stranger, chat=chat)))
    assert "Create link" in labels(dialog(owner, chat))
    with pytest.raises(ConversationGone):
        shared(running, stranger, chat)


def test_a_stranger_neither_follows_nor_stops_an_answer_in_hand(
    with_groq: dict[str, str], groq: FakeGroq, parts: Parts, owner: str
) -> None:
    groq.answers("Here it is.\n[1] One: it fits.", pause=timedelta(milliseconds=200))
    with started(Settings.read(with_groq), parts=parts) as running:
        chat, turns = new_id(), running.app.turns
        run = running.loop.run(turns.start(chat, "secret pirates", owner=owner))
        stranger = page(new_id(), chat=chat)
        assert "not here" in stranger.info[0].value
        assert "Stop" not in labels(stranger)
        assert "secret" not in words(stranger)
        last = list(running.loop.each(turns.follow(chat, run)))[-1]
    assert isinstance(last, Finished)
    assert last.ending == "finished"
