"""What people can rely on when a message is read without a model."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import RequestState, Rules
from tests.retrieval.conftest import Say

DEATH_NOTE, MUSHISHI, BEBOP, NARUTO, MONSTER = 1535, 457, 1, 20, 19
SHOWN = (DEATH_NOTE, MUSHISHI, BEBOP)


def labels(say: Say, *messages: str, picks: tuple[int, ...] = ()) -> list[str]:
    return [each.label for each in say(*messages, picks=picks).state.constraints]


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("lighthouse keepers on stormy islands", "request"),
        ("any others?", "more"),
        ("gimme 5 more", "more"),
        ("more like the second one", "like"),
        ("closer to #3", "like"),
        ("something like mushishi", "like"),
        ("no romance", "refine"),
        ("darker", "refine"),
        ("movies only", "refine"),
        ("ty!!", "thanks"),
        ("thanks a lot, bye", "thanks"),
        ("thanks! more please", "more"),
        ("thanks, now without gore", "refine"),
    ],
)
def test_the_plain_kinds_of_message_are_told_apart(say: Say, message: str, intent: str) -> None:
    assert say("funny anime", message, picks=SHOWN).intent == intent


def test_thanks_need_no_search_and_change_no_wish(say: Say) -> None:
    thanks = say("short comedies", "thanks", picks=SHOWN)
    assert not thanks.searches
    assert [each.label for each in thanks.state.constraints] == ["Comedy", "at most 13 episodes"]


@pytest.mark.parametrize(
    ("message", "wishes"),
    [
        ("fantasy movies", ["Movie", "Fantasy"]),
        ("no movies", ["no Movie"]),
        ("not too long but funny", ["at most 26 episodes"]),
        ("short", ["at most 13 episodes"]),
        ("no long ones", ["at most 26 episodes"]),
        ("from the 90s", ["from 1990", "until 1999"]),
        ("not that old", ["from 2009"]),
        ("horror or mystery", ["Horror or Mystery"]),
        ("anything by kyoani", ["Kyoto Animation"]),
        ("short comedies under 20 eps", ["Comedy", "at most 19 episodes"]),
    ],
)
def test_wishes_are_read_as_constraints(say: Say, message: str, wishes: list[str]) -> None:
    assert labels(say, message) == wishes


def test_a_filter_of_the_first_turn_still_holds_in_the_fifth(say: Say) -> None:
    later = ("any others?", "no gore", "more like the second one", "what else")
    assert labels(say, "horror movies", *later, picks=SHOWN) == ["Movie", "Horror", "no Gore"]


def test_a_new_request_drops_its_genre_and_keeps_the_other_filters(say: Say) -> None:
    later = "something about lighthouse keepers on stormy islands"
    assert labels(say, "comedy movies, never horror", later) == ["Movie", "no Horror"]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("movies", "actually tv series", ["TV"]),
        ("short", "long", ["at least 26 episodes"]),
        ("recent", "before 2000", ["until 1999"]),
        ("horror", "no horror", ["no Horror"]),
        ("no horror", "horror is great", ["Horror"]),
    ],
)
def test_a_later_wish_takes_the_place_of_one_it_opposes(
    say: Say, before: str, after: str, left: list[str]
) -> None:
    assert labels(say, before, after) == left


def test_a_genre_that_is_ruled_out_is_no_longer_searched_for(say: Say) -> None:
    assert say("horror movies", "no horror").query == "Movie, no Horror"


def test_a_tone_takes_the_place_of_the_one_before(say: Say) -> None:
    darker = say("light fantasy", "darker")
    assert (darker.state.tones, darker.state.topic) == (("dark",), "fantasy darker")


def test_a_few_words_more_are_added_and_what_is_not_wanted_is_not_searched_for(
    rules: Rules,
) -> None:
    fantasy = rules.understand("fantasy", RequestState()).state
    tokyo = rules.understand("but set in tokyo", fantasy).state
    assert tokyo.topic == "fantasy set tokyo"
    assert rules.understand("no giant crabs", tokyo).state.topic == tokyo.topic
    assert tokyo.constraints == fantasy.constraints


def test_a_negated_tone_asks_for_its_opposite(say: Say) -> None:
    assert say("not too dark").state.tones == ("light",)


@pytest.mark.parametrize("message", ["never horror", "no horror ever"])
def test_what_is_never_wanted_is_a_standing_wish(say: Say, message: str) -> None:
    assert [each.standing for each in say(message).state.constraints] == [True]


@pytest.mark.parametrize(
    ("message", "referred"),
    [
        ("more like the second one", (MUSHISHI,)),
        ("like the last", (BEBOP,)),
        ("closer to #3", (BEBOP,)),
        ("like 1 and 3 but no comedy", (DEATH_NOTE, BEBOP)),
        ("two more like the first", (DEATH_NOTE,)),
        ("more like the 9th", ()),
    ],
)
def test_a_number_points_into_the_list_last_shown(
    say: Say, message: str, referred: tuple[int, ...]
) -> None:
    understanding = say("comedy", message, picks=SHOWN)
    assert (understanding.about, understanding.state.near) == (referred, referred)


def test_only_the_list_last_shown_is_pointed_into(rules: Rules) -> None:
    state = RequestState(topic="comedy").showing((DEATH_NOTE, MUSHISHI)).showing((MONSTER, BEBOP))
    assert rules.understand("like the second one", state).about == (BEBOP,)


def test_a_title_pointed_at_and_one_named_are_both_examples(say: Say) -> None:
    both = say("more like the third and naruto", picks=SHOWN)
    assert both.state.near == (BEBOP, NARUTO)


@pytest.mark.parametrize("message", ["not like the second one", "nothing like mushishi"])
def test_a_negated_example_is_rejected_instead(say: Say, message: str) -> None:
    state = say("comedy", message, picks=SHOWN).state
    assert (state.near, state.rejected) == ((), (MUSHISHI,))


def test_a_title_liked_in_passing_is_an_example_and_its_direction_a_tone(say: Say) -> None:
    lighter = say("loved Monster, want something lighter")
    assert (lighter.state.near, lighter.state.tones) == ((MONSTER,), ("light",))


@pytest.mark.parametrize(
    "message", ["something like 86", "like no. 6", "similar to mob psycho 100", "like school days"]
)
def test_numbers_and_genres_within_a_title_are_no_filters(say: Say, message: str) -> None:
    assert labels(say, message) == []


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("gimme 3 more", 3),
        ("one more", 1),
        ("two comedies", 2),
        ("top 10 mecha", 10),
        ("show me 7 like mushishi", 7),
        ("20 more", 10),
        ("like 2", 5),
        ("12 episodes", 5),
        ("show me one with robots", 5),
    ],
)
def test_the_count_asked_for_is_heeded_up_to_ten(say: Say, message: str, count: int) -> None:
    assert say(message, picks=SHOWN).count == count


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("older", "until 2004"),
        ("newer", "from 2006"),
        ("shorter", "at most 25 episodes"),
        ("longer", "at least 27 episodes"),
    ],
)
def test_a_comparison_is_with_what_was_shown(say: Say, message: str, wish: str) -> None:
    assert labels(say, "anime", message, picks=SHOWN) == [wish]


def test_with_nothing_shown_a_comparison_means_the_plain_word(say: Say) -> None:
    assert labels(say, "older and shorter") == ["until 1999", "at most 13 episodes"]


@pytest.mark.parametrize("message", ["ok", "hmm", "", "💀"])
def test_a_message_that_asks_nothing_keeps_what_was_asked_for(say: Say, message: str) -> None:
    assert say("pirate comedy", message, picks=SHOWN).query == "pirate comedy"


def test_a_first_message_stands_as_it_is_and_an_unknown_later_one_does_not(say: Say) -> None:
    strange = "lighthouse keepers on stormy islands"
    assert say(strange).sure
    assert not say("comedy", strange).sure


@given(st.lists(st.text(max_size=80), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_any_text_is_understood(rules: Rules, texts: list[str]) -> None:
    state = RequestState().showing(SHOWN)
    understanding = rules.understand(" no 2 like ".join(texts), state)
    assert bool(understanding.query) is understanding.searches


@pytest.mark.parametrize(
    "text", ["9" * 6000, "0" * 2000 + " eps", "like " * 400, "²³ eps", "\0\ud800"]
)
def test_texts_that_are_no_messages_are_understood_too(rules: Rules, text: str) -> None:
    assert rules.understand(text, RequestState()).state.turn == 1


def test_understanding_takes_less_than_five_milliseconds(rules: Rules) -> None:
    message = "more like the second one or cowbow bebop, but shorter and without romance"
    begun = perf_counter()
    for_one = [rules.understand(message, RequestState().showing(SHOWN)) for _ in range(20)]
    assert (perf_counter() - begun) / len(for_one) < 0.005
