"""What the vectors that ship promise to whoever starts the chat for the first time."""

from pathlib import Path

import numpy as np
import pytest

from data import Catalogue
from retrieval import Embedder
from retrieval.embeddings import text_hash
from retrieval.errors import IndexUnusable
from retrieval.vectors import shipped_vectors, vectors_table, with_shipped


def test_they_are_those_of_the_model(catalogue: Catalogue, minilm: Embedder) -> None:
    documents = [title.document for title in catalogue[::150]]
    shipped = shipped_vectors()
    known = [document for document in documents if text_hash(document) in shipped]
    recomputed = np.array(minilm.model.embed_documents(known))
    cosines = (recomputed * np.array([shipped[text_hash(each)] for each in known])).sum(axis=1)
    assert cosines.min() > 0.999


def test_there_is_one_for_every_title(catalogue: Catalogue) -> None:
    shipped = shipped_vectors()
    missing = [title.name for title in catalogue if text_hash(title.document) not in shipped]
    assert missing == []


def test_another_model_has_none(minilm: Embedder) -> None:
    assert with_shipped(Embedder("another", minilm.model)) is minilm.model


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
