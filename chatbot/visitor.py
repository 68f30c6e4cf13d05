"""Who looks at the page: from where, on which day, and how it is to look."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from chatbot.address import network
from chatbot.running import Running
from chatbot.views.look import Look
from memory.errors import StoreError

_LOOK = "look"


def address() -> str:
    """Where the visitor comes from, as limits know it; empty where that is this machine."""
    # As a text, for Streamlit's tester has something else there.
    return network(f"{st.context.ip_address or ''}")


def day(time: datetime) -> date:
    """The day that it is then where the visitor is."""
    try:
        zone = ZoneInfo(st.context.timezone or "UTC")
    except (ValueError, ZoneInfoNotFoundError):
        return time.astimezone(UTC).date()
    return time.astimezone(zone).date()


def day_in_words(time: datetime) -> str:
    """The day as the page says it: 30 November 2026."""
    then = day(time)
    return f"{then.day} {then:%B %Y}"


def link(running: Running, token: str) -> str:
    """The address that shows a share, wherever it is opened."""
    here = urlsplit(st.context.url or "")
    base = running.app.settings.public_url or here._replace(path="").geturl()
    return f"{base.rstrip('/')}/?share={token}"


def look(running: Running, owner: str) -> Look:
    """How the page is to look: read once a visit."""
    if _LOOK not in st.session_state:
        try:
            kept = running.loop.run(running.app.store.preferences.of(owner))
        except StoreError:  # whoever opens a chat next is told
            return Look()
        st.session_state[_LOOK] = Look.read(kept)
    chosen: Look = st.session_state[_LOOK]
    return chosen


def choose(running: Running, owner: str, chosen: Look) -> None:
    """Have the page look so from now on."""
    running.loop.run(running.app.store.preferences.keep(owner, chosen.written()))
    st.session_state[_LOOK] = chosen
