"""The page: Streamlit runs this script anew for every visit and every click."""

import streamlit as st

from chatbot import conversation
from chatbot.errors import explain
from chatbot.owner import COOKIE, owner_of
from chatbot.running import Running, current
from chatbot.views import sidebar
from chatbot.views.look import Look
from memory.errors import StoreError

# Streamlit fetches named icons from elsewhere; this one comes with the page.
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="8" fill="#c2410c"/><path d="M12 9l12 7-12 7z" fill="#fff"/></svg>'
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
    _chats(running, owner)
    conversation.show(running, owner, Look())


def _chats(running: Running, owner: str) -> None:
    try:
        chats = running.loop.run(running.app.store.conversations.list(owner))
    except StoreError as error:
        st.sidebar.error(explain(error))
        return
    sidebar.show(chats, st.query_params.get("chat", ""))


if __name__ == "__main__":
    main()
