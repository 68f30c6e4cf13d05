"""Texts as plain words, the one form in which messages, names and phrases are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Japanese is written without spaces: each of its characters is a word, and a phrase is several.
_JAPANESE = r"\u3005\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f"
_WORD = re.compile(
    rf"\d+(?:\.\d+)?|[{_JAPANESE}]"
    rf"|(?<!\w)[^\W\d_](?:\.[^\W\d_]){{2,}}(?!\w)"
    rf"|[^\W\d_{_JAPANESE}]+(?:['’`][^\W\d_{_JAPANESE}]+)*|[&+]"
)
# Apostrophes and the points of "B.N.A." go; older forms of characters that names keep, and that
# few people type, are written as the newer ones.
_WRITTEN_OTHERWISE = str.maketrans("聲蟲學龍櫻戀國劍靈", "声虫学竜桜恋国剣霊", "'’`.")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_BREAKS = ",.;:!?()\n、。！？"  # noqa: RUF001  # the marks of Japanese


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a message: folded, and where it stands in the text."""

    text: str
    start: int
    end: int
    capital: bool
    breaks: bool
    """Whether a comma, a full stop or the like stands between the word before and this one."""

    @property
    def japanese(self) -> bool:
        """Whether it is a character of Japanese, which says little alone."""
        return len(self.text) == 1 and self.text > "\u3000"


def split(text: str) -> tuple[Word, ...]:
    """The words of a text, folded, in order."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        folded = fold(match[0])
        if folded:
            capital = match[0][0].isupper()
            breaks = any(mark in between for mark in _BREAKS)
            found.append(Word(folded, match.start(), match.end(), capital, breaks))
        last = match.end()
    return tuple(found)


@lru_cache(maxsize=32_768)
def fold(word: str) -> str:
    """Lower case, without accents and apostrophes, and without letters stretched for effect."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        # Kana keep their voicing marks: without them other words would come out.
        kept = "".join(c for c in decomposed if not unicodedata.combining(c) or c in "゙゚")
        word = unicodedata.normalize("NFC", kept)
    folded = word if word[:1].isdecimal() else word.translate(_WRITTEN_OTHERWISE).casefold()
    return folded if folded.isdecimal() else _STRETCHED.sub(r"\1", folded)


def folded(text: str) -> list[str]:
    """The folded words of a text, without their places: much faster where those do not matter."""
    return list(filter(None, map(fold, _WORD.findall(text))))


def small(text: str) -> set[str]:
    """The folded words that a text writes without a capital."""
    words: set[str] = set(_WORD.findall(text))
    return {fold(word) for word in words if not word[0].isupper()}


def plain(text: str) -> str:
    """A text as its folded words with one space between."""
    return " ".join(folded(text))
