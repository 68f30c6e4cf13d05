"""Every event comes back from Redis as it went in."""

import pytest

from chatbot import events
from chatbot.events import Event, Failed, Finished, Found, Picked, Piece, Seconds, Understood
from memory import Pick
from retrieval import Constraint

FILMS = Constraint(column="type", rule="any", values=("Movie",), turn=2)


@pytest.mark.parametrize(
    "event",
    [
        Understood("refine", "dark, Movie", (FILMS,), searches=True, understood_by="rules"),
        Found(8),
        Picked(Pick(1, 1943, "Because.", 0.5)),
        Piece("日本語 [1]\n"),
        Finished("stopped", "model", Seconds(0.1, 0.2, 0.3, 0.4), "A notice."),
        Failed("A sentence."),
    ],
)
def test_an_event_is_read_as_it_was_written(event: Event) -> None:
    assert events.read(events.written(event)) == event
