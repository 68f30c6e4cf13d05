"""Folders held against other processes; a hold ends with its process, however that ends."""

import fcntl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_NAME = "lock"


@contextmanager
def alone(folder: Path, waiting: Callable[[], object]) -> Generator[None]:
    """Hold the folder alone; `waiting` is called once if another process has to end first."""
    with (folder / _NAME).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def shared(folder: Path) -> IO[str]:
    """Hold the folder together with others, until what is returned is closed."""
    file = (folder / _NAME).open("w")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def is_free(folder: Path) -> bool:
    """Whether nobody holds the folder."""
    with (folder / _NAME).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
