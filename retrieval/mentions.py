"""Where a message names a title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.words import Word

ARTICLES = frozenset({"a", "an", "the"})
JOINTS = frozenset({"or", "and", "vs", "versus", "&", "n", "with", "against"})

_SHORTEST_JAPANESE = 3

# What stands in front of a description, and what behind the name of a title.
_OWNERS = frozenset(("my", "his", "her", "their", "your", "our"))
_RELATIVES = {
    *("daughter", "son", "sister", "brother", "mom", "mum", "dad", "mother", "father", "wife"),
    *("husband", "friend", "girlfriend", "boyfriend", "cousin", "uncle", "aunt", "niece", "nephew"),
    *("boss", "teacher", "dentist", "doctor", "neighbour", "neighbor", "roommate", "flatmate"),
    *("colleague", "coworker", "cat", "dog", "kid", "baby", "grandma", "grandpa"),
}
_SAYING = {(said, "me") for said in ("told", "showed", "sent", "gave")} | {("from", "work")}
_DETERMINERS = ARTICLES | _OWNERS | {"some", "any", "no", "this", "that", "with", "of", "in"}
_KINDS = {
    *("anime", "movie", "movies", "film", "films", "series", "ova", "ovas", "season", "seasons"),
    *("style", "vibe", "vibes", "ending"),
}
_ASKING = frozenset(("is", "was", "are", "were", "does", "did", "has"))
_MEASURES = frozenset(("long", "old", "good", "sad", "dark", "scary", "violent"))
_WATCHING = {
    *("watch", "watching", "watched", "rewatch", "rewatched", "try", "tried", "finish", "finished"),
    *("started", "imagine", "called", "named", "than"),
}
_BEFORE_FAMOUS = JOINTS | {"from", "more", "about", "made", "yes", "yeah", "oh", "ah", "ok", "no"}
# Nobody says these of anything but a title.
_VARYING = frozenset(("but", "minus", "style", "vibe", "vibes"))
_BEHIND_NAMES = {
    *(*JOINTS, *_KINDS),
    *("is", "was", "are", "were", "has", "have", "had", "about", "worth", "finished", "over"),
    *("but", "though", "except", "without", "minus", "because", "so", "if", "only", "too"),
    *("also", "good", "great", "bad", "sad", "please", "plz", "pls", "again", "instead", "yet"),
    *("already", "ever", "i", "ive", "which", "then", "last", "yesterday", "today", "tonight"),
    *("ended", "made", "broke", "better"),
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


def is_placed(
    words: Sequence[Word], start: int, end: int, *, famous: bool, cued: bool = False
) -> bool:
    """Whether words of plain English are a name and no part of a description: "flying witch".

    `cued` says that a title is to be expected here, `famous` that all know the title.
    """
    behind = end == len(words) or words[end].breaks or words[end].text in _BEHIND_NAMES
    if cued or not behind:
        return behind and not _is_described(words, start)
    begins = not start or words[start].breaks
    if not begins and asks(words, start - 1):
        return True
    listed = begins or words[start - 1].text in _BEFORE_FAMOUS
    varied = end < len(words) and words[end].text in _VARYING
    return listed and (famous or varied) and end - start > 1


def asks(words: Sequence[Word], at: int) -> bool:
    """Whether what follows a word is a title: "watched monster", "is monster finished"."""
    opens = not at or words[at].breaks or words[at - 1].text in _MEASURES
    return words[at].text in _WATCHING or (opens and words[at].text in _ASKING)


def _is_described(words: Sequence[Word], start: int) -> bool:
    """Whether what stands in front makes a description of what follows: "a golden boy"."""
    return bool(start) and words[start - 1].text in _DETERMINERS and not words[start].breaks


def is_thing(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether one small word is somebody's or some thing: "my nana", "a rainbow"."""
    if end - start > 1 or words[start].capital or (end < len(words) and words[end].text in _KINDS):
        return False
    near = {word.text for word in words[max(0, start - 2) : start]}
    return (bool(start) and words[start - 1].text in ARTICLES) or not near.isdisjoint(_OWNERS)


def is_person(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether somebody is called so: "my daughter Charlotte", "akira told me"."""
    before = [word.text for word in words[max(0, start - 2) : start]]
    related = len(before) > 1 and before[0] in _OWNERS and before[1] in _RELATIVES
    behind = tuple(word.text for word in words[end : end + 2])
    return related or behind in _SAYING


def within_japanese(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the few characters of a name are only part of something longer."""
    around = (*words[max(start - 1, 0) : start], *words[end : end + 1])
    short = end - start < _SHORTEST_JAPANESE and words[start].japanese
    return short and any(word.japanese for word in around)


def windows(at: int, length: int, longest: int) -> Iterator[tuple[int, int]]:
    """Parts of a message with a word in them, the longest first."""
    for size in range(min(longest, length), 0, -1):
        for start in range(max(0, at - size + 1), min(at, length - size) + 1):
            yield start, start + size
