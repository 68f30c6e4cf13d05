"""Lists of titles: what stands beside a name, with an "or" between, is a name too."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from retrieval.mentions import JOINTS, Mention
from retrieval.words import Word

_LONGEST = 6
_SHORTEST_ALONE = 5


class Lists:
    """Finds names beside others by the names of a catalogue; `known` words are no names alone."""

    def __init__(self, ids: Mapping[str, int], known: AbstractSet[str]) -> None:
        self._ids = ids
        self._known = known

    def completed(self, words: Sequence[Word], found: Sequence[Mention]) -> tuple[Mention, ...]:
        """The titles found, with those made of everyday words that stand in a list with them."""
        listed: dict[int, Mention] = {each.start: each for each in found}
        for each in found:
            for other in (self._before(words, each.start), self._after(words, each.end)):
                if other and not any(other.overlaps(known) for known in listed.values()):
                    listed[other.start] = other
        return tuple(listed[start] for start in sorted(listed))

    def _before(self, words: Sequence[Word], start: int) -> Mention | None:
        """The longest name that ends at an "or" in front of a word."""
        end = start if words[start].breaks else start - 1
        if end < 1 or not (words[start].breaks or words[end].text in JOINTS):
            return None
        starts = range(max(0, end - _LONGEST), end)
        return next((each for at in starts if (each := self._whole(words[at:end], at))), None)

    def _after(self, words: Sequence[Word], end: int) -> Mention | None:
        """The longest name that begins behind an "or" at a word."""
        if end + 1 >= len(words) or words[end].text not in JOINTS:
            return None
        ends = range(min(len(words), end + 1 + _LONGEST), end + 1, -1)
        return next(
            (each for to in ends if (each := self._whole(words[end + 1 : to], end + 1))), None
        )

    def _whole(self, run: Sequence[Word], start: int) -> Mention | None:
        mal_id = self._ids.get(" ".join(word.text for word in run))
        several = len(run) > 1 or (bool(run) and self._named_alone(run[0]))
        return Mention(mal_id, start, start + len(run)) if mal_id is not None and several else None

    def _named_alone(self, word: Word) -> bool:
        """Whether one word can be the name of a title that stands in a list with another."""
        return word.capital or (word.text not in self._known and len(word.text) >= _SHORTEST_ALONE)
