"""What the comparison of words promises to everyone who types in a hurry."""

import pytest

from retrieval.words import fold, plain, split


@pytest.mark.parametrize(
    ("written", "plainly"),
    [
        ("Pokémon", "pokemon"),
        ("Frieren's", "frierens"),
        ("sooooo GOOD", "so good"),
        ("  Re:ZERO -Starting Life- ", "re zero starting life"),
        ("Steins;Gate 0", "steins gate 0"),
        ("2nd", "2 nd"),
        ("8.5 or 1000", "8.5 or 1000"),
        ("💀 ??", ""),
        ("", ""),
    ],
)
def test_a_text_is_compared_by_its_plain_words(written: str, plainly: str) -> None:
    assert plain(written) == plainly


def test_kana_keep_their_voicing_marks() -> None:
    assert fold("ガンダム") != fold("カンタム")


def test_a_word_knows_where_it_stands_and_what_stands_before_it() -> None:
    first, second = split("Dark, please")
    assert (first.capital, first.breaks) == (True, False)
    assert (second.start, second.end, second.capital, second.breaks) == (6, 12, False, True)
