"""The Chroma index of the catalogue: built beside the one in use, then switched to."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from data import Catalogue, Title
from retrieval.embeddings import Embedder, Vectors, text_hash
from retrieval.errors import translated
from retrieval.vectors import with_shipped

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

# A server of text embeddings takes no more at once unless it is told to.
_BATCH = 32
_COSINE = {"hnsw:space": "cosine"}

Progress = Callable[[int], None]


class Collection(Protocol):
    """What is asked of a collection of Chroma, whose own types say less."""

    def count(self) -> int:
        """How many titles it holds."""
        ...

    def get(self, ids: Any, *, include: Any) -> Any:
        """Titles by their ids."""

    def query(self, *, query_embeddings: Any, ids: Any, n_results: int, include: Any) -> Any:
        """The titles nearest to each vector."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index is kept: a folder, or a Chroma server and its address."""

    folder: Path
    url: str | None = None


class Index:
    """The vectors of a catalogue's titles, ready to be searched."""

    def __init__(self, collection: Collection) -> None:
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
        pairs: Iterable[tuple[str, float]] = zip(
            found["ids"][0], found["distances"][0], strict=True
        )
        return {int(mal_id): 1 - distance for mal_id, distance in pairs}

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
        return name in [each.name for each in _server(place.url).list_collections()]


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
    if is_built(catalogue, embedder, place):
        return
    name = _name(catalogue, embedder)
    with translated():
        if place.url:
            _build_at(_server(place.url), name, catalogue, embedder, progress)
        else:
            _build_in(place.folder, name, catalogue, embedder, progress)


def _build_in(
    folder: Path, name: str, catalogue: Catalogue, embedder: Embedder, progress: Progress
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # Chroma keeps a folder that it has opened in mind, so that a name is not used again.
    beside = Path(mkdtemp(prefix=f"{name}.building-", dir=folder))
    try:
        _fill(_folder(beside), name, catalogue, embedder, progress)
        if not (folder / name).is_dir():  # another process may have been quicker
            beside.rename(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _build_at(
    client: "ClientAPI", name: str, catalogue: Catalogue, embedder: Embedder, progress: Progress
) -> None:
    from chromadb.errors import ChromaError  # noqa: PLC0415  # a second, when first used

    building = f"{name}.building"
    try:
        _fill(client, building, catalogue, embedder, progress)
        client.get_collection(building, embedding_function=None).modify(name=name)
    except ChromaError:
        # Another process that built the same may have been quicker.
        if name not in [each.name for each in client.list_collections()]:
            raise


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
        embedding_function=with_shipped(embedder),
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
