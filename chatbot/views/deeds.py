"""What can be done with messages, answers and their picks: each a click away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from memory import Message, Thumb

_DEEDS = {
    "More like this": ("more like number {}", ":material/add:"),
    "Seen it": ("i have seen number {}", ":material/visibility:"),
    "Not for me": ("number {} is not for me", ":material/thumb_down:"),
}


@dataclass(frozen=True, slots=True)
class Clicks:
    """What clicks do: `say` a message; answer a turn `anew`, `edit`, `choose` or `rate` it."""

    say: Callable[[str], None]
    anew: Callable[[str], None]
    edit: Callable[[str], None]
    choose: Callable[[str], None]
    rate: Callable[[str, Thumb], None]


def with_pick(turn: str, number: int, clicks: Clicks) -> None:
    """What can be done with a pick, each as a message would do it."""
    with st.container(horizontal=True, gap="xsmall"):
        for label, (text, icon) in _DEEDS.items():
            st.button(
                label,
                key=f"{label} {turn} {number}",
                icon=icon,
                type="tertiary",
                on_click=clicks.say,
                args=(text.format(number),),
            )


def with_answer(message: Message, thumb: Thumb | None, clicks: Clicks) -> None:
    """Copy an answer, ask for another, and say what one thinks of it."""

    def rate() -> None:
        chosen = st.session_state[f"thumb {message.turn}"]
        if chosen is not None:
            word = st.session_state.get(f"word {message.turn}", "")
            clicks.rate(message.turn, Thumb(bool(chosen), word))

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover("Copy", icon=":material/content_copy:", type="tertiary"):
            st.code(message.text, language=None, wrap_lines=True)
        if message.answered_by == "model" or message.ending != "finished":
            # The composer would say the same again.
            retry(message.turn, clicks.anew)
        st.feedback(
            "thumbs",
            key=f"thumb {message.turn}",
            default=None if thumb is None else int(thumb.up),
            on_change=rate,
        )
    if thumb:
        st.text_input(
            "A word about it",
            thumb.word,
            key=f"word {message.turn}",
            placeholder="A word about it, if you like",
            label_visibility="collapsed",
            max_chars=200,
            on_change=rate,
        )


def branches(turn: str, versions: Sequence[str], clicks: Clicks | None) -> None:
    """Where this turn stands among those that could stand here, and the way to the others."""
    at = versions.index(turn)
    for icon, to in ((":material/chevron_left:", at - 1), (":material/chevron_right:", at + 1)):
        if to > at:
            st.caption(f"{at + 1}/{len(versions)}", width="content")
        st.button(
            icon,
            key=f"{icon} {turn}",
            type="tertiary",
            help="Another version of what follows",
            disabled=clicks is None or not 0 <= to < len(versions),
            on_click=clicks.choose if clicks else None,
            args=(versions[to % len(versions)],),
        )


def retry(turn: str, anew: Callable[[str], None]) -> None:
    """Have a turn answered anew."""
    st.button(
        "Try again",
        key=f"again {turn}",
        icon=":material/refresh:",
        type="tertiary",
        on_click=anew,
        args=(turn,),
    )
