"""Numbers in a message that limit episodes, minutes or years."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

_EPISODES = r"(?:ep|eps|epis|episode|episodes|parts)\b"
_MINUTES = r"(?:min|mins|minute|minutes)\b"
_MOST = r"(?:under|below|less than|fewer than|shorter than)"
_UNTIL = (
    r"(?:at most|max|maximum|up to|no more than|not more than|nothing past|nothing over|within)"
)
_LEAST = r"(?:at least|min|minimum|no less than)"
_OVER = r"(?:over|above|more than|longer than)"
_YEAR = r"((?:19|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Amount:
    """A limit and where in the text it stands, in characters."""

    column: Literal["episodes", "minutes", "year"]
    rule: Literal["least", "most"]
    number: int
    start: int
    end: int


_Limits = list[tuple[Literal["least", "most"], int]]


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a limit: its pattern, and what its numbers mean."""

    column: Literal["episodes", "minutes", "year"]
    pattern: re.Pattern[str]
    limits: Callable[[int, int], _Limits]


def _form(
    column: Literal["episodes", "minutes", "year"],
    pattern: str,
    limits: Callable[[int, int], _Limits],
) -> _Form:
    return _Form(column, re.compile(rf"\b{pattern}", re.IGNORECASE), limits)


def _century(decade: int) -> int:
    """The first year of a decade written with two digits: 90 is 1990, 20 is 2020."""
    return decade if decade > 99 else decade + (1900 if decade >= 50 else 2000)  # noqa: PLR2004


def _sized(column: Literal["episodes", "minutes"], unit: str) -> list[_Form]:
    return [
        _form(column, rf"{_MOST} (\d+) ?{unit}", lambda n, _: [("most", n - 1)]),
        _form(column, rf"{_UNTIL} (\d+) ?{unit}", lambda n, _: [("most", n)]),
        _form(column, rf"{_OVER} (\d+) ?{unit}", lambda n, _: [("least", n + 1)]),
        _form(column, rf"{_LEAST} (\d+) ?{unit}", lambda n, _: [("least", n)]),
        _form(
            column, rf"(\d+) ?(?:-|to|–) ?(\d+) ?{unit}", lambda n, m: [("least", n), ("most", m)]
        ),
        _form(
            column,
            rf"(\d+) ?{unit} (?:max|maximum|or less|or fewer|tops)",
            lambda n, _: [("most", n)],
        ),
        _form(column, rf"(\d+)\+? ?{unit} (?:or more|min|minimum)", lambda n, _: [("least", n)]),
    ]


# The first form that fits a stretch of text takes it.
_FORMS: list[_Form] = [
    *_sized("episodes", _EPISODES),
    *_sized("minutes", _MINUTES),
    _form(
        "episodes",
        r"(\d+) ?ish(?: eps?| episodes?)?",
        lambda n, _: [("least", n - 2), ("most", n + 2)],
    ),
    _form(
        "year",
        rf"(?:between|from) {_YEAR} ?(?:-|to|and|–|until) ?{_YEAR}",
        lambda n, m: [("least", n), ("most", m)],
    ),
    _form(
        "year",
        rf"(?:before|pre|older than|earlier than)[ -]{_YEAR}",
        lambda n, _: [("most", n - 1)],
    ),
    _form("year", rf"(?:until|up to) {_YEAR}", lambda n, _: [("most", n)]),
    _form("year", rf"(?:after|post|newer than|later than)[ -]{_YEAR}", lambda n, _: [("least", n)]),
    _form(
        "year", rf"(?:since|from) {_YEAR}(?: on| onwards?| or later)?", lambda n, _: [("least", n)]
    ),
    _form("year", rf"{_YEAR}(?:\+| or later| or newer| onwards?)", lambda n, _: [("least", n)]),
    _form(
        "year",
        r"((?:19|20)?\d0)['’]?s\b",
        lambda n, _: [("least", _century(n)), ("most", _century(n) + 9)],
    ),
    _form("year", rf"(?:in|from|of) {_YEAR}\b", lambda n, _: [("least", n), ("most", n)]),
]


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
                yield Amount(form.column, rule, number, start, end)
