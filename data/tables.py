"""CSV files as rows, with every way of being unreadable told in one sentence."""

import csv
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path

from data.errors import CatalogueError

# Longer than any synopsis; a longer cell means a quote that was never closed.
_CELL_CHARACTERS = 100_000


def rows(path: Path, required: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield each row by column name, without surrounding blanks, or raise CatalogueError."""
    csv.field_size_limit(_CELL_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            names = next(reader, list[str]())
            _check(path, names, required)
            empty = dict.fromkeys(names, "")
            for row in reader:
                if any("\0" in cell for cell in row):
                    raise CatalogueError(f"{path} is not a text; save it as CSV in UTF-8.")
                # Three times as fast as csv's DictReader; what a row has too much of is left out.
                yield empty | dict(zip(names, map(str.strip, row), strict=False))
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


def _check(path: Path, found: Sequence[str], required: tuple[str, ...]) -> None:
    if missing := [name for name in required if name not in found]:
        raise CatalogueError(f"{path} has no column {', '.join(missing)}; a catalogue needs it.")
