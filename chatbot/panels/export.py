"""The open conversation as a file, and a file as a conversation."""

from collections.abc import Callable

import streamlit as st

from chatbot import exports, sharing
from chatbot.errors import BadFile
from chatbot.panels import shared
from chatbot.running import Running
from memory import Snapshot

_MEGABYTE = 1_000_000


def button(running: Running, owner: str, chat: str) -> None:
    """Show what the open conversation can be saved as; it is written when it is asked for."""

    def content(write: Callable[[Snapshot], str]) -> Callable[[], str]:
        reading = running.app.store.conversations
        return lambda: write(running.loop.run(sharing.snapshot(reading, chat, owner=owner)))

    with st.popover("Export", icon=":material/download:"):
        st.download_button(
            "Markdown, to read",
            content(lambda shown: exports.markdown(shown, running.app.parts.catalogue)),
            "chat.md",
            "text/markdown",
            icon=":material/article:",
            type="tertiary",
            on_click="ignore",
        )
        st.download_button(
            "JSON, to import again",
            content(exports.written),
            "chat.json",
            "application/json",
            icon=":material/data_object:",
            type="tertiary",
            on_click="ignore",
        )


def take(running: Running, owner: str) -> None:
    """Show what takes an exported chat, and go to it."""
    with st.form("import chat", clear_on_submit=True, border=False):
        file = st.file_uploader(
            "A chat that was exported as JSON",
            type="json",
            max_upload_size=exports.LARGEST_BYTES // _MEGABYTE,
        )
        asked = st.form_submit_button("Import chat", icon=":material/upload:")
    if asked and file is None:
        st.info("Choose a file first.")
    if asked and file is not None:
        try:
            shown = exports.read(file.getvalue())
        except BadFile as error:
            st.error(str(error))
            return
        shared.copy(running, owner, shown)
        st.rerun()
