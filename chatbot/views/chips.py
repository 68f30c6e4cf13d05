"""The wishes in force, above the input: a click lets go of one."""

import streamlit as st

from chatbot.texts import escaped
from retrieval import Constraint, RequestState, forgetting


def show(state: RequestState) -> str | None:
    """Show a chip for each wish; the message that lets go of the one that is clicked."""
    if not state.constraints:
        return None
    wish: Constraint | None = st.pills(
        "Wishes in force: a click lets go of one",
        state.constraints,
        format_func=lambda each: escaped(f"{each.label} ✕"),
        # A wish that comes back after it was let go of is a chip of its own.
        key=f"wishes {state.turn}",
    )
    return forgetting(wish) if wish else None
