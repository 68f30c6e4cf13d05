"""Which titles the entries of somebody's seen list mean."""

import pytest

from data import Catalogue, Franchises
from data.seen import Watched
from retrieval.matching import Matching

SHINGEKI, MUSHISHI, DEATH_NOTE, MONSTER, EIGHTY_SIX = 16498, 457, 1535, 19, 41457


@pytest.fixture(scope="module")
def matching(catalogue: Catalogue) -> Matching:
    return Matching(catalogue, Franchises.read())


@pytest.mark.parametrize(
    ("name", "mal_id"),
    [
        ("Mushishi", MUSHISHI),
        ("mushi-shi", MUSHISHI),
        ("蟲師", MUSHISHI),
        ("Deth Note", DEATH_NOTE),
        ("Death Note - 9/10", DEATH_NOTE),
        ("Monster (2004)", MONSTER),
        ("Attack on Titan S2", SHINGEKI),
        ("Attack on Titan: Final Season", SHINGEKI),
        ("Attack on Titan 3rd Season Part 2", SHINGEKI),
        ("Shingeki no Kyojin Season 2", SHINGEKI),
        ("86", EIGHTY_SIX),
    ],
)
def test_names_are_matched_as_people_write_them(matching: Matching, name: str, mal_id: int) -> None:
    assert matching.match([Watched(name)]).mal_ids == {mal_id}


def test_an_id_is_matched_whatever_the_name_and_a_sequel_s_means_its_title(
    matching: Matching,
) -> None:
    entries = [Watched("Nonsense", MUSHISHI), Watched("SnK 2", 25777)]
    assert matching.match(entries).mal_ids == {MUSHISHI, SHINGEKI}


def test_what_is_not_in_the_catalogue_is_given_back(matching: Matching) -> None:
    entries = [Watched("Quite Unheard Of"), Watched("Deth Note", 99_999_999), Watched("88")]
    matched = matching.match(entries)
    assert matched.mal_ids == frozenset()
    assert matched.unmatched == tuple(entries)


def test_every_title_is_found_by_each_of_its_names(
    matching: Matching, catalogue: Catalogue
) -> None:
    for title in catalogue[::10]:
        for name in title.names:
            assert matching.match([Watched(name)]).mal_ids, name
        assert title.mal_id in matching.match([Watched(title.name)]).mal_ids, title.name
