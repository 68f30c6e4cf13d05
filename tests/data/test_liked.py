"""What the figures of liking together promise to the ranking."""

import csv
from pathlib import Path

import pytest

from data import Catalogue, Liked
from data.errors import CatalogueError
from data.liked import SHIPPED

HEADER = "a,b,users,similarity,votes\n"


def figures(folder: Path, text: str) -> Liked:
    (folder / "liked.csv").write_text(HEADER + text, encoding="utf-8")
    return Liked.read(folder / "liked.csv")


def column(path: Path, name: str) -> set[int]:
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row[name]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("side", ["a", "b"])
def test_every_shipped_pair_is_of_titles_in_the_catalogue(side: str) -> None:
    assert column(SHIPPED, side) <= {title.mal_id for title in Catalogue.read()}


def test_every_franchise_has_its_root_in_the_catalogue() -> None:
    roots = column(SHIPPED.with_name("franchises.csv"), "root")
    assert roots <= {title.mal_id for title in Catalogue.read()}


def test_strengths_lie_between_0_and_1_and_fall() -> None:
    strengths = [pair.strength for pair in Liked.read().near(1)]
    assert strengths == sorted(strengths, reverse=True)
    assert 0 < min(strengths) <= max(strengths) <= 1


def test_a_pair_counts_both_ways(tmp_path: Path) -> None:
    liked = figures(tmp_path, "1,2,30,0.5,4\n")
    assert [pair.mal_id for pair in liked.near(1)] == [2]
    assert [(pair.mal_id, pair.viewers) for pair in liked.near(2)] == [(1, 30)]


def test_a_recommendation_says_more_than_being_rated_alike(tmp_path: Path) -> None:
    liked = figures(tmp_path, "1,2,90,0.6,\n1,3,,,20\n")
    assert [pair.mal_id for pair in liked.near(1)] == [3, 2]


def test_of_an_unknown_title_nothing_is_known() -> None:
    assert Liked.read().near(0) == ()


@pytest.mark.parametrize("row", ["x,2,1,0.5,1\n", "1,2,1,nan,1\n", "1,2,many,0.5,1\n"])
def test_a_cell_that_is_no_number_is_told_with_its_row(tmp_path: Path, row: str) -> None:
    with pytest.raises(CatalogueError, match="row 2: a cell is not a number"):
        figures(tmp_path, row)
