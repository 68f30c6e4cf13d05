"""What an operator reads in the log, and what never stands there."""

import io
import json
import logging
import re
import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog

from chatbot.logs import configure
from chatbot.settings import PROJECT, Settings

KEY = 'gsk_"hush"ü'


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the log goes, as JSON at level info; all is undone after the test."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    out = io.StringIO()
    configure(Settings(groq_api_key=KEY), out)
    yield out
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = before


def fail() -> None:
    wish = "something calm"
    raise ValueError(f"{KEY} {len(wish)}")


def last(stream: io.StringIO) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(stream.getvalue().splitlines()[-1])
    return read


def test_an_event_is_one_line_with_fields_level_and_time(stream: io.StringIO) -> None:
    structlog.get_logger().info("turn_finished", picks=4, seconds=1.5)
    event = last(stream)
    assert (event["event"], event["picks"], event["seconds"]) == ("turn_finished", 4, 1.5)
    assert event["level"] == "info"
    assert datetime.fromisoformat(event["timestamp"]).utcoffset() == timedelta(0)


def test_what_is_bound_is_in_every_event(stream: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(conversation="c1"):
        structlog.get_logger().info("turn_finished")
    assert last(stream)["conversation"] == "c1"


@pytest.mark.parametrize(
    "field",
    [KEY, f"Bearer {KEY}", [KEY], {"key": KEY}, {KEY: 1}, {"a": ({"b": KEY},)}, ValueError(KEY)],
)
def test_a_secret_is_hidden_wherever_it_is(stream: io.StringIO, field: object) -> None:
    structlog.get_logger().warning(f"sent {KEY}", field=field)
    assert "hush" not in stream.getvalue()
    assert "[hidden]" in str(last(stream)["field"])


def test_a_secret_is_hidden_in_an_exception(stream: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("turn_failed")
    assert "ValueError: [hidden]" in last(stream)["exception"]


def test_libraries_are_heard_from_warning_on(stream: io.StringIO) -> None:
    logging.getLogger("httpx").info("GET /")
    assert stream.getvalue() == ""
    logging.getLogger("httpx").warning("sent %s", KEY)
    event = last(stream)
    assert (event["event"], event["logger"], event["level"]) == (
        "sent [hidden]",
        "httpx",
        "warning",
    )


def test_a_library_s_exception_is_told_without_secrets(stream: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("asyncio").exception("Task failed")
    assert "ValueError: [hidden]" in last(stream)["exception"]


def test_warnings_go_to_the_log(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert "DeprecationWarning: old" in last(stream)["event"]


@pytest.mark.usefixtures("stream")
def test_below_the_level_nothing_is_told() -> None:
    out = io.StringIO()
    configure(Settings(log_level="error"), out)
    structlog.get_logger().warning("store_away")
    logging.getLogger("httpx").warning("slow")
    assert out.getvalue() == ""


@pytest.mark.usefixtures("stream")
def test_a_terminal_gets_colours_and_no_variables_of_frames() -> None:
    out = Terminal()
    configure(Settings(groq_api_key=KEY), out)
    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("turn_failed")
    assert "\x1b[" in out.getvalue()
    assert "ValueError: [hidden] 14" in out.getvalue()
    assert "something calm" not in out.getvalue().replace('wish = "something calm"', "")


@pytest.mark.usefixtures("stream")
def test_the_form_can_be_chosen() -> None:
    out = Terminal()
    configure(Settings(log_format="json"), out)
    structlog.get_logger().info("turn_finished")
    assert last(out)["event"] == "turn_finished"


def test_the_operations_page_says_of_every_event_what_it_means() -> None:
    logged = r"log(?:ger\(\))?\.(?:debug|info|warning|error|exception)\(\s*\"(\w+)\""
    events = {
        event
        for package in ("chatbot", "data", "memory", "prompts", "retrieval")
        for path in (PROJECT / package).rglob("*.py")
        for event in re.findall(logged, path.read_text(encoding="utf-8"))
    }
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("## Events in the log")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == events
