"""What is to be said next, and what is being edited, while the script of the page runs anew."""

from dataclasses import dataclass

import streamlit as st

_NEXT, _EDITED = "next message", "edited turn"


@dataclass(frozen=True, slots=True)
class Pending:
    """A message to be sent; in place of which turn, if of any."""

    text: str
    instead: str = ""


def say(text: str) -> None:
    """Have this sent next."""
    keep(Pending(text))


def anew(turn: str, text: str) -> None:
    """Have this sent next in place of a turn."""
    keep(Pending(text, instead=turn))
    st.session_state.pop(_EDITED, None)


def keep(message: Pending) -> None:
    """Have the message sent next."""
    st.session_state[_NEXT] = message


def waiting() -> Pending | None:
    """What is to be sent next."""
    message: Pending | None = st.session_state.get(_NEXT)
    return message


def taken() -> Pending | None:
    """What is to be sent next, which is up to the caller then."""
    message: Pending | None = st.session_state.pop(_NEXT, None)
    return message


def edit(turn: str) -> None:
    """Have a turn edited."""
    st.session_state[_EDITED] = turn


def edited() -> str | None:
    """The turn that is being edited."""
    turn: str | None = st.session_state.get(_EDITED)
    return turn


def leave() -> None:
    """Leave the turn that is being edited as it is."""
    st.session_state.pop(_EDITED, None)
