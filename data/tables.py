"""CSV files as rows, with every way of being unreadable told in one sentence."""

import csv
from collections.abc import Iterator
from math import isfinite
from operator import itemgetter
from pathlib import Path

from data.errors import CatalogueError

# Longer than any synopsis; a longer cell means a quote that was never closed.
_CELL_CHARACTERS = 100_000


def rows(path: Path, required: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield each row by column name, without surrounding blanks, or raise CatalogueError."""
    lines = _lines(path)
    names = _checked(path, next(lines, list[str]()), required)
    empty = dict.fromkeys(names, "")
    for line in lines:
        # What a row has too much of is left out.
        yield empty | dict(zip(names, map(str.strip, line), strict=False))


def cells(path: Path, required: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield of each row these columns alone, two or more: for tens of thousands of short rows."""
    lines = _lines(path)
    names = _checked(path, next(lines, list[str]()), required)
    pick = itemgetter(*(names.index(name) for name in required))
    for line in lines:
        if len(line) != len(names):
            raise CatalogueError(
                f"{path} has a row with {len(line)} cells instead of {len(names)}."
            )
        yield pick(line)


def _lines(path: Path) -> Iterator[list[str]]:
    csv.field_size_limit(_CELL_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.reader(file):
                if "\0" in "".join(line):
                    raise CatalogueError(f"{path} is not a text; save it as CSV in UTF-8.")
                if line:
                    yield line
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path} is not a UTF-8 text; save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise CatalogueError(f"{path} cannot be read as CSV: {error}.") from error
    except OSError as error:
        raise CatalogueError(f"{path} cannot be opened: {error.strerror}.") from error


def number(text: str) -> float:
    """The number that a cell holds, or ValueError: "nan" and "inf" are none."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


def _checked(path: Path, names: list[str], required: tuple[str, ...]) -> list[str]:
    if missing := [name for name in required if name not in names]:
        raise CatalogueError(f"{path} has no column {', '.join(missing)}; a catalogue needs it.")
    return names
