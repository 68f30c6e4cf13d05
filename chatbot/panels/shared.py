"""A shared conversation as anyone sees it who has the link."""

from datetime import timedelta

import streamlit as st

from chatbot import sharing, visitor, wiring
from chatbot.errors import explain
from chatbot.panels import share, sidebar
from chatbot.panels.deed import done
from chatbot.running import Running
from chatbot.texts import escaped
from chatbot.views import transcript
from memory import Bucket, Snapshot
from memory.errors import ShareGone, ShareTooNew
from retrieval import RequestState

_OPENED = "share opened"
_MINUTE = timedelta(minutes=1)
# Far more than anybody continues or imports by hand.
_COPIES = 10


def show(running: Running, visitor_id: str, token: str) -> None:
    """Show what the link shows, to be read and continued as a copy; or that it does not work."""
    again = st.session_state.get(_OPENED) == token
    try:
        opened = running.loop.run(
            running.app.store.shares.open(token, visitor=visitor_id, again=again)
        )
    except (ShareGone, ShareTooNew) as error:
        st.info(explain(error))
        return
    st.session_state[_OPENED] = token
    shown = opened.snapshot
    st.title(escaped(shown.title))
    with st.container(horizontal=True, vertical_alignment="center"):
        share.badge(opened.expires)
        _continue(running, visitor_id, shown, "above")
    look = visitor.look(running, visitor_id)
    transcript.show(tuple(sharing.messages(shown)), running.app.parts.catalogue, look)
    _wishes(RequestState.read(shown.state))
    _continue(running, visitor_id, shown, "below")


def copy(running: Running, owner: str, shown: Snapshot) -> None:
    """Keep what is shown as a chat of the owner's and go there, or tell why not."""

    async def copied() -> None:
        store = running.app.store
        places = filter(None, [owner, visitor.address()])
        await store.limits.take(*(Bucket("copies", each, _COPIES, _MINUTE) for each in places))
        now = wiring.now()
        chat = await sharing.copied(store.conversations, shown, owner=owner, now=now)
        chats.append(chat)

    chats = list[str]()
    if done(running, copied()):
        sidebar.go(chat=chats[0])


def _continue(running: Running, visitor_id: str, shown: Snapshot, where: str) -> None:
    st.button(
        "Continue as a copy",
        icon=":material/content_copy:",
        key=f"continue {where}",
        help="Have this chat as your own, and go on from here",
        on_click=copy,
        args=(running, visitor_id, shown),
    )


def _wishes(state: RequestState) -> None:
    if not state.constraints:
        return
    st.caption("Wishes in force")
    with st.container(horizontal=True, gap="xsmall"):
        for each in state.constraints:
            st.badge(escaped(each.label), color="gray")
