"""What the index promises while it is built, switched to and searched."""

from pathlib import Path

import pytest

from data import Catalogue
from retrieval import Embedder, Index, Place, build
from retrieval import index as indexes
from retrieval.errors import IndexUnusable

MUSHISHI = 457


class StoppedError(Exception):
    """Somebody pressed Ctrl-C."""


def stop(_: int) -> None:
    raise StoppedError


def test_a_built_index_is_whole(catalogue: Catalogue, index: Index) -> None:
    ids = [title.mal_id for title in catalogue]
    assert (len(index), len(index.vectors(ids))) == (len(catalogue), len(catalogue))


def test_vectors_stand_in_the_order_asked_for(catalogue: Catalogue, index: Index) -> None:
    some = [catalogue[row].mal_id for row in (7, 3, 5)]
    one_by_one = [index.vectors([each])[0].tolist() for each in some]
    assert index.vectors(some).tolist() == one_by_one


def test_progress_adds_up_to_all_titles(few: Catalogue, minilm: Embedder, nowhere: Place) -> None:
    done: list[int] = []
    build(few, minilm, nowhere, done.append)
    assert sum(done) == len(few)


def test_a_second_build_does_nothing(few: Catalogue, minilm: Embedder, place: Place) -> None:
    before = sorted(place.folder.rglob("*"))
    build(few, minilm, place, stop)
    assert sorted(place.folder.rglob("*")) == before


def test_a_changed_catalogue_gets_another_index_beside_the_old_one(
    few: Catalogue, minilm: Embedder, nowhere: Place
) -> None:
    changed = Catalogue(few[:19])
    build(few, minilm, nowhere, list[int]().append)
    old = indexes.opened(few, minilm, nowhere)
    assert not indexes.is_built(changed, minilm, nowhere)
    build(changed, minilm, nowhere, list[int]().append)
    assert (len(old), len(indexes.opened(changed, minilm, nowhere))) == (20, 19)


def test_another_model_gets_an_index_of_its_own(
    few: Catalogue, minilm: Embedder, place: Place
) -> None:
    assert not indexes.is_built(few, Embedder("another", minilm.model), place)


def test_an_interrupted_build_is_not_taken_for_a_whole_one(
    few: Catalogue, minilm: Embedder, nowhere: Place
) -> None:
    with pytest.raises(StoppedError):
        build(few, minilm, nowhere, stop)
    assert not indexes.is_built(few, minilm, nowhere)
    assert [each for each in nowhere.folder.iterdir() if each.is_dir()] == []


def test_after_an_interruption_the_next_build_succeeds(
    few: Catalogue, minilm: Embedder, nowhere: Place
) -> None:
    with pytest.raises(StoppedError):
        build(few, minilm, nowhere, stop)
    build(few, minilm, nowhere, list[int]().append)
    assert len(indexes.opened(few, minilm, nowhere)) == len(few)


def test_an_index_that_was_never_built_cannot_be_opened(
    few: Catalogue, minilm: Embedder, nowhere: Place
) -> None:
    with pytest.raises(IndexUnusable):
        indexes.opened(few, minilm, nowhere)


def test_a_folder_that_is_a_file_is_told(few: Catalogue, minilm: Embedder, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder")
    with pytest.raises(IndexUnusable, match="The index cannot be used"):
        build(few, minilm, Place(tmp_path / "taken"), stop)


def test_an_index_with_a_broken_file_is_told(
    few: Catalogue, minilm: Embedder, tmp_path: Path
) -> None:
    broken = tmp_path / indexes.named(few, minilm)
    broken.mkdir()
    (broken / "chroma.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(IndexUnusable):
        indexes.opened(few, minilm, Place(tmp_path))
