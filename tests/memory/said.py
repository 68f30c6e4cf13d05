"""What the people of these tests say, and what they are answered."""

from datetime import UTC, datetime, timedelta

from memory import Message, Pick

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def asked(
    text: str = "something calm", *, turn: str = "first", minute: int = 0, after: str | None = None
) -> Message:
    """A message of the owner's."""
    at = NOON + timedelta(minutes=minute)
    return Message(role="user", text=text, at=at, turn=turn, after=after)


def answered(text: str = "Try Mushishi [1].", *, turn: str = "first", minute: int = 1) -> Message:
    """The answer to it."""
    return Message(
        role="assistant",
        text=text,
        at=NOON + timedelta(minutes=minute),
        turn=turn,
        picks=(Pick(n=1, mal_id=457, reason="quiet and slow", fit=0.5),),
        answered_by="composer",
    )
