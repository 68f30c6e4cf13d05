"""What a conversation asks for so far: carried from turn to turn and stored with it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError

Column = Literal[
    "type",
    "tag",
    "studio",
    "source",
    "status",
    "age",
    "year",
    "episodes",
    "minutes",
    "score",
    "popularity",
]
Rule = Literal["any", "none", "least", "most"]

_UNITS = {"episodes": " episodes", "minutes": " minutes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One hard wish and the turn that set it.

    `any` and `none` look at `values`; `least` and `most` at `number`, in the column's own unit
    (popularity is the rank within the catalogue from 0, unknown, to 1, best known).
    """

    column: Column
    rule: Rule
    values: tuple[str, ...] = ()
    number: float = 0
    turn: int = 0
    standing: bool = False

    @property
    def label(self) -> str:
        """The wish in a few words, as the page and the answers say it."""
        values = " or ".join(self.values)
        if self.column == "popularity":
            return "well known" if self.rule == "least" else "little known"
        if self.column == "age":
            values = f"rated {values}"
        unit = _UNITS.get(self.column, "")
        words = {
            "any": values,
            "none": f"no {values}" if self.column != "age" else f"not {values}",
            "least": f"{_STARTS.get(self.column, 'at least')} {self.number:g}{unit}",
            "most": f"{_ENDS.get(self.column, 'at most')} {self.number:g}{unit}",
        }
        return words[self.rule]

    def opposes(self, other: Self) -> bool:
        """Whether no title could satisfy both, so that the later one takes the other's place."""
        if self.column != other.column:
            return False
        rules = {self.rule, other.rule}
        if rules == {"least", "most"}:
            low, high = (self, other) if self.rule == "least" else (other, self)
            return low.number > high.number
        if rules == {"any"}:
            # A title has several tags but one type, one source and one age rating.
            return self.column != "tag"
        if rules == {"any", "none"}:
            return bool(set(self.values) & set(other.values))
        return self.rule == other.rule != "none"


