"""CSV files as rows, with every way of being unreadable told in one sentence."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from operator import itemgetter
from pathlib import Path

from data import texts
from data.errors import CatalogueError

# Longer than any synopsis; a longer cell means a quote that was never closed.
_CELL_CHARACTERS = 100_000


def rows(path: Path, required: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield each row by column name, without surrounding blanks, or raise CatalogueError."""
    lines = lists(path)
    names = _names(path, lines, required)
    empty = dict.fromkeys(names, "")
    for _, line in lines:
        # What a row has too much of is left out.
        yield empty | dict(zip(names, map(str.strip, line), strict=False))


def cells(path: Path, required: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield of each row these columns alone, two or more: for tens of thousands of short rows."""
    lines = lists(path)
    names = _names(path, lines, required)
    pick = itemgetter(*(names.index(name) for name in required))
    for _, line in lines:
        if len(line) != len(names):
            raise CatalogueError(
                f"{path} has a row with {len(line)} cells instead of {len(names)}."
            )
        yield pick(line)


def lists(path: Path, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield each row's cells with the line that it begins on, or raise CatalogueError."""
    csv.field_size_limit(_CELL_CHARACTERS)
    reader = csv.reader(texts.lines(path), delimiter=delimiter)
    begins = 1
    try:
        for line in reader:
            if line:
                yield begins, line
            begins = reader.line_num + 1
    except csv.Error as error:
        raise CatalogueError(
            f"{path}, line {begins}: a cell of more than {_CELL_CHARACTERS:,} characters. "
            "Is a quotation mark never closed?"
        ) from error


def write(path: Path, columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Write a whole table or leave the file as it is; raise CatalogueError where none can be."""
    with texts.written(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


def number(text: str) -> float:
    """The number that a cell holds, or ValueError: "nan" and "inf" are none."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


def _names(
    path: Path, lines: Iterator[tuple[int, list[str]]], required: tuple[str, ...]
) -> list[str]:
    _, names = next(lines, (1, list[str]()))
    if missing := [name for name in required if name not in names]:
        raise CatalogueError(f"{path} has no column {', '.join(missing)}; a catalogue needs it.")
    return names
