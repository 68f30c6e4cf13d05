"""A conversation as a file: Markdown to be read, and JSON that can be imported again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import pairwise
from math import isfinite
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from chatbot.errors import BadFile
from chatbot.sharing import shareable
from chatbot.texts import visible
from data import Catalogue
from memory import SharedMessage, Snapshot
from retrieval import RequestState

LARGEST_BYTES = 5_000_000
_VERSION = 1
# Far more than any chat has that was held here.
_MESSAGES, _PICKS = 2_000, 50
_CHARACTERS, _TITLE_CHARACTERS, _STATE_CHARACTERS = 20_000, 100, 50_000
_LARGEST_NUMBER = 1_000_000_000
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_DAMAGED = "This file is damaged: not all in it is as it was exported."


@dataclass(frozen=True, slots=True)
class _Marked:
    """What the file has in every version."""

    form: Literal["osusume chat"]
    version: int


@dataclass(frozen=True, slots=True)
class _File(_Marked):
    """All of a file of this version."""

    title: str
    messages: tuple[SharedMessage, ...]
    state: RequestState


_MARKED, _FILE = TypeAdapter(_Marked), TypeAdapter(_File)


def written(shown: Snapshot) -> str:
    """The conversation as JSON."""
    state = RequestState.read(shown.state)
    file = _File("osusume chat", _VERSION, shown.title, shown.messages, state)
    return _FILE.dump_json(file, indent=2).decode()


def read(content: bytes) -> Snapshot:
    """The conversation from its JSON, or BadFile."""
    if len(content) > LARGEST_BYTES:
        raise BadFile(f"This file is too large. Up to {LARGEST_BYTES // 1_000_000} MB can be read.")
    try:
        version = _MARKED.validate_json(content).version
    except ValidationError as error:
        if any(each["type"] == "json_invalid" for each in error.errors()):
            raise BadFile("This is no JSON. Choose a chat that was exported as JSON.") from None
        raise BadFile("This is JSON, but no chat that was exported from here.") from None
    if version != _VERSION:
        raise BadFile("This chat was exported by a newer Osusume, which alone can read it.")
    try:
        return _bounded(_FILE.validate_json(content))
    except (ValidationError, OverflowError):
        raise BadFile(_DAMAGED) from None


def markdown(shown: Snapshot, catalogue: Catalogue) -> str:
    """The conversation as Markdown."""
    told = ["\n\n".join(_told(each, catalogue)) for each in shown.messages]
    return "\n\n".join([f"# {_plain(shown.title)}", *told]) + "\n"


def _told(message: SharedMessage, catalogue: Catalogue) -> Iterator[str]:
    yield f"**{'You' if message.role == 'user' else 'Osusume'}**"
    yield from map(_plain, filter(str.strip, message.text.splitlines()))
    for pick in message.picks:
        title = catalogue.find(pick.mal_id)
        if title:
            year = f" ({title.year})" if title.year else ""
            yield f"- [{pick.n}] {_plain(title.shown)}{year}"
    if message.ending == "stopped":
        yield "*Stopped.*"


def _plain(text: str) -> str:
    """The line so that Markdown shows it as it is, and it can be read without."""
    return _MARKUP.sub(r"\\\g<0>", text.strip())


def _bounded(file: _File) -> Snapshot:
    """What the file holds, without what cannot be seen; or BadFile."""
    if len(file.messages) > _MESSAGES:
        raise BadFile(f"This chat is too long. Up to {_MESSAGES:,} messages can be imported.")
    state = shareable(file.state)
    if not (
        _in_turns(file.messages)
        and all(map(_is_short, file.messages))
        and all(0 <= each < _LARGEST_NUMBER for each in _numbers(file))
        and all(isfinite(each.number) for each in state.constraints)
        and len(state.written()) <= _STATE_CHARACTERS
    ):
        raise BadFile(_DAMAGED)
    title = " ".join(visible(file.title).split())[:_TITLE_CHARACTERS] or "Imported chat"
    return Snapshot(title, tuple(map(_visible, file.messages)), state.written())


def _in_turns(said: Sequence[SharedMessage]) -> bool:
    """Whether each answer has a message that it answers."""
    before = ["assistant", *(each.role for each in said)]
    return all("user" in pair for pair in pairwise(before))


def _is_short(message: SharedMessage) -> bool:
    texts = (message.text, message.notice, *(pick.reason for pick in message.picks))
    aware = message.at.tzinfo is not None
    return aware and len(message.picks) <= _PICKS and sum(map(len, texts)) <= _CHARACTERS


def _numbers(file: _File) -> Iterator[int]:
    for each in file.messages:
        for pick in each.picks:
            yield from (pick.n, pick.mal_id)
    state = file.state
    yield from (*state.near, *state.unlike, *state.liked, *state.rejected)
    yield from (*state.shown, *state.picks, *state.focus, state.turn)


def _visible(message: SharedMessage) -> SharedMessage:
    return replace(
        message,
        text=visible(message.text),
        at=message.at.astimezone(UTC),
        picks=tuple(replace(pick, reason=visible(pick.reason)) for pick in message.picks),
        notice=visible(message.notice),
    )
