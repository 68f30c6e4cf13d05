"""What a conversation's request state promises from turn to turn, and as JSON."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Constraint, RequestState

COMEDY = Constraint(column="tag", rule="any", values=("Comedy",), turn=1)
MOVIE = Constraint(column="type", rule="any", values=("Movie",), turn=2)
SHORT = Constraint(column="episodes", rule="most", number=13, turn=1)
NEW = Constraint(column="year", rule="least", number=2015, turn=1)


@given(st.builds(RequestState, constraints=st.tuples(st.builds(Constraint))))
@settings(max_examples=25, deadline=None)
def test_a_state_survives_its_json(state: RequestState) -> None:
    assert RequestState.read(state.written()) == state


@pytest.mark.parametrize("text", [None, "", "[]", "rubbish", '{"version": 2}', '{"turn": "x"}'])
def test_without_a_state_of_a_known_form_a_conversation_begins_anew(text: str | None) -> None:
    assert RequestState.read(text) == RequestState()


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (Constraint(column="type", rule="any", values=("TV",)), [COMEDY, SHORT, NEW]),
        (Constraint(column="tag", rule="none", values=("Comedy",)), [MOVIE, SHORT, NEW]),
        (Constraint(column="tag", rule="any", values=("Drama",)), [COMEDY, MOVIE, SHORT, NEW]),
        (Constraint(column="episodes", rule="least", number=50), [COMEDY, MOVIE, NEW]),
        (Constraint(column="episodes", rule="most", number=26), [COMEDY, MOVIE, NEW]),
        (Constraint(column="year", rule="most", number=2020), [COMEDY, MOVIE, SHORT, NEW]),
        (Constraint(column="year", rule="most", number=1999), [COMEDY, MOVIE, SHORT]),
    ],
)
def test_a_wish_takes_the_place_of_those_it_opposes_and_of_no_other(
    later: Constraint, left: list[Constraint]
) -> None:
    state = RequestState(constraints=(COMEDY, MOVIE, SHORT, NEW)).with_constraint(later)
    assert state.constraints == (*left, later)


def test_relaxing_removes_exactly_the_wish_named() -> None:
    state = RequestState(constraints=(COMEDY, MOVIE)).without(MOVIE)
    assert state.constraints == (COMEDY,)


def test_a_wish_said_twice_is_in_force_once() -> None:
    assert len(RequestState().with_constraint(COMEDY).with_constraint(COMEDY).constraints) == 1


def test_what_was_ever_shown_stays_excluded() -> None:
    state = RequestState(seen=(7,), rejected=(8,), liked=(9,)).showing((1, 2)).showing((2, 3))
    assert (state.picks, state.shown) == ((2, 3), (1, 2, 3))
    assert state.excluded == {1, 2, 3, 7, 8, 9}


@pytest.mark.parametrize(
    ("wish", "label"),
    [
        (COMEDY, "Comedy"),
        (SHORT, "at most 13 episodes"),
        (NEW, "from 2015"),
        (Constraint(column="tag", rule="none", values=("Gore",)), "no Gore"),
        (Constraint(column="popularity", rule="most", number=0.6), "little known"),
        (Constraint(column="minutes", rule="least", number=60), "at least 60 minutes"),
    ],
)
def test_a_wish_is_said_in_a_few_words(wish: Constraint, label: str) -> None:
    assert wish.label == label
