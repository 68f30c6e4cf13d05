"""Texts that came from people or models, made safe to be shown."""

import re
import unicodedata

from chatbot.errors import BadMessage

LONGEST_MESSAGE = 2000
_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")


def visible(text: str) -> str:
    """The text without characters that cannot be seen, but for line breaks."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C")


def escaped(text: str) -> str:
    """The text for a place that reads Markdown, so that it shows every character as it is."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def cleaned(text: str) -> str:
    """The message without what cannot be seen, or BadMessage."""
    message = visible(text).strip()
    if not message:
        raise BadMessage("This message is empty. Say what you feel like watching.")
    if len(message) > LONGEST_MESSAGE:
        raise BadMessage(
            f"This message has {len(message):,} characters; up to {LONGEST_MESSAGE:,} can be read."
        )
    return message
