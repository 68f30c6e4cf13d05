"""A message beside the state it meets, with what several rules ask of the two."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from retrieval.constraints import Change, Constraint
from retrieval.lexicon import Kind, tones, word_list
from retrieval.reading import Reading
from retrieval.roles import Role, Spoken
from retrieval.state import RequestState

_T = TypeVar("_T")
# More words than these that nothing was recognised in, and a follow-up is a request of its own.
FEW = 2
# With more than these it tells a story.
PLOT = 4
# The facts that a word about them asks for: "is it old" asks for the year.
_POINTS: dict[Kind, str] = {
    "status": "status",
    "length": "episodes",
    "era": "year",
    "popularity": "popularity",
    "score": "score",
    "source": "source",
    "type": "type",
    "studio": "studio",
}


@dataclass(frozen=True)
class Case:
    """A reading and the state it meets; the properties are worked out once."""

    reading: Reading
    state: RequestState
    spoken: tuple[Spoken, ...]
    changes: tuple[Change, ...]
    """What the message does to the hard wishes."""
    leanings: tuple[str, ...]

    def says(self, *cues: str) -> bool:
        """Whether one of these cues is given."""
        return self.reading.says(*cues)

    def titles(self, *roles: Role) -> tuple[int, ...]:
        """The titles that have one of these roles, or any, in the order of the message."""
        return unique(each.mal_id for each in self.spoken if not roles or each.role in roles)

    @property
    def referred(self) -> tuple[int, ...]:
        """The titles shown last that it points at."""
        return unique(each.mal_id for each in self.spoken if each.shown)

    @cached_property
    def about(self) -> tuple[int, ...]:
        """The titles that a question is about: those spoken of, those of before, or all shown."""
        if self.spoken:
            return self.titles()
        if self.says("all"):
            return self.state.picks
        return self.state.focus or self.state.picks

    @cached_property
    def speaks(self) -> bool:
        """Whether it speaks of certain titles at all."""
        return bool(self.spoken) or (
            self.says("it", "all") and bool(self.state.focus or self.state.picks)
        )

    @cached_property
    def loosens(self) -> bool:
        """Whether it makes room: takes a wish back, or welcomes what was ruled out."""
        return any(each.stance in {"drop", "welcome"} for each in self.changes)

    @cached_property
    def wanted(self) -> tuple[Constraint, ...]:
        """The constraints that it adds."""
        wants = (each for each in self.changes if each.stance == "want")
        return tuple(wish for each in wants for wish in each.constraints)

    @cached_property
    def tones(self) -> tuple[str, ...]:
        """The tones that it asks for; ruling one out asks for its opposite."""
        if self.reading.narrates:
            # "A quiet boy" makes no quiet story.
            return ()
        meant = (
            tones()[each.phrase.value].opposite if each.negated else each.phrase.value
            for each in self.reading.said("tone")
            if each.stance in {"want", "avoid"}
        )
        return unique(filter(None, meant))

    @cached_property
    def points(self) -> tuple[str, ...]:
        """The facts that it names."""
        named = [each.phrase.value for each in self.reading.said("column") if not each.negated]
        return unique(named)

    @cached_property
    def implied_points(self) -> tuple[str, ...]:
        """The facts that its wishes are about: "is it long" asks for the episodes."""
        named = [point for kind, point in _POINTS.items() if self.reading.said(kind)]
        compared = self.reading.said("comparison")
        named += [each.phrase.value.partition(" ")[0] for each in compared]
        # "Is the first finished" asks of the title, not of the person.
        ended = ["status"] if self.reading.question and self.says("seen") else []
        return unique([*named, *ended])

    @cached_property
    def asks(self) -> bool:
        """Whether the message says how titles should be, or which not."""
        return bool(self.changes or self.tones or self.leanings or self.titles("avoid"))

    @cached_property
    def adds(self) -> bool:
        """Whether it says a little more of what was asked for: "but set in tokyo", "no cgi"."""
        return 0 < self.rest <= PLOT and self.reading.opens_with(*word_list("adding"))

    @cached_property
    def likens(self) -> bool:
        """Whether it asks for something like a title: "like" stands before it, or before "it"."""
        if self.says("blend"):
            return True
        first = self.spoken[0].at if self.spoken else len(self.reading.words)
        again = {each.phrase.start for each in self.reading.said("cue", "it")}
        likes = [each.phrase.end for each in self.reading.said("cue", "like")]
        return any(end <= first or end in again for end in likes)

    @property
    def follows(self) -> bool:
        """Whether something was asked for before."""
        return bool(self.state.topic or self.state.picks or self.state.constraints)

    @property
    def rest(self) -> int:
        """How many words there are that nothing was recognised in."""
        return len(self.reading.rest)

    @cached_property
    def seeks(self) -> bool:
        """Whether it asks to be shown titles."""
        return self.says("seeking", "more", "amount", "surprise", "switch", "reset")

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of phrase in it."""
        return frozenset(each.phrase.kind for each in self.reading.found)


def unique(each: Iterable[_T]) -> tuple[_T, ...]:
    """The values without repeats, in order."""
    return tuple(dict.fromkeys(each))
