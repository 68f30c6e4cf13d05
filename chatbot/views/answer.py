"""What an answer consists of: paragraphs, and a card where a pick is spoken of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st

from chatbot.views import cards
from chatbot.views.look import Look
from data import Catalogue, Title
from memory import Pick

_LINE = re.compile(r"^\s*\[(\d{1,2})\]\s*(.*)$")
_CSS = Path(__file__).with_name("cards.css")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or the card of the pick with this number, as HTML."""

    html: str
    number: int | None = None


def style() -> None:
    """Say once a page how cards look."""
    st.html(_CSS)


def show(text: str, picks: Sequence[Pick], catalogue: Catalogue, look: Look) -> None:
    """Show an answer as one piece, for that costs the least."""
    html = whole(text, tuple(picks), catalogue, look)
    if html:
        st.html(html)


@lru_cache(maxsize=512)
def whole(text: str, picks: tuple[Pick, ...], catalogue: Catalogue, look: Look) -> str:
    """The answer as HTML."""
    return "".join(part.html for part in parts(text, picks, catalogue, look))


def parts(text: str, picks: Sequence[Pick], catalogue: Catalogue, look: Look) -> Iterator[Part]:
    """The parts of an answer, with the lines that begin with a pick's mark as its card."""
    titles = {pick.n: catalogue.find(pick.mal_id) for pick in picks}
    carded = set[int]()
    for line in text.splitlines():
        marked = _LINE.match(line)
        title = titles.get(int(marked[1])) if marked else None
        if marked and title:
            number = int(marked[1])
            carded.add(number)
            yield Part(cards.card(number, title, _reason(marked[2], title), look), number)
        elif line.strip():
            yield Part(f'<div class="answer"><p>{escape(line.strip())}</p></div>')
    for pick in picks:
        title = titles[pick.n]
        if title and pick.n not in carded:
            yield Part(cards.card(pick.n, title, pick.reason, look), pick.n)


def _reason(line: str, title: Title) -> str:
    """What a line says of a title behind its name, which the card shows already."""
    name = next((name for name in title.names if line.startswith(name)), None)
    if name is None:
        return line
    return line[len(name) :].partition(": ")[2] or line
