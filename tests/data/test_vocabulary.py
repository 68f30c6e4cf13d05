"""What genres, themes and the like are called here."""

import pytest

from data import vocabulary
from data.vocabulary import Part


@pytest.mark.parametrize(
    ("part", "theirs", "ours"),
    [
        ("genres", "sci fi", "Sci-Fi"),
        ("genres", "Shounen Ai", "Boys Love"),
        ("themes", "mahou shojo", "Mahou Shoujo"),
        ("motifs", "POST_APOCALYPTIC", "Post-Apocalypse"),
        ("types", "TV_SHORT", "TV"),
        ("types", "movie", "Movie"),
        ("sources", "LIGHT_NOVEL", "Light novel"),
        ("age_ratings", "R - 17+ (violence & profanity)", "R-17+"),
        ("age_ratings", "R+ - Mild Nudity", "R+"),
        ("genres", "Animation", ""),
    ],
)
def test_what_others_say_has_one_name_here(part: Part, theirs: str, ours: str) -> None:
    assert vocabulary.named(part, theirs) == ours


def test_genres_and_themes_are_told_apart_wherever_they_stood() -> None:
    names = ["School", "comedy", "Time Loop", "Female Protagonist"]
    assert vocabulary.genres(names) == ("Comedy",)
    assert vocabulary.themes(names) == ("School", "Time Loop")
    assert vocabulary.unknown(names) == ("Female Protagonist",)


def test_what_says_little_by_its_name_is_told_in_words() -> None:
    assert vocabulary.in_words("CGDCT") == "cute girls doing cute things"
    assert vocabulary.in_words("Slice of Life") == "slice of life"
