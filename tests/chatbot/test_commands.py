"""What people at a terminal get, each command run as they would run it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.settings import PROJECT
from memory import embedded
from tests.chatbot.shell import complaint, run

DEADLINE_SECONDS = 30


def test_every_command_is_listed() -> None:
    listed = run("--help").stdout
    commands = {
        "ask",
        "chat",
        "doctor",
        "import",
        "index",
        "learn",
        "replay",
        "search",
        "seen",
        "serve",
    }
    assert {word for word in commands if f"\n  {word}" in listed} == commands


def test_a_question_is_answered_as_one_line_of_json(place: dict[str, str]) -> None:
    done = run("ask", "--json", "pirates and treasure", **place)
    line = json.loads(done.stdout)
    assert [pick["n"] for pick in line["picks"]] == [1, 2, 3, 4, 5]
    assert (line["answered_by"], line["searched"]) == ("composer", True)


def test_a_batch_of_queries_has_a_line_for_each(place: dict[str, str], tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": "a", "query": "pirates", "k": 3}\n\n{"id": "b", "query": "robots"}')
    done = run("search", "--batch", str(queries), **place)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["id"], len(line["results"])) for line in lines] == [("a", 3), ("b", 10)]


def test_conversations_are_replayed_turn_by_turn(place: dict[str, str]) -> None:
    dialogue = {"id": "d1", "turns": ["calm stories", {"say": "only movies"}, ""], "kind": "x"}
    done = run("replay", given=json.dumps(dialogue), **place)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["turn"] for line in lines] == [1, 2, 3]
    assert {pick["type"] for pick in lines[1]["picks"]} == {"Movie"}
    assert "empty" in lines[2]["answer"]


def test_the_doctor_finds_everything_well(place: dict[str, str]) -> None:
    done = run("doctor", **place)
    assert (done.returncode, done.stdout.count("well")) == (0, 5)


def test_the_doctor_says_what_is_wrong(place: dict[str, str]) -> None:
    done = run("doctor", **place | {"REDIS_URL": "redis://127.0.0.1:1"})
    assert (done.returncode, done.stdout.count("wrong")) == (1, 1)


def test_a_chat_in_the_terminal_goes_on_where_it_was_left(place: dict[str, str]) -> None:
    run("chat", given="pirates and treasure\n", **place)
    assert "> pirates and treasure" in run("chat", given="/quit\n", **place).stdout


def test_ctrl_c_ends_a_chat_that_waits_for_a_line(place: dict[str, str]) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "chatbot", "chat"]
    # What runs in the background of a shell is deaf to Ctrl-C, and so would be what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    chat = subprocess.Popen(  # noqa: S603  # the app itself
        command, cwd=PROJECT, env=os.environ | place, stdin=theirs, stderr=theirs
    )
    signal.signal(signal.SIGINT, before)
    told = b""
    while b"> " not in told:
        told += os.read(ours, 1024)
    chat.send_signal(signal.SIGINT)
    assert chat.wait(DEADLINE_SECONDS) == 1
    assert b"Traceback" not in os.read(ours, 1024)


def test_the_doctor_leaves_an_app_that_runs_alone(place: dict[str, str]) -> None:
    folder = Path(place["STATE_DIR"]) / "redis"
    with asyncio.Runner() as runner:
        kept = embedded(folder)
        runner.run(kept.__aenter__())
        done = run("doctor", **place)
        runner.run(kept.__aexit__(None, None, None))
    assert (done.returncode, "in use by an Osusume that runs" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "http", "EMBEDDINGS": "magic"}, "PORT must be a whole number"),
        ({"CATALOGUE": "Makefile"}, "no column mal_id"),
        ({"CATALOGUE": "/nowhere.csv"}, "cannot be opened"),
        ({"REDIS_URL": "redis://:hush@127.0.0.1:1/0"}, "Redis cannot be reached"),
        ({"CHROMA_URL": "http://127.0.0.1:1"}, "Chroma"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(
    place: dict[str, str], environment: dict[str, str], sentence: str
) -> None:
    told = complaint(run("ask", "pirates", **place | environment))
    assert sentence in " ".join(told.split())
    assert "hush" not in told


def test_a_folder_that_cannot_be_written_is_told(index_folder: Path) -> None:
    told = complaint(run("chat", STATE_DIR="/proc/nowhere", INDEX_DIR=str(index_folder)))
    assert "cannot be kept in /proc/nowhere" in " ".join(told.split())


def test_every_wrong_setting_is_told_at_once(place: dict[str, str]) -> None:
    told = complaint(run("ask", "pirates", PORT="http", EMBEDDINGS="magic", **place))
    assert "PORT" in told
    assert "EMBEDDINGS" in told


def test_a_port_in_use_is_told_before_anything_starts(place: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port}" in complaint(run("serve", "--port", port, **place))
        told = complaint(run("serve", "--port", "1", METRICS_PORT="1", **place))
        assert "two ports" in told


def test_a_port_for_metrics_that_is_in_use_is_told(place: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port, other = str(probe.getsockname()[1]), str(taken.getsockname()[1])
        probe.close()
        told = complaint(run("serve", "--port", port, METRICS_PORT=other, **place))
    assert f"Port {other}" in told
    assert "with METRICS_PORT" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "x", "--batch", "y"],
        ["search", "x", "--k", "0"],
        ["search", " "],
        ["search", "--batch", "nowhere.jsonl"],
        ["replay", "nowhere.jsonl"],
        ["fly"],
    ],
)
def test_wrong_arguments_are_told(place: dict[str, str], arguments: list[str]) -> None:
    assert "Error:" in complaint(run(*arguments, **place))


@pytest.mark.parametrize("line", ["no json", '{"id": 1, "turns": [1]}'])
def test_a_line_that_is_no_conversation_is_told(place: dict[str, str], line: str) -> None:
    assert "Line 1 is no conversation" in complaint(run("replay", given=line, **place))


def test_two_apps_do_not_share_a_folder(place: dict[str, str]) -> None:
    holding = [sys.executable, "-m", "chatbot", "chat"]
    environment = os.environ | place
    with subprocess.Popen(  # noqa: S603  # the app itself
        holding, cwd=PROJECT, env=environment, stdin=-1, stdout=-1, stderr=-1, text=True
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        told = complaint(run("chat", given="", **place))
        first.communicate("/quit\n")
    assert "Another Osusume" in told
