"""Every name that the titles of a catalogue go by, long and short."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from data import Catalogue, Title
from retrieval.words import plain, small

_PHRASES = Path(__file__).parent / "phrases"
# Shorter single words are no short form of a name.
_SHORTEST = 5
_SHORTEST_TAIL = 9
_SUBTITLE = re.compile(r":\s|\s[-–~]\s?|\s\(|!\s")
# A word that more titles have in their names than these says nothing of any of them.
_LARGEST_FAMILY = 40
_ARTICLES = {"a", "an", "the"}


def everyday_words(catalogue: Catalogue, known: Iterable[str]) -> frozenset[str]:
    """Words that are no sign of a title: those known, and what synopses write small."""
    written = small(" ".join(title.synopsis for title in catalogue))
    return frozenset((*written, *known, *_listed("everyday")))


def dictionary() -> frozenset[str]:
    """Words that English texts have, although synopses hardly do."""
    return frozenset(_listed("dictionary"))


def _listed(name: str) -> list[str]:
    _, *lines = (_PHRASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return " ".join(lines).split()


def by_name(catalogue: Catalogue, everyday: frozenset[str]) -> dict[str, int]:
    """The title that each folded name means."""
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
        single = " " not in name and (name in everyday or len(name) < _SHORTEST)
        if len(owners) == 1 and not single:
            ids.setdefault(name, *owners)
    for word, family in families(known, everyday).items():
        ids.setdefault(word, family[0])
    ids.pop("", None)
    return ids


def families(known: Sequence[Title], everyday: frozenset[str]) -> dict[str, list[int]]:
    """Telling words by the titles that have them in their names, the best known first."""
    owners: defaultdict[str, list[int]] = defaultdict(list)
    for title in known:
        for word in {*plain(title.name).split(), *plain(title.english).split()}:
            if len(word) >= _SHORTEST and word not in everyday:
                owners[word].append(title.mal_id)
    for title in known:
        for tail in _tails(title) & owners.keys():
            owners[tail].append(title.mal_id)
    places = {title.mal_id: place for place, title in enumerate(known)}
    sorted_ids = {word: sorted({*ids}, key=places.__getitem__) for word, ids in owners.items()}
    return {word: ids for word, ids in sorted_ids.items() if len(ids) <= _LARGEST_FAMILY}


def _tails(title: Title) -> set[str]:
    """Ends of the words of a name: Bakemonogatari is of the monogatari series."""
    words = plain(title.name).split()
    return {word[-n:] for word in words for n in range(_SHORTEST_TAIL, len(word))}


def _short_forms(title: Title) -> set[str]:
    """The name without its article or subtitle, and its first word where that is telling."""
    forms: set[str] = set()
    for name in (title.name, title.english):
        head = plain(_SUBTITLE.split(name, maxsplit=1)[0])
        words = head.split()
        forms.add(head)
        if words and words[0] in _ARTICLES:
            forms.add(" ".join(words[1:]))
        forms.add(head.replace(" and ", " n ").replace(" & ", " n "))
    return forms - {""}


def lengths(names: Iterable[str]) -> dict[str, list[int]]:
    """How many words the names have that begin with a word, longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        words = name.split()
        found[words[0]].add(len(words))
    return {word: sorted(each, reverse=True) for word, each in found.items()}


def numbers(name: str) -> str:
    """The numbers in a name, which no misspelling changes."""
    return " ".join(word for word in name.split() if word[0].isdecimal())
