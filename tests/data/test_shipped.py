"""What every title of the catalogue that ships can be relied on for."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from rapidfuzz import fuzz

from data import Catalogue, Title, vocabulary
from data.vocabulary import Part
from retrieval.words import fold, folded

# Nearer than this (0 to 100, rapidfuzz's ratio) a word is another spelling of the name.
ALIKE = 92
# Another word or another form, not another spelling.
OTHERS = {"colours", "gallia", "medabot"}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return Catalogue.read()


def capitals(title: Title) -> Iterator[str]:
    """Names of five letters and more in the synopsis, folded."""
    words = re.findall(r"[^\W\d_]{5,}", title.synopsis)
    return (fold(word) for word in words if word[0].isupper())


def test_1450_titles_ship(shipped: Catalogue) -> None:
    assert len(shipped) == 1450


def test_every_synopsis_has_40_to_70_words(shipped: Catalogue) -> None:
    sizes = {title.name: len(title.synopsis.split()) for title in shipped if title.synopsis}
    assert {name: size for name, size in sizes.items() if not 40 <= size <= 70} == {}


def test_no_two_synopses_begin_alike(shipped: Catalogue) -> None:
    begun = Counter(" ".join(each.synopsis.split()[:3]) for each in shipped if each.synopsis)
    assert {words: count for words, count in begun.items() if count > 1} == {}


def test_no_two_synopses_share_eight_words_in_a_row(shipped: Catalogue) -> None:
    runs: Counter[tuple[str, ...]] = Counter()
    for title in shipped:
        words = folded(title.synopsis)
        runs.update({tuple(words[start : start + 8]) for start in range(len(words) - 7)})
    assert [" ".join(run) for run, count in runs.items() if count > 1] == []


def test_a_synopsis_is_plain_text(shipped: Catalogue) -> None:
    odd = re.compile(r"[<>*_`\[\]{}|\n\u2014]|https?:|\s\s")
    assert [title.name for title in shipped if odd.search(title.synopsis)] == []


def test_a_synopsis_spells_the_names_of_its_title_as_the_title_does(shipped: Catalogue) -> None:
    misspelt = [
        (title.shown, word, name)
        for title in shipped
        for names in [{name for each in title.names for name in folded(each)}]
        for word in {*capitals(title)} - OTHERS
        for name in names - {f"{word}s", word.removesuffix("s"), word.removesuffix("es")}
        if word not in names and fuzz.ratio(word, name) >= ALIKE
    ]
    assert misspelt == []


def test_every_title_has_the_facts_that_wishes_are_about(shipped: Catalogue) -> None:
    assert [title.name for title in shipped if not (title.type and title.tags and title.year)] == []


def test_genres_and_themes_are_those_of_the_vocabulary(shipped: Catalogue) -> None:
    others = [
        title.name
        for title in shipped
        if vocabulary.genres(title.genres) != title.genres
        or vocabulary.themes(title.themes) != title.themes
    ]
    assert others == []


@pytest.mark.parametrize(
    ("part", "column"),
    [("types", "type"), ("sources", "source"), ("age_ratings", "age_rating")],
)
def test_kinds_are_those_of_the_vocabulary(shipped: Catalogue, part: Part, column: str) -> None:
    values = {getattr(title, column) for title in shipped} - {""}
    assert {value for value in values if vocabulary.named(part, value) != value} == set()
