"""All of one's share links."""

import streamlit as st

from chatbot import visitor
from chatbot.panels import share
from chatbot.running import Running
from chatbot.texts import escaped


def show(running: Running, owner: str) -> None:
    """Show the owner's links, the newest first."""
    st.title("Shared links")
    shares = running.loop.run(running.app.store.shares.of(owner))
    if not shares:
        st.text("There are none yet. Open a chat and choose Share to make one.")
    for each in shares:
        with st.container(border=True):
            st.markdown(f"**{escaped(each.title)}**")
            st.caption(f"Shared on {visitor.day_in_words(each.created)}")
            share.link(running, owner, each)
