"""The open conversation: what it shows, and how the next message is sent."""

import re
from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from chatbot import outage, pending, visitor
from chatbot.errors import BadMessage, explain
from chatbot.pending import Pending
from chatbot.running import Running
from chatbot.suggestions import suggestions
from chatbot.texts import LONGEST_MESSAGE
from chatbot.views import chips, transcript, welcome
from chatbot.views.deeds import Clicks
from chatbot.views.look import Look
from chatbot.visit import Visit
from memory import Message, Opened, Thumb, new_id
from memory.errors import ConversationGone, StoreAway, StoreError
from retrieval import RequestState

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_PAGES = "pages"


def show(running: Running, owner: str, look: Look) -> str | None:
    """Show the conversation that the address names, or a new one, or what is wrong with it.

    Returns the conversation that is there and at rest.
    """
    _take()
    try:
        return _conversation(Visit(running, owner, look, st.query_params.get("chat", "")))
    except StoreAway as error:
        outage.show(running, explain(error))
    except StoreError as error:
        st.error(explain(error))
    return None


def offline(running: Running, error: StoreAway) -> None:
    """Take a message while Redis is away, to be sent when it is back."""
    _take()
    outage.show(running, explain(error))


def _take() -> None:
    if text := st.chat_input("What do you feel like watching?", max_chars=LONGEST_MESSAGE):
        pending.say(text)


def _conversation(visit: Visit) -> str | None:
    opened = _opened(visit)
    if opened is None:
        parts = visit.running.app.parts
        welcome.show(len(parts.catalogue), pending.say, by_model=parts.model is not None)
    elif opened.running:
        _follow(visit, opened, opened.running)
    else:
        _rest(visit, opened)
    if following := pending.taken():
        _send(visit, following, fresh=opened is None)
    return visit.chat if opened else None


def _opened(visit: Visit) -> Opened | None:
    if not _ID.fullmatch(visit.chat):
        st.query_params.pop("chat", None)
        return None
    try:
        return visit.run(visit.running.app.store.conversations.open(visit.chat, owner=visit.owner))
    except ConversationGone:
        st.query_params.pop("chat", None)
        st.info("This chat is not here: it was deleted, has expired, or belongs to someone else.")
        return None


def _rest(visit: Visit, opened: Opened) -> None:
    """Show a conversation in which nothing is being answered."""
    app = visit.running.app
    messages = _messages(visit, opened)
    clicks = _clicks(visit, opened, messages)
    final = messages[-1] if messages else None
    for message in messages[:-1] if final and final.role == "assistant" else messages:
        _said(visit, opened, message, clicks)
    if final and final.role == "user":
        transcript.interrupted(final.turn, lambda _: pending.say(final.text))
    elif final:
        thumb = opened.thumbs.get(final.turn)
        transcript.last(final, thumb, app.parts.catalogue, visit.look, clicks)
        state = RequestState.read(opened.state)
        chips.offer(suggestions(app.parts.rules, state), state.turn, pending.say)
        chips.show(state, pending.say)


def _follow(visit: Visit, opened: Opened, run: str) -> None:
    """Show the answer in hand; a message written meanwhile is sent when it has ended."""

    def stop() -> None:
        with suppress(StoreError):  # the next read tells
            visit.run(turns.stop(visit.chat, run))

    turns = visit.running.app.turns
    for message in _messages(visit, opened):
        _said(visit, opened, message, None)
    events = visit.running.loop.each(turns.follow(visit.chat, run))
    growing = st.container()
    if following := pending.waiting():
        transcript.waiting(following.text)
    with growing:
        transcript.follow(events, visit.running.app.parts.catalogue, visit.look, stop)
    st.rerun()


def _messages(visit: Visit, opened: Opened) -> tuple[Message, ...]:
    """The messages that were read, with as many pages before them as were asked for."""
    messages, earlier, key = opened.messages, opened.earlier, f"{_PAGES} {visit.chat}"
    for _ in range(st.session_state.get(key, 0)):
        if earlier is None:
            break
        open_ = visit.running.app.store.conversations.open
        before = visit.run(open_(visit.chat, owner=visit.owner, earlier=earlier))
        messages, earlier = before.messages + messages, before.earlier
    if earlier:
        st.button("Earlier messages", icon=":material/history:", on_click=_more, args=(key,))
    return messages


def _more(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _said(visit: Visit, opened: Opened, message: Message, clicks: Clicks | None) -> None:
    if message.role == "assistant":
        transcript.answered(message, visit.running.app.parts.catalogue, visit.look)
    elif clicks and pending.edited() == message.turn:
        transcript.edited(message, lambda text: pending.anew(message.turn, text), _left)
    else:
        transcript.asked(message, opened.branches.get(message.turn, ()), clicks)


def _left() -> None:
    pending.leave()
    st.rerun()


def _clicks(visit: Visit, opened: Opened, messages: Sequence[Message]) -> Clicks:
    """What clicks do in a conversation that shows these messages."""
    conversations, owner = visit.running.app.store.conversations, visit.owner
    texts = {each.turn: each.text for each in messages if each.role == "user"}

    def rate(turn: str, thumb: Thumb) -> None:
        visit.do(conversations.rate(visit.chat, turn, thumb, owner=owner))
        before = opened.thumbs.get(turn)
        if before is None or before.up != thumb.up:
            visit.running.app.parts.metrics.thumbs.labels("up" if thumb.up else "down").inc()

    return Clicks(
        say=pending.say,
        anew=lambda turn: pending.anew(turn, texts[turn]),
        edit=pending.edit,
        choose=lambda turn: visit.do(conversations.choose(visit.chat, turn, owner=owner)),
        rate=rate,
    )


def _send(visit: Visit, following: Pending, *, fresh: bool) -> None:
    """Have it answered; what could not be sent is shown, and after an outage sent by itself."""
    chat = new_id() if fresh else visit.chat
    start = visit.running.app.turns.start
    try:
        visit.run(
            start(
                chat,
                following.text,
                owner=visit.owner,
                instead=following.instead,
                address=visitor.address(),
                by_model=visit.look.by_model,
            )
        )
    except StoreAway:
        pending.keep(following)
        raise
    except (BadMessage, StoreError) as error:
        transcript.unsent(following.text, explain(error), lambda: pending.keep(following))
        return
    st.query_params["chat"] = chat
    st.rerun()
