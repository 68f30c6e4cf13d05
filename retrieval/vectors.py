"""The vectors that ship with the catalogue, so that its first index takes seconds."""

from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from data import Catalogue
from retrieval.embeddings import DEFAULT_MODEL, Embedder, KnownEmbeddings, Vectors, text_hash
from retrieval.errors import IndexUnusable

SHIPPED = Path(__file__).parent.parent / "data" / "vectors.npy"


def with_shipped(embedder: Embedder) -> Embeddings:
    """The model, asked only for what did not ship; of another model nothing did."""
    if embedder.name != DEFAULT_MODEL or not SHIPPED.is_file():
        return embedder.model
    return KnownEmbeddings(embedder.model, shipped_vectors())


def shipped_vectors(path: Path = SHIPPED) -> dict[str, Vectors]:
    """The vectors that ship, by the hash of their text."""
    try:
        table = np.load(path, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"{path.name} cannot be read: {error}") from error
    return {row["hash"].decode(): row["vector"].astype(np.float32) for row in table}


def vectors_table(catalogue: Catalogue, embedder: Embedder) -> NDArray[Any]:
    """The catalogue's vectors in the form that ships: rows of `hash` and float16 `vector`."""
    documents = [title.document for title in catalogue]
    vectors = np.asarray(embedder.model.embed_documents(documents), dtype=np.float16)
    form = np.dtype([("hash", "S32"), ("vector", np.float16, vectors.shape[1:])])
    table = np.empty(len(documents), dtype=form)
    table["hash"] = [text_hash(document).encode() for document in documents]
    table["vector"] = vectors
    return table
