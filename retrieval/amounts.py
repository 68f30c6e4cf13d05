"""Numbers in a message that limit episodes, minutes, years, scores or the age of who watches."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from retrieval.forms import FORMS, Column


@dataclass(frozen=True, slots=True)
class Amount:
    """A limit and where in the text it stands, in characters."""

    column: Column
    rule: Literal["least", "most"]
    number: float
    start: int
    end: int


def amounts(text: str) -> Iterator[Amount]:
    """The limits that a text names, none over a stretch that an earlier form has taken."""
    taken: list[tuple[int, int]] = []
    figures = _NUMBERS.sub(lambda match: _figures(match[0]), _plain(text))
    for form in FORMS:
        for match in form.pattern.finditer(figures):
            start, end = match.span()
            if any(start < other_end and end > other for other, other_end in taken):
                continue
            taken.append((start, end))
            first, *more = [float(group) for group in match.groups() if group] or [0.0]
            for rule, number in form.limits(first, more[0] if more else first):
                yield Amount(form.column, rule, max(number, 0), start, end)


def _plain(text: str) -> str:
    """The text without accents, each character in its place."""
    return "".join(c if c.isascii() else unicodedata.normalize("NFKD", c)[0] for c in text)


def _figures(number: str) -> str:
    """A number in figures, as long as the word: every place in the text stays what it was."""
    return str(_SPELT[number.casefold()]).rjust(len(number))


_SPELT = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a dozen": 12,
    "dozen": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "doce": 12,
    "douze": 12,
    "doze": 12,
    "dodici": 12,
    "trece": 13,
    "treize": 13,
    "treze": 13,
    "tredici": 13,
    "dreizehn": 13,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}
_NUMBERS = re.compile(
    r"\b(?:" + "|".join(sorted(_SPELT, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
