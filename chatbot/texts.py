"""Texts that came from people or models, made safe to be shown."""

import re
import unicodedata

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")


def visible(text: str) -> str:
    """The text without characters that cannot be seen, but for line breaks."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C")


def escaped(text: str) -> str:
    """The text for a place that reads Markdown, so that it shows every character as it is."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
