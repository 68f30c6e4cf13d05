"""What everyone who asks for titles can rely on, whatever the answer is written by."""

from dataclasses import replace
from typing import Any

import pytest

from data import Catalogue, Title
from retrieval import Candidate, Constraint, RequestState, Search, Understanding, joined
from retrieval.columns import Columns
from tests.retrieval.conftest import Say

MUSHISHI, MONSTER, SWORD_ART_ONLINE, TOO_OLD = 457, 19, 11757, 1900


@pytest.mark.parametrize(
    "message",
    ["short comedies without romance", "action movies after 2005", "mecha from the 80s, no gore"],
)
def test_every_candidate_satisfies_every_wish(
    catalogue: Catalogue, search: Search, say: Say, message: str
) -> None:
    understanding = say(message)
    allowed = Columns(catalogue).satisfying(understanding.state.constraints)
    found = search.find(understanding, 8).candidates
    rows = [catalogue.row(each.title.mal_id) for each in found]
    assert (len(rows), {bool(allowed[row]) for row in rows}) == (8, {True})


def test_titles_shown_seen_rejected_or_liked_are_never_found(search: Search, say: Say) -> None:
    first = say("calm stories about everyday life")
    one, two, three, four, five = (each.title.mal_id for each in search.find(first, 5).candidates)
    out = replace(
        first.state, shown=(one,), seen=(two,), rejected=(three,), liked=(four,), near=(five,)
    )
    found = search.find(replace(first, state=out), 10).candidates
    assert len(found) == 10
    assert not {one, two, three, four, five} & {each.title.mal_id for each in found}


def test_a_title_named_as_an_example_is_not_itself_found(search: Search, say: Say) -> None:
    found = search.find(say("something like mushishi"), 10)
    assert MUSHISHI not in {each.title.mal_id for each in found.candidates}
    assert found.near == ("Mushi-Shi",)


def test_the_best_come_first_and_each_once(search: Search, say: Say) -> None:
    found = search.find(say("a detective thriller like Monster"), 10).candidates
    assert len({each.title.mal_id for each in found}) == 10
    assert found[0].fit == max(each.fit for each in found)


def test_as_many_as_asked_for_are_found_and_nothing_needs_relaxing(
    search: Search, say: Say
) -> None:
    found = search.find(say("comedy"), 3)
    assert len(found.candidates) == 3


def test_what_titles_are_about_is_found_by_meaning(search: Search, say: Say) -> None:
    found = search.find(say("swimming club"), 10).candidates
    assert any("Sports" in each.title.tags for each in found)


def test_a_genre_is_not_looked_for_in_names(search: Search, say: Say) -> None:
    names = [each.title.shown.lower() for each in search.find(say("isekai"), 5).candidates]
    assert not any("isekai" in name for name in names)


def test_a_genre_finds_what_is_most_of_it(search: Search, say: Say) -> None:
    found = search.find(say("romance"), 5).candidates
    assert SWORD_ART_ONLINE not in {each.title.mal_id for each in found}


def test_when_nothing_fits_each_wish_says_what_dropping_it_would_give(
    catalogue: Catalogue, search: Search
) -> None:
    movie = Constraint(column="type", rule="any", values=("Movie",))
    old = Constraint(column="year", rule="most", number=TOO_OLD)
    found = search.find(wanting(movie, old), 5)
    assert found.candidates == ()
    movies = sum(title.type == "Movie" for title in catalogue)
    assert [(each.constraint, each.titles) for each in found.relaxations] == [(old, movies)]


def test_titles_already_shown_do_not_count_as_a_gain(catalogue: Catalogue, search: Search) -> None:
    old = Constraint(column="year", rule="most", number=TOO_OLD)
    shown = tuple(title.mal_id for title in catalogue[:1000])
    found = search.find(wanting(old, shown=shown), 5)
    assert [each.titles for each in found.relaxations] == [len(catalogue) - 1000]


def test_a_request_for_anything_finds_something(search: Search, say: Say) -> None:
    assert len(search.find(say("surprise me"), 5).candidates) == 5
    assert len(search.find(say(""), 5).candidates) == 5


def wanting(*constraints: Constraint, shown: tuple[int, ...] = ()) -> Understanding:
    state = RequestState(constraints=constraints, shown=shown)
    return Understanding(intent="request", query="", state=state)


@pytest.mark.parametrize(
    ("speaking_for_it", "reason"),
    [
        ({"tags": ("Comedy", "Gore")}, "Comedy and gore."),
        ({"liked_with": ("Monster",)}, "Viewers of Monster like it too."),
        ({"shared": ("Gore",), "shared_with": "Another"}, "Shares gore with Another."),
        (
            {"shared": ("Gore",), "shared_with": "Another", "liked_with": ("Another",)},
            "Shares gore with Another, whose viewers like it too.",
        ),
        ({"words": ("chess", "ghost")}, "Its story has chess and ghost."),
        ({}, "Its viewers score it 8.1."),
    ],
)
def test_a_reason_is_a_sentence_of_facts(speaking_for_it: dict[str, Any], reason: str) -> None:
    title = Title(mal_id=1, name="A", score=8.1)
    assert Candidate(title, 1.0, **speaking_for_it).reason == reason


def test_what_titles_share_with_an_example_is_told(
    catalogue: Catalogue, search: Search, say: Say
) -> None:
    found = search.find(say("something like Monster"), 5).candidates
    example = catalogue.find(MONSTER)
    assert example is not None
    assert {each.shared_with for each in found} == {"Monster"}
    for each in found:
        assert each.shared
        assert {*each.shared} <= {*each.title.tags} & {*example.tags}


def test_examples_that_viewers_like_together_are_named(search: Search, say: Say) -> None:
    found = search.find(say("something like Monster"), 5).candidates
    assert ("Monster",) in [each.liked_with for each in found]


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(parts: list[str], text: str) -> None:
    assert joined(parts) == text
