"""How the page shows a pick."""

from html import escape

import streamlit as st

from chatbot.texts import escaped
from chatbot.views.look import Look
from data import Title

# Hues of the drawn placeholders, in degrees.
_HUES = {"Horror": 0, "Suspense": 260, "Romance": 335, "Comedy": 45, "Sci-Fi": 200, "Fantasy": 140}
_OTHER_HUE = 22


def show(number: int, title: Title, reason: str, look: Look) -> None:
    """Show a title with its facts and why it was picked."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.image(_placeholder(title), width=72, alt="")  # the name is beside it
        with st.container(gap="xsmall"):
            st.markdown(f"**{number}. {escaped(name(title, look))}**")
            st.caption(escaped(facts(title)))
            st.text(reason)


def facts(title: Title) -> str:
    """Year, format, length, genres and score on one line."""
    extent = f"{title.episodes} episodes" if title.episodes and title.episodes > 1 else ""
    minutes = f"{title.minutes} minutes" if title.minutes and title.episodes == 1 else ""
    parts = [
        str(title.year or ""),
        title.type,
        extent or minutes,
        ", ".join(title.genres[:3]),
        f"scored {title.score:g}" if title.score else "",
    ]
    return " · ".join(filter(None, parts))


def name(title: Title, look: Look) -> str:
    """The name that the title is to be shown by."""
    names = {"english": title.shown, "romanised": title.name, "native": title.native}
    return names[look.names] or title.name


def _placeholder(title: Title) -> str:
    """A drawn poster: the title's initials on a colour of its genre."""
    hue = next((_HUES[genre] for genre in title.genres if genre in _HUES), _OTHER_HUE)
    initials = escape("".join(word[0] for word in title.shown.split()[:2] if word[0].isalnum()))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 100" role="img">'
        f'<rect width="72" height="100" rx="10" fill="hsl({hue} 45% 38%)"/>'
        f'<text x="36" y="58" font-family="sans-serif" font-size="26" font-weight="600" '
        f'fill="#fff" text-anchor="middle">{initials.upper()}</text></svg>'
    )
