"""What the file of phrases promises to those who add to it."""

import pytest

from data import Catalogue
from retrieval.lexicon import Lexicon, tones
from retrieval.words import split


@pytest.fixture(scope="module")
def lexicon(catalogue: Catalogue) -> Lexicon:
    return Lexicon.read(catalogue)


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    words = split(text)
    return [(each.kind, each.value) for each in lexicon.find(words, [False] * len(words))]


def test_the_longest_phrase_wins(lexicon: Lexicon) -> None:
    assert found(lexicon, "slice of life") == [("tag", "Slice of Life")]
    assert found(lexicon, "more like") == [("cue", "more"), ("cue", "like")]


def test_accents_and_apostrophes_do_not_matter(lexicon: Lexicon) -> None:
    assert found(lexicon, "don't WANT bôxing") == [("cue", "negation"), ("motif", "Combat Sports")]


def test_words_that_are_taken_are_left_alone(lexicon: Lexicon) -> None:
    assert list(lexicon.find(split("space dandy"), [True, True])) == []


@pytest.mark.parametrize("studio", ["Madhouse", "Studio Ghibli", "Kyoto Animation"])
def test_the_catalogues_studios_are_phrases(lexicon: Lexicon, studio: str) -> None:
    assert found(lexicon, studio) == [("studio", studio)]


def test_a_studio_named_like_an_everyday_word_is_none(lexicon: Lexicon) -> None:
    assert ("studio", "feel.") not in found(lexicon, "i feel bones trigger")


def test_every_tag_of_a_tone_is_in_the_catalogue(catalogue: Catalogue) -> None:
    tags = {tag for title in catalogue for tag in title.tags}
    assert {tag for tone in tones().values() for tag in (*tone.tags, *tone.avoid)} <= tags


def test_every_opposite_is_a_tone() -> None:
    assert {tone.opposite for tone in tones().values()} <= {"", *tones()}
