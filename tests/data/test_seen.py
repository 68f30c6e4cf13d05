"""Which entries of a viewer's lists count as seen, and which lists are refused."""

import gzip
import tracemalloc
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response

from data import seen
from data.errors import CatalogueError, SourceAway
from data.seen import Watched
from data.sources import Clock
from tests.data import web

ENTRY = (
    "<anime><series_animedb_id>{}</series_animedb_id><series_title><![CDATA[{}]]></series_title>"
    "<my_status>{}</my_status></anime>"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<myanimelist><anime><series_title>&b;</series_title></anime></myanimelist>"
)


def export(*entries: tuple[object, str, str]) -> str:
    inner = "".join(ENTRY.format(*each) for each in entries)
    head = '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- made by an export -->\n'
    return f"{head}<myanimelist><myinfo><user_id>1</user_id></myinfo>{inner}</myanimelist>"


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "list.xml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_what_was_watched_is_taken_from_an_export(tmp_path: Path, packed: type[bytes]) -> None:
    text = export(
        (1, "Bebop &amp; more", "Completed"),
        (5, "Trigun", "Dropped"),
        (6, "蟲師", "Watching"),
        (7, "Later", "Plan to Watch"),
        (8, "Later", "6"),
        ("", "", "Completed"),
        ("x", "By name", "On-Hold"),
    )
    assert seen.exported(kept(tmp_path, packed(text.encode()))) == [
        Watched("Bebop & more", 1),
        Watched("Trigun", 5),
        Watched("蟲師", 6),
        Watched("By name", None),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB, "defines entities, which no export does."),
        ("<myanimelist>", "is not the XML of an export:"),
        ("Cowboy Bebop\n", "is not the XML of an export:"),
        ("<html><body/></html>", "is not an export of an anime list"),
        (export(), "is not an export of an anime list"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "is not the XML of an export:"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        seen.exported(kept(tmp_path, content.encode()))


def test_an_export_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="has more than 48 MB"):
        seen.exported(kept(tmp_path, gzip.compress(b"<a>" + b" " * 50_000_000)))


def test_a_small_file_cannot_unpack_to_what_fills_the_memory(tmp_path: Path) -> None:
    content = b"<a>" * 3_000_000
    path = kept(tmp_path, gzip.compress(content))
    tracemalloc.start()
    with pytest.raises(CatalogueError, match="far more in it than a list"):
        seen.exported(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 80_000_000


def test_an_export_of_far_too_many_entries_is_refused(tmp_path: Path) -> None:
    content = b"<myanimelist>" + b"<anime/>" * 1_000_000
    with pytest.raises(CatalogueError, match="far more in it than a list"):
        seen.exported(kept(tmp_path, content))


def test_a_plain_list_is_read_line_by_line(tmp_path: Path) -> None:
    lines = ["1. Cowboy Bebop", "", "- Mushishi ", "[x] Monster", "86", "Mushishi"]
    found = seen.listed(kept(tmp_path, "\n".join(lines).encode()))
    assert [each.name for each in found] == ["Cowboy Bebop", "Mushishi", "Monster", "86"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("\n\n", "is empty"), ("\n".join(map(str, range(20_001))), "has more than 20,000 lines")],
)
def test_a_list_of_no_use_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        seen.listed(kept(tmp_path, content.encode()))


async def test_a_public_list_at_anilist_is_read() -> None:
    media = [web.anilist_title(7, "A", 457), web.anilist_title(8, "B", None)]
    entries = [{"status": "COMPLETED", "media": each} for each in media]
    with web.anilist([*entries, {"status": "PLANNING", "media": media[0]}]) as service:
        found = await seen.followed("some_one", service.base, Clock())
    assert service.asked == [{"user": "some_one"}]
    assert found == [Watched("A", 457), Watched("B", None)]


async def test_a_user_whom_anilist_does_not_know_is_told() -> None:
    with web.anilist([]) as service:
        service.faults.append(JSONResponse({"errors": [], "data": None}, status_code=404))
        with pytest.raises(CatalogueError, match="AniList knows no user “nobody”"):
            await seen.followed("nobody", service.base, Clock())


@pytest.mark.parametrize(
    "content", ['{"data": null}', '{"data": []}', '{"errors": [{}], "data": {}}']
)
async def test_an_answer_without_a_list_is_told(content: str) -> None:
    with web.anilist([]) as service:
        service.faults.append(Response(content))
        with pytest.raises(SourceAway):
            await seen.followed("someone", service.base, Clock())


@pytest.mark.parametrize("user", ["", "a", "a b", "../x", "x" * 31, "é" * 5])
async def test_what_is_no_user_name_is_sent_nowhere(user: str) -> None:
    with pytest.raises(CatalogueError, match="is no user name of AniList"):
        await seen.followed(user, "http://127.0.0.1:9", Clock())
