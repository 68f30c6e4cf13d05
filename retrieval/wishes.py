"""The hard wishes of a message, as constraints."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from pydantic import TypeAdapter

from data import Catalogue, Title
from retrieval.lexicon import Kind, Phrase
from retrieval.reading import Found, Reading
from retrieval.state import Column, Constraint, RequestState

_PLAIN: dict[Kind, Column] = {"type": "type", "tag": "tag", "studio": "studio"}
_RANGES: dict[Kind, Column] = {"length": "episodes", "era": "year"}
_CONSTRAINT = TypeAdapter(Constraint)
# What a comparison means when there is nothing to compare with.
_ALONE = {"year most": 2005, "year least": 2015, "episodes most": 13, "episodes least": 20}


def constraints(
    reading: Reading, state: RequestState, catalogue: Catalogue
) -> tuple[Constraint, ...]:
    """Every hard wish that the message adds, in the order of its words."""
    wishes = [*_named(reading), *_sized(reading), *_compared(reading, state, catalogue)]
    standing = bool(reading.said("cue", "ever")) or _never(reading)
    return tuple(
        replace(each, turn=state.turn, standing=standing and each.rule == "none") for each in wishes
    )


def _never(reading: Reading) -> bool:
    """Whether a negation is one for good: "never horror"."""
    negations = (each.phrase for each in reading.said("cue", "negation"))
    return any(reading.words[phrase.start].text == "never" for phrase in negations)


def _named(reading: Reading) -> Iterator[Constraint]:
    for kind, column in _PLAIN.items():
        said = reading.said(kind)
        for group in _grouped(reading, [each for each in said if not each.negated]):
            yield Constraint(column=column, rule="any", values=_values(group))
        for each in said:
            if each.negated:
                yield Constraint(column=column, rule="none", values=_values([each.phrase]))


def _grouped(reading: Reading, said: Sequence[Found]) -> Iterator[list[Phrase]]:
    """Phrases joined by "or" are one wish; formats always are, for no title has two."""
    group: list[Phrase] = []
    for each in said:
        joined = group and (each.phrase.kind != "tag" or _either(reading, group[-1], each.phrase))
        if group and not joined:
            yield group
            group = []
        group.append(each.phrase)
    if group:
        yield group


def _either(reading: Reading, one: Phrase, other: Phrase) -> bool:
    between = reading.words[one.end : other.start]
    return len(between) == 1 and between[0].text in {"or", "o", "ou", "oder"}


def _values(phrases: Sequence[Phrase]) -> tuple[str, ...]:
    # "thriller" names several tags at once; the lexicon keeps them with strokes between.
    return tuple(dict.fromkeys(value for each in phrases for value in each.value.split("/")))


def _sized(reading: Reading) -> Iterator[Constraint]:
    for limit in reading.limits:
        yield Constraint(column=limit.column, rule=limit.rule, number=limit.number)
    told = {limit.column for limit in reading.limits}
    for kind, column in _RANGES.items():
        # "short comedies under 13 episodes" says itself what short means.
        if column in told:
            continue
        for each in reading.said(kind):
            least, most = map(int, each.phrase.value.split("-"))
            if each.negated:
                # "not that old" asks for what the range leaves over.
                least, most = (most + 1 if most else 0), (least - 1 if least else 0)
            if least > 0:
                yield Constraint(column=column, rule="least", number=least)
            if most > 0:
                yield Constraint(column=column, rule="most", number=most)


def _compared(reading: Reading, state: RequestState, catalogue: Catalogue) -> Iterator[Constraint]:
    shown = [title for mal_id in state.picks if (title := catalogue.find(mal_id))]
    for each in reading.said("comparison"):
        column, rule = each.phrase.value.split()
        amounts = [amount for title in shown if (amount := _amount(title, column)) is not None]
        step = 1 if rule == "least" else -1
        number = median(amounts) + step if amounts else _ALONE[each.phrase.value]
        yield _CONSTRAINT.validate_python({"column": column, "rule": rule, "number": int(number)})


def _amount(title: Title, column: str) -> int | None:
    return title.year if column == "year" else title.episodes
