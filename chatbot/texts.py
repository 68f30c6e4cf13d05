"""Texts that came from people or models, made safe to be shown."""

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&@/])")


def escaped(text: str) -> str:
    """The text for a place that reads Markdown, so that it shows every character as it is."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
