"""The real parts that the tests of the retrieval share: catalogue, model, index and search."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data import Catalogue, Franchises
from data.catalogue import SHIPPED
from retrieval import (
    Embedder,
    Index,
    Learned,
    Place,
    RequestState,
    Rules,
    Search,
    Understanding,
    build,
    embedder,
)
from retrieval import index as indexes

Say = Callable[..., Understanding]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.read()


@pytest.fixture(scope="session")
def rules(catalogue: Catalogue) -> Rules:
    return Rules(catalogue)


@pytest.fixture(scope="session")
def minilm() -> Embedder:
    return embedder("onnx")


@pytest.fixture(scope="session")
def few(catalogue: Catalogue) -> Catalogue:
    return Catalogue(catalogue[:20])


@pytest.fixture(scope="session")
def place(
    few: Catalogue, catalogue: Catalogue, minilm: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Place:
    place = Place(tmp_path_factory.mktemp("indexes"))
    build(few, minilm, place, _unseen)
    build(catalogue, minilm, place, _unseen)
    return place


@pytest.fixture(scope="session")
def index(catalogue: Catalogue, minilm: Embedder, place: Place) -> Index:
    return indexes.opened(catalogue, minilm, place)


@pytest.fixture(scope="session")
def search(catalogue: Catalogue, minilm: Embedder, index: Index) -> Search:
    return Search(catalogue, Franchises.read(), Learned.beside(SHIPPED), minilm, index)


@pytest.fixture(scope="session")
def say(rules: Rules) -> Say:
    """Say messages one after the other; `picks` are shown before the first and after each."""

    def said(*messages: str, picks: tuple[int, ...] = ()) -> Understanding:
        state = RequestState().showing(picks) if picks else RequestState()
        understanding = rules.understand(messages[0], state)
        for message in messages[1:]:
            state = replace(understanding.state, picks=picks)
            understanding = rules.understand(message, state)
        return understanding

    return said


@pytest.fixture
def nowhere(tmp_path: Path) -> Place:
    return Place(tmp_path / "indexes")


def _unseen(_: int) -> None:
    """Build without telling anybody."""
