"""The middle of the page: what was said, with a card for each pick, and what is being said."""

import re
from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from chatbot.events import Event, Failed, Found, Picked, Piece, Understood
from chatbot.views import cards
from chatbot.views.look import Look
from data import Catalogue, Title
from memory import Message, Pick

_LINE = re.compile(r"^\s*\[(\d{1,2})\]\s*(.*)$")


def show(messages: Sequence[Message], catalogue: Catalogue, look: Look) -> None:
    """Show messages that are complete."""
    for message in messages:
        with st.chat_message(message.role):
            if message.role == "user":
                st.text(message.text)
            else:
                _answer(message.text, message.picks, catalogue, look)
                _small_print(message)


def follow(
    events: Iterable[Event], catalogue: Catalogue, look: Look, stop: Callable[[], None]
) -> None:
    """Show an answer as it comes; returns when it has ended."""
    with st.chat_message("assistant"):
        stage, answer = st.empty(), st.empty()
        stage.caption("Reading your message …")
        st.button("Stop", icon=":material/stop_circle:", type="tertiary", on_click=stop)
        text, picks = "", list[Pick]()
        for event in events:
            if isinstance(event, Piece | Picked):
                text += event.text if isinstance(event, Piece) else ""
                picks += [event.pick] if isinstance(event, Picked) else []
                stage.empty()
                with answer.container():
                    _answer(text, picks, catalogue, look)
            elif isinstance(event, Failed):
                stage.error(event.sentence)
            elif line := _stage(event, catalogue):
                stage.caption(line)


def interrupted(text: str) -> str | None:
    """Say that a message was never answered; the message again when asked to retry."""
    with st.chat_message("assistant"):
        st.caption("The answer to this was interrupted.")
        return text if st.button("Retry", icon=":material/refresh:") else None


def waiting(text: str) -> None:
    """Show a message that will be sent when the answer above it has ended."""
    with st.chat_message("user"):
        st.text(text)
        st.caption("Waits for the answer above.")


def unsent(text: str, why: str) -> None:
    """Show a message that was not taken, so that its writer still has it."""
    with st.chat_message("user"):
        st.text(text)
    st.error(why)


def away(text: str | None, why: str) -> None:
    """Say that nothing can be shown, and why; a message that was being sent is not lost."""
    if text:
        unsent(text, why)
    else:
        st.error(why)
    st.button("Try again", icon=":material/refresh:")


def _stage(event: Event, catalogue: Catalogue) -> str:
    if isinstance(event, Understood):
        return f"Searching {len(catalogue):,} titles …"
    return "Writing …" if isinstance(event, Found) else ""


def _answer(text: str, picks: Sequence[Pick], catalogue: Catalogue, look: Look) -> None:
    """Show the text, with the lines that begin with a pick's mark as its card."""
    titles = {pick.n: catalogue.find(pick.mal_id) for pick in picks}
    carded = set[int]()
    for line in text.splitlines():
        marked = _LINE.match(line)
        title = titles.get(int(marked[1])) if marked else None
        if marked and title:
            carded.add(int(marked[1]))
            cards.show(int(marked[1]), title, _reason(marked[2], title), look)
        elif line.strip():
            st.text(line.strip())
    for pick in picks:
        title = titles[pick.n]
        if title and pick.n not in carded:
            cards.show(pick.n, title, pick.reason, look)


def _reason(line: str, title: Title) -> str:
    """What a line says of a title behind its name, which the card shows already."""
    name = next((name for name in title.names if line.startswith(name)), None)
    if name is None:
        return line
    return line[len(name) :].partition(": ")[2] or line


def _small_print(message: Message) -> None:
    if message.ending == "stopped":
        st.caption("Stopped.")
    if message.notice:
        st.caption(message.notice)
