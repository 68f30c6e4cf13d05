"""Names written in Japanese, of which people often write a part."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from retrieval.mentions import Mention
from retrieval.words import Word

# Fewer characters are in many names.
_SHORTEST = 3


class Native:
    """The Japanese names of a catalogue; `wishes` are the characters that wishes are made of."""

    def __init__(self, ids: Mapping[str, int], wishes: AbstractSet[str]) -> None:
        self._ids = ids
        self._wishes = wishes
        self._japanese = [name for name in ids if name[0] > "\u3000"]

    def whole(self, words: Sequence[Word]) -> Mention | None:
        """The title whose Japanese name has this in it."""
        written = " ".join(word.text for word in words)
        if len(words) < _SHORTEST or all(word.text in self._wishes for word in words):
            return None
        name = next((each for each in self._japanese if written in each), None)
        return Mention(self._ids[name], 0, len(words)) if name else None

    def within(self, words: Sequence[Word]) -> Mention | None:
        """The title whose Japanese name has what is written in Japanese within other words."""
        runs = groupby(enumerate(words), lambda each: each[1].japanese)
        for japanese, run in runs:
            (start, _), *_ = places = [*run]
            part = self.whole([word for _, word in places]) if japanese else None
            if part:
                return Mention(part.mal_id, start, start + len(places))
        return None
