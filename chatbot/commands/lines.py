"""JSON lines, read and written."""

import json
from collections.abc import Iterable, Iterator, Mapping


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers from 1."""
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def written(values: Mapping[str, object]) -> str:
    """One line of JSON."""
    return json.dumps(values, ensure_ascii=False) + "\n"
