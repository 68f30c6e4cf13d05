"""Sharing the open conversation: a link to what it is now, which its owner can change."""

from datetime import datetime, timedelta

import streamlit as st

from chatbot import sharing, visitor, wiring
from chatbot.errors import explain
from chatbot.panels.deed import done
from chatbot.running import Running
from memory import Share
from memory.errors import StoreError

_DAYS = (1, 7, 30)
_ABOUT = (
    "Anyone with the link sees this chat as it is now, and can continue it as a copy of their own. "
    "What you write later stays yours, and so does your seen list."
)


def button(running: Running, owner: str, chat: str) -> None:
    """Show what opens the dialog."""
    if st.button("Share", icon=":material/share:"):
        _dialog(running, owner, chat)


def link(running: Running, owner: str, share: Share) -> None:
    """Show a share's address, until when it works, and what its owner can do with it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(share.expires)
        times = "once" if share.opened == 1 else f"{share.opened:,} times"
        st.caption(f"Opened {times} by others" if share.opened else "Not opened by others yet")
    st.code(visitor.link(running, share.token), language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _expiry(running, owner, share)
        st.button(
            "Update",
            icon=":material/sync:",
            help="Show the chat as it is now under the same link",
            key=f"update {share.token}",
            on_click=_update,
            args=(running, owner, share),
        )
        st.button(
            "Revoke",
            icon=":material/link_off:",
            help="Have the link work for nobody from now on",
            key=f"revoke {share.token}",
            on_click=_revoke,
            args=(running, owner, share),
        )


def badge(expires: datetime | None) -> None:
    """Show until when a link works."""
    until = f"until {visitor.day_in_words(expires)}" if expires else "until it is revoked"
    st.badge(f"Shared {until}", icon=":material/public:", color="gray")


@st.dialog("Share this chat")
def _dialog(running: Running, owner: str, chat: str) -> None:
    try:
        shares = running.loop.run(running.app.store.shares.of(owner))
    except StoreError as error:
        st.error(explain(error))
        return
    share = next((each for each in shares if each.conversation == chat), None)
    st.text(_ABOUT)
    if share:
        link(running, owner, share)
        return
    choices = _choices(running)
    expires = st.radio(
        "The link works for",
        choices,
        choices.index(timedelta(days=running.app.settings.share_days.days)),
        format_func=_in_words,
        horizontal=True,
    )
    st.button(
        "Create link",
        type="primary",
        icon=":material/add_link:",
        on_click=_create,
        args=(running, owner, chat, expires),
    )


def _choices(running: Running) -> list[timedelta | None]:
    usual = running.app.settings.share_days.days
    return [*(timedelta(days=each) for each in sorted({*_DAYS, usual})), None]


def _in_words(time: timedelta | None) -> str:
    if time is None:
        return "ever"
    return "1 day" if time.days == 1 else f"{time.days} days"


def _create(running: Running, owner: str, chat: str, expires: timedelta | None) -> None:
    async def create() -> None:
        store = running.app.store
        shown = await sharing.snapshot(store.conversations, chat, owner=owner)
        await store.shares.create(chat, shown, owner=owner, expires=expires, now=wiring.now())

    done(running, create())


def _update(running: Running, owner: str, share: Share) -> None:
    async def update() -> None:
        store = running.app.store
        shown = await sharing.snapshot(store.conversations, share.conversation, owner=owner)
        await store.shares.update(share.token, shown, owner=owner)

    done(running, update(), "The link shows the chat as it is now.")


def _revoke(running: Running, owner: str, share: Share) -> None:
    revoking = running.app.store.shares.revoke(share.token, owner=owner)
    done(running, revoking, "The link works no longer.")


def _expiry(running: Running, owner: str, share: Share) -> None:
    """Show what chooses anew how long the link works, from now on."""
    key = f"expire {share.token}"

    def expire() -> None:
        expires: str | None = st.session_state[key]
        if expires is not None:
            times = {_in_words(each): each for each in _choices(running)}
            expiring = running.app.store.shares.expire(
                share.token, owner=owner, expires=times[expires], now=wiring.now()
            )
            done(running, expiring)
            st.session_state[key] = None

    st.selectbox(
        "Works from now on for",
        [_in_words(each) for each in _choices(running)],
        index=None,
        key=key,
        placeholder="Change expiry",
        label_visibility="collapsed",
        on_change=expire,
        width=160,
    )
