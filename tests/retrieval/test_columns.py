"""What a hard wish means for the titles of a catalogue."""

from typing import get_args

import pytest

from data import Catalogue, Title
from retrieval import Constraint
from retrieval.columns import Columns
from retrieval.constraints import Rule

TITLES = (
    Title(mal_id=1, name="A", type="TV", genres=("Comedy",), year=1995, episodes=26, members=10),
    Title(mal_id=2, name="B", type="Movie", themes=("Gore",), year=2010, episodes=1, members=30),
    Title(mal_id=3, name="C", studios=("Bones",), members=20),
)


@pytest.fixture(scope="module")
def columns() -> Columns:
    return Columns(Catalogue(TITLES))


@pytest.mark.parametrize(
    ("constraint", "left"),
    [
        (Constraint(column="tag", rule="any", values=("Comedy", "Gore")), [1, 2]),
        (Constraint(column="tag", rule="none", values=("Gore",)), [1, 3]),
        (Constraint(column="type", rule="any", values=("Movie",)), [2]),
        (Constraint(column="studio", rule="any", values=("Bones",)), [3]),
        (Constraint(column="year", rule="least", number=2000), [2]),
        (Constraint(column="episodes", rule="most", number=26), [1, 2]),
        (Constraint(column="popularity", rule="least", number=0.9), [2]),
        (Constraint(column="tag", rule="any", values=("Unheard of",)), []),
    ],
)
def test_a_wish_leaves_the_titles_that_satisfy_it(
    columns: Columns, constraint: Constraint, left: list[int]
) -> None:
    rows = columns.satisfying([constraint])
    assert [title.mal_id for title, kept in zip(TITLES, rows, strict=True) if kept] == left


@pytest.mark.parametrize("rule", get_args(Rule)[2:])
def test_an_unknown_year_satisfies_no_limit(columns: Columns, rule: Rule) -> None:
    assert not columns.satisfying([Constraint(column="year", rule=rule, number=2000)])[2]


def test_all_wishes_hold_together(columns: Columns) -> None:
    comedy = Constraint(column="tag", rule="any", values=("Comedy",))
    movie = Constraint(column="type", rule="any", values=("Movie",))
    assert not columns.satisfying([comedy, movie]).any()
    assert columns.satisfying([]).all()


def test_popularity_is_the_rank_by_viewers(columns: Columns) -> None:
    assert columns.popularity.tolist() == [0.0, 1.0, 0.5]
