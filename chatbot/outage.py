"""What the page shows while Redis is away, and how it goes on when that is over."""

from datetime import timedelta

import streamlit as st

from chatbot import pending
from chatbot.running import Running
from chatbot.views import transcript
from memory.errors import StoreError

# How often a page looks whether Redis is back.
_PAUSE = timedelta(seconds=2)


def show(running: Running, why: str) -> None:
    """Say that nothing can be shown, and why, until that has changed."""
    if following := pending.waiting():
        transcript.waiting(following.text)
    st.error(f"{why} This page goes on by itself as soon as it can.")

    @st.fragment(run_every=_PAUSE)
    def look() -> None:
        try:
            running.loop.run(running.app.store.conversations.ping())
        except StoreError:
            return
        st.rerun()

    look()
