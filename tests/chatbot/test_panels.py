"""What the pages beside the chat promise: seen list, settings, export and import, and moving."""

import gzip
import json

import pytest
from streamlit.testing.v1 import AppTest

from chatbot import exports, sharing
from chatbot.parts import Parts
from chatbot.running import Running, started
from chatbot.settings import Settings
from chatbot.views.look import Look
from memory import new_id
from tests.chatbot.tester import button, kept, labels, opened, page, words
from tests.wire import FakeGroq

EXPORT = """<?xml version="1.0" encoding="UTF-8" ?><myanimelist>
<anime><series_animedb_id>1</series_animedb_id><series_title><![CDATA[Cowboy Bebop]]></series_title>
<my_status>Completed</my_status></anime>
<anime><series_animedb_id>457</series_animedb_id><series_title><![CDATA[Mushishi]]></series_title>
<my_status>Plan to Watch</my_status></anime>
<anime><series_animedb_id>99999999</series_animedb_id><series_title><![CDATA[Unheard Of]]>
</series_title><my_status>Completed</my_status></anime></myanimelist>"""


@pytest.fixture
def owner() -> str:
    return new_id()


def seen(running: Running, owner: str) -> frozenset[int]:
    return running.loop.run(running.app.store.seen_lists.of(owner))


def uploaded(tester: AppTest, name: str, content: bytes, kind: str, submit: str) -> AppTest:
    tester.file_uploader[0].set_value((name, content, kind))
    return button(tester, submit).click().run()


def look(running: Running, owner: str) -> Look:
    return Look.read(running.loop.run(running.app.store.preferences.of(owner)))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_export_of_myanimelist_is_taken_over(running: Running, owner: str, pack: type) -> None:
    content = pack(EXPORT.encode())
    tester = uploaded(page(owner, page="seen"), "list.xml", content, "text/xml", "Add to the list")
    assert "1 of 2 entries was matched, 1 of them new." in words(tester)
    assert "Unheard Of" in words(tester)
    assert seen(running, owner) == {1}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no xml", "This file is not the XML of an export"),
        (b"<a/>", "This file is not an export of an anime list from MyAnimeList."),
        (b"\x1f\x8bbroken", "This file is cut off or damaged"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "This file defines entities"),
    ],
)
def test_a_file_that_is_no_export_is_told(
    running: Running, owner: str, content: bytes, why: str
) -> None:
    tester = uploaded(page(owner, page="seen"), "list.xml", content, "text/xml", "Add to the list")
    assert tester.error[0].value.startswith(why)
    assert seen(running, owner) == frozenset()


def test_a_plain_list_is_taken_over(running: Running, owner: str) -> None:
    tester = page(owner, page="seen")
    tester.text_area[0].set_value("1. Cowboy Bebop\n- Mushishi")
    [each for each in tester.button if each.label == "Add to the list"][2].click().run()
    assert seen(running, owner) == {1, 457}


def test_a_user_of_anilist_has_a_name(running: Running, owner: str) -> None:
    tester = page(owner, page="seen")
    next(each for each in tester.text_input if each.label == "User name").set_value("no name!")
    [each for each in tester.button if each.label == "Add to the list"][1].click().run()
    assert "is no user name of AniList" in tester.error[0].value
    assert seen(running, owner) == frozenset()


def test_a_title_is_taken_off_the_list_and_all_of_them(running: Running, owner: str) -> None:
    running.loop.run(running.app.store.seen_lists.add(owner, [1, 457]))
    tester = page(owner, page="seen")
    button(tester, "").click().run()
    assert seen(running, owner) == {457}
    button(tester, "Clear the list").click().run()
    assert seen(running, owner) == frozenset()


def test_a_stranger_sees_and_changes_no_other_seen_list(running: Running, owner: str) -> None:
    running.loop.run(running.app.store.seen_lists.add(owner, [1]))
    stranger = page(new_id(), page="seen")
    assert "Cowboy Bebop" not in words(stranger)
    assert "Clear the list" not in labels(stranger)
    assert seen(running, owner) == {1}


def test_settings_are_kept_for_their_owner(running: Running, owner: str) -> None:
    tester = page(owner, page="settings")
    tester.toggle[0].set_value(True)
    tester.radio[0].set_value("native").run()
    assert look(running, owner) == Look(posters=True, names="native")
    assert page(owner, page="settings").radio[0].value == "native"
    assert look(running, new_id()) == Look()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"posters": 7}', '{"names": "klingon"}'])
def test_settings_of_another_form_are_as_at_first(running: Running, owner: str, text: str) -> None:
    running.loop.run(running.app.store.preferences.keep(owner, text))
    assert page(owner, page="settings").radio[0].value == "english"


def test_without_a_key_nobody_is_asked_who_answers(running: Running, owner: str) -> None:
    assert running.app
    assert len(page(owner, page="settings").toggle) == 1


def test_the_composer_answers_whoever_chose_so(
    with_groq: dict[str, str], groq: FakeGroq, parts: Parts, owner: str
) -> None:
    groq.answers("Here.\n[1] One: it fits.")
    with started(Settings.read(with_groq), parts=parts) as running:
        page(owner, page="settings").toggle[1].set_value(False).run()
        tester = page(owner)
        tester.chat_input[0].set_value("pirates").run()
        answer = opened(running, owner, tester.query_params["chat"]).messages[1]
    assert (answer.answered_by, answer.notice) == ("composer", "")


def test_a_chat_is_imported_and_opened(running: Running, owner: str) -> None:
    chats = running.app.store.conversations
    chat = kept(running, owner)
    file = exports.written(running.loop.run(sharing.snapshot(chats, chat, owner=owner)))
    other = new_id()
    tester = uploaded(
        page(other, page="settings"), "chat.json", file.encode(), "application/json", "Import chat"
    )
    copy = tester.query_params["chat"]
    assert "I want Pirates" in words(tester)
    again = exports.written(running.loop.run(sharing.snapshot(chats, copy, owner=other)))
    assert again == file
    assert "4711" not in json.dumps(file)


def test_a_file_that_is_no_chat_is_told(running: Running, owner: str) -> None:
    tester = page(owner, page="settings")
    uploaded(tester, "chat.json", b"{}", "application/json", "Import chat")
    assert "no chat that was exported" in tester.error[0].value
    assert running.loop.run(running.app.store.conversations.list(owner)) == ()


def test_a_code_to_move_is_its_owner_s(running: Running, owner: str) -> None:
    tester = page(owner, page="move")
    assert not tester.code
    button(tester, "Show a code").click().run()
    code = tester.code[0].value
    assert running.loop.run(running.app.store.moves.redeem(code)) == owner


def test_a_page_that_is_not_there_is_a_new_chat(running: Running, owner: str) -> None:
    assert running.app
    assert page(owner, page="nothing").title[0].value == "What do you feel like watching?"
