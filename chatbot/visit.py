"""A visit to a conversation, and the calls that it makes to the app."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from chatbot.errors import explain
from chatbot.running import Running
from chatbot.views.look import Look
from memory.errors import StoreError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at which conversation of the app that runs, and how it is to look."""

    running: Running
    owner: str
    look: Look
    chat: str

    def run(self, call: Coroutine[object, object, T]) -> T:
        """What the call to the app returns."""
        return self.running.loop.run(call)

    def do(self, call: Coroutine[object, object, object]) -> None:
        """Make the call, or tell why that cannot be."""
        try:
            self.run(call)
        except StoreError as error:
            st.toast(explain(error), icon=":material/error:")