_STARTS = {"year": "from", "score": "scored at least"}
_ENDS = {"year": "until", "score": "scored at most"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a message does to the wishes about one column.

    `want` puts the constraints in force, `welcome` widens those in force by them, and `drop` lets
    go of those that name the same, or of all of the column where there are none here.
    """

    stance: Literal["want", "avoid", "welcome", "drop"]
    column: Column
    constraints: tuple[Constraint, ...]
    added: bool = False
    """Whether something is welcome besides what was asked for: "comedy is fine too"."""

    @property
    def values(self) -> tuple[str, ...]:
        """The values named."""
        return tuple(value for each in self.constraints for value in each.values)

    def end(self, rule: Rule) -> float | None:
        """The number that limits at one end, None where that end is open."""
        return next((each.number for each in self.constraints if each.rule == rule), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """All that later messages can lean on.

    Titles are `mal_id`s; `picks` are those of the list shown last, in its order, and `shown`
    all that were ever shown here. `tones` are names of the lexicon's tones.
    """

    version: Literal[1] = 1
    turn: int = 0
    topic: str = ""
    tones: tuple[str, ...] = ()
    leanings: tuple[str, ...] = ()
    """Tags that speak for a title without ruling others out."""
    constraints: tuple[Constraint, ...] = ()
    near: tuple[int, ...] = ()
    """Titles that the picks should resemble."""
    unlike: tuple[int, ...] = ()
    """Titles that the picks should not resemble."""
    liked: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()
    seen: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    picks: tuple[int, ...] = ()
    focus: tuple[int, ...] = ()
    """Titles spoken of last: what "it" means."""
    intent: str = ""
    """What the last message was for."""
    searched: str = ""
    """What the last message that searched was for."""
    points: tuple[str, ...] = ()
    """The facts asked about last."""
    offered: Constraint | None = None
    """The wish that the last answer offered to drop."""
    asked: Literal["", "type"] = ""
    """What the last answer asked about."""

    def with_constraint(self, constraint: Constraint) -> Self:
        """The state in which the wish is in force, in place of those it opposes."""
        kept = (each for each in self.constraints if not constraint.opposes(each))
        others = tuple(each for each in kept if not same_wish(each, constraint))
        return replace(self, constraints=(*others, constraint))

    def without(self, constraint: Constraint) -> Self:
        """The state in which exactly this wish is no longer in force."""
        kept = (each for each in self.constraints if not same_wish(each, constraint))
        return replace(self, constraints=tuple(kept))

    def changed(self, change: Change) -> Self:
        """The state after the change."""
        if change.stance == "want":
            state = self
            for each in change.constraints:
                state = state.with_constraint(each)
            return state
        mend = _widened if change.stance == "welcome" else _loosened
        mended = (mend(each, change) for each in self.constraints)
        return replace(self, constraints=tuple(each for each in mended if each is not None))

    def free_of(self, columns: Iterable[Column]) -> Self:
        """The state without what was asked for in these columns, but for what is ruled out."""
        gone = set(columns)
        kept = (each for each in self.constraints if each.standing or not _about(each, gone))
        return replace(self, constraints=tuple(kept))

    @property
    def excluded(self) -> frozenset[int]:
        """Titles that may not be picked: shown, seen, rejected, or named as an example."""
        named = (*self.liked, *self.near, *self.unlike)
        return frozenset((*self.shown, *self.seen, *self.rejected, *named))

    def showing(self, picks: tuple[int, ...]) -> Self:
        """The state after these titles were shown."""
        fresh = tuple(mal_id for mal_id in picks if mal_id not in self.shown)
        return replace(self, picks=picks, shown=self.shown + fresh, focus=())

    def written(self) -> str:
        """The state as JSON."""
        return _STATE.dump_json(self).decode()

    @classmethod
    def read(cls, text: str | None) -> "RequestState":
        """The state from its JSON; none, or one of a form we no longer know, begins anew."""
        if text is None:
            return RequestState()
        try:
            return _STATE.validate_json(text)
        except ValidationError:
            return RequestState()


def same_wish(one: Constraint, other: Constraint) -> bool:
    """Whether two constraints ask the same, whenever they were set."""
    return replace(one, turn=0, standing=False) == replace(other, turn=0, standing=False)


def _about(constraint: Constraint, columns: set[Column]) -> bool:
    return constraint.column in columns and constraint.rule != "none"


def _widened(constraint: Constraint, change: Change) -> Constraint | None:
    """The constraint with room for what is welcome; None when nothing is left of it."""
    if constraint.column != change.column:
        return constraint
    if constraint.values:
        return _revalued(constraint, change)
    end = change.end(constraint.rule)
    if end is None:
        # "Older is fine" leaves no earliest year.
        return None
    further = min if constraint.rule == "least" else max
    return replace(constraint, number=further(constraint.number, end))


def _revalued(constraint: Constraint, change: Change) -> Constraint | None:
    if constraint.rule == "any" and constraint.column == "tag" and not change.added:
        # "Horror is fine" rules it out no longer; the genres asked for stay.
        return constraint
    if constraint.rule == "any":
        return replace(
            constraint, values=tuple(dict.fromkeys((*constraint.values, *change.values)))
        )
    left = tuple(value for value in constraint.values if value not in change.values)
    return replace(constraint, values=left) if left else None


def _loosened(constraint: Constraint, change: Change) -> Constraint | None:
    """The constraint without what is let go of; None when nothing is left of it."""
    if constraint.column != change.column:
        return constraint
    if not change.constraints:
        return constraint if constraint.rule == "none" else None
    if not constraint.values:
        return None
    left = tuple(value for value in constraint.values if value not in change.values)
    return replace(constraint, values=left) if left else None


_STATE = TypeAdapter(Annotated[RequestState, Field()])
