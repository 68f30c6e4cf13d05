"""What commands make of a turn's events."""

from chatbot.commands.outcome import Outcome
from chatbot.events import Failed, Piece


def test_a_turn_that_failed_is_told_from_one_that_was_answered() -> None:
    assert not Outcome().after(Piece("Here is")).failed
    failed = Outcome().after(Piece("Here is")).after(Failed("Redis cannot be reached."))
    assert (failed.failed, failed.answer) == (True, "Redis cannot be reached.")
