"""The left side of the page: a new chat, and one's own."""

from collections.abc import Sequence

import streamlit as st

from chatbot.texts import escaped
from memory import Conversation


def show(conversations: Sequence[Conversation], chat: str) -> None:
    """Show the conversations, newest first, with the one that is open marked."""
    with st.sidebar:
        st.header("Osusume")
        if st.button("New chat", icon=":material/edit_square:", width="stretch"):
            st.query_params.clear()
            st.rerun()
        for each in conversations:
            _entry(each, is_open=each.id == chat)


def _entry(conversation: Conversation, *, is_open: bool) -> None:
    clicked = st.button(
        escaped(conversation.title),
        key=f"open-{conversation.id}",
        type="secondary" if is_open else "tertiary",
        width="stretch",
    )
    if clicked and not is_open:
        st.query_params["chat"] = conversation.id
        st.rerun()
