"""The page: Streamlit runs this script anew for every visit and every click."""

import re
from contextlib import suppress

import streamlit as st

from chatbot.errors import BadMessage, explain
from chatbot.owner import COOKIE, owner_of
from chatbot.running import Running, current
from chatbot.texts import LONGEST_MESSAGE
from chatbot.views import chips, sidebar, transcript
from memory import Opened, new_id
from memory.errors import ConversationGone, StoreError
from retrieval import RequestState

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_MESSAGE, _WAITING = "message", "waiting"
# Streamlit fetches named icons from elsewhere; this one comes with the page.
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="8" fill="#c2410c"/><path d="M12 9l12 7-12 7z" fill="#fff"/></svg>'
)
_STARTERS = (
    "Dark psychological thrillers",
    "Something calm and heartwarming",
    "Short comedies under 13 episodes",
    "Classic films from the 90s",
)


def main() -> None:
    """Show the conversation that the address names, and take the next message."""
    st.set_page_config(page_title="Osusume", page_icon=_ICON, layout="centered")
    running = current()
    if running is None:
        st.info("Osusume is starting. Reload the page in a moment.")
        return
    owner = owner_of(st.context.cookies.get(COOKIE))
    if owner is None:
        st.warning("This page needs a cookie to know your chats. Allow cookies and reload.")
        return
    show(running, owner)


def show(running: Running, owner: str) -> None:
    """Show the owner's chats and the one that the address names, or what is wrong with it."""
    try:
        _conversation(running, owner)
    except StoreError as error:
        transcript.away(st.session_state.get(_MESSAGE), explain(error))


def _conversation(running: Running, owner: str) -> None:
    chat = st.query_params.get("chat", "")
    sidebar.show(running.loop.run(running.app.store.conversations.list(owner)), chat)
    opened = _opened(running, chat, owner)
    text = st.chat_input(
        "What do you feel like watching?",
        key=_MESSAGE,
        max_chars=LONGEST_MESSAGE,
    )
    waiting = st.session_state.pop(_WAITING, None)
    text = text or waiting
    if opened:
        transcript.show(opened.messages, running.app.parts.catalogue)
        if opened.running:
            _follow(running, chat, opened.running, text)
        elif opened.messages and opened.messages[-1].role == "user":
            text = transcript.interrupted(opened.messages[-1].text) or text
        else:
            text = chips.show(RequestState.read(opened.state)) or text
    else:
        text = _welcome(running) or text
    if text:
        _send(running, chat if opened else new_id(), text, owner)


def _opened(running: Running, chat: str, owner: str) -> Opened | None:
    if not _ID.fullmatch(chat):
        st.query_params.clear()
        return None
    try:
        return running.loop.run(running.app.store.conversations.open(chat, owner=owner))
    except ConversationGone:
        st.query_params.clear()
        st.info("This chat is not here: it was deleted, has expired, or belongs to someone else.")
        return None


def _welcome(running: Running) -> str | None:
    st.title("What do you feel like watching?")
    st.caption(f"{len(running.app.parts.catalogue):,} anime, a few well-chosen at a time.")
    return st.pills("For instance", _STARTERS, label_visibility="collapsed")


def _follow(running: Running, chat: str, turn: str, text: str | None) -> None:
    """Show the answer in hand; a message written meanwhile is sent when it has ended."""

    def stop() -> None:
        with suppress(StoreError):  # the next read tells
            running.loop.run(running.app.turns.stop(chat, turn))

    events = running.loop.each(running.app.turns.follow(chat, turn))
    answer = st.container()
    if text:
        st.session_state[_WAITING] = text
        transcript.waiting(text)
    with answer:
        transcript.follow(events, running.app.parts.catalogue, stop)
    st.rerun()


def _send(running: Running, chat: str, text: str, owner: str) -> None:
    try:
        running.loop.run(running.app.turns.start(chat, text, owner=owner))
    except (BadMessage, StoreError) as error:
        transcript.unsent(text, explain(error))
        return
    st.query_params["chat"] = chat
    st.rerun()


if __name__ == "__main__":
    main()
