"""What the embedding models promise to the search."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from data import Catalogue
from retrieval import Embedder, embedder
from retrieval.embeddings import OnnxEmbeddings, text_hash
from retrieval.errors import EmbeddingsUnusable


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return float(np.dot(one, other))


def test_a_vector_has_length_one_and_384_dimensions(minilm: Embedder) -> None:
    vector = minilm.model.embed_query("a boy and his dragon")
    assert len(vector) == 384
    assert cosine(vector, vector) == pytest.approx(1, abs=1e-5)


def test_texts_of_like_meaning_lie_nearer(minilm: Embedder) -> None:
    ghost, spirit, football = minilm.model.embed_documents(
        ["a haunted house", "spirits in an old mansion", "a football team trains for the cup"]
    )
    assert cosine(ghost, spirit) > cosine(ghost, football) + 0.2


def test_vectors_come_in_the_order_of_their_texts(minilm: Embedder) -> None:
    texts = ["a long text about pirates on the high seas", "b", "", "c" * 5000, "d", "e " * 9]
    alone = [minilm.model.embed_query(text) for text in texts]
    together = minilm.model.embed_documents(texts)
    assert [cosine(*pair) > 0.97 for pair in zip(alone, together, strict=True)] == [True] * 6


def test_no_texts_have_no_vectors(minilm: Embedder) -> None:
    assert minilm.model.embed_documents([]) == []


def test_a_tampered_model_file_is_refused(tmp_path: Path) -> None:
    tampered = tmp_path / "model.onnx"
    tampered.write_bytes(b"weights of somebody else")
    with pytest.raises(EmbeddingsUnusable, match="not the one that was published"):
        OnnxEmbeddings(weights=tampered).embed_query("x")


def test_a_missing_model_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingsUnusable, match=r"model\.onnx cannot be read"):
        OnnxEmbeddings(weights=tmp_path / "model.onnx").embed_query("x")


def test_without_its_package_a_local_model_says_what_to_install() -> None:
    with pytest.raises(EmbeddingsUnusable, match=r"pip install -r requirements-torch\.txt"):
        embedder("local:all-MiniLM-L6-v2")


def test_the_vectors_of_two_models_are_kept_apart(catalogue: Catalogue) -> None:
    assert embedder("endpoint:BAAI/bge-m3").name != embedder("onnx").name
    assert text_hash(catalogue[0].document) != text_hash(catalogue[1].document)
