"""A turn followed to its end, for commands that print what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from chatbot.events import (
    AnsweredBy,
    Event,
    Failed,
    Finished,
    Picked,
    Piece,
    Seconds,
    Understood,
)
from chatbot.wiring import App
from memory import Pick


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn has come to so far."""

    understood: Understood | None = None
    answer: str = ""
    picks: tuple[Pick, ...] = ()
    answered_by: AnsweredBy | None = None
    seconds: Seconds = field(default_factory=Seconds)
    notice: str = ""
    failed: bool = False

    def after(self, event: Event) -> "Outcome":
        """The outcome with the event taken in."""
        match event:
            case Understood():
                return replace(self, understood=event)
            case Piece():
                return replace(self, answer=self.answer + event.text)
            case Picked():
                return replace(self, picks=(*self.picks, event.pick))
            case Finished(_, answered_by, seconds, notice):
                return replace(self, answered_by=answered_by, seconds=seconds, notice=notice)
            case Failed(sentence):
                return replace(self, answer=sentence, failed=True)
            case _:
                return self


async def answered(
    app: App,
    conversation: str,
    text: str,
    owner: str,
    see: Callable[[Event], object] = lambda _: None,
) -> Outcome:
    """Send a message and follow its turn to the end; `see` is shown each event."""
    turn = await app.turns.start(conversation, text, owner=owner)
    outcome = Outcome()
    async for event in app.turns.follow(conversation, turn):
        see(event)
        outcome = outcome.after(event)
    return replace(outcome, answer=outcome.answer.strip())
