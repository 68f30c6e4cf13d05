"""What holds for every message and every state, whatever they are."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import Catalogue
from retrieval import Constraint, RequestState, Rules
from retrieval.constraints import Change, Column
from retrieval.lexicon import Lexicon

SHOWN = (1535, 457, 1)
WISHES = ("no romance", "movies", "before 2010", "under 100 minutes")
LABELS = {"no Romance", "Movie", "until 2009", "at most 99 minutes"}
COLUMNS: list[Column] = ["type", "tag", "studio", "source", "age"]

texts = st.text(max_size=60)
values = st.text(min_size=1, max_size=8)
constraints = st.builds(
    Constraint,
    column=st.sampled_from(COLUMNS),
    rule=st.sampled_from(["any", "none"]),
    values=st.tuples(values),
    turn=st.integers(0, 9),
)


@pytest.fixture(scope="module")
def phrases(catalogue: Catalogue) -> list[str]:
    return sorted(Lexicon.read(catalogue).words)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_text_is_understood_and_its_state_survives_being_kept(
    rules: Rules, phrases: list[str], data: st.DataObject
) -> None:
    words = st.one_of(st.sampled_from(phrases), texts, st.sampled_from(["2", "1999", "80s", ","]))
    state = RequestState().showing(SHOWN)
    for _ in range(2):
        message = " ".join(data.draw(st.lists(words, max_size=8)))
        state = rules.understand(message, state).state
    assert RequestState.read(state.written()) == state


@given(st.lists(constraints, max_size=4), constraints)
@settings(deadline=None)
def test_a_wish_that_is_let_go_of_leaves_the_state_as_it_was(
    held: list[Constraint], wish: Constraint
) -> None:
    before = RequestState(constraints=tuple(each for each in held if each.column != wish.column))
    after = before.with_constraint(wish)
    assert after.without(wish) == before
    assert after.changed(Change("drop", wish.column, (wish,))) == before


@pytest.mark.parametrize("order", [*permutations(WISHES)], ids=" ".join)
def test_the_order_of_independent_wishes_does_not_matter(
    rules: Rules, order: tuple[str, ...]
) -> None:
    state = rules.understand(", ".join(order), RequestState()).state
    assert {each.label for each in state.constraints} == LABELS
