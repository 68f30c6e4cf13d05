"""How figures of liking together come out of viewers' ratings."""

from pathlib import Path

import pytest

from data import Franchises, ratings
from data.catalogue import Catalogue
from data.errors import CatalogueError
from data.ratings import Together

ROOTS = {1: 1, 2: 2, 3: 3, 20: 2}
HEADER = "user,mal_id,rating\n"


def kept(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rated(folder: Path, *rows: tuple[str, int, float]) -> dict[tuple[int, int], Together]:
    lines = "".join(f"{user},{mal_id},{rating}\n" for user, mal_id, rating in rows)
    return ratings.together(kept(folder, HEADER + lines), ROOTS)


def test_two_titles_that_the_same_viewers_like_are_a_pair(tmp_path: Path) -> None:
    found = rated(
        tmp_path,
        *(each for user in "abcd" for each in [(user, 1, 9.0), (user, 2, 8.0), (user, 3, 2.0)]),
        ("e", 1, 9.0),
        ("e", 3, 9.0),
    )
    # Four like 1 and 2, five like 1: 4 / sqrt(5 * 4) * 4 / 24, and 1 / sqrt(5 * 1) * 1 / 21.
    assert found == {(1, 2): Together(4, 0.1491), (1, 3): Together(1, 0.0213)}


def test_a_sequel_counts_for_the_title_of_its_franchise_and_once(tmp_path: Path) -> None:
    found = rated(tmp_path, ("a", 1, 8.0), ("a", 2, 8.0), ("a", 20, 8.0), ("a", 99, 8.0))
    assert found == {(1, 2): Together(1, 0.0476)}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("user,title\n", "has no column mal_id, rating"),
        (HEADER, "has no ratings of titles that the catalogue has"),
        (f"{HEADER}a,99,8\n", "has no ratings of titles that the catalogue has"),
        (f"{HEADER}a,x,8\n", "row 2: a cell is not a number"),
        (f"{HEADER}a,1,nan\n", "row 2: a cell is not a number"),
        (f"{HEADER}a,1\n", "has a row with 2 cells instead of 3"),
    ],
)
def test_ratings_of_no_use_are_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        ratings.together(kept(tmp_path, text), ROOTS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("file.csv", "a,b,votes\n2,1,5\n1,2,9\n3,1,4\n3,3,8\n"),
        ("file.json", '{"2": {"1": 5}, "1": {"2": 9, "3": 4}, "3": {"3": 8}}'),
    ],
)
def test_recommendations_are_read_from_both_forms(tmp_path: Path, name: str, text: str) -> None:
    assert ratings.recommendations(kept(tmp_path, text, name)) == {(1, 2): 9, (1, 3): 4}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("file.csv", "a,b,votes\n1,2,x\n", "row 2: a cell is not a whole number"),
        ("file.csv", "a,b,votes\n", "has no recommendations in it"),
        ("file.json", "[]", "is not JSON of {title: {recommended: votes}}"),
        ("file.json", '{"1": {"2": null}}', "is not JSON of {title: {recommended: votes}}"),
        ("file.json", '{"1": ', "is not JSON of {title: {recommended: votes}}"),
    ],
)
def test_recommendations_of_no_use_are_refused(
    tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        ratings.recommendations(kept(tmp_path, text, name))


def test_every_part_of_a_franchise_stands_for_its_title() -> None:
    catalogue = Catalogue.read()
    roots = Franchises.read().roots(catalogue)
    assert (roots[25777], roots[16498]) == (16498, 16498)
    assert all(catalogue.find(root) for root in roots.values())
