"""What stands above the input: wishes in force, of which a click lets go, and what could follow."""

from collections.abc import Callable, Sequence

import streamlit as st

from chatbot.texts import escaped
from retrieval import Constraint, RequestState, forgetting


def show(state: RequestState, say: Callable[[str], None]) -> None:
    """Show a chip for each wish, which says the message that lets go of it."""
    if not state.constraints:
        return
    # A wish that comes back after it was let go of is a chip of its own.
    key = f"wishes {state.turn}"

    def let_go() -> None:
        wish: Constraint | None = st.session_state[key]
        if wish:
            say(forgetting(wish))

    st.pills(
        "Wishes in force: a click lets go of one",
        state.constraints,
        format_func=lambda each: escaped(f"{each.label} ✕"),
        key=key,
        on_change=let_go,
    )


def offer(messages: Sequence[str], turn: int, say: Callable[[str], None]) -> None:
    """Offer messages that could follow."""
    if not messages:
        return
    with st.container(horizontal=True, gap="small"):
        for each in messages:
            st.button(each, key=f"{each} {turn}", on_click=say, args=(each,))
