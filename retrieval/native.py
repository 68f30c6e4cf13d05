"""Names written in Japanese, of which people often write a part, or only the sound."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from retrieval.mentions import Mention
from retrieval.romaji import romanised
from retrieval.words import Word

# Fewer characters are in many names, but for those that a name begins with in front of a particle.
_SHORTEST, _SHORTEST_HEAD = 3, 2
_PARTICLES = "のはとをがに!☆"
_HIRAGANA = ("\u3040", "\u309f")


class Native:
    """The Japanese names of a catalogue; `wishes` have the phrases that wishes are made of.

    `heard` are names by how they are written in Latin letters without spaces.
    """

    def __init__(
        self, ids: Mapping[str, int], wishes: AbstractSet[str], heard: Mapping[str, str]
    ) -> None:
        self._ids = ids
        self._heard = heard
        self._names = {name.replace(" ", ""): name for name in ids if name[0] > "\u3000"}
        japanese = (each for each in wishes if each[0] > "\u3000" and len(each) > 1)
        self._phrases = sorted(japanese, key=len, reverse=True)

    def whole(self, words: Sequence[Word]) -> Mention | None:
        """The title whose Japanese name this is, sounds like, or is a part of."""
        written = "".join(word.text for word in words)
        name = self._heard.get(romanised(written) or "") if len(words) >= _SHORTEST else None
        name = name or next(self._in_part(written), None)
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

    def _in_part(self, written: str) -> Iterator[str]:
        """The names that it is a part of, those that it begins and those it is short for last."""
        if self._wishes(written):
            return
        for joined, name in self._names.items():
            head = joined.startswith(tuple(written + each for each in ("", *_PARTICLES)))
            if len(written) >= _SHORTEST_HEAD and head:
                yield name
        if len(written) < _SHORTEST:
            return
        yield from (name for joined, name in self._names.items() if written in joined)
        for joined, name in self._names.items():
            if joined[0] == written[0] and _is_left_of(written, joined):
                yield name

    def _wishes(self, written: str) -> bool:
        """Whether it is made of phrases and what holds them together."""
        for phrase in self._phrases:
            written = written.replace(phrase, "")
        return all(_HIRAGANA[0] <= each <= _HIRAGANA[1] for each in written)


def _is_left_of(short: str, name: str) -> bool:
    """Whether all characters of the short form are in the name, in their order."""
    rest = iter(name)
    return all(each in rest for each in short)
