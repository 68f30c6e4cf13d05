"""What stands for a franchise."""

import numpy as np
import pytest

from data import Catalogue, Franchises, Title
from data.franchises import Entry
from retrieval.graph import Scores
from retrieval.heads import Heads


def made(*titles: tuple[int, str, int]) -> Catalogue:
    return Catalogue([Title(mal_id=mal_id, name=name, year=year) for mal_id, name, year in titles])


NOTHING = Franchises({})


def best(heads: Heads, fits: list[float], rows: list[int], count: int = 9) -> list[int]:
    allowed = np.zeros(len(fits), dtype=np.bool_)
    allowed[rows] = True
    scores: Scores = np.array(fits)
    return heads.best(heads.raised(scores, allowed), allowed, count)


@pytest.mark.parametrize(
    "part",
    [
        "Naruto: Shippuuden",
        "Naruto 2",
        "Naruto 2nd Season",
        "Naruto!!",
        "Naruto Movie 1",
        "Naruto OVA: The Cross Roads",
        "Naruto (2030)",
    ],
)
def test_a_part_is_known_by_its_name(part: str) -> None:
    heads = Heads(made((1, "Naruto", 2002), (2, part, 2007)), NOTHING)
    assert best(heads, [0.1, 0.9], [0, 1]) == [0]


@pytest.mark.parametrize("other", ["Monster Musume", "Monstrous", "My Monster 2"])
def test_a_name_that_only_begins_alike_is_another_title(other: str) -> None:
    heads = Heads(made((1, "Monster", 2004), (2, other, 2015)), NOTHING)
    assert best(heads, [0.1, 0.9], [0, 1]) == [1, 0]


def test_a_known_franchise_needs_no_name() -> None:
    parts = tuple(Entry(each, "", "", "TV", 12, 2000) for each in (1, 2))
    heads = Heads(made((1, "Gintama", 2006), (2, "Yorinuki", 2010)), Franchises({1: parts}))
    assert best(heads, [0.1, 0.9], [0, 1]) == [0]


def test_two_of_the_same_name_are_two_titles() -> None:
    heads = Heads(made((2, "Fruits Basket", 2019), (1, "Fruits Basket", 2001)), NOTHING)
    assert best(heads, [0.1, 0.9], [0, 1]) == [1, 0]


def test_a_part_of_a_part_belongs_to_the_first() -> None:
    names = made((1, "Index", 2008), (2, "Index II", 2010), (3, "Index II: Special", 2011))
    heads = Heads(names, NOTHING)
    assert best(heads, [0.1, 0.2, 0.9], [0, 1, 2]) == [0]


def test_the_best_part_is_shown_where_the_first_is_not_allowed() -> None:
    heads = Heads(made((1, "Kino", 2003), (2, "Kino Movie 1", 2005), (3, "Kino 2", 2017)), NOTHING)
    assert best(heads, [0.9, 0.5, 0.3], [1, 2]) == [1]


def test_a_franchise_stands_where_the_best_of_its_parts_does() -> None:
    heads = Heads(made((1, "Kino", 2003), (2, "Kino 2", 2017), (3, "Baccano", 2007)), NOTHING)
    assert best(heads, [0.1, 0.9, 0.5], [0, 1, 2]) == [0, 2]


def test_with_a_title_goes_all_that_belongs_to_it() -> None:
    heads = Heads(made((1, "Kino", 2003), (2, "Kino 2", 2017), (3, "Baccano", 2007)), NOTHING)
    assert heads.without(np.ones(3, dtype=np.bool_), [1]).tolist() == [False, False, True]


def test_no_more_are_given_than_asked_for() -> None:
    heads = Heads(made(*((each, f"Title {chr(65 + each)}", 2000) for each in range(9))), NOTHING)
    assert best(heads, [float(each) for each in range(9)], list(range(9)), 3) == [8, 7, 6]


def test_the_catalogue_that_ships_has_one_title_of_each(catalogue: Catalogue) -> None:
    heads = Heads(catalogue, Franchises.read())
    everything = np.ones(len(catalogue), dtype=np.bool_)
    left = heads.without(everything, range(0, len(catalogue), 2))
    assert left.sum() == len(catalogue) // 2
