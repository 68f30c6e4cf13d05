"""What the vectors that ship promise to whoever starts the chat for the first time."""

from pathlib import Path

import numpy as np
import pytest

from data import Catalogue
from retrieval import Embedder
from retrieval.embeddings import text_hash
from retrieval.errors import IndexUnusable
from retrieval.vectors import known, shipped_vectors, vectors_table
from tests.retrieval.lengths import Lengths


def test_they_are_those_of_the_model(catalogue: Catalogue, minilm: Embedder) -> None:
    documents = [title.document for title in catalogue[::150]]
    shipped = shipped_vectors()
    recomputed = np.array(minilm.model.embed_documents(documents))
    kept = np.array([shipped[text_hash(each)] for each in documents])
    # Processors round differently.
    assert (recomputed * kept).sum(axis=1).min() > 0.98


def test_there_is_one_for_every_title(catalogue: Catalogue) -> None:
    shipped = shipped_vectors()
    missing = [title.name for title in catalogue if text_hash(title.document) not in shipped]
    assert missing == []


def test_of_another_model_none_ship(few: Catalogue, tmp_path: Path) -> None:
    model = Lengths()
    documents = [title.document for title in few]
    with known(Embedder("another", model), tmp_path / "vectors.sqlite3") as vectors:
        vectors.of(documents)
    assert model.asked == documents


def test_a_text_is_embedded_once_and_never_again(tmp_path: Path) -> None:
    model = Lengths()
    for texts in (["abc", "x", "abc"], ["yy", "abc"]):
        with known(Embedder("lengths", model), tmp_path / "vectors.sqlite3") as vectors:
            found = vectors.of(texts)
    assert model.asked == ["abc", "x", "yy"]
    assert found.tolist() == [[2, 1], [3, 1]]


def test_what_four_builds_did_not_need_is_forgotten(tmp_path: Path) -> None:
    model = Lengths()
    for text in ("old", "a", "b", "c", "d", "old"):
        with known(Embedder("lengths", model), tmp_path / "vectors.sqlite3") as vectors:
            vectors.of([text])
            vectors.forget()
    assert model.asked == ["old", "a", "b", "c", "d", "old"]


def test_a_file_of_vectors_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "vectors.sqlite3").write_bytes(b"no database at all" * 100)
    with (
        pytest.raises(IndexUnusable, match=r"Delete it, and the vectors are computed anew"),
        known(Embedder("lengths", Lengths()), tmp_path / "vectors.sqlite3"),
    ):
        """It is opened, which is enough."""


def test_a_table_of_them_is_read_as_it_was_made(
    few: Catalogue, minilm: Embedder, tmp_path: Path
) -> None:
    np.save(tmp_path / "vectors.npy", vectors_table(few, minilm))
    read = shipped_vectors(tmp_path / "vectors.npy")
    assert list(read) == [text_hash(title.document) for title in few]


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "vectors.npy").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexUnusable, match=r"vectors\.npy cannot be read"):
        shipped_vectors(tmp_path / "vectors.npy")
