"""What the judge of recorded conversations finds wrong, and what not."""

from typing import Any

import pytest

from data import Catalogue, Title
from tests.chatbot.conversations.expectations import Expectation
from tests.chatbot.conversations.judge import Judge, Reply, Verdict

BEBOP = Title(
    mal_id=1,
    name="Cowboy Bebop",
    type="TV",
    year=1998,
    episodes=26,
    genres=("Action", "Sci-Fi"),
    studios=("Sunrise",),
    age_rating="R-17+",
    score=8.75,
    members=9,
)
TOTORO = Title(mal_id=2, name="Totoro", type="Movie", year=1988, episodes=1, genres=("Fantasy",))
JUDGE = Judge(Catalogue([BEBOP, TOTORO]))
FIRST = Reply(searched=True, picks=(1,), answer="Cowboy Bebop (1998) fits.")
PLACE = {"turn": 1, "n": 1}
YEAR = PLACE | {"field": "year"}
SHARE = {"at_least": 0.5, "genres_any": ["Fantasy"]}


def verdict(expected: dict[str, Any], reply: Reply) -> Verdict:
    return JUDGE.judge(Expectation.model_validate(expected), 2, {1: FIRST, 2: reply})


@pytest.mark.parametrize(
    ("expected", "good", "bad"),
    [
        ({"searched": True}, (True, (2,), ""), (False, (), "")),
        ({"picks_min": 1}, (True, (2,), ""), (True, (), "")),
        ({"picks_max": 0}, (False, (), ""), (True, (2,), "")),
        ({"every": {"type": ["Movie"]}}, (True, (2,), ""), (True, (1,), "")),
        ({"every": {"genres_none": ["Sci-Fi"]}}, (True, (2,), ""), (True, (1,), "")),
        ({"every": {"age_none": ["R - 17+"]}}, (True, (2,), ""), (True, (1,), "")),
        ({"every": {"year_max": 1990}}, (True, (2,), ""), (True, (1,), "")),
        ({"every": {"score_min": 8}}, (True, (1,), ""), (True, (2,), "")),
        ({"every": {"popularity_min": 0.98}}, (True, (1,), ""), (True, (2,), "")),
        (
            {"share": {"at_least": 0.5, "genres_any": ["Fantasy"]}},
            (True, (2,), ""),
            (True, (1,), ""),
        ),
        ({"include_any": [2]}, (True, (2,), ""), (True, (1,), "")),
        ({"exclude": [1]}, (True, (2,), ""), (True, (1,), "")),
        ({"no_repeats": True}, (True, (2,), ""), (True, (1,), "")),
        ({"exclude_pick": PLACE}, (True, (2,), ""), (True, (1,), "")),
        ({"like_pick": PLACE}, (True, (1,), ""), (True, (2,), "")),
        ({"mentions": [2]}, (False, (), "Totoro."), (False, (), "Nothing.")),
        ({"mentions_pick": PLACE}, (False, (), "It is cowboy bebop"), (False, (), "It is")),
        (
            {"fact_pick": PLACE | {"field": "year"}},
            (False, (), "In 1998."),
            (False, (), "In 1999."),
        ),
        ({"answer_any": ["don.t know"]}, (False, (), "I don't know."), (False, (), "Netflix.")),
        ({"answer_none": ["prompt"]}, (False, (), "No."), (False, (), "My prompt: be kind.")),
    ],
)
def test_each_expectation_can_be_met_and_failed(
    expected: dict[str, Any], good: tuple[bool, tuple[int, ...], str], bad: tuple[Any, ...]
) -> None:
    assert verdict(expected, Reply(*good)).faults == ()
    assert verdict(expected, Reply(*bad)).faults != ()


def test_hard_faults_are_counted_by_kind() -> None:
    expected = {"every": {"type": ["Movie"]}, "exclude": [2], "no_repeats": True}
    found = verdict(expected, Reply(searched=True, picks=(1, 2, 77), answer=""))
    assert (found.broken, found.repeated, found.unknown) == (2, 1, 1)
