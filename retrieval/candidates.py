"""Titles found, each with why, and what to say where there are too few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data import Title
from data.vocabulary import in_words
from retrieval.constraints import Constraint

# More of a kind than these, and a reason becomes a list.
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title found, its fit, and what speaks for it.

    `tags` were asked for, `shared` are tags that the example `shared_with` has too, `liked_with`
    names examples that viewers like together with it, and `words` are words of the request that
    its synopsis has.
    """

    title: Title
    fit: float
    tags: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    shared_with: str = ""
    liked_with: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why it was found, as a sentence of facts."""
        told = [joined([in_words(tag) for tag in self.tags[:_TOLD]]), *self._likeness()]
        if self.words:
            told.append(f"its story has {joined(self.words[:_TOLD])}")
        if not any(told) and self.title.score:
            told.append(f"its viewers score it {self.title.score:g}")
        sentence = ", ".join(filter(None, told)) or "the nearest that is left"
        return f"{sentence[:1].upper()}{sentence[1:]}."

    def _likeness(self) -> Iterator[str]:
        """What it has in common with the examples, and what their viewers say of it."""
        if self.shared:
            tags = joined([in_words(tag) for tag in self.shared[:_TOLD]])
            yield f"shares {tags} with {self.shared_with}"
        if self.shared and self.liked_with == (self.shared_with,):
            yield "whose viewers like it too"
        elif self.liked_with:
            yield f"viewers of {joined(self.liked_with[:_TOLD])} like it too"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A wish in force, and how many more titles there were without it."""

    constraint: Constraint
    titles: int


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, best first, and the names of the titles they should resemble.

    Where all wishes leave fewer than asked for, `relaxations` say what dropping one would give,
    and candidates with some of the tags asked for follow those with all of them: `whole` counts
    the latter.
    """

    candidates: tuple[Candidate, ...]
    near: tuple[str, ...] = ()
    whole: int = 0
    relaxations: tuple[Relaxation, ...] = ()


def joined(parts: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
