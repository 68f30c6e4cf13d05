"""Text files of other people: their encoding recognised, their size bounded, in plain or gzip."""

import codecs
import gzip
import os
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from data.errors import CatalogueError

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# No row of a catalogue comes near; a longer line is no table.
_LINE = 1_000_000
_BLOCK = 1 << 20
_PLAIN = 0x80
_UNKNOWN = "neither UTF-8 nor Shift-JIS nor Windows-1252; save it in UTF-8."
# So much of what is not UTF-8 is looked at to tell what it is.
_SAMPLE = 1 << 16
# More than any dump so far (17 MB); what is read at once must fit into memory several times.
_WHOLE = 48_000_000


def lines(path: Path) -> Iterator[str]:
    """Yield the lines with their ends, or raise CatalogueError."""
    with _opened(path) as file:
        text = TextIOWrapper(file, _encoding(path, file), newline="")
        for line in iter(partial(text.readline, _LINE), ""):
            if len(line) == _LINE:
                raise CatalogueError(f"{path} has a line of more than {_LINE:,} characters.")
            yield line


def whole(path: Path) -> str:
    """The whole text, or raise CatalogueError."""
    with _opened(path) as file:
        encoding = _encoding(path, file)
        return _read(path, file).decode(encoding)


def content(path: Path) -> bytes:
    """The whole file, or raise CatalogueError: for what says itself how it is written."""
    with _opened(path) as file:
        return _read(path, file)


@contextmanager
def written(path: Path) -> Generator[IO[str]]:
    """A text that replaces the file's when it is whole; CatalogueError where none can be."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(path)
    except OSError as error:
        raise CatalogueError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)


def _read(path: Path, file: IO[bytes]) -> bytes:
    found = file.read(_WHOLE + 1)
    if len(found) > _WHOLE:
        raise CatalogueError(
            f"{path} has more than {_WHOLE // 1_000_000} MB; split it. Titles can also be saved as "
            "JSON Lines (one object a line), which are read line by line."
        )
    return found


@contextmanager
def _opened(path: Path) -> Generator[IO[bytes]]:
    if path.is_dir():
        raise CatalogueError(f"{path} is a folder; name a file in it.")
    if path.exists() and not path.is_file():
        raise CatalogueError(f"{path} is not an ordinary file.")
    try:
        with path.open("rb") as plain:
            start = plain.read(4)
            plain.seek(0)
            if start == _ZIP:
                raise CatalogueError(f"{path} is a zip archive; unpack it and name the file in it.")
            if not start.startswith(_GZIP):
                yield plain
                return
            with gzip.open(plain) as unpacked:
                yield unpacked  # type: ignore[misc]  # it reads bytes as every file does
    except UnicodeError as error:
        raise CatalogueError(f"{path} is not a text; save it in UTF-8.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CatalogueError(f"{path} is cut off or damaged; get it again.") from error
    except OSError as error:
        raise CatalogueError(f"{path} cannot be opened: {error.strerror}.") from error


def _encoding(path: Path, file: IO[bytes]) -> str:
    """What the file is written in; the file is at its start before and after."""
    start = file.read(2)
    file.seek(0)
    if start in _UTF16:
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for block in iter(partial(file.read, _BLOCK), b""):
            if b"\0" in block:
                raise CatalogueError(
                    f"{path} is not a text: it holds zero bytes. Save it in UTF-8."
                )
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        file.seek(0)
        found = _older(path, file)
    else:
        found = "utf-8-sig"
    file.seek(0)
    return found


def _older(path: Path, file: IO[bytes]) -> str:
    """Shift-JIS or Windows-1252, if it can be one of them.

    Letters with accents stand alone among plain ones, Japanese characters beside each other.
    """
    sample = _strange(path, file)
    strange = {place for place, byte in enumerate(sample) if byte >= _PLAIN}
    alone = sum(strange.isdisjoint((place - 1, place + 1)) for place in strange)
    encoding = "cp1252" if 2 * alone > len(strange) else "cp932"
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path} is {_UNKNOWN}") from error
    # What other East Asian encodings become when they are taken for Shift-JIS.
    if 10 * sum("\uff61" <= letter <= "\uff9f" for letter in text) > len(strange):
        raise CatalogueError(f"{path} is {_UNKNOWN}")
    return encoding


def _strange(path: Path, file: IO[bytes]) -> bytes:
    """Some of the lines that are not UTF-8; a file where most others are is damaged."""
    strange: dict[int, bytes] = {}
    proper = 0
    for number, line in enumerate(iter(partial(file.readline, _LINE), b""), 1):
        if line.isascii():
            continue
        try:
            line.decode()
            proper += 1
        except UnicodeDecodeError:
            strange[number] = line
        if sum(map(len, strange.values())) > _SAMPLE:
            break
    if proper > len(strange):
        raise CatalogueError(f"{path}, line {min(strange)}: UTF-8 everywhere but here; mend it.")
    return b"".join(strange.values())
