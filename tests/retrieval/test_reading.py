"""What a negation, a name and a number mean in a message that is taken apart."""

import pytest

from data import Catalogue
from retrieval.lexicon import Lexicon
from retrieval.names import Names
from retrieval.reader import Reader


@pytest.fixture(scope="module")
def reader(catalogue: Catalogue) -> Reader:
    lexicon = Lexicon.read(catalogue)
    return Reader(lexicon, Names(catalogue, lexicon.words))


def tags(reader: Reader, text: str) -> list[str]:
    """The genres in a message, those that a negation covers with a minus."""
    said = reader.read(text).said("tag")
    return [("-" if each.negated else "") + each.phrase.value for each in said]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no romance", ["-Romance"]),
        ("nothing with romance", ["-Romance"]),
        ("anything but isekai", ["-Isekai"]),
        ("without ecchi or harem", ["-Ecchi", "-Harem"]),
        ("no gore, no horror and no romance", ["-Gore", "-Horror", "-Romance"]),
        ("no fantasy romance", ["-Fantasy", "-Romance"]),
        ("i don't like mecha", ["-Mecha"]),
        ("action but not romance", ["Action", "-Romance"]),
    ],
)
def test_a_negation_covers_what_it_stands_before(
    reader: Reader, text: str, meant: list[str]
) -> None:
    assert tags(reader, text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no romance, action please", ["-Romance", "Action"]),
        ("not a romance, an action movie", ["-Romance", "Action"]),
        ("no romance but comedy", ["-Romance", "Comedy"]),
        ("horror without gore and with comedy", ["Horror", "-Gore", "Comedy"]),
        ("no, comedy", ["Comedy"]),
        ("not that long comedy", ["Comedy"]),
        ("no idea what to watch, maybe some nice comedy", ["Comedy"]),
    ],
)
def test_a_negation_ends_where_another_wish_begins(
    reader: Reader, text: str, meant: list[str]
) -> None:
    assert tags(reader, text) == meant


@pytest.mark.parametrize("text", ["like no. 6", "loved 86", "similar to mob psycho 100"])
def test_a_number_within_a_title_is_no_number(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert len(reading.mentions) == 1
    assert (reading.numbers, reading.limits, reading.said("cue", "negation")) == ((), (), ())


@pytest.mark.parametrize("text", ["loved school days", "Space Dandy", "like samurai champloo"])
def test_a_genre_within_a_title_is_no_genre(reader: Reader, text: str) -> None:
    assert tags(reader, text) == []


def test_what_nothing_is_recognised_in_is_what_the_message_is_about(reader: Reader) -> None:
    reading = reader.read("a sad story about volcanoes")
    assert [reading.words[number].text for number in reading.rest] == ["volcanoes"]
