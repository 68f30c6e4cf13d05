"""Wishes with a lower or an upper end: lengths, years, scores, how well known, who watches."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from data import Catalogue, Title
from retrieval.constraints import Change, Column, Constraint, wanted
from retrieval.lexicon import Kind
from retrieval.reading import Found, Limit, Reading

_RANGES: dict[Kind, Column] = {
    "length": "episodes",
    "era": "year",
    "popularity": "popularity",
    "score": "score",
}
_STEPS: dict[Column, float] = {"popularity": 0.01, "score": 0.1}
# What a comparison means when there is nothing to compare with.
_ALONE: dict[str, float] = {
    "year most": 1999,
    "year least": 2020,
    "episodes most": 13,
    "episodes least": 26,
    "score least": 7.9,
    "popularity most": 0.64,
    "popularity least": 0.72,
}
# What amounts that are no column limit.
_AMOUNTS = {"back": "year"}
# Ages of the Japanese and American raters that MyAnimeList's ratings go by: PG-13 from thirteen on.
_RATINGS = ((12, ("G", "PG")), (16, ("G", "PG", "PG-13")))


def sized(reading: Reading, latest: int) -> Iterator[Change]:
    """The limits that are named, in numbers or by a word such as "short"."""
    told = {_AMOUNTS.get(each.amount.column, each.amount.column) for each in reading.limits}
    yield from _amounts(reading.limits, latest)
    for kind, column in _RANGES.items():
        # "short comedies under 13 episodes" says itself what short means.
        for each in reading.said(kind) if column not in told else ():
            least, most = map(float, each.phrase.value.split("-"))
            yield from _range(column, least or None, most or None, each)


def _amounts(limits: Sequence[Limit], latest: int) -> Iterator[Change]:
    spans = dict.fromkeys((each.amount.start, each.amount.end) for each in limits)
    for start, end in spans:
        of = [each for each in limits if (each.amount.start, each.amount.end) == (start, end)]
        ends = {each.amount.rule: each.amount.number for each in of}
        column = of[0].amount.column
        if column == "age":
            yield from _watched_by(ends["most"])
        elif column == "back":
            yield from _range("year", latest - ends["least"] + 1, None, of[0])
        else:
            yield from _range(column, ends.get("least"), ends.get("most"), of[0])


def _watched_by(age: float) -> Iterator[Change]:
    for oldest, ratings in _RATINGS:
        if age <= oldest:
            yield wanted(Constraint(column="age", rule="any", values=ratings))
            return


def _range(
    column: Column, least: float | None, most: float | None, said: Found | Limit
) -> Iterator[Change]:
    if said.stance == "avoid":
        # "not that old" asks for what the range leaves over; of two sides, for the later one.
        step = _STEPS.get(column, 1)
        least, most = (most + step, None) if most else (None, (least or step) - step)
    ends: list[Constraint] = []
    if least:
        ends.append(Constraint(column=column, rule="least", number=round(least, 2)))
    if most:
        ends.append(Constraint(column=column, rule="most", number=round(most, 2)))
    if ends:
        yield Change("want" if said.stance == "avoid" else said.stance, column, tuple(ends))


def compared(reading: Reading, titles: Sequence[Title], catalogue: Catalogue) -> Iterator[Change]:
    """The limits that come of a comparison: "older", "shorter than the first"."""
    told = {each.amount.column for each in reading.limits}
    for each in reading.said("comparison"):
        column, rule = each.phrase.value.split()
        known = _ALONE[each.phrase.value]
        amounts = [
            amount for title in titles if (amount := _amount(title, column, catalogue)) is not None
        ]
        if _RANGED[column] in told:
            continue
        step = _STEPS.get(_RANGED[column], 1)
        if amounts:
            known = median(amounts) + (step if rule == "least" else -step)
            known = known if _RANGED[column] in _STEPS else int(known)
        least, most = (known, None) if rule == "least" else (None, known)
        if each.negated:
            least, most = most, least
        stance = "want" if each.negated else each.stance
        yield from _range(_RANGED[column], least, most, replace(each, stance=stance))


_RANGED: dict[str, Column] = {
    "year": "year",
    "episodes": "episodes",
    "score": "score",
    "popularity": "popularity",
}


def _amount(title: Title, column: str, catalogue: Catalogue) -> float | None:
    """What the title is compared by."""
    if column == "popularity":
        return catalogue.rank(title.mal_id)
    if column == "score":
        return title.score
    return title.year if column == "year" else title.episodes
