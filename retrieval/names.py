"""Titles named in a message, found exactly or, where the spelling is off, by their nearest name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from data import Catalogue, Title
from retrieval.words import Word, plain, small, split

# Below this similarity (0 to 100, rapidfuzz's ratio) two spellings are different names.
_ALIKE = 86
_SHORTEST_FUZZY = 5
_SHORTEST_JAPANESE = 3
_SUBTITLE = re.compile(r":\s|\s[-–~]\s?|\s\(|!\s")
# So many places of a message are searched for a misspelt name: a long one takes no longer.
_TRIES = 6
_ARTICLES = {"a", "an", "the"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A title and the words that name it, counted from `start` to before `end`."""

    mal_id: int
    start: int
    end: int


class Names:
    """All names of the catalogue's titles, ready to be found in messages."""

    def __init__(self, catalogue: Catalogue, everyday: frozenset[str]) -> None:
        self._everyday = everyday
        self._ids = _by_name(catalogue, everyday)
        self._spelt: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for name in self._ids:
            self._spelt[_numbers(name), len(name)].append(name)
        self._lengths = _lengths(self._ids)
        self._words = {word for name in self._ids for word in name.split()}

    def find(self, words: Sequence[Word], cued: Sequence[bool]) -> tuple[Mention, ...]:
        """The titles named, from left to right.

        `cued` says of each word whether a title is to be expected there ("like …", "loved …"):
        names made of everyday words, and misspelt names, count only there.
        """
        found: list[Mention] = []
        at, tries = 0, _TRIES
        while at < len(words):
            mention = self._exact(words, cued, at)
            if not mention and tries and self._strange(words[at], cued=cued[at]):
                tries -= 1
                mention = self._fuzzy(words, at)
            if mention:
                found.append(mention)
            at = mention.end if mention else at + 1
        return tuple(found)

    def named(self, text: str) -> frozenset[int]:
        """The titles that a text names by their exact names."""
        words = split(text)
        mentions = (self._exact(words, [False] * len(words), at) for at in range(len(words)))
        return frozenset(each.mal_id for each in mentions if each)

    def _exact(self, words: Sequence[Word], cued: Sequence[bool], start: int) -> Mention | None:
        for length in self._lengths.get(words[start].text, ()):
            end = start + length
            if end > len(words):
                continue
            run = words[start:end]
            mal_id = self._ids.get(" ".join(word.text for word in run))
            if mal_id is not None and (cued[start] or self._telling(run, first=start == 0)):
                return Mention(mal_id, start, end)
        return None

    def _telling(self, run: Sequence[Word], *, first: bool) -> bool:
        if len(run) < _SHORTEST_JAPANESE and all(word.japanese for word in run):
            return False
        if any(word.text not in self._everyday and not word.text.isdecimal() for word in run):
            return True
        # "School Days" in capitals is the title, "school days" is not.
        return not first and len(run) > 1 and all(word.capital for word in run)

    def _strange(self, word: Word, *, cued: bool) -> bool:
        """Whether a misspelt name may begin with the word."""
        return cued or not (word.text in self._words or word.text in self._everyday)

    def _fuzzy(self, words: Sequence[Word], start: int) -> Mention | None:
        best: tuple[float, Mention] | None = None
        for end in range(min(len(words), start + 5), start, -1):
            run = words[start:end]
            name = " ".join(word.text for word in run)
            if len(name) < _SHORTEST_FUZZY or not self._telling(run, first=True):
                continue
            near = process.extractOne(
                name, self._near(name), scorer=fuzz.ratio, score_cutoff=_ALIKE
            )
            if near and (best is None or near[1] > best[0]):
                best = near[1], Mention(self._ids[near[0]], start, end)
        return best[1] if best else None

    def _near(self, name: str) -> list[str]:
        """The names that can be alike: of about its length, and with the same numbers in them."""
        reach = (200 - _ALIKE) / _ALIKE
        lengths = range(int(len(name) / reach), int(len(name) * reach) + 1)
        # "number 9" is no misspelt "number 6".
        numbers = _numbers(name)
        return [each for length in lengths for each in self._spelt.get((numbers, length), ())]


def everyday_words(catalogue: Catalogue, known: Iterable[str]) -> frozenset[str]:
    """Words that are no sign of a title: those known, and what synopses write small."""
    return frozenset(small(" ".join(title.synopsis for title in catalogue))) | frozenset(known)


def _by_name(catalogue: Catalogue, everyday: frozenset[str]) -> dict[str, int]:
    # Where two titles share a name, the better known one is meant.
    known = sorted(catalogue, key=lambda title: -title.members)
    ids: dict[str, int] = {}
    short: defaultdict[str, set[int]] = defaultdict(set)
    for title in known:
        for name in title.names:
            ids.setdefault(plain(name), title.mal_id)
        for name in _short_forms(title):
            short[name].add(title.mal_id)
    for name, owners in short.items():
        single = " " not in name and (name in everyday or len(name) < _SHORTEST_FUZZY)
        if len(owners) == 1 and not single:
            ids.setdefault(name, *owners)
    ids.pop("", None)
    return ids


def _lengths(names: Iterable[str]) -> dict[str, list[int]]:
    """How many words the names have that begin with a word, longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        words = name.split()
        lengths[words[0]].add(len(words))
    return {word: sorted(each, reverse=True) for word, each in lengths.items()}


def _numbers(name: str) -> str:
    return " ".join(word for word in name.split() if word[0].isdecimal())


def _short_forms(title: Title) -> set[str]:
    """The name without its article or subtitle, and its first word where that is telling."""
    forms: set[str] = set()
    for name in (title.name, title.english):
        head = plain(_SUBTITLE.split(name, maxsplit=1)[0])
        words = head.split()
        forms.add(head)
        if words and words[0] in _ARTICLES:
            forms.add(" ".join(words[1:]))
        if words:
            forms.add(words[0])
        forms.add(head.replace(" and ", " n ").replace(" & ", " n "))
    return forms - {""}
