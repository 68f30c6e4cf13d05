"""What no model can get onto the page."""

import pytest

from chatbot.events import Picked, Piece
from chatbot.grounding import Grounding
from data import Title
from retrieval import Candidate

PAPRIKA = Candidate(Title(mal_id=1943, name="Paprika"), fit=1.0)
MONSTER = Candidate(Title(mal_id=19, name="Monster"), fit=0.9)
STEINS_GATE = 9253


def named(text: str) -> frozenset[int]:
    """Stands for the catalogue's names: it knows one title beside the candidates."""
    return frozenset({STEINS_GATE} if "Steins;Gate" in text else ())


@pytest.fixture
def grounding() -> Grounding:
    return Grounding((PAPRIKA, MONSTER), frozenset(), named)


def told(grounding: Grounding, *pieces: str) -> str:
    for piece in pieces:
        list(grounding.feed(piece))
    list(grounding.close())
    return grounding.text


def test_a_pick_comes_with_its_mark_before_its_sentence_has_ended(grounding: Grounding) -> None:
    events = [*grounding.feed("[2"), *grounding.feed("] Mon")]
    assert [event.pick.mal_id for event in events if isinstance(event, Picked)] == [19]
    assert not [event for event in events if isinstance(event, Piece)]


def test_marks_become_the_numbers_of_the_picks(grounding: Grounding) -> None:
    assert told(grounding, "[2] Monster is grim.\n[1] Paprika dreams.") == (
        "[1] Monster is grim.\n[2] Paprika dreams."
    )


def test_a_mark_outside_of_the_list_is_dropped(grounding: Grounding) -> None:
    assert told(grounding, "[7] This one too. [0] And this.") == "This one too.  And this."
    assert grounding.picks == []


def test_a_mark_that_comes_again_is_no_second_pick(grounding: Grounding) -> None:
    assert told(grounding, "[2] Monster. And [2] again.").count("[1]") == 2
    assert len(grounding.picks) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Steins;Gate is like it.",
        "You may like **Cosmic Teapot Warriors** as well.",
        'Then "Cosmic Teapot Warriors" is for you.',
        "See https://example.org for more.",
        "See [this](javascript:alert) for more.",
        "Look at www.example.org for more.",
        "Look at example.com for more.",
    ],
)
def test_a_sentence_with_a_stray_title_or_a_link_is_dropped(
    grounding: Grounding, sentence: str
) -> None:
    assert told(grounding, "Good evening. ", f"{sentence} ", "Good night.") == (
        "Good evening. Good night."
    )


def test_a_title_the_person_spoke_of_may_be_named() -> None:
    grounding = Grounding((PAPRIKA,), frozenset({STEINS_GATE}), named)
    assert told(grounding, "Steins;Gate is like it.") == "Steins;Gate is like it."


def test_markup_is_taken_out(grounding: Grounding) -> None:
    assert told(grounding, "<img src=x onerror=alert(1)>A **grim** <b>story</b>.") == (
        "A grim story."
    )


def test_what_cannot_be_seen_is_taken_out(grounding: Grounding) -> None:
    assert told(grounding, "A \x1b]0;grim\x07 story\ud83d.\u202e") == "A ]0;grim story."


def test_what_the_pieces_are_cut_into_does_not_matter(grounding: Grounding) -> None:
    text = "Two. [2] Scored 8.7, it is grim.\n[1] Paprika dreams."
    assert told(grounding, *text) == "Two. [1] Scored 8.7, it is grim.\n[2] Paprika dreams."


def test_a_sentence_that_is_dropped_half_way_is_not_told(grounding: Grounding) -> None:
    list(grounding.feed("[1] Paprika dreams. [2] Monster is"))
    grounding.drop()
    assert told(grounding, "") == "[1] Paprika dreams."
    assert grounding.told == {1943}
