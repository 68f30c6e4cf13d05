"""Where a message names a title."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A title and the words that name it, counted from `start` to before `end`."""

    mal_id: int
    start: int
    end: int

    def overlaps(self, other: "Mention") -> bool:
        """Whether both have a word in common."""
        return self.start < other.end and other.start < self.end
