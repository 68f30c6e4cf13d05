"""Where a message names a title."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.words import Word

ARTICLES = frozenset({"a", "an", "the"})
JOINTS = frozenset({"or", "and", "vs", "versus", "&", "n", "with", "against"})

_SHORTEST_JAPANESE = 3

# What stands in front of a description, and what behind the name of a title.
_DETERMINERS = ARTICLES | {
    *("some", "any", "no", "this", "that", "with", "of", "in"),
    *("my", "his", "her", "their", "your", "our"),
}
_BEFORE_NAMES = JOINTS | {
    *("is", "was", "are", "does", "did", "has", "about", "called", "named", "more", "made"),
    *(
        "from",
        "than",
        "imagine",
        "watch",
        "watching",
        "rewatch",
        "rewatched",
        "try",
        "tried",
        "finish",
        "finished",
        "started",
    ),
}
_BEHIND_NAMES = JOINTS | {
    *("anime", "movie", "film", "series", "ova", "season", "style", "vibe", "vibes", "ending"),
    *("is", "was", "are", "were", "has", "have", "had", "about", "worth", "finished", "over"),
    *("but", "though", "except", "without", "minus", "because", "so", "if", "only", "too", "also"),
    *("good", "great", "bad", "sad", "please", "again", "instead", "yet", "already", "ever"),
    *(
        "i",
        "ive",
        "which",
        "then",
        "last",
        "yesterday",
        "today",
        "tonight",
        "ended",
        "made",
        "broke",
        "better",
    ),
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


def described(words: Sequence[Word], start: int) -> bool:
    """Whether what stands in front makes a description of what follows: "a golden boy"."""
    return bool(start) and words[start - 1].text in _DETERMINERS and not words[start].breaks


def stands_alone(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether plain words stand where a name does: "is flying witch finished"."""
    begins = not start or words[start].breaks or words[start - 1].text in _BEFORE_NAMES
    ends = end == len(words) or words[end].breaks or words[end].text in _BEHIND_NAMES
    return begins and ends


def within_japanese(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the few characters of a name are only part of something longer."""
    around = (*words[max(start - 1, 0) : start], *words[end : end + 1])
    short = end - start < _SHORTEST_JAPANESE and words[start].japanese
    return short and any(word.japanese for word in around)
