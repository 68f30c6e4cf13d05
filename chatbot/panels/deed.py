"""What a click does to what is kept, and how the page tells of it."""

from collections.abc import Coroutine

import streamlit as st

from chatbot.errors import explain
from chatbot.running import Running
from memory.errors import StoreError


def done(running: Running, deed: Coroutine[object, object, object], told: str = "") -> bool:
    """Do it and tell, or tell why it could not be done."""
    try:
        running.loop.run(deed)
    except StoreError as error:
        st.toast(explain(error), icon=":material/error:")
        return False
    if told:
        st.toast(told, icon=":material/check:")
    return True
