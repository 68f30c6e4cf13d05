"""The ways to say a limit in numbers: patterns, and what their numbers mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Column = Literal["episodes", "minutes", "year", "score", "age", "back"]
Limits = list[tuple[Literal["least", "most"], float]]

# More digits than these are no number of episodes, and int() refuses some thousands.
_NUMBER = r"(\d{1,5})"
_EPISODES = (
    r"[ -]?(?:ep|eps|epis|episode|episodes|epsiodes|epi|parts|episodios|episodi|folgen|話)"
    r"(?![^\W\d_a-zA-Z]|[a-z])"
)
_MINUTES = r"[ -]?(?:min|mins|minute|minutes|minuten|minutos|minuti|分)(?:\b|(?=\W))"
# One season is thirteen episodes, mostly.
_SEASONS = r"[ -]?(?:seasons?|cours?|temporadas?|saisons?|staffeln?|stagioni?)\b"
_HOURS = r"[ -]?(?:h|hr|hrs|hour|hours)\b"
_UNDER = r"(?:under|below|less than|fewer than|shorter than|menos de|moins de|unter|meno di)"
_UNTIL = (
    r"(?:at most|at the most|pas plus de|nao mais de|nicht mehr als|no mas de|non piu di"
    r"|max|maximum|up to|no more than|not more than|nothing past|nothing over"
    r"|not past|nothing longer than|no longer than|not longer than|nothing above|tops|capped at"
    r"|cap of|cap at|limit of|within|stays under|como maximo|maximal|hochstens)"
)
_LEAST = (
    r"(?:at least|min|minimum|no less than|not less than|not under|nothing under|no fewer than)"
)
_OVER = (
    r"(?:over|past|beyond|exceeds?|exceeding|above|more than|longer than|greater than"
    r"|higher than|better than|mas de|plus de)"
)
_CAPPED = r"(?:max|maximum|or less|or fewer|or under|or shorter|tops|at (?:the )?(?:very )?most)"
_ABOUT = r"(?:around|about|roughly|approximately|approx|like|circa|ca|close to)"
_BEFORE = (
    r"(?:before|pre|older than|earlier than|prior to|antes de|antes dos|anterior a|avant|vor"
    r"|prima del)"
    r"[ -](?:the |les |los |os |den |gli )?(?:year )?"
)
_SINCE = r"(?:since|from|starting|desde|depuis|seit|ab|dal)[ -](?:the |les |los |os |den |gli )?"
_AFTER = (
    r"(?:after|post|newer than|later than|past|despues de|posterior a|apres|nach|depois de"
    r"|dopo il|after year)"
    r"[ -](?:the )?(?:year )?"
)
_YEAR = r"((?:19[5-9]|20[0-4])\d)"
_DECADE = r"((?:19|20)?\d0)['’]?(?:s|er|ern|er jahren?|年代)(?![a-z])"
_TO = r" ?(?:-|to|and|–|until|a|bis) ?"
# Scores go to ten, so they need no unit beside such a word.
_SCORE = r"(?:score|scores|scored|rating|rated|ratings|stars|mal)"
_RATED = r"((?:10|[1-9])(?:[.]\d{1,2})?)(?![\d.]*\d)"
_CHILD = (
    r"(?:students?|pupils?|kids?|sons?|daughters?|child|children|boys?|girls?|nieces?|nephews?"
    r"|brothers?|sisters?|cousins?)"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a limit: its pattern, and what its numbers mean."""

    column: Column
    pattern: re.Pattern[str]
    limits: Callable[[float, float], Limits]


def _form(column: Column, pattern: str, limits: Callable[[float, float], Limits]) -> Form:
    # Numbers in letters leave blanks in front of the figures that take their place.
    spaced = re.sub(r" (\?)?", lambda match: " *" if match[1] else " +", pattern)
    return Form(column, re.compile(rf"\b{spaced}", re.IGNORECASE), limits)


def _sized(column: Column, unit: str, worth: int = 1, number: str = _NUMBER) -> list[Form]:
    """The ways to limit a size; a unit is worth so many of the column's own."""
    n, w = number, worth
    return [
        _form(column, rf"{_UNDER} {n}{unit}", lambda n, _: [("most", n * w - 1)]),
        _form(column, rf"{_UNTIL} {n}{unit}", lambda n, _: [("most", n * w)]),
        _form(column, rf"{_OVER} {n}{unit}", lambda n, _: [("least", n * w + 1)]),
        _form(column, rf"{_LEAST} {n}{unit}", lambda n, _: [("least", n * w)]),
        _form(
            column,
            rf"{n} ?(?:-|to|–|and|bis|a) ?{n}{unit}",
            lambda n, m: [("least", n * w), ("most", m * w)],
        ),
        _form(
            column,
            rf"{n}{unit}(?: (?:per|each|an|a) ?(?:episode|ep)?)? {_CAPPED}",
            lambda n, _: [("most", n * w)],
        ),
        _form(
            column,
            rf"{n}\+?{unit} (?:or more|min|minimum|or upwards?|and up|upwards?|or above|plus)",
            lambda n, _: [("least", n * w)],
        ),
        _form(column, rf"{n}\+{unit}", lambda n, _: [("least", n * w)]),
    ]


def _year(pattern: str, limits: Callable[[float, float], Limits]) -> Form:
    return _form("year", pattern, limits)


def _first(decade: float) -> float:
    """The first year of a decade written with two digits: 90 is 1990, 20 is 2020."""
    return decade if decade > 99 else decade + (1900 if decade >= 50 else 2000)  # noqa: PLR2004


