"""Catalogues in files of any shape, and files that are none."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.collection import Collection
from data.errors import CatalogueError
from data.sources import csv_records, json_records
from data.sources.records import Record, Rejected

HEADER = "MAL_ID,Name,Score,Genders,sypnopsis\n"
GOOD = (
    '1,Cowboy Bebop,8.78,"Action, Space","Bounty hunters, in space."\n5,Trigun,8.2,Action,Guns.\n'
)
BAD = [
    ("csv", b"", " has no header with a title and facts; its first line names the columns."),
    ("csv", b"\x00" * 50, " is not a text: it holds zero bytes. Save it in UTF-8."),
    ("csv", b"PK\x03\x04 nothing", " is a zip archive; unpack it and name the file in it."),
    ("csv", HEADER.encode() + b'1,"A,,\n2,B,1,C,D\n', ": 0 titles, 1 rejected"),
    ("csv", HEADER.encode() + b"1\n" + b",,,,,,,,,,,\n", ": 0 titles, 2 rejected"),
    ("csv", (HEADER + GOOD).encode()[:70], ": 0 titles, 1 rejected"),
    ("csv", (HEADER + GOOD).encode("utf-16"), ": 2 titles, 0 rejected"),
    ("csv", gzip.compress((HEADER + GOOD).encode())[:40], " is cut off or damaged; get it again."),
    (
        "csv",
        b'[{"title": "A"}]',
        " has no header with a title and facts; its first line names the columns.",
    ),
    ("json", b"", " is not JSON: line 1, column 1: Expecting value."),
    ("json", b'{"data": [', " is not JSON: line 1, column 11: Expecting value."),
    ("json", b"[" * 100_000, " is not JSON that can be read: lists too deep or numbers too long."),
    ("json", b'[1, 2, {"title": []}]', " has no titles in it: objects with a title and facts."),
    (
        "json",
        b'{"title": "A", "mal_id": ' + b"9" * 6000 + b"}",
        " is not JSON that can be read: lists too deep or numbers too long.",
    ),
    ("json", b'"' * 3, " is not JSON: line 1, column 3: Extra data."),
    ("json", b"\x00" * 50, " is not a text: it holds zero bytes. Save it in UTF-8."),
    ("json", (HEADER + GOOD).encode(), " is not JSON: line 1, column 1: Expecting value."),
]


def kept(folder: Path, content: bytes | str, name: str = "dump.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def outcome(path: Path, kind: str) -> str:
    """What a person is told of the file."""
    collection = Collection(2031, adult=False)
    read = csv_records if kind == "csv" else json_records
    try:
        collection.add(read(path))
    except CatalogueError as error:
        return str(error)
    return f"{path}: {len(collection.titles)} titles, {len(collection.rejected)} rejected"


def names(records: Iterator[Record | Rejected]) -> list[str]:
    return [each.of("title")[0] for each in records if isinstance(each, Record)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_found_by_the_header(tmp_path: Path, delimiter: str) -> None:
    lines = ["mal_id,title,score", "1,A,8", "2,B,7"]
    path = kept(tmp_path, "\n".join(lines).replace(",", delimiter))
    assert names(csv_records(path)) == ["A", "B"]


def test_a_row_of_another_length_is_rejected_with_its_line(tmp_path: Path) -> None:
    content = HEADER + '1,"A\nB",8,Action,x\n2,C\n3,D,8,Action,x,y\n4,E,8,Action,x\n'
    records = list(csv_records(kept(tmp_path, content)))
    rejected = [(each.place, each.reason) for each in records if isinstance(each, Rejected)]
    assert rejected == [
        ("dump.csv, line 4", "it has 2 cells where the header has 5"),
        ("dump.csv, line 5", "it has 6 cells where the header has 5"),
    ]
    assert names(iter(records)) == ["A\nB", "E"]


@pytest.mark.parametrize(
    "value",
    [
        [{"mal_id": 1, "title": "A", "score": 8}],
        {"data": [{"mal_id": 1, "title": "A", "score": 8}], "pagination": {}},
        {"data": {"Page": {"media": [{"id": 1, "title": {"romaji": "A"}, "episodes": 8}]}}},
        {"catalog": [{"mal_id": 1, "name": "A", "genres": ["Action"]}], "stats": {"total": 1}},
        {"1": {"name_romaji": "A", "airing_format": "TV"}},
        {"mal_id": 1, "title": "A", "score": 8},
    ],
)
def test_titles_are_found_at_any_depth_of_a_json(tmp_path: Path, value: object) -> None:
    assert names(json_records(kept(tmp_path, json.dumps(value), "dump.json"))) == ["A"]


def test_json_lines_are_read_line_by_line(tmp_path: Path) -> None:
    lines = ['{"mal_id": 1, "title": "A"}', "", "{oh}", "[]", '{"mal_id": 2, "title": "B"}']
    records = list(json_records(kept(tmp_path, "\n".join(lines), "dump.jsonl")))
    assert names(iter(records)) == ["A", "B"]
    rejected = [(each.place, each.reason) for each in records if isinstance(each, Rejected)]
    assert rejected == [
        ("dump.jsonl, line 3", "it is not JSON"),
        ("dump.jsonl, line 4", "it is not an object"),
    ]


@pytest.mark.parametrize(("kind", "content", "told"), BAD, ids=range(len(BAD)))
def test_bad_files_are_refused_with_a_sentence_or_row_by_row(
    tmp_path: Path, kind: str, content: bytes, told: str
) -> None:
    assert outcome(kept(tmp_path, content), kind).removeprefix(f"{tmp_path}/dump.csv") == told


@given(st.binary(max_size=300), st.integers(0, 150), st.sampled_from(["csv", "json"]))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_a_file_is_anything_but_told(
    tmp_path: Path, damage: bytes, place: int, kind: str
) -> None:
    whole = (HEADER + GOOD).encode()
    path = kept(tmp_path, whole[:place] + damage + whole[place:])
    assert outcome(path, kind).startswith(str(path))
