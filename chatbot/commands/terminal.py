"""Whose the chats of this terminal are."""

import re

from chatbot.settings import Settings
from memory import new_id

_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def owner_here(settings: Settings) -> str:
    """The owner's id of this terminal, made once and readable to its user alone."""
    path = settings.state_dir / "terminal-owner"
    try:
        known = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        known = ""
    if _ID.fullmatch(known):
        return known
    owner = new_id()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_text(owner, encoding="ascii")
    return owner
