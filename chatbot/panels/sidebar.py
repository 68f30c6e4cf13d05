"""The left side of the page: a new chat, the other pages, and one's own chats."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

import streamlit as st

from chatbot import visitor, wiring
from chatbot.errors import explain
from chatbot.panels.deed import done
from chatbot.running import Running
from chatbot.texts import escaped
from memory import Conversation
from memory.conversations import UNDO
from memory.errors import StoreAway, StoreError

_PAGE = 50
_SHOWN, _DELETED = "chats shown", "chat deleted"
_LONGEST_TITLE = 60
_WENT, _TITLE = "went elsewhere", "new title"
_STYLE = """<style>
[data-testid=stSidebar] .stButton :is(button, div, span) { justify-content: flex-start; }
:has(> .st-key-top) { position: sticky; top: 0.75rem; z-index: 999991; }
</style>"""
# On a phone the sidebar covers the page, and Streamlit closes it for links of its own alone.
_CLOSE = """<script>
if (innerWidth < 768) document.querySelector("[data-testid=stSidebarCollapseButton] button").click()
</script>"""


def show(running: Running, owner: str) -> StoreAway | None:
    """Show where one can go, with what is open marked; returns why Redis is away, if it is."""
    with st.sidebar:
        st.html(_STYLE)
        if st.session_state.pop(_WENT, False):
            st.html(_CLOSE, unsafe_allow_javascript=True)
        st.header("Osusume")
        _place("New chat", ":material/edit_square:", "", shortcut="Ctrl+Shift+O")
        _place("Seen list", ":material/visibility:", "seen")
        _place("Shared links", ":material/link:", "links")
        _place("Settings", ":material/settings:", "settings")
        words = st.text_input(
            "Search chats",
            key="chats searched",
            placeholder="Search chats",
            icon=":material/search:",
            label_visibility="collapsed",
            max_chars=_LONGEST_TITLE,
        )
        try:
            _chats(running, owner, (words or "").strip())
        except StoreAway as error:
            st.error("Your chats cannot be read.")
            return error
        except StoreError as error:
            st.error(explain(error))
    return None


def go(**where: str) -> None:
    """Go to another page or chat."""
    st.query_params.from_dict(where)
    st.session_state[_WENT] = True


def _place(label: str, icon: str, page: str, *, shortcut: str | None = None) -> None:
    is_here = bool(page) and st.query_params.get("page") == page
    st.button(
        label,
        icon=icon,
        type="secondary" if is_here else "tertiary",
        width="stretch",
        on_click=go,
        kwargs={"page": page} if page else {},
        shortcut=shortcut,
    )


def _chats(running: Running, owner: str, words: str) -> None:
    conversations = running.app.store.conversations
    most = st.session_state.get(_SHOWN, _PAGE)
    reading = (
        conversations.find(words, owner=owner, most=most + 1)
        if words
        else conversations.list(owner, most=most + 1)
    )
    found = running.loop.run(reading)
    _undo(running, owner)
    if not found:
        st.caption("No chat has these words in its title." if words else "Your chats appear here.")
    for name, group in groupby(found[:most], _age):
        st.caption(name)
        _entries(running, owner, [*group])
    if len(found) > most:
        st.button("More", icon=":material/expand_more:", on_click=_more, width="stretch")


def _more() -> None:
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, _PAGE) + _PAGE


def _age(chat: Conversation) -> str:
    days = (visitor.day(wiring.now()) - visitor.day(chat.updated)).days
    return {0: "Today", 1: "Yesterday"}.get(days, "Earlier") if days >= 0 else "Today"


def _entries(running: Running, owner: str, chats: Sequence[Conversation]) -> None:
    here = st.query_params.get("chat")
    for chat in chats:
        if chat.id == here:
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                _entry(chat, "secondary")
                _menu(running, owner, chat)
        else:
            _entry(chat, "tertiary")


def _entry(chat: Conversation, kind: Literal["secondary", "tertiary"]) -> None:
    st.button(
        escaped(chat.title),
        key=f"open {chat.id}",
        type=kind,
        width="stretch",
        wrap=False,
        on_click=go,
        kwargs={"chat": chat.id},
    )


def _menu(running: Running, owner: str, chat: Conversation) -> None:
    with st.popover("Edit", type="tertiary"):
        if st.button("Rename", icon=":material/edit:", type="tertiary", key=f"rename {chat.id}"):
            _rename(running, owner, chat)
        st.button(
            "Delete",
            icon=":material/delete:",
            type="tertiary",
            key=f"delete {chat.id}",
            on_click=_delete,
            args=(running, owner, chat),
        )


@st.dialog("Rename chat")
def _rename(running: Running, owner: str, chat: Conversation) -> None:
    with st.form("rename", border=False):
        st.text_input("Title", chat.title, max_chars=_LONGEST_TITLE, key=_TITLE, required=True)
        args = (running, owner, chat)
        if st.form_submit_button("Save", type="primary", on_click=_renamed, args=args):
            st.rerun()


def _renamed(running: Running, owner: str, chat: Conversation) -> None:
    title = str(st.session_state[_TITLE] or "").strip()
    if title:
        done(running, running.app.store.conversations.rename(chat.id, title, owner=owner))


def _delete(running: Running, owner: str, chat: Conversation) -> None:
    deleting = running.app.store.conversations.delete(chat.id, owner=owner, now=wiring.now())
    if done(running, deleting):
        st.session_state[_DELETED] = (chat.id, chat.title, wiring.now())
        if st.query_params.get("chat") == chat.id:
            go()


def _undelete(running: Running, owner: str, chat: str) -> None:
    st.session_state.pop(_DELETED, None)
    if done(running, running.app.store.conversations.undelete(chat, owner=owner)):
        go(chat=chat)


def _undo(running: Running, owner: str) -> None:
    """Offer to undo the last deletion as long as that can be done."""
    deleted: tuple[str, str, datetime] | None = st.session_state.get(_DELETED)
    if not deleted:
        return
    chat, title, at = deleted
    if wiring.now() - at > UNDO - timedelta(seconds=5):
        del st.session_state[_DELETED]
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.caption(f"Deleted: {escaped(title)}")
        st.button("Undo", icon=":material/undo:", on_click=_undelete, args=(running, owner, chat))
