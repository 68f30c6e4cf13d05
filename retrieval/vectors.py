"""Vectors that need not be computed again: those that ship, and those of earlier builds."""

import json
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data import Catalogue
from retrieval.embeddings import DEFAULT_MODEL, Embedder, Vectors, text_hash
from retrieval.errors import IndexUnusable

SHIPPED = Path(__file__).parent.parent / "data" / "vectors.npy"
# A text that none of so many builds had is forgotten.
_BUILDS = 4
_TABLE = """
    CREATE TABLE IF NOT EXISTS vectors (
        model TEXT, hash TEXT, vector BLOB, build INTEGER, PRIMARY KEY (model, hash)
    )
"""
_NEEDED = """
    UPDATE vectors SET build = ? WHERE model = ? AND hash IN (SELECT value FROM json_each(?))
"""
_KNOWN = """
    SELECT hash, vector FROM vectors WHERE model = ? AND hash IN (SELECT value FROM json_each(?))
"""


class KnownVectors:
    """A model's vectors, each kept in a file as soon as there is one."""

    def __init__(self, embedder: Embedder, file: sqlite3.Connection) -> None:
        self._embedder = embedder
        self._file = file
        last: int | None = file.execute("SELECT max(build) FROM vectors").fetchone()[0]
        self._build = 1 if last is None else last + 1

    def of(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts, shape (texts, dimensions), computed where they are new."""
        hashes = [text_hash(text) for text in texts]
        known = self._kept(hashes)
        known |= {each: self._shipped[each] for each in hashes if each in self._shipped}
        new = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
        if new:
            embedded = np.asarray(self._embedder.model.embed_documents(list(new.values())), "<f4")
            known |= dict(zip(new, embedded, strict=True))
            self._keep({key: known[key] for key in new})
        return np.stack([known[each] for each in hashes]).astype(np.float32)

    def forget(self) -> None:
        """Drop what the last builds did not need."""
        with self._file:
            self._file.execute("DELETE FROM vectors WHERE build <= ?", [self._build - _BUILDS])

    @cached_property
    def _shipped(self) -> dict[str, Vectors]:
        if self._embedder.name != DEFAULT_MODEL or not SHIPPED.is_file():
            return {}
        return shipped_vectors()

    def _kept(self, hashes: Sequence[str]) -> dict[str, Vectors]:
        among = [self._embedder.name, json.dumps(hashes)]
        with self._file:
            self._file.execute(_NEEDED, [self._build, *among])
        rows = self._file.execute(_KNOWN, among)
        return {key: np.frombuffer(vector, "<f4") for key, vector in rows}

    def _keep(self, vectors: dict[str, Vectors]) -> None:
        rows = [
            (self._embedder.name, key, vector.tobytes(), self._build)
            for key, vector in vectors.items()
        ]
        with self._file:
            self._file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)


@contextmanager
def known(embedder: Embedder, path: Path) -> Generator[KnownVectors]:
    """The vectors that a file keeps, or IndexUnusable."""
    try:
        with closing(sqlite3.connect(path)) as file:
            file.execute(_TABLE)
            yield KnownVectors(embedder, file)
    except sqlite3.Error as error:
        raise IndexUnusable(
            f"{path} cannot be used: {error}. Delete it, and the vectors are computed anew."
        ) from error


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
