"""No error of redis-py or of a connection is seen above the memory."""

from inspect import getmembers, isclass

import pytest
from redis import exceptions

from memory.errors import StoreAway, StoreError, translated

THEIRS = [kind for _, kind in getmembers(exceptions, isclass) if issubclass(kind, Exception)]
CONNECTING = [OSError, TimeoutError, ConnectionRefusedError, FileNotFoundError]


@pytest.mark.parametrize("kind", [*THEIRS, *CONNECTING])
def test_no_error_crosses_the_border(kind: type[Exception]) -> None:
    with pytest.raises(StoreError) as caught, translated():
        raise kind.__new__(kind)
    assert isinstance(caught.value.__cause__, kind)


@pytest.mark.parametrize(
    "kind",
    [
        exceptions.ConnectionError,
        exceptions.TimeoutError,
        exceptions.BusyLoadingError,
        exceptions.ClusterDownError,
        *CONNECTING,
    ],
)
def test_what_may_soon_work_again_is_told_apart(kind: type[Exception]) -> None:
    with pytest.raises(StoreAway), translated():
        raise kind.__new__(kind)


def test_our_own_errors_pass_as_they_are() -> None:
    ours = StoreError("ours")
    with pytest.raises(StoreError) as caught, translated():
        raise ours
    assert caught.value is ours
