"""The hard wishes of a message, as changes to the constraints in force."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from data import Catalogue
from retrieval.constraints import Change, Column, Constraint, wanted
from retrieval.lexicon import Kind, Phrase
from retrieval.ranges import compared, sized
from retrieval.reading import Found, Reading
from retrieval.sameness import shared
from retrieval.state import RequestState

# A message with more words that nothing was recognised in tells a plot: things in it only lean.
_PLOT = 4
_PLAIN: dict[Kind, Column] = {
    "type": "type",
    "tag": "tag",
    "studio": "studio",
    "source": "source",
    "status": "status",
    "age": "age",
    "rating": "age",
}
_BESIDES = {"too", "also", "well", "either"}
_RULED_OUT = {"R-17+": ("R-17+", "R+"), "PG-13": ("PG-13", "R-17+", "R+"), "R+": ("R+",)}


def changes(
    reading: Reading, state: RequestState, catalogue: Catalogue, spoken_of: Sequence[int]
) -> tuple[Change, ...]:
    """Every change to the hard wishes that the message asks for, in the order of its words.

    `spoken_of` are the titles that it points at or names: comparisons are with them.
    """
    if reading.narrates:
        # Years, lengths and kinds are of the story as somebody remembers it.
        return ()
    titles = [title for mal_id in spoken_of if (title := catalogue.find(mal_id))]
    shown = [title for mal_id in state.picks if (title := catalogue.find(mal_id))]
    wishes = [
        *_named(reading, state),
        *sized(reading, catalogue.latest),
        *compared(reading, titles or shown, catalogue),
        *shared(reading, titles),
        *_let_go(reading),
    ]
    standing = reading.says("ever") or _never(reading)
    added = any(word.text in _BESIDES for word in reading.words)
    return tuple(
        replace(each, constraints=_marked(each, state, standing), added=added) for each in wishes
    )


def leanings(reading: Reading) -> tuple[str, ...]:
    """Tags of a plot that is told: they speak for a title without ruling others out."""
    if not tells_a_plot(reading):
        return ()
    said = (each for each in _told(reading) if each.stance == "want")
    return tuple(dict.fromkeys(tag for each in said for tag in each.phrase.values))


def tells_a_plot(reading: Reading) -> bool:
    """Whether the message describes a story rather than a kind of title."""
    return len(reading.rest) >= _PLOT or reading.says("identify")


def _told(reading: Reading) -> tuple[Found, ...]:
    """Phrases that are part of a plot: in a vague memory genres, too."""
    motifs = reading.said("motif")
    return (*motifs, *reading.said("tag")) if reading.recalls else motifs


def _marked(
    change: Change, state: RequestState, standing: Literal[True, False]
) -> tuple[Constraint, ...]:
    return tuple(
        replace(
            each,
            turn=state.turn,
            standing=(standing and each.rule == "none") or each.column == "status",
        )
        for each in change.constraints
    )


def _never(reading: Reading) -> bool:
    """Whether a negation is one for good: "never horror"."""
    negations = (each.phrase for each in reading.said("cue", "negation"))
    return any(reading.words[phrase.start].text == "never" for phrase in negations)


def _named(reading: Reading, state: RequestState) -> Iterator[Change]:
    leaning = _told(reading) if tells_a_plot(reading) else ()
    aged = any(each.amount.column == "age" for each in reading.limits)
    for kind, column in _PLAIN.items():
        if kind == "age" and aged:
            continue
        found = _tags(reading) if kind == "tag" else reading.said(kind)
        said = [each for each in found if each.negated or each not in leaning]
        for group in _grouped(reading, [each for each in said if each.stance == "want"]):
            yield wanted(Constraint(column=column, rule="any", values=_values(group)))
        for each in said:
            if each.negated and not _narrowed(each, said, state):
                yield wanted(_excluding(each.phrase, column))
            elif each.stance in {"welcome", "drop"}:
                wish = Constraint(column=column, rule="any", values=_values([each.phrase]))
                yield Change(each.stance, column, (wish,))


def _tags(reading: Reading) -> tuple[Found, ...]:
    """Genres and what stands for them, in the order of the message."""
    both = (*reading.said("tag"), *reading.said("motif"))
    return tuple(sorted(both, key=lambda each: each.phrase.start))


def _narrowed(said: Found, others: Sequence[Found], state: RequestState) -> bool:
    """Whether a tag asked for is ruled out in one kind only: "no supernatural horror"."""
    asked = {value for each in state.constraints if each.rule == "any" for value in each.values}
    return said.phrase.value in asked and any(
        each.negated and each.phrase.end == said.phrase.start for each in others
    )


def _excluding(phrase: Phrase, column: Column) -> Constraint:
    if phrase.kind == "age":
        return Constraint(column="age", rule="none", values=("G",))
    if phrase.kind == "status":
        left = "finished" if phrase.value == "airing" else "airing"
        return Constraint(column="status", rule="any", values=(left,))
    if phrase.kind == "rating":
        return Constraint(column="age", rule="none", values=_RULED_OUT[phrase.value])
    # "No thrillers" names suspense; the mysteries among them are another matter.
    values = phrase.values[: phrase.core] if column == "tag" else phrase.values
    return Constraint(column=column, rule="none", values=values)


def _grouped(reading: Reading, said: Sequence[Found]) -> Iterator[list[Phrase]]:
    """Phrases joined by "or" are one wish; all but tags always are, for no title has two."""
    group: list[Phrase] = []
    for each in said:
        tag = each.phrase.kind in {"tag", "motif"}
        joined = group and (not tag or _either(reading, group[-1], each.phrase))
        if group and not joined:
            yield group
            group = []
        group.append(each.phrase)
    if group:
        yield group


def _either(reading: Reading, one: Phrase, other: Phrase) -> bool:
    between = reading.words[one.end : other.start]
    if not between:
        return (
            "/" in reading.text[reading.words[one.end - 1].end : reading.words[other.start].start]
        )
    return len(between) == 1 and between[0].text in {"or", "o", "ou", "oder"}


def _values(phrases: Sequence[Phrase]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for each in phrases for value in each.values))


def _let_go(reading: Reading) -> Iterator[Change]:
    if reading.says("alone"):
        yield Change("drop", "age", ())
    for each in reading.said("column"):
        column = _COLUMNS.get(each.phrase.value)
        before = reading.words[max(each.phrase.start - 1, 0)].text
        if column and (each.stance != "want" or before in _ALL_OF or reading.says("either")):
            yield Change("drop", column, ())


_ALL_OF = {"any", "whatever", "whichever", "every", "all"}
_COLUMNS: dict[str, Column] = {
    "year": "year",
    "episodes": "episodes",
    "type": "type",
    "tag": "tag",
    "studio": "studio",
    "popularity": "popularity",
    "score": "score",
    "age": "age",
    "source": "source",
    "status": "status",
}
