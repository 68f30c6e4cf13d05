"""The page: Streamlit runs this script anew for every visit and every click."""

from collections.abc import Callable, Mapping

import streamlit as st

from chatbot import conversation, visitor
from chatbot.errors import explain
from chatbot.owner import COOKIE, owner_of
from chatbot.panels import export, links, move, seen, settings, share, shared, sidebar
from chatbot.running import Running, current
from chatbot.views import answer
from memory.errors import StoreError

# Streamlit fetches named icons from elsewhere; this one comes with the page.
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="8" fill="#c2410c"/><path d="M12 9l12 7-12 7z" fill="#fff"/></svg>'
)
_PANELS: Mapping[str, Callable[[Running, str], None]] = {
    "links": links.show,
    "move": move.show,
    "seen": seen.show,
    "settings": settings.show,
}


def main() -> None:
    """Show what the address names, and take the next message."""
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
    """Show the owner's chats and what the address names, or what is wrong with it."""
    answer.style()
    if away := sidebar.show(running, owner):
        # To ask again would be to wait again.
        conversation.offline(running, away)
        return
    try:
        _named(running, owner)
    except StoreError as error:
        st.error(explain(error))
        st.button("Try again", icon=":material/refresh:")


def _named(running: Running, owner: str) -> None:
    panel = _PANELS.get(st.query_params.get("page", ""))
    if panel:
        panel(running, owner)
    elif token := st.query_params.get("share"):
        shared.show(running, owner, token)
    else:
        _conversation(running, owner)


def _conversation(running: Running, owner: str) -> None:
    look = visitor.look(running, owner)
    top = st.container(key="top", horizontal=True, horizontal_alignment="right")
    chat = conversation.show(running, owner, look)
    if chat:
        with top:
            share.button(running, owner, chat)
            export.button(running, owner, chat)


if __name__ == "__main__":
    main()
