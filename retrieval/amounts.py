"""Numbers in a message that limit episodes, minutes or years."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

_Column = Literal["episodes", "minutes", "year"]
_Limits = list[tuple[Literal["least", "most"], int]]

# More digits than these are no number of episodes, and int() refuses some thousands.
_NUMBER = r"(\d{1,5})"
_EPISODES = r"[ -]?(?:ep|eps|epis|episode|episodes|parts)\b"
_MINUTES = r"[ -]?(?:min|mins|minute|minutes)\b"
_HOURS = r"[ -]?(?:h|hour|hours)\b"
_UNDER = r"(?:under|below|less than|fewer than|shorter than)"
_UNTIL = (
    r"(?:at most|max|maximum|up to|no more than|not more than|nothing past|nothing over|within)"
)
_LEAST = r"(?:at least|min|minimum|no less than)"
_OVER = r"(?:over|above|more than|longer than)"
_ABOUT = r"(?:around|about|roughly)"
_BEFORE = r"(?:before|pre|older than|earlier than)[ -](?:the )?"
_AFTER = r"(?:after|post|newer than|later than|since)[ -](?:the )?"
_YEAR = r"((?:19|20)\d\d)"
_DECADE = r"((?:19|20)?\d0)['’]?s\b"
_TO = r" ?(?:-|to|and|–|until) ?"


@dataclass(frozen=True, slots=True)
class Amount:
    """A limit and where in the text it stands, in characters."""

    column: _Column
    rule: Literal["least", "most"]
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a limit: its pattern, and what its numbers mean."""

    column: _Column
    pattern: re.Pattern[str]
    limits: Callable[[int, int], _Limits]


def amounts(text: str) -> Iterator[Amount]:
    """The limits that a text names, none over a stretch that an earlier form has taken."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and end > other for other, other_end in taken):
                continue
            taken.append((start, end))
            first, *more = (int(group) for group in match.groups())
            for rule, number in form.limits(first, more[0] if more else first):
                yield Amount(form.column, rule, max(number, 0), start, end)


def _form(column: _Column, pattern: str, limits: Callable[[int, int], _Limits]) -> _Form:
    return _Form(column, re.compile(rf"\b{pattern}", re.IGNORECASE), limits)


def _sized(column: _Column, unit: str, worth: int = 1) -> list[_Form]:
    """The ways to limit a size; a unit is worth so many of the column's own."""
    n, w = _NUMBER, worth
    return [
        _form(column, rf"{_UNDER} {n}{unit}", lambda n, _: [("most", n * w - 1)]),
        _form(column, rf"{_UNTIL} {n}{unit}", lambda n, _: [("most", n * w)]),
        _form(column, rf"{_OVER} {n}{unit}", lambda n, _: [("least", n * w + 1)]),
        _form(column, rf"{_LEAST} {n}{unit}", lambda n, _: [("least", n * w)]),
        _form(
            column,
            rf"{n} ?(?:-|to|–) ?{n}{unit}",
            lambda n, m: [("least", n * w), ("most", m * w)],
        ),
        _form(
            column,
            rf"{n}{unit} (?:max|maximum|or less|or fewer|tops)",
            lambda n, _: [("most", n * w)],
        ),
        _form(column, rf"{n}\+?{unit} (?:or more|min|minimum)", lambda n, _: [("least", n * w)]),
        _form(column, rf"{n}\+{unit}", lambda n, _: [("least", n * w)]),
    ]


def _year(pattern: str, limits: Callable[[int, int], _Limits]) -> _Form:
    return _form("year", pattern, limits)


def _first(decade: int) -> int:
    """The first year of a decade written with two digits: 90 is 1990, 20 is 2020."""
    return decade if decade > 99 else decade + (1900 if decade >= 50 else 2000)  # noqa: PLR2004


# The first form that fits a stretch of text takes it.
_FORMS: list[_Form] = [
    *_sized("episodes", _EPISODES),
    *_sized("minutes", _MINUTES),
    *_sized("minutes", _HOURS, worth=60),
    *(
        _form("episodes", pattern, lambda n, _: [("least", n - 2), ("most", n + 2)])
        for pattern in (rf"{_ABOUT} {_NUMBER}{_EPISODES}", rf"{_NUMBER} ?ish(?:{_EPISODES})?")
    ),
    _form("episodes", rf"{_NUMBER}{_EPISODES}", lambda n, _: [("least", n), ("most", n)]),
    _year(rf"{_BEFORE}{_DECADE}", lambda n, _: [("most", _first(n) - 1)]),
    _year(rf"{_AFTER}{_DECADE}", lambda n, _: [("least", _first(n))]),
    _year(rf"early {_DECADE}", lambda n, _: [("least", _first(n)), ("most", _first(n) + 4)]),
    _year(rf"late {_DECADE}", lambda n, _: [("least", _first(n) + 5), ("most", _first(n) + 9)]),
    _year(_DECADE, lambda n, _: [("least", _first(n)), ("most", _first(n) + 9)]),
    _year(rf"(?:between |from )?{_YEAR}{_TO}{_YEAR}\b", lambda n, m: [("least", n), ("most", m)]),
    _year(rf"{_BEFORE}{_YEAR}\b", lambda n, _: [("most", n - 1)]),
    _year(rf"(?:until|up to) {_YEAR}\b", lambda n, _: [("most", n)]),
    _year(rf"{_AFTER}{_YEAR}\b", lambda n, _: [("least", n)]),
    _year(rf"from {_YEAR}(?: on| onwards?| or later)?\b", lambda n, _: [("least", n)]),
    _year(rf"{_YEAR}(?:\+| or later| or newer| onwards?)", lambda n, _: [("least", n)]),
    _year(rf"(?:in|of) {_YEAR}\b", lambda n, _: [("least", n), ("most", n)]),
]
