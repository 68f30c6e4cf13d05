"""The texts that the model is given, one Markdown file each, with named blanks."""

import re
from functools import cache
from pathlib import Path

__all__ = ["render"]

_FOLDER = Path(__file__).parent
_BLANK = re.compile(r"\{\{(\w+)\}\}")


def render(name: str, **blanks: str) -> str:
    """The prompt with its blanks filled in; LookupError when one is missing or unknown.

    What fills a blank is never read for blanks itself: a message with `{{state}}` in it stays so.
    """
    text = _text(name)
    wanted = set(_BLANK.findall(text))
    if wanted != set(blanks):
        raise LookupError(f"prompt {name} has other blanks: {sorted(wanted ^ set(blanks))}")
    return _BLANK.sub(lambda blank: blanks[blank[1]], text)


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()
