"""What an operator can rely on when setting the app up."""

import os
import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from chatbot.errors import BadSettings
from chatbot.settings import Settings, environment


def test_every_unusable_setting_is_named_at_once() -> None:
    with pytest.raises(BadSettings, match=r"PORT must.*\nCHAT_DAYS must"):
        Settings.read({"PORT": "http", "CHAT_DAYS": "0"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("GROQ_API_KEY", "hush hush"),
        ("GROQ_API_KEY", "hush\nhush"),
        ("GROQ_API_KEY", "hüsh"),
        ("GROQ_API_BASE", "ftp://hush"),
        ("GROQ_API_BASE", "hush"),
        ("EMBEDDINGS", "hush"),
        ("REDIS_URL", "hush:6379"),
        ("REDIS_URL", "redis://:hush@host:port"),
        ("REDIS_URL", "redis://[hush"),
        ("REDIS_URL", "unix://?hush"),
        ("REDIS_URL", "redis+sentinel://hush"),
        ("CHROMA_URL", "redis://hush"),
        ("CATALOGUE", "~hush/catalogue.csv"),
        ("INDEX_DIR", "hush\x00"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "9" * 5000),
        ("CHAT_DAYS", "-1"),
        ("FIRST_TOKEN_SECONDS", "0.0"),
        ("FIRST_TOKEN_SECONDS", "nan"),
        ("ANSWER_SECONDS", "601"),
        ("HISTORY_TOKENS", "many"),
        ("LOG_LEVEL", "hush"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_an_unusable_value_is_named_but_not_shown(name: str, text: str) -> None:
    with pytest.raises(BadSettings, match=f"^{name} ") as caught:
        Settings.read({name: text})
    assert text not in str(caught.value)
    assert "hush" not in str(caught.value)


def test_without_any_setting_all_have_a_default() -> None:
    assert Settings.read({}) == Settings()


def test_an_empty_setting_is_not_set() -> None:
    assert Settings.read({"PORT": " ", "GROQ_API_KEY": ""}) == Settings()


def test_space_around_a_value_does_not_matter() -> None:
    assert Settings.read({"GROQ_API_KEY": " gsk_1\n"}).groq_api_key == "gsk_1"


@pytest.mark.parametrize("ending", ["", "/", "/openai/v1", "/openai/v1/"])
def test_groq_s_own_path_may_be_part_of_its_address(ending: str) -> None:
    settings = Settings.read({"GROQ_API_BASE": f"http://localhost:8600{ending}"})
    assert settings.groq_api_base == "http://localhost:8600"


@pytest.mark.parametrize("url", ["redis://h:1/0", "rediss://:p@h", "unix:///run/redis.sock?db=1"])
def test_redis_can_be_reached_in_three_ways(url: str) -> None:
    assert Settings.read({"REDIS_URL": url}).redis_url == url


def test_times_have_units() -> None:
    settings = Settings.read({"CHAT_DAYS": "7", "UNDERSTAND_SECONDS": "0.5"})
    assert settings.chat_days == timedelta(days=7)
    assert settings.understand_seconds == timedelta(seconds=0.5)


def test_the_shipped_catalogue_is_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings().catalogue.is_file()


def test_the_index_is_with_the_state_unless_said_otherwise() -> None:
    assert Settings.read({"STATE_DIR": "/srv"}).index_folder == Path("/srv/index")
    assert Settings.read({"STATE_DIR": "/srv", "INDEX_DIR": "/i"}).index_folder == Path("/i")


def test_a_secret_is_not_in_the_repr() -> None:
    settings = Settings.read(
        {
            "GROQ_API_KEY": "hush",
            "GROQ_API_BASE": "https://me:hush@host",
            "HUGGINGFACEHUB_API_TOKEN": "hush",
            "REDIS_URL": "redis://:hush@host",
            "CHROMA_URL": "https://me:hush@host",
        }
    )
    assert "hush" not in repr(settings)


def test_secrets_are_listed_as_written_and_as_meant() -> None:
    settings = Settings.read({"GROQ_API_KEY": "gsk_1", "REDIS_URL": "redis://:p%40ss@host"})
    assert settings.secrets == ("gsk_1", "p%40ss", "p@ss")


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("HOST=file\nGROQ_MODEL=file\nLOG_LEVEL\n", encoding="utf-8")
    monkeypatch.setenv("HOST", "process")
    found = environment(tmp_path)
    assert (found["HOST"], found["GROQ_MODEL"]) == ("process", "file")
    assert "GROQ_MODEL" not in os.environ


def test_a_password_in_the_file_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("REDIS_URL=redis://:a${HOME}b@h\n", encoding="utf-8-sig")
    assert environment(tmp_path)["REDIS_URL"] == "redis://:a${HOME}b@h"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"HOST=\xff\xfe")
    with pytest.raises(BadSettings, match=r"\.env must be"):
        environment(tmp_path)


def test_without_a_file_there_is_the_environment(tmp_path: Path) -> None:
    assert environment(tmp_path) == dict(os.environ)


def test_the_example_file_names_every_setting_with_its_default() -> None:
    text = Path(".env.example").read_text(encoding="utf-8")
    lines = re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.MULTILINE)
    assert [name for name, _ in lines] == [each.name.upper() for each in fields(Settings)]
    assert Settings.read(dict(lines)) == Settings()
