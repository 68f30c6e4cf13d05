"""Taking one's chats to another browser by a code."""

import streamlit as st

from chatbot.errors import explain
from chatbot.running import Running
from memory.errors import StoreError


def show(running: Running, owner: str) -> None:
    """Show a code when it is asked for, and where one is typed."""
    st.title("Move to another browser")
    st.text(
        "Chats, links, seen list and settings belong to this browser. With a code another "
        "browser, on your phone perhaps, has them too."
    )
    st.subheader("From this browser", divider="gray")
    if st.button("Show a code", icon=":material/key:"):
        _offer(running, owner)
    st.subheader("To this browser", divider="gray")
    st.text(
        "Type a code that another browser shows. What this browser has now is then left behind."
    )
    st.link_button("Type a code", "/move", icon=":material/keyboard:")


def _offer(running: Running, owner: str) -> None:
    try:
        code = running.loop.run(running.app.store.moves.offer(owner))
    except StoreError as error:
        st.error(explain(error))
        return
    st.code(code, language=None)
    st.caption("It works once, within five minutes. Whoever types it sees and changes all of this.")
