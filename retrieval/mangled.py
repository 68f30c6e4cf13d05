"""Names that somebody wrote from memory: misspelt, in another order, without their small words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from retrieval.mentions import ARTICLES, Mention, asks, is_placed, is_thing, windows
from retrieval.native import Native
from retrieval.romaji import romanised
from retrieval.shortened import SMALL, ends, telling, together
from retrieval.typos import Typos
from retrieval.words import Word

_ENDINGS = frozenset(("anime", "movie", "film", "series", "tv", "show"))
# What a question is about that names no title.
_NO_NAMES = frozenset(
    ("there", "it", "this", "that", "any", "anything", "one", "he", "she", "they")
)
_LONGEST = 7
_SEVERAL = 3
_SHORTEST = 5
# Within a message so many words at most, with one of so many that nobody knows.
_LONGEST_WITHIN = 6
_UNKNOWN = 3
# So many words of a name are hardly ever anything else, and are the name when they are so much like
# it (0 to 100, rapidfuzz's ratio of sets of words).
_MANY, _ALIKE = 5, 92
_SHORTEST_UNKNOWN = 4
# Words that were parted make a name of so many letters again, or it is chance.
_SHORTEST_PARTED = 8
_LONGEST_PARTED = 4


class Mangled:
    """The names of a catalogue, found by what is left of them.

    `wishes` are the words that wishes are made of, `english` are others that everybody knows.
    """

    def __init__(
        self, ids: Mapping[str, int], wishes: AbstractSet[str], english: AbstractSet[str]
    ) -> None:
        self._ids = ids
        self._wishes = wishes
        self._known = wishes | english
        self._by_letter = defaultdict[str, list[str]](list)
        for word in self._known:
            self._by_letter[word[:1]].append(word)
        names = [name for name in ids if len(name) >= _SHORTEST]
        self._typos = Typos(names)
        self._joined = {
            joined: name
            for name in reversed(names)
            for joined in (name.replace(" ", ""), together(name.split()))
        }
        heard = {romanised(name.replace(" ", "")): name for name in reversed([*ids])}
        sounds = {sound: name for sound, name in heard.items() if sound}
        self._joined |= sounds
        self._run_together = Typos((*(name.replace(" ", "") for name in names), *sounds))
        self._native = Native(ids, wishes, self._joined)
        self._with = defaultdict[str, list[str]](list)
        for name in names:
            for word in name.split() if name.count(" ") >= _MANY else ():
                self._with[word].append(name)
        self._by_words = {telling(name): name for name in reversed(names) if " " in name}
        self._ended = dict(ends(names, ids))

    def whole(self, words: Sequence[Word]) -> Mention | None:
        """The title that a message names and nothing else."""
        if len(words) > _LONGEST:
            return None
        if all(word.japanese for word in words) and (part := self._native.whole(words)):
            return part
        wishes = all(word.text in self._wishes for word in words)
        if wishes and len(words) == 1:
            return None
        run = [word.text for word in words]
        name = self._nearest(run, sure=wishes) or self._long(run) or self._spelt(run)
        if not (name or wishes):
            name = self._ended.get(" ".join(run))
        return Mention(self._ids[name], 0, len(words)) if name else None

    def reordered(self, words: Sequence[Word], start: int) -> Mention | None:
        """The title that begins here with its words in another order: "wolf and spice"."""
        if words[start].text in ARTICLES:
            return None
        for end in range(min(len(words), start + _LONGEST), start + 1, -1):
            left = telling(" ".join(word.text for word in words[start:end]))
            placed = is_placed(words, start, end, famous=False, cued=True)
            if placed and len(left) > 1 and left in self._by_words:
                return Mention(self._ids[self._by_words[left]], start, end)
        return None

    def beginning(self, words: Sequence[Word]) -> Mention | None:
        """The title that the words up to the first comma name: "mob pyscho, is it long"."""
        end = next((at for at, word in enumerate(words) if at and word.breaks), len(words))
        known = all(word.text in self._known for word in words[:end])
        if not 1 < end < len(words) or (known and end < _MANY):
            return None
        return self.whole(words[:end])

    def within(self, words: Sequence[Word], found: Sequence[Mention]) -> Mention | None:
        """The title whose name a word that nobody knows, and that is not found, is part of."""
        taken = {at for each in found for at in range(each.start, each.end)}
        unknown = [
            at for at, word in enumerate(words) if at not in taken and self._is_unknown(word.text)
        ]
        for at in unknown[:_UNKNOWN]:
            for start, end in windows(at, len(words), _LONGEST_WITHIN):
                name = self._is_apart(words, at, start, end) and self._nearest(
                    [word.text for word in words[start:end]]
                )
                if name:
                    return Mention(self._ids[name], start, end)
        return (
            None
            if found
            else self._asked(words) or self._parted(words) or self._native.within(words)
        )

    def _is_apart(self, words: Sequence[Word], at: int, start: int, end: int) -> bool:
        """Whether words about the unknown one may be a name by themselves."""
        run = [word.text for word in words[start:end]]
        least = _SHORTEST if len(words[at].text) >= _SHORTEST else _SHORTEST_PARTED
        if len(run) == 1 and (is_thing(words, start, end) or self._is_slip(run[0])):
            return False
        if any(word.breaks for word in words[start + 1 : end]):
            return False
        return sum(map(len, run)) >= least and run[0] not in ARTICLES and run[-1] not in SMALL

    def _asked(self, words: Sequence[Word]) -> Mention | None:
        """The title that a question begins with: "is garden of words long"."""
        if len(words) <= _SEVERAL or not asks(words, 0):
            return None
        for end in range(min(len(words) - 1, _LONGEST_WITHIN), _SEVERAL - 1, -1):
            run = [word.text for word in words[1:end]]
            several = len(telling(" ".join(run))) > 1 and run[0] not in _NO_NAMES
            if several and sum(map(len, run)) >= _SHORTEST_PARTED and (name := self._nearest(run)):
                return Mention(self._ids[name], 1, end)
        return None

    def _parted(self, words: Sequence[Word]) -> Mention | None:
        """The title whose name is written with spaces that it does not have: "gun buster"."""
        for start in range(len(words)):
            for end in range(start + 2, min(len(words), start + _LONGEST_PARTED) + 1):
                run = [word.text for word in words[start:end]]
                name = self._joined.get(together(run))
                parted = name and telling(name) != telling(" ".join(run))
                described = words[start - 1].text in ARTICLES if start else False
                if not parted or described or SMALL.intersection((run[0], run[-1])):
                    continue
                if name and len(name) >= _SHORTEST_PARTED:
                    return Mention(self._ids[name], start, end)
        return None

    def _nearest(self, words: list[str], *, sure: bool = False) -> str | None:
        """The name that all these words were meant to be; `sure` if each of them is right."""
        if len(words) > 1 and words[-1] in _ENDINGS:
            words = words[:-1]
        written, joined = " ".join(words), together(words)
        if len(joined) < _SHORTEST:
            return None
        known = self._by_words.get(telling(written)) or self._joined.get("".join(words))
        if known or sure:
            return known
        near = self._typos.nearest(written) or self._joined.get(joined)
        if near:
            return near
        found = self._run_together.nearest(joined)
        return self._joined[found] if found else None

    def _long(self, words: Sequence[str]) -> str | None:
        """The long name that these are many words of, some of them misspelt."""
        rare = sorted(
            (each for each in words if each in self._with), key=lambda w: len(self._with[w])
        )
        if len(words) < _MANY or not rare:
            return None
        found = process.extractOne(
            " ".join(words), self._with[rare[0]], scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE
        )
        return found[0] if found else None

    def _spelt(self, words: Sequence[str]) -> str | None:
        """The name that these are the letters of: "f l c l"."""
        letters = "".join(words)
        return letters if len(letters) == len(words) and letters in self._ids else None

    def _is_unknown(self, word: str) -> bool:
        return len(word) >= _SHORTEST_UNKNOWN and word not in self._known

    def _is_slip(self, word: str) -> bool:
        """Whether it is an ordinary word with one letter off."""
        return any(
            abs(len(each) - len(word)) <= 1 and OSA.distance(word, each, score_cutoff=1) <= 1
            for each in self._by_letter[word[0]]
        )
