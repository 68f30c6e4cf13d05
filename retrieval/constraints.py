"""Hard wishes as constraints on the facts of titles, and what messages do to those in force."""

from dataclasses import dataclass, replace
from typing import Literal, Self

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

    def mended(self, constraint: Constraint) -> Constraint | None:
        """What is left of a constraint in force after a welcome or a drop; None when nothing is."""
        if constraint.column != self.column:
            return constraint
        return self._widened(constraint) if self.stance == "welcome" else self._loosened(constraint)

    def end(self, rule: Rule) -> float | None:
        """The number that limits at one end, None where that end is open."""
        return next((each.number for each in self.constraints if each.rule == rule), None)

    def _widened(self, constraint: Constraint) -> Constraint | None:
        """The constraint with room for what is welcome; None when nothing is left of it."""
        if constraint.values:
            return self._revalued(constraint)
        end = self.end(constraint.rule)
        if end is None:
            # "Older is fine" leaves no earliest year.
            return None
        further = min if constraint.rule == "least" else max
        return replace(constraint, number=further(constraint.number, end))

    def _revalued(self, constraint: Constraint) -> Constraint | None:
        if constraint.rule == "any" and constraint.column == "tag" and not self.added:
            # "Horror is fine" rules it out no longer; the genres asked for stay.
            return constraint
        if constraint.rule == "any":
            return replace(
                constraint, values=tuple(dict.fromkeys((*constraint.values, *self.values)))
            )
        left = tuple(value for value in constraint.values if value not in self.values)
        return replace(constraint, values=left) if left else None

    def _loosened(self, constraint: Constraint) -> Constraint | None:
        """The constraint without what is let go of; None when nothing is left of it."""
        if not self.constraints:
            return constraint if constraint.rule == "none" else None
        if not constraint.values:
            return None
        left = tuple(value for value in constraint.values if value not in self.values)
        return replace(constraint, values=left) if left else None


def same_wish(one: Constraint, other: Constraint) -> bool:
    """Whether two constraints ask the same, whenever they were set."""
    return replace(one, turn=0, standing=False) == replace(other, turn=0, standing=False)


def forgetting(constraint: Constraint) -> str:
    """The message that lets go of exactly this wish."""
    return f"Forget “{constraint.label}”"


def wanted(*constraints: Constraint) -> Change:
    """The change that puts constraints on one column in force."""
    return Change("want", constraints[0].column, constraints)
