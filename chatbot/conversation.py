"""The open conversation: what it shows, and how the next message is sent."""

import re
from contextlib import suppress

import streamlit as st

from chatbot import visitor
from chatbot.errors import BadMessage, explain
from chatbot.running import Running
from chatbot.texts import LONGEST_MESSAGE
from chatbot.views import chips, transcript
from chatbot.views.look import Look
from memory import Opened, new_id
from memory.errors import ConversationGone, StoreError
from retrieval import RequestState

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_MESSAGE, _WAITING = "message", "waiting"
_STARTERS = (
    "Dark psychological thrillers",
    "Something calm and heartwarming",
    "Short comedies under 13 episodes",
    "Classic films from the 90s",
)


def show(running: Running, owner: str, look: Look) -> None:
    """Show the conversation that the address names, or a new one, or what is wrong with it."""
    try:
        _conversation(running, owner, look)
    except StoreError as error:
        transcript.away(st.session_state.get(_MESSAGE), explain(error))


def _conversation(running: Running, owner: str, look: Look) -> None:
    chat = st.query_params.get("chat", "")
    opened = _opened(running, chat, owner)
    text = st.chat_input(
        "What do you feel like watching?",
        key=_MESSAGE,
        max_chars=LONGEST_MESSAGE,
    )
    waiting = st.session_state.pop(_WAITING, None)
    text = text or waiting
    if opened:
        transcript.show(opened.messages, running.app.parts.catalogue, look)
        if opened.running:
            _follow(running, chat, opened.running, text, look)
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


def _follow(running: Running, chat: str, turn: str, text: str | None, look: Look) -> None:
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
        transcript.follow(events, running.app.parts.catalogue, look, stop)
    st.rerun()


def _send(running: Running, chat: str, text: str, owner: str) -> None:
    try:
        start = running.app.turns.start
        by_model = visitor.look(running, owner).by_model
        running.loop.run(
            start(chat, text, owner=owner, address=visitor.address(), by_model=by_model)
        )
    except (BadMessage, StoreError) as error:
        transcript.unsent(text, explain(error))
        return
    st.query_params["chat"] = chat
    st.rerun()
