"""What of a conversation may leave its owner, for a link or a file, and how it comes back."""

from collections.abc import Iterator
from datetime import datetime

from memory import Conversations, Message, Pick, Snapshot, new_id
from retrieval import RequestState


def shareable(state: RequestState) -> RequestState:
    """What of the state others may see: the allow-list.

    Each field is named, so that what states come to hold is not shared before somebody says so. A
    title that was turned down because it was seen is left out with those that were seen.
    """
    return RequestState(
        version=state.version,
        turn=state.turn,
        topic=state.topic,
        tones=state.tones,
        leanings=state.leanings,
        constraints=state.constraints,
        near=state.near,
        unlike=state.unlike,
        liked=state.liked,
        rejected=tuple(each for each in state.rejected if each not in state.seen),
        shown=state.shown,
        picks=state.picks,
        focus=state.focus,
        intent=state.intent,
        searched=state.searched,
        points=state.points,
        offered=state.offered,
        asked=state.asked,
    )


async def snapshot(conversations: Conversations, chat: str, *, owner: str) -> Snapshot:
    """All of the conversation's path as others may see it, or raise ConversationGone."""
    opened = await conversations.open(chat, owner=owner)
    said, earlier = opened.messages, opened.earlier
    while earlier:
        before = await conversations.open(chat, owner=owner, earlier=earlier)
        said, earlier = (*before.messages, *said), before.earlier
    state = shareable(RequestState.read(opened.state))
    return Snapshot.of(opened.conversation.title, said, state.written())


async def copied(
    conversations: Conversations, shown: Snapshot, *, owner: str, now: datetime
) -> str:
    """Keep what is shown as a conversation of the owner's, and return its id."""
    return await conversations.restore(
        shown.title, tuple(messages(shown)), shown.state, owner=owner, now=now
    )


def messages(shown: Snapshot) -> Iterator[Message]:
    """The messages as a conversation has them, in turns of their own."""
    turn = new_id()
    for each in shown.messages:
        if each.role == "user":
            turn = new_id()
        yield Message(
            role=each.role,
            text=each.text,
            at=each.at,
            turn=turn,
            picks=tuple(Pick(pick.n, pick.mal_id, pick.reason) for pick in each.picks),
            answered_by=each.answered_by,
            ending=each.ending,
            notice=each.notice,
        )
