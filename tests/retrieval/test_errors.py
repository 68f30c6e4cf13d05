"""What callers can rely on when Chroma or its server fails: only errors of ours come through."""

from inspect import getmembers, isclass

import httpx
import pytest
from chromadb import errors as chroma

from retrieval.errors import IndexAway, IndexUnusable, RetrievalError, translated

CHROMA = [kind for _, kind in getmembers(chroma, isclass) if issubclass(kind, chroma.ChromaError)]
CARRIER = [kind for _, kind in getmembers(httpx, isclass) if issubclass(kind, httpx.HTTPError)]


@pytest.mark.parametrize("kind", [*CHROMA, *CARRIER, OSError, ValueError, ConnectionResetError])
def test_no_error_of_chroma_crosses_the_border(kind: type[Exception]) -> None:
    with pytest.raises(RetrievalError) as caught, translated():
        raise kind.__new__(kind)
    assert isinstance(caught.value.__cause__, kind)


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ReadTimeout, ConnectionRefusedError])
def test_a_server_that_cannot_be_reached_is_away(kind: type[Exception]) -> None:
    with pytest.raises(IndexAway), translated():
        raise kind.__new__(kind)


def test_a_folder_that_cannot_be_used_says_what_is_wrong() -> None:
    with pytest.raises(IndexUnusable, match="disk is full"), translated():
        raise OSError("disk is full")


def test_a_defect_of_ours_is_not_called_an_error_of_the_index() -> None:
    with pytest.raises(AttributeError), translated():
        raise AttributeError
