"""Names that are written from memory are still known."""

import pytest

from data import Catalogue
from retrieval import Rules
from retrieval.words import split


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("freiren", "Sousou no Frieren"),
        ("gintma", "Gintama"),
        ("wolf and spice", "Ookami to Koushinryou"),
        ("rising of shield hero", "Tate no Yuusha no Nariagari"),
        ("dan dadan", "Dandadan"),
        ("tekkon kinkret", "Tekkon Kinkreet"),
        ("utena revolutionary girl", "Shoujo Kakumei Utena"),
        ("is inuyasah finished", "InuYasha"),
        ("i cried at maqiua", "Sayonara no Asa ni Yakusoku no Hana wo Kazarou"),
        ("to your eternty wrecked me", "Fumetsu no Anata e"),
        ("loser ranger", "Sentai Daishikkaku"),
        ("the part timer devil", "Hataraku Maou-sama!"),
        ("f l c l", "FLCL"),
        ("B.N.A.", "BNA"),
        ("声の形", "Koe no Katachi"),
        ("転スラ", "Tensei shitara Slime Datta Ken"),
        ("のだめ", "Nodame Cantabile"),
        ("なると", "Naruto"),
    ],
)
def test_a_name_is_known_however_it_is_written(
    catalogue: Catalogue, rules: Rules, message: str, name: str
) -> None:
    words = split(message)
    titles = [catalogue.find(each.mal_id) for each in rules.names.find(words, [False] * len(words))]
    assert [title.name for title in titles if title] == [name]


@pytest.mark.parametrize(
    "message",
    [
        "somthing relaxing for the evenning",
        "the backgruonds were lovely",
        "movies under 100 mins",
        "short and sweet",
        "a pirate crew",
        "my daughter Charlotte is seven",
        "akira told me to ask you",
        "stuck on the red line",
        "怖いアニメ",
    ],
)
def test_a_slip_in_an_ordinary_word_makes_no_name_of_it(rules: Rules, message: str) -> None:
    words = split(message)
    assert rules.names.find(words, [False] * len(words)) == ()
