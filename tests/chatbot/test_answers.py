"""What people are told when no search is needed."""

import re

import pytest

from chatbot.answers import Answers
from chatbot.facts import stated
from data import Catalogue, Franchises, Title
from data.franchises import Entry
from retrieval import Candidate, Constraint, Found, Intent, RequestState, Understanding
from retrieval.understanding import TOLD

BEBOP = Title(
    mal_id=1,
    name="Cowboy Bebop",
    native="カウボーイビバップ",
    type="TV",
    year=1998,
    episodes=26,
    minutes=24,
    genres=("Action", "Sci-Fi"),
    themes=("Space",),
    studios=("Sunrise",),
    source="Original",
    age_rating="R-17+",
    score=8.75,
    members=1000,
    synopsis="Bounty hunters drift. They are broke.",
)
BARE = Title(mal_id=2, name="Nameless")
TOTORO = Title(mal_id=3, name="Totoro", type="Movie", year=1988, episodes=1, minutes=86, score=8.2)
PARTS = (
    Entry(1, "Cowboy Bebop", "Cowboy Bebop", "TV", 26, 1998),
    Entry(5, "The Movie", "Tengoku no Tobira", "Movie", 1, 2001),
)
ANSWERS = Answers(Catalogue([BEBOP, BARE, TOTORO]), Franchises({1: PARTS}))
GORE = Constraint(column="tag", rule="any", values=("Gore",))


def told(
    intent: Intent, *about: int, points: tuple[str, ...] = (), found: Found | None = None
) -> str:
    understanding = Understanding(
        intent=intent,
        query="",
        state=RequestState(),
        about=about,
        points=points,
        held=(GORE,),
        searches=False,
    )
    return ANSWERS.write(understanding, found or Found(()))


@pytest.mark.parametrize(
    ("point", "fact"),
    [
        ("year", "came out in 1998"),
        ("episodes", "has 26 episodes of about 24 minutes"),
        ("minutes", "takes 24 minutes"),
        ("type", "is a TV series"),
        ("tag", "Action, Sci-Fi, Space"),
        ("studio", "was made by Sunrise"),
        ("score", "8.75 out of 10"),
        ("age", "rated R-17+, from 17"),
        ("source", "original story"),
        ("status", "complete as far as I know, with 26"),
        ("synopsis", "They are broke."),
        ("popularity", "1,000 people"),
        ("native", "カウボーイビバップ"),
        ("unknown", "That I don't know"),
    ],
)
def test_a_fact_is_stated_or_not_known(point: str, fact: str) -> None:
    assert fact in stated(BEBOP, point)
    assert re.search(r"know|Nameless", stated(BARE, point))


@pytest.mark.parametrize(
    "point", ["year", "episodes", "minutes", "type", "tag", "studio", "score", "age", "source"]
)
def test_what_the_catalogue_does_not_have_is_said_to_be_unknown(point: str) -> None:
    assert "don't know" in stated(BARE, point)


def test_a_film_has_no_episodes() -> None:
    assert stated(TOTORO, "episodes") == "Totoro is a single film of about 86 minutes."
    assert stated(TOTORO, "status") == "Totoro is a single film, complete in itself."


def test_a_comparison_says_who_is_first() -> None:
    answer = told("compare", 1, 3, points=("episodes",))
    assert "Totoro is the shorter and Cowboy Bebop is the longer." in answer


def test_a_comparison_with_an_unknown_has_no_first() -> None:
    assert "the shorter" not in told("compare", 1, 2, points=("episodes",))


def test_titles_that_are_level_are_said_to_be() -> None:
    assert "they are level" in told("compare", 1, 1, points=("year",))


def test_the_order_is_that_of_release() -> None:
    answer = told("order", 1)
    assert "in order of release" in answer
    assert answer.index("1998") < answer.index("2001")


def test_a_title_without_other_parts_is_said_to_stand_alone() -> None:
    assert "stands alone as far as I know" in told("order", 3)


def test_content_is_answered_from_the_facts_and_no_further() -> None:
    answer = told("content", 1)
    assert "rated R-17+" in answer
    assert "do not list gore" in answer
    assert "don't know" in answer


def test_which_of_those_shown_names_those_that_fit() -> None:
    found = Found((Candidate(BEBOP, 1),))
    assert told("which", 1, 3, found=found) == "Of the titles shown, “Gore” fits Cowboy Bebop."
    assert told("which", 1, 3).startswith("None of the titles shown fits")


def test_why_tells_the_reason_it_was_found_by() -> None:
    found = Found((Candidate(BEBOP, 1, tags=("Space",)),), near=("Planetes",))
    answer = told("why", 1, found=found)
    assert "Cowboy Bebop: Space." in answer
    assert "something like Planetes" in answer


def test_where_to_watch_is_not_known() -> None:
    assert "I don't know" in told("where", 1)


def test_what_is_chosen_is_confirmed() -> None:
    assert told("accept", 1).startswith("Cowboy Bebop it is.")


@pytest.mark.parametrize("intent", ["fact", "content", "why", "compare", "order"])
def test_a_question_about_nothing_is_asked_back(intent: Intent) -> None:
    assert "Which one do you mean?" in told(intent)


@pytest.mark.parametrize("intent", TOLD)
def test_every_intent_without_a_search_has_an_answer_without_marks(intent: Intent) -> None:
    answer = told(intent, 1, 3)
    assert answer
    assert "[" not in answer
