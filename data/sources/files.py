"""Catalogues of others in files: CSV, JSON and JSON Lines of any shape."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from data import texts
from data.errors import CatalogueError
from data.sources.records import Json, Record, Rejected, is_title, known, record
from data.tables import lists

_DELIMITERS = ",;\t|"


def csv_records(path: Path) -> Iterator[Record | Rejected]:
    """Yield each row's record, or raise CatalogueError; the header says what stands where."""
    delimiter, names = _header(path)
    rows = lists(path, delimiter)
    next(rows)
    for line, cells in rows:
        place = f"{path.name}, line {line}"
        if len(cells) == len(names):
            yield record(place, dict(zip(names, cells, strict=True)))
        else:
            reason = f"it has {len(cells)} cells where the header has {len(names)}"
            yield Rejected(place, cells[0][:80], reason)


def json_records(path: Path) -> Iterator[Record | Rejected]:
    """Yield the record of each object that is a title, or raise CatalogueError.

    Objects are found at any depth; a file with an object on each line is read line by line.
    """
    if _has_objects_by_line(path):
        yield from _by_line(path)
        return
    titles = list(_titles(_parsed(path)))
    if not titles:
        raise CatalogueError(f"{path} has no titles in it: objects with a title and facts.")
    for number, each in enumerate(titles, 1):
        yield record(f"{path.name}, entry {number}", each)


def _header(path: Path) -> tuple[str, list[str]]:
    """What stands between the cells, and the columns' names."""
    first = next(texts.lines(path), "")
    delimiter = max(_DELIMITERS, key=lambda each: known(first.strip().split(each)))
    _, names = next(lists(path, delimiter), (1, list[str]()))
    if not is_title(dict.fromkeys(names, "")):
        raise CatalogueError(
            f"{path} has no header with a title and facts; its first line names the columns."
        )
    return delimiter, names


def _has_objects_by_line(path: Path) -> bool:
    lines = filter(str.strip, texts.lines(path))
    try:
        return isinstance(json.loads(next(lines, "")), dict) and next(lines, None) is not None
    except (ValueError, RecursionError, CatalogueError):
        return False


def _by_line(path: Path) -> Iterator[Record | Rejected]:
    for number, line in enumerate(texts.lines(path), 1):
        place = f"{path.name}, line {number}"
        if not line.strip():
            continue
        try:
            value: Json = json.loads(line)
        except (ValueError, RecursionError):
            yield Rejected(place, "", "it is not JSON")
            continue
        if isinstance(value, dict):
            yield record(place, value)
        else:
            yield Rejected(place, "", "it is not an object")


def _parsed(path: Path) -> Json:
    try:
        value: Json = json.loads(texts.whole(path))
    except json.JSONDecodeError as error:
        raise CatalogueError(
            f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise CatalogueError(
            f"{path} is not JSON that can be read: lists too deep or numbers too long."
        ) from error
    return value


def _titles(value: Json, key: str = "") -> Iterator[Mapping[str, Json]]:
    """The titles within a value; the key of one may be its id."""
    if isinstance(value, list):
        for each in value:
            yield from _titles(each)
    elif isinstance(value, dict):
        keyed: Mapping[str, Json] = {"key": key, **value} if key.isdecimal() else value
        if is_title(keyed):
            yield keyed
        else:
            for name, each in value.items():
                yield from _titles(each, name)
