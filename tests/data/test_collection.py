"""One catalogue out of several sources, with everything that was left out accounted for."""

from pathlib import Path

import pytest

from data import Catalogue, CatalogueError
from data.collection import Collection
from data.sources.records import Json, record


def collected(*sources: list[dict[str, Json]], adult: bool = False) -> Collection:
    collection = Collection(2031, adult=adult)
    for number, source in enumerate(sources):
        collection.add(record(f"{number}:{line}", each) for line, each in enumerate(source))
    return collection


def test_what_is_written_is_read_as_it_was(tmp_path: Path) -> None:
    facts: dict[str, Json] = {
        "mal_id": 1,
        "title": "A; B",
        "genres": ["Action", "Comedy"],
        "synonyms": ["C; D", "E"],
        "score": 8.25,
        "year": 1998,
        "synopsis": 'He said "no",\nand left.',
    }
    collection = collected([facts])
    collection.write(tmp_path / "out.csv")
    written = Catalogue.read(tmp_path / "out.csv")[0]
    assert written == collection.titles[1]
    assert written.aliases == ("C, D", "E")


def test_a_second_source_fills_the_gaps_of_the_first() -> None:
    first: list[dict[str, Json]] = [{"mal_id": 1, "title": "A", "year": 1998}]
    second: list[dict[str, Json]] = [
        {"mal_id": 1, "title": "Other", "year": 2000, "synopsis": "A boy."},
        {"mal_id": 2, "title": "B"},
    ]
    titles = collected(first, second).titles
    assert (titles[1].name, titles[1].year, titles[1].synopsis) == ("A", 1998, "A boy.")
    assert list(titles) == [1, 2]


def test_an_id_that_is_there_twice_in_a_source_is_rejected() -> None:
    collection = collected([{"mal_id": 1, "title": "A"}, {"mal_id": 1, "title": "B"}])
    assert [each.name for each in collection.titles.values()] == ["A"]
    assert [(each.place, each.name, each.reason) for each in collection.rejected] == [
        ("0:1", "B", "its id is that of 0:0")
    ]


@pytest.mark.parametrize("adult_first", [True, False])
def test_titles_for_adults_are_left_out_whichever_source_says_so(*, adult_first: bool) -> None:
    plain: list[dict[str, Json]] = [{"mal_id": 1, "title": "A"}, {"mal_id": 2, "title": "B"}]
    adult: list[dict[str, Json]] = [{"mal_id": 1, "title": "A", "genres": "Hentai"}]
    sources = (adult, plain) if adult_first else (plain, adult)
    assert list(collected(*sources).titles) == [2]
    assert collected(*sources).adult == {1}
    assert sorted(collected(*sources, adult=True).titles) == [1, 2]


def test_an_empty_collection_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    with pytest.raises(CatalogueError, match="No title is left to write"):
        collected([{"title": "A"}]).write(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be written: No such file or directory"):
        collected([{"mal_id": 1, "title": "A"}]).write(tmp_path / "nowhere" / "out.csv")
