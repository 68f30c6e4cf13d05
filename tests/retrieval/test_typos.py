"""Which misspelt names are recognised, and which words are none."""

import pytest

from data import Catalogue
from retrieval import RequestState, Rules
from retrieval.typos import Typos

NAMES = ("needless", "horimiya", "number 6", "is this a zombie", "beck", "air")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("horlmiya", "horimiya"),
        ("horimyia", "horimiya"),
        ("is this a zommbbie", "is this a zombie"),
        ("bekc", "beck"),
        ("number 9", None),
        ("bbck", "beck"),
        ("aiir", "air"),
        ("ear", None),
        ("corimiya", None),
        ("hormya", None),
        ("entirely else", None),
    ],
)
def test_a_few_letters_off_is_the_same_name(written: str, name: str | None) -> None:
    assert Typos(NAMES).nearest(written) == name


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("something like Horlmiya", "Horimiya"),
        ("loved Free! - Eteernal Summer, what next?", "Free! - Eternal Summer"),
        ("anime like Ultimate Otaku Techer", "Ultimate Otaku Teacher"),
        ("more like dorohedroo", "Dorohedoro"),
        ("something like kakegurrui but shorter", "Kakegurui"),
    ],
)
def test_a_misspelt_example_is_understood(
    rules: Rules, catalogue: Catalogue, message: str, shown: str
) -> None:
    near = rules.understand(message, RequestState()).state.near
    assert [title.shown for title in map(catalogue.find, near) if title] == [shown]


@pytest.mark.parametrize(
    "message",
    [
        "something like a slow burn romance",
        "anime like the ones my sister watches",
        "loved the summer vibe, what next?",
        "more like a mystery with a good ending",
        "something like pirates and treasure",
        "i like shows with a female lead",
    ],
)
def test_everyday_words_are_no_misspelt_names(rules: Rules, message: str) -> None:
    assert rules.understand(message, RequestState()).state.near == ()
