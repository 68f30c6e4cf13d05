"""What words find."""

import pytest

from data import Catalogue, Title
from retrieval.lexical import Lexical

TITLES = (
    Title(mal_id=1, name="Sea Wolves", synopsis="A pirate sails for glass islands."),
    Title(mal_id=2, name="Bread", synopsis="A baker opens a shop.", genres=("Gourmet",)),
    Title(mal_id=3, name="Court", native="宮廷", synopsis="A judge hears a case."),
)


@pytest.fixture(scope="module")
def lexical() -> Lexical:
    return Lexical(Catalogue(TITLES))


@pytest.mark.parametrize(
    ("text", "best"), [("pirates", 0), ("a glass island", 0), ("gourmet", 1), ("宮廷の court", 2)]
)
def test_a_word_finds_the_title_that_has_it(lexical: Lexical, text: str, best: int) -> None:
    scores = lexical.scores(text)
    assert (int(scores.argmax()), float(scores.max())) == (best, 1.0)


@pytest.mark.parametrize("text", ["", "a of", "volcano", "💀"])
def test_words_that_no_title_has_find_nothing(lexical: Lexical, text: str) -> None:
    assert lexical.scores(text).tolist() == [0, 0, 0]
