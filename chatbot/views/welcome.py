"""What the page shows before anything was said."""

from collections.abc import Callable

import streamlit as st

_STARTERS = (
    "Dark psychological thrillers",
    "Something calm and heartwarming",
    "Short comedies under 13 episodes",
    "Classic films from the 90s",
)


def show(titles: int, say: Callable[[str], None], *, by_model: bool) -> None:
    """Ask what is wanted among so many titles, and offer something to begin with."""
    st.title("What do you feel like watching?")
    st.caption(f"{titles:,} anime, a few well-chosen at a time.")
    if not by_model:
        st.caption("No language model is set, so answers are put together from the catalogue.")
    with st.container(horizontal=True):
        for starter in _STARTERS:
            st.button(starter, on_click=say, args=(starter,))
