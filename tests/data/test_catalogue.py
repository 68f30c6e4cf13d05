"""What the catalogue that ships, and everybody's own, can be relied on for."""

from collections import Counter
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


def test_1450_titles_ship(shipped: Catalogue) -> None:
    assert len(shipped) == 1450


def test_every_synopsis_has_40_to_70_words(shipped: Catalogue) -> None:
    sizes = {title.name: len(title.synopsis.split()) for title in shipped if title.synopsis}
    assert {name: size for name, size in sizes.items() if not 40 <= size <= 70} == {}


def test_no_two_synopses_begin_alike(shipped: Catalogue) -> None:
    begun = Counter(" ".join(each.synopsis.split()[:3]) for each in shipped if each.synopsis)
    assert {words: count for words, count in begun.items() if count > 1} == {}


def test_every_title_has_the_facts_that_wishes_are_about(shipped: Catalogue) -> None:
    assert [title.name for title in shipped if not (title.type and title.tags and title.year)] == []


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
        (HEADER + b"1,A\0B,,,\n", "is not a text; save it as CSV in UTF-8."),
        (HEADER + b"1,Pok\xe9mon,,,\n", "is not a UTF-8 text; save it as CSV in UTF-8."),
        (HEADER.decode().encode("utf-16"), "is not a UTF-8 text; save it as CSV in UTF-8."),
        (HEADER + b'1,"A' + b"x" * 200_000, "cannot be read as CSV: field larger than"),
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
    [("nothing.csv", "cannot be opened: No such file"), (".", "cannot be opened: Is a directory")],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        Catalogue.read(tmp_path / name)
