"""What people get who bring a catalogue, a seen list or ratings of their own."""

import json
from pathlib import Path

import pytest

from data import Catalogue
from retrieval.likeness import FEATURES
from tests.chatbot.shell import refusal, run
from tests.data import web

CSV = (
    "MAL_ID,Name,Score,Genders,sypnopsis\n"
    '1,Cowboy Bebop,8.78,"Action, Space","Bounty hunters drift from job to job in space."\n'
    '7,Witch Hunter,7.2,"Mystery, Magic","A young witch hunts other witches in Tokyo."\n'
    "9,For Adults,6,Hentai,Nothing to see.\n"
    "7,Again,7,Drama,The same id.\n"
    "x,No Id,7,Drama,No id at all.\n"
    "8,Short row\n"
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_dump_is_imported_and_indexed_with_one_command(tmp_path: Path, dump: Path) -> None:
    mine, folder = str(tmp_path / "mine.csv"), str(tmp_path / "index")
    place = ("--catalogue", mine, "--index", folder)
    done = run("import", "csv", str(dump), "--to", mine, "--index", folder)
    assert done.returncode == 0, done.stderr
    found = run("search", "--json", "witches", *place)
    assert json.loads(found.stdout.splitlines()[0])["title"] == "Witch Hunter"
    assert run("index", "--check", *place).stdout == "All 2 titles are in the index.\n"


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    checked = run("index", "--check", "--index", str(tmp_path))
    assert checked.returncode == 1
    assert checked.stdout.startswith("There is no index of ")


def test_everything_that_was_left_out_is_accounted_for(tmp_path: Path, dump: Path) -> None:
    done = run("import", "csv", str(dump), "--to", str(tmp_path / "mine.csv"))
    told = [line for line in done.stderr.splitlines() if line.startswith("Rejected")]
    assert told == [
        "Rejected: dump.csv, line 5 (“Again”): its id is that of dump.csv, line 3.",
        "Rejected: dump.csv, line 6 (“No Id”): it has no MyAnimeList id.",
        "Rejected: dump.csv, line 7 (“8”): it has 2 cells where the header has 5.",
    ]
    assert done.stdout.splitlines() == [
        f"2 titles written to {tmp_path}/mine.csv.",
        "1 adult title left out; --adult keeps them.",
        "3 rows rejected, each told above.",
    ]
    assert [title.name for title in Catalogue.read(tmp_path / "mine.csv")] == [
        "Cowboy Bebop",
        "Witch Hunter",
    ]


def test_titles_of_a_service_are_imported(tmp_path: Path) -> None:
    with web.jikan([web.jikan_title(457, "Mushishi"), web.jikan_title(1, "Bebop")]) as service:
        arguments = ("import", "jikan", "top", "--to", str(tmp_path / "mine.csv"), "--most", "1")
        done = run(*arguments, JIKAN_API_BASE=service.base)
    assert done.returncode == 0, done.stderr
    assert [title.mal_id for title in Catalogue.read(tmp_path / "mine.csv")] == [457]
    assert [each.name for each in tmp_path.iterdir()] == ["mine.csv"]


def test_anilist_is_asked_for_no_more_than_500_titles_unless_told_so(tmp_path: Path) -> None:
    pages = [
        [web.anilist_title(n, f"T{n}", n) for n in range(p, p + 50)] for p in range(1, 700, 50)
    ]
    with web.anilist(*pages) as service:
        arguments = ("import", "anilist", "top", "--to", str(tmp_path / "mine.csv"))
        done = run(*arguments, ANILIST_API_BASE=service.base)
    assert "500 titles written" in done.stdout
    assert len(service.asked) == 10


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("csv", "{0}/nothing.csv"), "nothing.csv cannot be opened: No such file or directory."),
        (("csv", "{0}"), "is a folder; name a file in it."),
        (("json", "{0}/dump.csv"), "dump.csv is not JSON: line 1, column 1"),
        (("csv", "{0}/mine.csv"), "is a source; name another file with --to."),
        (("jikan", "best"), "“best” is no source of titles"),
        (("jikan", "top", "top"), "A service takes one source"),
        (("xml", "x"), "'xml' is not one of 'csv', 'json', 'jikan', 'anilist'"),
        (("csv",), "Missing argument 'SOURCE...'"),
    ],
)
def test_an_import_that_cannot_be_is_one_sentence(
    tmp_path: Path, dump: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    filled = [each.format(dump.parent) for each in arguments]
    assert sentence in refusal("import", *filled, "--to", str(tmp_path / "mine.csv"))
    assert [each.name for each in tmp_path.iterdir()] == ["dump.csv"]


def test_a_seen_list_is_heeded_in_the_chats_of_the_terminal(
    tmp_path: Path, place: dict[str, str]
) -> None:
    (tmp_path / "seen.txt").write_text("1. Mushishi\nDeth Note\nNever Heard Of\n")
    done = run("seen", "list", str(tmp_path / "seen.txt"), **place)
    assert done.stdout.splitlines() == [
        "2 titles of 3 entries kept.",
        "Not in the catalogue: Never Heard Of",
    ]
    again = run("seen", "list", str(tmp_path / "seen.txt"), **place)
    assert again.stdout.startswith("2 titles of 3 entries kept (2 of them were known).")
    chatted = run("chat", given="something like Natsume's Book of Friends\n", **place)
    assert "Mushi" not in chatted.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("mal", "{0}/dump.csv"), "is not the XML of an export"),
        (("list", "{0}/nothing"), "cannot be opened: No such file or directory"),
        (("anilist", "no such user"), "is no user name of AniList"),
    ],
)
def test_a_seen_list_that_cannot_be_read_is_one_sentence(
    dump: Path, arguments: tuple[str, str], sentence: str
) -> None:
    kind, source = arguments
    assert sentence in refusal("seen", kind, source.format(dump.parent))


def test_figures_and_weights_are_learned_from_viewers_files(
    tmp_path: Path, place: dict[str, str]
) -> None:
    users = "".join(
        f"u{n},{mal_id},{9 - 4 * (mal_id == 20)}\n" for n in range(5) for mal_id in (1, 457, 20)
    )
    (tmp_path / "ratings.csv").write_text(f"user,mal_id,rating\n{users}")
    votes = "1,457,9\n1,1535,5\n5114,1535,8\n19,457,7\n205,1,4\n"
    (tmp_path / "said.csv").write_text(f"a,b,votes\n{votes}")
    files = (str(tmp_path / "ratings.csv"), str(tmp_path / "said.csv"))
    done = run("learn", *files, "--to", str(tmp_path / "liked.csv"), **place)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 pairs liked together and 5 recommended written to")
    lines = (tmp_path / "liked.csv").read_text().splitlines()
    assert (lines[0], lines[2]) == ("a,b,users,similarity,votes", "1,457,5,0.2,9")
    assert set(json.loads((tmp_path / "weights.json").read_text())["examples"]) == set(FEATURES)


def test_figures_under_another_name_are_refused(tmp_path: Path) -> None:
    files = (str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--to", str(tmp_path / "my.csv"))
    assert "must be called liked.csv" in refusal("learn", *files)
