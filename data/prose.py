"""Names and synopses of other people freed from markup, credits and spoilers."""

import html
import re
import unicodedata
from html.parser import HTMLParser

# AniList hides spoilers between these.
_SPOILER = re.compile(r"~!.*?!~", re.DOTALL)
_CREDIT = re.compile(
    r"[\[(]\s*(?:source|written by|edited by|adapted from)\b[^\])]{0,200}[\])]"
    r"|(?:^|\n)\s*source\s*:[^\n]{0,200}(?=\n|$)|[\[(]\s*mal rewrite\s*[\])]",
    re.IGNORECASE,
)
_NO_SYNOPSIS = re.compile(
    r"no synopsis\b[^.]{0,80}\badded\b|no description(?: available| yet)?\.?$"
    r"|\bimprove our database\b",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s+")
# Invisible signs that text is laid out with; joiners of emoji among them are no loss here.
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_LONGEST_NAME = 300


def name(text: str) -> str:
    """A name on one line, without entities and invisible signs."""
    return _line(_unescaped(text))[:_LONGEST_NAME].strip()


def synopsis(text: str) -> str:
    """A synopsis as one paragraph of plain text; empty where the text says that there is none."""
    told = _CREDIT.sub(" ", _SPOILER.sub(" ", _plain(text)))
    line = _line(told)
    return "" if _NO_SYNOPSIS.search(line) else line


def _plain(text: str) -> str:
    reader = _Text()
    reader.feed(_unescaped(text))
    reader.close()
    return "".join(reader.told)


def _unescaped(text: str) -> str:
    # Dumps of dumps escape twice.
    return html.unescape(html.unescape(text))


def _line(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    seen = (
        " " if sign.isspace() else "" if unicodedata.category(sign) in _UNSEEN else sign
        for sign in composed
    )
    return _BLANK.sub(" ", "".join(seen)).strip()


class _Text(HTMLParser):
    """What a page would show of a text; what only looks like a tag stays as it is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # its signature
        self._hidden += tag in {"script", "style"}
        self.told.append("\n" if tag in {"br", "p", "div", "li"} else "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"} and self._hidden > 0

    def handle_data(self, data: str) -> None:
        self.told.append("" if self._hidden else data)
