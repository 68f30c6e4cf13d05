"""What can be relied on about what belongs together."""

from pathlib import Path

import pytest

from data import CatalogueError, Franchises

HEAD = "root,mal_id,title,title_english,type,episodes,year,season\n"


def test_parts_stand_in_order_of_release(tmp_path: Path) -> None:
    path = tmp_path / "franchises.csv"
    rows = (
        "1,3,C,,TV,12,2001,Fall\n1,2,B,,TV,12,2001,Spring\n1,4,D,,TV,,,\n1,1,A,The A,TV,26,1998,\n"
    )
    path.write_text(HEAD + rows, encoding="utf-8")
    parts = Franchises.read(path).parts(1)
    assert [each.name for each in parts] == ["The A", "B", "C", "D"]
    assert (parts[-1].episodes, parts[-1].year) == (None, None)


def test_a_title_that_nothing_is_known_of_has_no_parts() -> None:
    assert Franchises({}).parts(7) == ()


def test_the_franchises_that_ship_know_sequels() -> None:
    assert len(Franchises.read().parts(1)) > 1


def test_a_cell_that_is_no_number_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "franchises.csv"
    path.write_text(HEAD + "1,one,A,,TV,26,1998,\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="row 2"):
        Franchises.read(path)
