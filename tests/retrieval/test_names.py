"""What people can rely on when they name a title."""

import pytest

from data import Catalogue
from retrieval import Rules
from retrieval.words import split

MUSHISHI, SCHOOL_DAYS, NUMBER_6, EIGHTY_SIX, MONSTER, DANDY = 457, 2476, 10161, 41457, 19, 20057


def named(rules: Rules, text: str, *, cued: bool = False) -> list[int]:
    words = split(text)
    return [each.mal_id for each in rules.names.find(words, [cued] * len(words))]


@pytest.mark.parametrize("name", ["Mushishi", "mushi-shi", "蟲師", "mushishii", "MUSHISHI"])
def test_a_title_is_found_by_every_name_and_near_spelling(rules: Rules, name: str) -> None:
    assert named(rules, name) == [MUSHISHI]


@pytest.mark.parametrize(
    ("short", "mal_id"),
    [
        ("FMAB", 5114),
        ("AoT", 16498),
        ("SnK", 16498),
        ("cowbow bebop", 1),
        ("steins gate", 9253),
        ("LoGH", 820),
        ("NGE", 30),
    ],
)
def test_abbreviations_and_typos_are_known(rules: Rules, short: str, mal_id: int) -> None:
    assert named(rules, short) == [mal_id]


@pytest.mark.parametrize(
    ("name", "mal_id"),
    [("monster", MONSTER), ("86", EIGHTY_SIX), ("no. 6", NUMBER_6)],
)
def test_everyday_words_and_numbers_are_a_title_only_where_one_is_expected(
    rules: Rules, name: str, mal_id: int
) -> None:
    assert named(rules, name) == []
    assert named(rules, name, cued=True) == [mal_id]


def test_a_number_is_no_misspelt_number(rules: Rules) -> None:
    assert named(rules, "number 9", cued=True) == []


def test_capitals_within_a_sentence_make_a_title_of_everyday_words(rules: Rules) -> None:
    assert named(rules, "I watched School Days") == [SCHOOL_DAYS]


def test_titles_are_found_from_left_to_right(rules: Rules) -> None:
    assert named(rules, "mix of space dandy and mushishi") == [DANDY, MUSHISHI]


def test_a_text_names_only_what_it_spells_exactly(rules: Rules) -> None:
    assert rules.names.named("Mushishi is not mushishu") == {MUSHISHI}


def test_every_title_is_found_by_its_own_name(rules: Rules, catalogue: Catalogue) -> None:
    lost = [title.name for title in catalogue if not named(rules, title.name, cued=True)]
    assert lost == []


@pytest.mark.parametrize(
    "sentence",
    [
        "a radiant heroine",
        "something colorful and bright",
        "a medalist training for the olympics",
        "an old metropolis of robots",
        "a parasite horror",
        "desert punk music vibe",
        "a golden boy who loses it all",
        "ghost hunt in an old school",
        "a flying witch with a broom",
        "dead leaves falling, melancholic",
        "my baby steps into romance",
    ],
)
def test_a_description_is_no_title_because_it_has_the_words_of_one(
    rules: Rules, sentence: str
) -> None:
    assert named(rules, sentence) == []


@pytest.mark.parametrize(
    "message",
    [
        "flying witch",
        "is flying witch finished?",
        "flying witch but funny",
        "more flying witch vibes",
    ],
)
def test_everyday_words_are_a_title_where_they_describe_nothing(rules: Rules, message: str) -> None:
    assert named(rules, message) == [31376]


@pytest.mark.parametrize(
    ("message", "mal_id"),
    [
        ("gun buster then what, i want old ovas", 949),
        ("is garden of words long", 16782),
        ("did skip beet ever get a second season", 4722),
        ("is persona4 animation ok without the game", 10588),
        ("i miss zetsubou sensei", 2605),
        ("i came here from MDZS", 37208),
        ("千と千尋", 199),
        ("fruits basket 2019", 38680),
        ("fruits basket 2001", 120),
        ("is gundam unicron finished", 6336),
    ],
)
def test_a_name_is_known_by_what_is_left_of_it(rules: Rules, message: str, mal_id: int) -> None:
    assert named(rules, message) == [mal_id]


@pytest.mark.parametrize(
    "sentence",
    [
        "between you and me, i love sparkly magic shows",
        "from place to place, calm and episodic",
        "i work nights, ergo i need short episodes",
        "no ntr please, ever",
        "movies under 100 mins",
        "i play a paladin, so fantasy with a proper party",
        "if i see one more demon lord i will scream",
    ],
)
def test_a_turn_of_phrase_is_no_title(rules: Rules, sentence: str) -> None:
    assert named(rules, sentence) == []