def _decade(prefix: str, first: int, last: int) -> Form:
    """A part of a decade, by its first and last year within it."""
    return _year(
        prefix + _DECADE, lambda n, _: [("least", _first(n) + first), ("most", _first(n) + last)]
    )


# The first form that fits a stretch of text takes it.
FORMS: list[Form] = [
    *(
        _form("age", pattern, lambda n, m: [("most", min(n, m))])
        for pattern in (
            r"(\d{1,2})[ -]?(?:yo|y/o|yrs? old|years? old|year-olds?|years-old|yr-olds?)s?\b",
            r"(\d{1,2})[ -](?:and|or|to|&)[ -](\d{1,2})[ -]?(?:yo|yrs? olds?|years? olds?)\b",
            r"(?:aged?|ages|turning|turns) (\d{1,2})\b",
            r"(?:s?he|they|who)['’]?(?:s|re)?(?: is| are| just turned)? (\d{1,2})\b",
            rf"{_CHILD}\b[^.!?\d]{{0,24}}\((\d{{1,2}})(?: ?(?:and|&|,) ?(\d{{1,2}}))?\)",
            rf"{_CHILD} \(?(?:is |are |of |aged )?(\d{{1,2}})\b(?! ?(?:ep|min|h))",
        )
    ),
    _form(
        "back",
        r"(?:last|past) (\d{1,2})(?:(?: or| to|-) ?(\d{1,2}))? years?\b",
        lambda n, m: [("least", max(n, m))],
    ),
    *_sized("episodes", _EPISODES),
    *_sized("episodes", _SEASONS, worth=13),
    *_sized("minutes", _MINUTES),
    _form(
        "minutes",
        rf"{_NUMBER}{_MINUTES}(?: (?:per|each|an|a)\b(?: episode| ep)?)?",
        lambda n, _: [("most", n + 5)],
    ),
    *_sized("minutes", _HOURS, worth=60),
    _form("minutes", r"(?:an|one) hour and a half(?: (?:max|tops))?", lambda _, __: [("most", 90)]),
    *(
        _form("score", pattern, lambda n, _: [("least", n)])
        for pattern in (
            rf"{_SCORE} (?:of |is )?(?:{_OVER}|{_LEAST}|of) {_RATED}",
            rf"(?:{_OVER}|{_LEAST}) (?:an? )?{_RATED}(?= (?:on |in )?(?:{_SCORE}|out of))",
            rf"{_RATED} ?(?:\+|plus|or (?:higher|better|more|above))(?! ?(?:ep|min|season))",
            rf"(?:{_OVER}) (?:an? )?(7(?:\.\d+)?|8(?:\.\d+)?|9(?:\.\d+)?)(?! ?[\w-])",
        )
    ),
    *(
        _form("episodes", pattern, lambda n, _: [("least", n - 2), ("most", n + 2)])
        for pattern in (
            rf"{_ABOUT} {_NUMBER}{_EPISODES}",
            rf"{_NUMBER} ?-?ish(?:{_EPISODES})?",
            rf"{_NUMBER}{_EPISODES} or so\b",
        )
    ),
    _form("episodes", rf"{_NUMBER}{_EPISODES}", lambda n, _: [("least", n), ("most", n)]),
    _year(rf"(?:{_BEFORE}){_DECADE}", lambda n, _: [("most", _first(n) - 1)]),
    _year(rf"(?:{_AFTER}){_DECADE}", lambda n, _: [("least", _first(n) + 10)]),
    _year(
        rf"{_DECADE} (?:or|and) (?:later|newer|up|onwards?)", lambda n, _: [("least", _first(n))]
    ),
    _year(
        rf"{_DECADE} (?:or|and) (?:earlier|older|before)", lambda n, _: [("most", _first(n) + 9)]
    ),
    _year(
        rf"{_DECADE}(?: ?(?:or|and|to|through|-|–|&|,) ?(?:early |late )?(?:the )?){_DECADE}",
        lambda n, m: [("least", _first(n)), ("most", _first(m) + 9)],
    ),
    _year(rf"since (?:the )?{_DECADE}", lambda n, _: [("least", _first(n))]),
    _decade(r"(?:the )?early[ -](?:to mid )?", 0, 4),
    _decade(r"(?:the )?mid[ -]", 3, 7),
    _decade(r"(?:the )?late[ -]", 5, 9),
    _decade("", 0, 9),
    _year(rf"(?:between |from )?{_YEAR}{_TO}{_YEAR}\b", lambda n, m: [("least", n), ("most", m)]),
    _year(rf"{_BEFORE}{_YEAR}\b", lambda n, _: [("most", n - 1)]),
    _year(rf"(?:until|up to|till) {_YEAR}\b", lambda n, _: [("most", n)]),
    _year(rf"{_YEAR} (?:or|and) (?:earlier|older|before)", lambda n, _: [("most", n)]),
    _year(
        rf"{_YEAR}(?: ?\+| (?:or|and) (?:later|newer|up|after)| onwards?| on\b)",
        lambda n, _: [("least", n)],
    ),
    _year(rf"{_AFTER}{_YEAR}\b", lambda n, _: [("least", n + 1)]),
    _year(rf"{_SINCE}{_YEAR}(?: on| onwards?| or later| and up)?\b", lambda n, _: [("least", n)]),
    _year(rf"(?:in|of )?{_YEAR}\b", lambda n, _: [("least", n), ("most", n)]),
    *_sized(
        "episodes",
        r"(?! ?(?:more|of|other|titles?|shows?|movies?|films?|picks?))\b",
        number=r"(\d{2,3})",
    ),
]
