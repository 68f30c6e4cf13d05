"""Looks whether a synopsis of ours shares eight words in a row with those in other catalogues.

Run: python -m scripts.originality FOLDER, of CSV and JSON files, gzipped or not
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from data import Catalogue
from data.sources import csv_records, json_records
from data.sources.records import Record
from retrieval.words import folded

_IN_A_ROW = 8


def main() -> int:
    """Print what is shared, and return 1 if anything is."""
    ours = {run: title.shown for title in Catalogue.read() for run in _runs(title.synopsis)}
    shared: dict[str, str] = {}
    for path in sorted(Path(sys.argv[1]).iterdir()):
        for text in _synopses(path):
            shared |= {run: f"{ours[run]}, {path.name}" for run in _runs(text) if run in ours}
    for run, place in shared.items():
        sys.stdout.write(f"{place}: {run}\n")
    sys.stdout.write(f"{len(shared)} runs of {_IN_A_ROW} words are shared.\n")
    return 1 if shared else 0


def _synopses(path: Path) -> Iterator[str]:
    records = json_records(path) if ".json" in path.suffixes else csv_records(path)
    for each in records:
        if isinstance(each, Record):
            yield from each.of("synopsis")


def _runs(text: str) -> Iterator[str]:
    words = folded(text)
    for start in range(len(words) - _IN_A_ROW + 1):
        yield " ".join(words[start : start + _IN_A_ROW])


if __name__ == "__main__":
    sys.exit(main())
