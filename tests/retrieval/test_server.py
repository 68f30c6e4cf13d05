"""What CHROMA_URL promises, tried with a real Chroma server on loopback."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import httpx
import numpy as np
import pytest

from data import Catalogue
from retrieval import Embedder, Place, build
from retrieval import index as indexes
from retrieval.errors import IndexAway

_TRIES = 100


class StoppedError(Exception):
    """Somebody pressed Ctrl-C."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, chroma = _free_port(), str(Path(sys.executable).with_name("chroma"))
    command = [chroma, "run", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--path", str(tmp_path_factory.mktemp("chroma"))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603  # our own
        _wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def place(server: str, tmp_path: Path) -> Place:
    return Place(tmp_path, url=server)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _wait(address: str) -> None:
    for _ in range(_TRIES):
        try:
            httpx.get(f"{address}/api/v2/heartbeat", timeout=1).raise_for_status()
        except httpx.HTTPError:
            Event().wait(0.1)
        else:
            return
    raise TimeoutError(address)


def test_an_index_on_a_server_is_built_and_searched(
    few: Catalogue, minilm: Embedder, place: Place
) -> None:
    build(few, minilm, place, list[int]().append)
    index = indexes.opened(few, minilm, place)
    [vector] = minilm.model.embed_documents([few[7].document])
    likeness = index.vectors([title.mal_id for title in few]) @ np.array(vector)
    assert (len(index), int(likeness.argmax())) == (len(few), 7)


def test_an_interrupted_build_goes_on_at_the_next(
    catalogue: Catalogue, minilm: Embedder, place: Place
) -> None:
    some = Catalogue(catalogue[20:120])
    with pytest.raises(StoppedError):
        build(some, minilm, place, stop)
    assert not indexes.is_built(some, minilm, place)
    build(some, minilm, place, list[int]().append)
    assert len(indexes.opened(some, minilm, place)) == len(some)


def test_two_pods_that_build_at_once_both_have_the_index(
    catalogue: Catalogue, minilm: Embedder, place: Place
) -> None:
    some = Catalogue(catalogue[200:300])
    other = replace(place, folder=place.folder / "other")
    build(some, minilm, place, lambda _: build(some, minilm, other, unseen))
    assert len(indexes.opened(some, minilm, place)) == len(some)


def test_a_server_that_is_not_there_is_away(few: Catalogue, minilm: Embedder) -> None:
    gone = Place(Path(), url=f"http://127.0.0.1:{_free_port()}")
    with pytest.raises(IndexAway):
        indexes.is_built(few, minilm, gone)


def stop(_: int) -> None:
    raise StoppedError


def unseen(_: int) -> None:
    """Build without telling anybody."""
