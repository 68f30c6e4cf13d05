"""Where a message names a title."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.words import Word

ARTICLES = frozenset({"a", "an", "the"})
JOINTS = frozenset({"or", "and", "vs", "versus", "&", "n", "with", "against"})

# What stands in front of a description, and what behind the name of a title.
_DETERMINERS = ARTICLES | {
    *("some", "any", "no", "this", "that", "with", "of", "in"),
    *("my", "his", "her", "their", "your", "our"),
}
_KINDS = frozenset(
    {"anime", "movie", "movies", "film", "films", "show", "series", "ova", "season"}
    | {"style", "vibe", "vibes"}
)
_BEHIND_NAMES = JOINTS | {
    *("is", "was", "are", "were", "has", "have", "had", "about", "worth", "finished", "over"),
    *("but", "though", "except", "without", "minus", "because", "so", "if", "only", "too", "also"),
    *("good", "great", "bad", "please", "again", "instead", "yet", "already"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A title and the words that name it, counted from `start` to before `end`."""

    mal_id: int
    start: int
    end: int

    def overlaps(self, other: "Mention") -> bool:
        """Whether both have a word in common."""
        return self.start < other.end and other.start < self.end


def stands_alone(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether words are a name and no part of a description: "flying witch but funny"."""
    described = start and words[start - 1].text in _DETERMINERS and not words[start].breaks
    if end == len(words) or words[end].breaks:
        return not described
    return words[end].text in _KINDS or (not described and words[end].text in _BEHIND_NAMES)
