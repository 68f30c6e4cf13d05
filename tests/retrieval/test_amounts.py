"""What people can rely on when they say a limit in numbers."""

import pytest

from retrieval.amounts import amounts


def limits(text: str) -> list[tuple[str, str, float]]:
    return [(each.column, each.rule, each.number) for each in amounts(text)]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("under 13 eps", None, 12),
        ("nothing past 26 episodes", None, 26),
        ("24 eps max", None, 24),
        ("over 50 episodes", 51, None),
        ("100+ episodes", 100, None),
        ("at least 20 episodes", 20, None),
        ("12-26 episodes", 12, 26),
        ("12 episodes", 12, 12),
        ("max 2 seasons", None, 26),
        ("at least three cours", 39, None),
        ("a 12-episode series", 12, 12),
        ("around 12 eps", 10, 14),
        ("12ish episodes", 10, 14),
        ("under 0 episodes", None, 0),
    ],
)
def test_episodes_are_limited_as_said(text: str, least: int | None, most: int | None) -> None:
    said = [("episodes", "least", least), ("episodes", "most", most)]
    assert limits(text) == [limit for limit in said if limit[2] is not None]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("90s", 1990, 1999),
        ("from the 2010s", 2010, 2019),
        ("early 2000s", 2000, 2004),
        ("late 90’s", 1995, 1999),
        ("before the 90s", None, 1989),
        ("pre-2000s", None, 1999),
        ("before 2010", None, 2009),
        ("after 2015", 2016, None),
        ("from 2012 or later", 2012, None),
        ("between 2010 and 2015", 2010, 2015),
        ("2010-2015", 2010, 2015),
        ("in 2012", 2012, 2012),
    ],
)
def test_years_are_limited_as_said(text: str, least: int | None, most: int | None) -> None:
    said = [("year", "least", least), ("year", "most", most)]
    assert limits(text) == [limit for limit in said if limit[2] is not None]


@pytest.mark.parametrize(
    ("text", "most"), [("less than 30 minutes", 29), ("under 2 hours", 119), ("max 90 min", 90)]
)
def test_minutes_and_hours_limit_the_length_of_one_episode(text: str, most: int) -> None:
    assert limits(text) == [("minutes", "most", most)]


@pytest.mark.parametrize("text", ["gimme 5 more", "the 2nd", "9" * 6000 + " eps"])
def test_other_numbers_limit_nothing(text: str) -> None:
    assert limits(text) == []


def test_several_limits_in_one_message_are_all_read() -> None:
    both = {("year", "most", 1999), ("episodes", "most", 12)}
    assert set(limits("before 2000 and under 13 eps")) == both


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("an hour and a half tops", ("minutes", "most", 90)),
        ("15 minutes per episode at the very most", ("minutes", "most", 15)),
        ("my daughter is 7", ("age", "most", 7)),
        ("my nieces (6 and 9)", ("age", "most", 6)),
        ("for an 8yo", ("age", "most", 8)),
        ("scored above 8", ("score", "least", 8)),
        ("8.5+ rating", ("score", "least", 8.5)),
        ("the last three years", ("back", "least", 3)),
        ("a dozen episodes at most", ("episodes", "most", 12)),
        ("under twenty eps", ("episodes", "most", 19)),
        ("max 12", ("episodes", "most", 12)),
        ("menos de 13 episodios", ("episodes", "most", 12)),
        ("ab 2015", ("year", "least", 2015)),
        ("après 2005", ("year", "least", 2006)),
    ],
)
def test_other_ways_to_say_a_limit(text: str, limit: tuple[str, str, float]) -> None:
    assert limits(text) == [limit]
