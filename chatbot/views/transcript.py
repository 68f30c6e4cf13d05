"""The middle of the page: what was said, and what is being said."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from chatbot.events import Event, Failed, Found, Picked, Piece, Understood
from chatbot.views import answer, deeds
from chatbot.views.deeds import Clicks
from chatbot.views.look import Look
from data import Catalogue
from memory import Message, Pick, Thumb


def show(messages: Sequence[Message], catalogue: Catalogue, look: Look) -> None:
    """Show messages to whoever may only read them."""
    for message in messages:
        if message.role == "user":
            asked(message, (), None)
        else:
            answered(message, catalogue, look)


def asked(message: Message, branches: Sequence[str], clicks: Clicks | None) -> None:
    """Show a message of the owner's; without `clicks` nothing can be done with it."""
    with st.chat_message("user"), st.container(horizontal=True, vertical_alignment="center"):
        st.text(message.text, width="stretch")
        if branches:
            deeds.branches(message.turn, branches, clicks)
        if clicks:
            st.button(
                ":material/edit:",
                key=f"edit {message.turn}",
                type="tertiary",
                help="Say this in other words",
                on_click=clicks.edit,
                args=(message.turn,),
            )


def edited(message: Message, send: Callable[[str], None], cancel: Callable[[], None]) -> None:
    """Show a message to be said in other words."""
    with st.chat_message("user"), st.form(f"anew {message.turn}", border=False):
        text = st.text_area("Say it in other words", message.text, label_visibility="collapsed")
        with st.container(horizontal=True):
            if st.form_submit_button("Send", type="primary", icon=":material/send:"):
                send(text)
            if st.form_submit_button("Cancel"):
                cancel()


def answered(message: Message, catalogue: Catalogue, look: Look) -> None:
    """Show an answer of former turns."""
    with st.chat_message("assistant"):
        _text(message, catalogue, look)
        _small_print(message)


def last(
    message: Message, thumb: Thumb | None, catalogue: Catalogue, look: Look, clicks: Clicks
) -> None:
    """Show the last answer, with what can be done with its picks and with itself."""
    with st.chat_message("assistant"):
        if message.ending == "failed":
            _text(message, catalogue, look)
        else:
            for part in answer.parts(message.text, message.picks, catalogue, look):
                with st.container(gap=None):
                    st.html(part.html)
                    if part.number is not None:
                        deeds.with_pick(message.turn, part.number, clicks)
        _small_print(message)
        deeds.with_answer(message, thumb, clicks)


def follow(
    events: Iterable[Event], catalogue: Catalogue, look: Look, stop: Callable[[], None]
) -> None:
    """Show an answer as it comes; returns when it has ended."""
    with st.chat_message("assistant"):
        stage, shown = st.empty(), st.empty()
        stage.caption("Reading your message …")
        st.button(
            "Stop", icon=":material/stop_circle:", type="tertiary", on_click=stop, shortcut="Esc"
        )
        text, picks = "", list[Pick]()
        for event in events:
            if isinstance(event, Piece | Picked):
                text += event.text if isinstance(event, Piece) else ""
                picks += [event.pick] if isinstance(event, Picked) else []
                stage.empty()
                with shown:
                    answer.show(text, picks, catalogue, look)
            elif isinstance(event, Failed):
                stage.error(event.sentence)
            elif line := _stage(event, catalogue):
                stage.caption(line)


def interrupted(turn: str, anew: Callable[[str], None]) -> None:
    """Say that a message was never answered, and offer to try again."""
    with st.chat_message("assistant"):
        st.caption("The answer to this was interrupted.")
        deeds.retry(turn, anew)


def waiting(text: str) -> None:
    """Show a message that will be sent when the answer above it has ended."""
    with st.chat_message("user"):
        st.text(text)
        st.caption("Waits for the answer above.")


def unsent(text: str, why: str, again: Callable[[], None]) -> None:
    """Show a message that was not taken, so that its writer still has it."""
    with st.chat_message("user"):
        st.text(text)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.error(why)
        st.button("Send again", icon=":material/refresh:", on_click=again)


def _text(message: Message, catalogue: Catalogue, look: Look) -> None:
    if message.ending == "failed":
        st.error(message.text)
    else:
        answer.show(message.text, message.picks, catalogue, look)


def _stage(event: Event, catalogue: Catalogue) -> str:
    if isinstance(event, Understood):
        return f"Searching {len(catalogue):,} titles …"
    return "Writing …" if isinstance(event, Found) else ""


def _small_print(message: Message) -> None:
    if message.ending == "stopped":
        st.caption("Stopped.")
    if message.notice:
        st.caption(message.notice)
