"""The Chroma index of a catalogue: where it is, and what is in it."""

import os
import weakref
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np

from data import Catalogue, Title
from retrieval.clients import folder_client, server_client
from retrieval.embeddings import Embedder, Vectors, text_hash
from retrieval.errors import translated
from retrieval.holds import shared

# Of what is written for each title; another form gets an index of its own.
_FORM = 3
# Under this name a collection says when it was built, in seconds since 1970.
BUILT = "built"


class Collection(Protocol):
    """What is asked of a collection of Chroma, whose own types say less."""

    @property
    def metadata(self) -> Any:
        """What it says of itself."""

    def count(self) -> int:
        """How many titles it holds."""
        ...

    def get(self, ids: Any = None, *, include: Any) -> Any:
        """Titles by their ids, all without."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index is kept: a folder, or a Chroma server and its address."""

    folder: Path
    url: str | None = None


class Index:
    """The vectors of a catalogue's titles, as Chroma keeps them."""

    def __init__(self, collection: Collection, hold: IO[str] | None = None) -> None:
        self._collection = collection
        if hold:
            # Until then no build removes the folder.
            weakref.finalize(self, hold.close)

    def __len__(self) -> int:
        with translated():
            return self._collection.count()

    @property
    def built(self) -> float:
        """When it was built, in seconds since 1970; 0 if it does not say."""
        told: dict[str, Any] = self._collection.metadata or {}
        return float(told.get(BUILT, 0))

    def vectors(self, mal_ids: Sequence[int]) -> Vectors:
        """The vectors of titles, in their order, shape (titles found, dimensions)."""
        ids = [str(each) for each in mal_ids]
        with translated():
            found = self._collection.get(ids, include=["embeddings"])
        places = {each: place for place, each in enumerate(found["ids"])}
        order = [places[each] for each in ids if each in places]
        return np.asarray(found["embeddings"], dtype=np.float32)[order]

    def gaps(self, catalogue: Catalogue) -> "Gaps":
        """Where it differs from the catalogue."""
        with translated():
            held = self._collection.get(include=["metadatas"])
        hashes = {
            int(mal_id): facts.get("hash")
            for mal_id, facts in zip(held["ids"], held["metadatas"], strict=True)
        }
        return Gaps(
            tuple(title for title in catalogue if title.mal_id not in hashes),
            tuple(
                title
                for title in catalogue
                if hashes.get(title.mal_id) not in (None, text_hash(title.document))
            ),
            tuple(mal_id for mal_id in hashes if catalogue.find(mal_id) is None),
        )


@dataclass(frozen=True, slots=True)
class Gaps:
    """Titles that an index lacks or has other texts of, and ids that the catalogue lacks."""

    missing: tuple[Title, ...]
    changed: tuple[Title, ...]
    unknown: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.unknown)


def named(catalogue: Catalogue, embedder: Embedder) -> str:
    """What the index of this catalogue by this model is called."""
    return f"osusume-{text_hash(f'{_FORM} {embedder.name} {catalogue.content_hash}')}"


def is_built(catalogue: Catalogue, embedder: Embedder, place: Place) -> bool:
    """Whether the index of this catalogue by this model is there."""
    name = named(catalogue, embedder)
    if place.url is None:
        return (place.folder / name).is_dir()
    with translated():
        return name in [each.name for each in server_client(place.url).list_collections()]


def opened(catalogue: Catalogue, embedder: Embedder, place: Place) -> Index:
    """The index of this catalogue by this model, which must have been built."""
    name = named(catalogue, embedder)
    with translated():
        if place.url:
            return Index(server_client(place.url).get_collection(name, embedding_function=None))
        folder = place.folder / name
        with ExitStack() as unless_opened:
            hold = unless_opened.enter_context(shared(folder))
            os.utime(folder)  # the indexes used last are kept
            collection = folder_client(folder).get_collection(name, embedding_function=None)
            unless_opened.pop_all()
        return Index(collection, hold)
