"""What a catalogue's file must be, and what is known of its titles."""

from pathlib import Path

import pytest

from data import Catalogue, Title
from data.errors import CatalogueError

HEADER = b"mal_id,title,episodes,score,genres\n"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return Catalogue.read()


def written(folder: Path, content: bytes) -> Path:
    (folder / "catalogue.csv").write_bytes(content)
    return folder / "catalogue.csv"


def test_a_premise_is_the_first_sentence() -> None:
    title = Title(mal_id=1, name="A", synopsis="Dr. Stone wakes up. Everyone is stone.")
    assert title.premise == "Dr. Stone wakes up."
    assert Title(mal_id=1, name="A").premise == ""


def test_a_title_without_a_synopsis_is_searched_by_its_facts() -> None:
    title = Title(mal_id=1, name="A", english="B", type="TV", genres=("Comedy",))
    assert title.document == "B. A comedy TV. Comedy."


def test_names_come_once_and_the_best_known_first() -> None:
    title = Title(mal_id=1, name="A", english="B", native="C", aliases=("A", "D"))
    assert (title.shown, title.names) == ("B", ("A", "B", "C", "D"))


def test_a_title_is_found_by_its_id_and_row(shipped: Catalogue) -> None:
    title = shipped[9]
    assert (shipped.find(title.mal_id), shipped.row(title.mal_id)) == (title, 9)
    assert (shipped.find(0), shipped.row(0)) == (None, None)
    assert list(shipped[8:10]) == [shipped[8], title]


def test_only_what_is_searched_changes_the_content_hash(shipped: Catalogue) -> None:
    assert Catalogue(shipped[:9][::-1]).content_hash == Catalogue(shipped[:9]).content_hash
    assert Catalogue(shipped[:8]).content_hash != Catalogue(shipped[:9]).content_hash


def test_unknown_facts_stay_unknown(tmp_path: Path) -> None:
    title = Catalogue.read(written(tmp_path, b"\xef\xbb\xbf" + HEADER + b"7, A ,,,a; b;\n"))[0]
    assert (title.episodes, title.score, title.year, title.name) == (None, None, None, "A")
    assert title.genres == ("a", "b")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no column mal_id, title; a catalogue needs it."),
        (HEADER, "has no titles in it."),
        (b"id,name\n1,A\n", "has no column mal_id, title; a catalogue needs it."),
        (HEADER + b"x,A,,,\n", "row 2: mal_id must be a whole number."),
        (HEADER + b"1,A,-3,,\n", "row 2: episodes must be a whole number."),
        (HEADER + b"1,A,2.5,,\n", "row 2: episodes must be a whole number."),
        (HEADER + b"1,A," + b"9" * 5000 + b",,\n", "row 2: episodes must be a whole number."),
        (HEADER + b"1,A,,high,\n", "row 2: score must be a number."),
        (HEADER + b"1,A,,nan,\n", "row 2: score must be a number."),
        (HEADER + b"1,A,,,\n1,B,,,\n", "row 3: mal_id 1 is there twice."),
        (HEADER + b",A,,,\n", "row 2: a title needs a mal_id and a title."),
        (HEADER + b"1,,,,\n", "row 2: a title needs a mal_id and a title."),
        (HEADER + b"1,A\0B,,,\n", "is not a text: it holds zero bytes. Save it in UTF-8."),
        (HEADER + "1,Стальной,,,\n".encode("koi8-r"), "is neither UTF-8 nor Shift-JIS nor"),
        (HEADER + b'1,"A' + b"x" * 200_000, "line 2: a cell of more than 100,000 characters."),
    ],
)
def test_a_catalogue_that_cannot_be_used_says_why(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        Catalogue.read(written(tmp_path, content))
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("nothing.csv", "cannot be opened: No such file"), (".", "is a folder; name a file in it")],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        Catalogue.read(tmp_path / name)
