"""Every setting of the app, read once at the start and nowhere else."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Self, get_args
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

from chatbot.errors import BadSettings

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["console", "json"]

PROJECT = Path(__file__).resolve().parent.parent
_WEB = ("http", "https")
_REDIS = ("redis", "rediss", "unix")
_LONGEST = 600


def environment(folder: Path) -> Mapping[str, str]:
    """Return the process's environment over what the folder's `.env` says, or raise BadSettings.

    A variable that is set but empty hides its line in `.env`, and so brings the default back.
    """
    try:
        # Not interpolated: a password may hold "${".
        written = dotenv_values(folder / ".env", interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(".env must be a readable text file in UTF-8") from error
    return {name: text for name, text in written.items() if text is not None} | dict(os.environ)


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def _days(text: str) -> timedelta:
    return timedelta(days=_number(1, 3650)(text))


def _seconds(text: str) -> timedelta:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text) or not 0 < float(text) <= _LONGEST:
        raise ValueError(f"must be a number of seconds above 0 and up to {_LONGEST}")
    return timedelta(seconds=float(text))


def _choice(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"must be one of: {', '.join(allowed)}")
        return text.lower()

    return read


def _word(text: str) -> str:
    # It becomes a header, and a header's error would show it.
    if not re.fullmatch("[!-~]+", text):
        raise ValueError("must be plain letters, digits and signs without spaces")
    return text


def _embeddings(text: str) -> str:
    if not re.fullmatch("onnx|(endpoint|local):.+", text):
        raise ValueError("must be onnx, endpoint:MODEL_OR_URL or local:MODEL")
    return text


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise ValueError("begins with ~ but there is no such home folder") from error


def _url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            parts = urlsplit(text)
            place = parts.path if parts.scheme == "unix" else parts.hostname
            usable = parts.scheme in schemes and place and parts.port != 0
        except ValueError:  # its text shows the value
            usable = False
        if not usable:
            raise ValueError(f"must be an address that begins with {_either(schemes)}")
        return text

    return read


def _either(schemes: tuple[str, ...]) -> str:
    return " or ".join(f"{scheme}://" for scheme in schemes)


def _groq_base(text: str) -> str:
    # Groq's client appends this path itself, and asked twice for it the server answers 404.
    return _url(*_WEB)(text).rstrip("/").removesuffix("/openai/v1").rstrip("/")


def _by(read: Callable[[str], object]) -> Mapping[str, Callable[[str], object]]:
    return {"read": read}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Named as in the environment, in lower case; README.md says what each means."""

    groq_api_key: str | None = field(default=None, repr=False, metadata=_by(_word))
    groq_api_base: str = field(default="https://api.groq.com", repr=False, metadata=_by(_groq_base))
    groq_model: str = field(default="openai/gpt-oss-120b", metadata=_by(_word))
    groq_small_model: str = field(default="openai/gpt-oss-20b", metadata=_by(_word))
    embeddings: str = field(default="onnx", metadata=_by(_embeddings))
    huggingfacehub_api_token: str | None = field(default=None, repr=False, metadata=_by(_word))
    # Addresses may hold a password.
    redis_url: str | None = field(default=None, repr=False, metadata=_by(_url(*_REDIS)))
    chroma_url: str | None = field(default=None, repr=False, metadata=_by(_url(*_WEB)))
    jikan_api_base: str = field(default="https://api.jikan.moe/v4", metadata=_by(_url(*_WEB)))
    anilist_api_base: str = field(default="https://graphql.anilist.co", metadata=_by(_url(*_WEB)))
    catalogue: Path = field(default=PROJECT / "data" / "catalogue.csv", metadata=_by(_path))
    index_dir: Path | None = field(default=None, metadata=_by(_path))
    state_dir: Path = field(default=Path(".osusume"), metadata=_by(_path))
    host: str = field(default="127.0.0.1", metadata=_by(_word))
    port: int = field(default=8501, metadata=_by(_number(1, 65535)))
    metrics_port: int | None = field(default=None, metadata=_by(_number(1, 65535)))
    public_url: str | None = field(default=None, metadata=_by(_url(*_WEB)))
    chat_days: timedelta = field(default=timedelta(days=30), metadata=_by(_days))
    share_days: timedelta = field(default=timedelta(days=7), metadata=_by(_days))
    messages_per_minute: int = field(default=20, metadata=_by(_number(1, 10_000)))
    address_messages_per_minute: int = field(default=60, metadata=_by(_number(1, 10_000)))
    chats_per_owner: int = field(default=1000, metadata=_by(_number(1, 100_000)))
    turns_at_once: int = field(default=100, metadata=_by(_number(1, 10_000)))
    first_token_seconds: timedelta = field(default=timedelta(seconds=8), metadata=_by(_seconds))
    answer_seconds: timedelta = field(default=timedelta(seconds=60), metadata=_by(_seconds))
    understand_seconds: timedelta = field(default=timedelta(seconds=1.5), metadata=_by(_seconds))
    history_tokens: int = field(default=1500, metadata=_by(_number(100, 100_000)))
    log_level: LogLevel = field(default="info", metadata=_by(_choice(*get_args(LogLevel))))
    log_format: LogFormat | None = field(default=None, metadata=_by(_choice(*get_args(LogFormat))))
    version: str = field(default="unreleased", metadata=_by(_word))

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Read what is set, keep the default of what is not, or raise BadSettings."""
        values: dict[str, Any] = {}
        problems: list[str] = []
        for each in fields(cls):
            name = each.name.upper()
            if text := environment.get(name, "").strip():
                try:
                    values[each.name] = each.metadata["read"](_one_line(text))
                except ValueError as error:
                    problems.append(f"{name} {error}")
        if problems:
            raise BadSettings("\n".join(problems))
        return cls(**values)

    @property
    def index_folder(self) -> Path:
        """Where the index is: INDEX_DIR, else a folder of STATE_DIR."""
        return self.index_dir or self.state_dir / "index"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be in a log: the keys, and the passwords within addresses."""
        urls = [url for url in (self.redis_url, self.chroma_url, self.groq_api_base) if url]
        passwords = [urlsplit(url).password for url in urls]
        found = [self.groq_api_key, self.huggingfacehub_api_token, *passwords]
        written = [text for text in found if text]
        return tuple(dict.fromkeys([*written, *map(unquote, written)]))


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("holds line breaks or other characters that cannot be seen")
    return text
