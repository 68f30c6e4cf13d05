"""How the page looks and who answers, as its owner wants it."""

from dataclasses import replace
from typing import get_args

import streamlit as st

from chatbot import visitor
from chatbot.panels import export, sidebar
from chatbot.running import Running
from chatbot.views.look import Names

_NAMES: dict[Names, str] = {
    "english": "English",
    "romanised": "Romanised",
    "native": "Native",
}


def show(running: Running, owner: str) -> None:
    """Show what can be chosen; a choice is kept at once."""
    look = visitor.look(running, owner)
    st.title("Settings")
    st.subheader("Titles", divider="gray")
    posters = st.toggle(
        "Show posters",
        look.posters,
        help="Your browser then asks the service that the poster comes from.",
    )
    names = st.radio(
        "Names of titles",
        get_args(Names),
        get_args(Names).index(look.names),
        format_func=_NAMES.__getitem__,
        horizontal=True,
    )
    by_model = look.by_model
    if running.app.parts.model:
        st.subheader("Answers", divider="gray")
        by_model = st.toggle(
            "Have a language model write the answers",
            look.by_model,
            help="It writes more freely. Without it answers are put together here, and faster.",
        )
    chosen = replace(look, posters=posters, names=names, by_model=by_model)
    if chosen != look:
        visitor.choose(running, owner, chosen)
    st.subheader("Your chats", divider="gray")
    export.take(running, owner)
    st.button(
        "Move to another browser",
        icon=":material/devices:",
        on_click=sidebar.go,
        kwargs={"page": "move"},
    )
