"""What a CSV file may look like and still be read."""

from pathlib import Path

import pytest

from data.errors import CatalogueError
from data.tables import number, rows


def read(folder: Path, text: str) -> list[dict[str, str]]:
    (folder / "table.csv").write_text(text, encoding="utf-8", newline="")
    return list(rows(folder / "table.csv", ("a",)))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_read_by_column_whatever_ends_a_line(tmp_path: Path, end: str) -> None:
    assert read(tmp_path, f"a,b{end}1, x {end}") == [{"a": "1", "b": "x"}]


def test_short_and_long_rows_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\n1\n2,x,y\n") == [{"a": "1", "b": ""}, {"a": "2", "b": "x"}]


def test_a_cell_may_hold_lines_and_commas(tmp_path: Path) -> None:
    assert read(tmp_path, 'a,b\n1,"x,\ny"\n') == [{"a": "1", "b": "x,\ny"}]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="has no column a"):
        read(tmp_path, "b\n1\n")


@pytest.mark.parametrize("text", ["nan", "inf", "-Infinity", "", "1,5", "ten"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(text)
