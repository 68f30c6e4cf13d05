"""What a conversation asks for so far: carried from turn to turn and stored with it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError

from retrieval.constraints import Change, Column, Constraint, same_wish
from retrieval.words import folded


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
        mended = map(change.mended, self.constraints)
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

    @property
    def speaking_tags(self) -> tuple[str, ...]:
        """Tags that speak for a title: those asked for, and those that lean."""
        asked = (each for each in self.constraints if each.column == "tag" and each.rule == "any")
        return (*(value for each in asked for value in each.values), *self.leanings)

    @property
    def told(self) -> tuple[str, ...]:
        """The words of the topic that are no names of tags asked for: what a story is known by."""
        tags = set(folded(" ".join(set(self.speaking_tags).difference(self.leanings))))
        return tuple(word for word in folded(self.topic) if word not in tags)

    def showing(self, picks: tuple[int, ...]) -> Self:
        """The state after these titles were shown; "it" is the only one, or the one looked for."""
        fresh = tuple(mal_id for mal_id in picks if mal_id not in self.shown)
        one = len(picks) == 1 or self.searched == "identify"
        return replace(self, picks=picks, shown=self.shown + fresh, focus=picks[:1] if one else ())

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


def _about(constraint: Constraint, columns: set[Column]) -> bool:
    return constraint.column in columns and constraint.rule != "none"


_STATE = TypeAdapter(Annotated[RequestState, Field()])
