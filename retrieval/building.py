"""An index built beside the one in use, then switched to; what was embedded is never lost."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import structlog

from data import Catalogue, Title
from retrieval.clients import folder_client, server_client
from retrieval.embeddings import Embedder, text_hash
from retrieval.errors import translated
from retrieval.holds import alone, is_free
from retrieval.index import BUILT, Place, is_built, named
from retrieval.vectors import KnownVectors, known

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

# So many titles are embedded, kept and indexed at once: what an interruption can cost.
_BATCH = 128
# Indexes of a folder that are kept, those used last: catalogues are changed, and changed back.
_KEPT = 3
_COSINE: dict[str, Any] = {"hnsw:space": "cosine"}
_BUILDING = ".building"

Progress = Callable[[int], None]

_log = structlog.get_logger()


def build(catalogue: Catalogue, embedder: Embedder, place: Place, progress: Progress) -> None:
    """Index every title, embedding those that are new; `progress` is told how many more are done.

    An index in use is never touched: the new one has a name of its own, made of its content.
    """
    if is_built(catalogue, embedder, place):
        return
    with translated():
        place.folder.mkdir(parents=True, exist_ok=True)
        with alone(place.folder, lambda: _log.warning("index_build_awaited")):
            if not is_built(catalogue, embedder, place):
                _build(catalogue, embedder, place, progress)


def _build(catalogue: Catalogue, embedder: Embedder, place: Place, progress: Progress) -> None:
    name = named(catalogue, embedder)
    with known(embedder, place.folder / "vectors.sqlite3") as vectors:
        if place.url:
            _build_at(server_client(place.url), name, _filled(catalogue, vectors, progress))
        else:
            _build_in(place.folder, name, _filled(catalogue, vectors, progress))
            _tidy(place.folder)
        vectors.forget()


def _build_in(folder: Path, name: str, batches: Iterator[dict[str, Any]]) -> None:
    for dead in folder.glob(f"*{_BUILDING}-*"):  # of a build that was killed: this one is alone
        shutil.rmtree(dead, ignore_errors=True)
    # Chroma keeps a folder that it has opened in mind, so that a name is not used again.
    beside = Path(mkdtemp(prefix=f"{name}{_BUILDING}-", dir=folder))
    try:
        _fill(folder_client(beside), name, batches)
        beside.rename(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _build_at(client: "ClientAPI", name: str, batches: Iterator[dict[str, Any]]) -> None:
    from chromadb.errors import ChromaError  # noqa: PLC0415  # a second, when first used

    try:
        # Whoever builds the same elsewhere writes the same, and one of them renames it.
        _fill(client, f"{name}{_BUILDING}", batches)
        client.get_collection(f"{name}{_BUILDING}", embedding_function=None).modify(name=name)
    except ChromaError:
        if name not in [each.name for each in client.list_collections()]:
            raise


def _fill(client: "ClientAPI", name: str, batches: Iterator[dict[str, Any]]) -> None:
    metadata = _COSINE | {BUILT: int(time.time())}
    collection = client.get_or_create_collection(name, metadata=metadata, embedding_function=None)
    for batch in batches:
        collection.upsert(**batch)


def _filled(
    catalogue: Catalogue, vectors: KnownVectors, progress: Progress
) -> Iterator[dict[str, Any]]:
    titles = list(catalogue)
    for start in range(0, len(titles), _BATCH):
        batch = titles[start : start + _BATCH]
        documents = [title.document for title in batch]
        yield {
            "ids": [str(title.mal_id) for title in batch],
            "embeddings": vectors.of(documents),
            "metadatas": [_facts(title) for title in batch],
        }
        progress(len(batch))


def _facts(title: Title) -> dict[str, Any]:
    # No document: Chroma would index its every three letters, which takes longer than all the rest.
    return {"title": title.shown, "hash": text_hash(title.document)}


def _tidy(folder: Path) -> None:
    indexes = [each for each in folder.glob("osusume-*") if _BUILDING not in each.name]
    by_use = sorted(indexes, key=lambda each: each.stat().st_mtime, reverse=True)
    for old in by_use[_KEPT:]:
        if is_free(old):
            shutil.rmtree(old, ignore_errors=True)
