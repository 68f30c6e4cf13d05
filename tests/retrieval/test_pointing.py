"""What a number in a message does: count titles, or point at one."""

import pytest

from data import Catalogue
from retrieval.lexicon import Lexicon
from retrieval.names import Names
from retrieval.pointing import count, pointed
from retrieval.reader import Reader

PICKS = (11, 22, 33)


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue) -> Reader:
    lexicon = Lexicon.read(catalogue)
    return Reader(lexicon, Names(catalogue, frozenset(lexicon.words)))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("the 2nd", [22]),
        ("3", [33]),
        ("the first and the last", [11, 33]),
        ("like 4", []),
        ("5 more", []),
        ("something with 2 seasons", []),
        ("only 2 looks good", [22]),
        ("of the top two, which is shorter?", [11, 22]),
    ],
)
def test_a_number_points_at_one_of_the_titles_shown(
    reader: Reader, text: str, titles: list[int]
) -> None:
    assert [mal_id for mal_id, _ in pointed(reader.read(text), PICKS)] == titles


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("4 more", 4),
        ("more", 5),
        ("0 more", 5),
        ("top 3 horror", 3),
        ("surprise me with just one", 1),
        ("seen only one of those", 5),
        ("only 3 please", 3),
        ("only 3 looks good", 5),
    ],
)
def test_a_number_counts_the_titles_wanted(reader: Reader, text: str, wanted: int) -> None:
    assert count(reader.read(text)) == wanted
