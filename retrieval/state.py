"""What a conversation asks for so far: carried from turn to turn and stored with it."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError

Column = Literal[
    "type", "tag", "studio", "source", "age", "year", "episodes", "minutes", "score", "popularity"
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
        unit = _UNITS.get(self.column, "")
        words = {
            "any": values,
            "none": f"no {values}",
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


_STARTS = {"year": "from"}
_ENDS = {"year": "until"}


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
    constraints: tuple[Constraint, ...] = ()
    near: tuple[int, ...] = ()
    """Titles that the picks should resemble."""
    liked: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()
    seen: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    picks: tuple[int, ...] = ()
    offered: Constraint | None = None
    """The wish that the last answer offered to drop."""

    def with_constraint(self, constraint: Constraint) -> Self:
        """The state in which the wish is in force, in place of those it opposes."""
        kept = (each for each in self.constraints if not constraint.opposes(each))
        others = tuple(each for each in kept if not same_wish(each, constraint))
        return replace(self, constraints=(*others, constraint))

    def without(self, constraint: Constraint) -> Self:
        """The state in which exactly this wish is no longer in force."""
        kept = (each for each in self.constraints if not same_wish(each, constraint))
        return replace(self, constraints=tuple(kept))

    @property
    def excluded(self) -> frozenset[int]:
        """Titles that may not be picked: shown, seen, rejected, or named as an example."""
        return frozenset((*self.shown, *self.seen, *self.rejected, *self.liked, *self.near))

    def showing(self, picks: tuple[int, ...]) -> Self:
        """The state after these titles were shown."""
        fresh = tuple(mal_id for mal_id in picks if mal_id not in self.shown)
        return replace(self, picks=picks, shown=self.shown + fresh)

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


_STATE = TypeAdapter(Annotated[RequestState, Field()])
