"""The Chroma index of the catalogue: built beside the one in use, then switched to."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from data import Catalogue, Title
from retrieval.embeddings import Embedder, KnownEmbeddings, Vectors, text_hash
from retrieval.errors import IndexUnusable, translated

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

SHIPPED_VECTORS = Path(__file__).parent.parent / "data" / "vectors.npy"
# The vectors that ship were made by this model.
_SHIPPED_MODEL = "all-MiniLM-L6-v2-int8"
_BATCH = 64
_COSINE = {"hnsw:space": "cosine"}

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index is kept: a folder, or a Chroma server and its address."""

    folder: Path
    url: str | None = None


class Index:
    """The vectors of a catalogue's titles, ready to be searched."""

    def __init__(self, collection: "Collection") -> None:
        self._collection = collection

    def __len__(self) -> int:
        with translated():
            return self._collection.count()

    def nearest(
        self, vector: Sequence[float], among: Sequence[int] | None, k: int
    ) -> dict[int, float]:
        """Cosine similarities, from -1 to 1, of the k titles nearest by `mal_id`.

        `among` are the titles to choose from, all when None.
        """
        ids = None if among is None else [str(mal_id) for mal_id in among]
        with translated():
            # With `where` instead of `ids` the same search takes five to ten times as long.
            found = self._collection.query(
                query_embeddings=[vector], ids=ids, n_results=k, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return {
            int(mal_id): 1 - distance
            for mal_id, distance in zip(found["ids"][0], distances, strict=True)
        }

    def vectors(self, mal_ids: Sequence[int]) -> Vectors:
        """The vectors of titles, shape (titles found, dimensions)."""
        with translated():
            found = self._collection.get([str(each) for each in mal_ids], include=["embeddings"])
        return np.asarray(found["embeddings"], dtype=np.float32)


def is_built(catalogue: Catalogue, embedder: Embedder, place: Place) -> bool:
    """Whether the index of this catalogue by this model is there."""
    name = _name(catalogue, embedder)
    if place.url is None:
        return (place.folder / name).is_dir()
    with translated():
        names = [each.name for each in _server(place.url).list_collections()]
    return name in names


def opened(catalogue: Catalogue, embedder: Embedder, place: Place) -> Index:
    """The index of this catalogue by this model, which must have been built."""
    name = _name(catalogue, embedder)
    with translated():
        client = _server(place.url) if place.url else _folder(place.folder / name)
        return Index(client.get_collection(name, embedding_function=None))


def build(catalogue: Catalogue, embedder: Embedder, place: Place, progress: Progress) -> None:
    """Embed and index every title; `progress` is told how many more are done.

    An index in use is never touched: the new one has a name of its own, made of its content.
    """
    name = _name(catalogue, embedder)
    if place.url:
        with translated():
            client = _server(place.url)
            _fill(client, f"{name}.building", catalogue, embedder, progress)
            client.get_collection(f"{name}.building", embedding_function=None).modify(name=name)
        return
    beside = place.folder / f"{name}.building-{os.getpid()}"
    with translated():
        shutil.rmtree(beside, ignore_errors=True)
        place.folder.mkdir(parents=True, exist_ok=True)
        _fill(_folder(beside), name, catalogue, embedder, progress)
        _switch(beside, place.folder / name)


def _switch(beside: Path, target: Path) -> None:
    if target.is_dir():  # another process was quicker; its index has the same content
        shutil.rmtree(beside)
        return
    beside.rename(target)


def _fill(
    client: "ClientAPI",
    name: str,
    catalogue: Catalogue,
    embedder: Embedder,
    progress: Progress,
) -> None:
    from langchain_chroma import Chroma  # noqa: PLC0415  # two seconds, only to build
    from langchain_core.documents import Document  # noqa: PLC0415

    store = Chroma(
        name,
        embedding_function=_with_shipped(embedder),
        client=client,
        collection_metadata=_COSINE,
    )
    titles = list(catalogue)
    for start in range(0, len(titles), _BATCH):
        batch = titles[start : start + _BATCH]
        documents = [
            Document(id=str(each.mal_id), page_content=each.document, metadata=_facts(each))
            for each in batch
        ]
        store.add_documents(documents)
        progress(len(batch))


def _facts(title: Title) -> dict[str, Any]:
    return {"mal_id": title.mal_id, "title": title.shown, "type": title.type}


def _with_shipped(embedder: Embedder) -> Any:
    if embedder.name != _SHIPPED_MODEL or not SHIPPED_VECTORS.is_file():
        return embedder.model
    return KnownEmbeddings(embedder.model, shipped_vectors())


def shipped_vectors() -> dict[str, Vectors]:
    """The vectors that ship, by the hash of their text."""
    try:
        table = np.load(SHIPPED_VECTORS, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"{SHIPPED_VECTORS.name} cannot be read: {error}") from error
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


def _name(catalogue: Catalogue, embedder: Embedder) -> str:
    return f"osusume-{text_hash(embedder.name + catalogue.content_hash)}"


def _folder(path: Path) -> "ClientAPI":
    import chromadb  # noqa: PLC0415  # a second, when first used
    from chromadb.config import Settings  # noqa: PLC0415

    return chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))


def _server(url: str) -> "ClientAPI":
    import chromadb  # noqa: PLC0415  # a second, when first used
    from chromadb.config import Settings  # noqa: PLC0415

    parts = urlsplit(url)
    return chromadb.HttpClient(
        host=parts.hostname or "",
        port=parts.port or 8000,
        ssl=parts.scheme == "https",
        settings=Settings(anonymized_telemetry=False),
    )
