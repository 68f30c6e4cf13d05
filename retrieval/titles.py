"""Every name that the titles of a catalogue go by, long and short."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from data import Catalogue, Title
from retrieval.words import plain, small

_PHRASES = Path(__file__).parent / "phrases"
# Shorter single words are no short form of a name.
_SHORTEST = 5
_SHORTEST_TAIL = 9
_SHORTEST_INITIALS = 3
_SEVERAL = 2
# So many words of a name are of no other.
_MANY = 4
_FIGURES = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"} | {
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "no": "number",
}
_SEASON = re.compile(r"\s(?:\d(?:st|nd|rd|th) Season|Season \d)$")
_VOWELS = re.compile("[aeiouy]")
_SUBTITLE = re.compile(r":\s|\s[-–~]\s?|\s\(|!\s")
# A word that more titles have in their names than these says nothing of any of them.
_LARGEST_FAMILY = 40
_ARTICLES = {"a", "an", "the"}
# No part of a name begins or ends with these.
_SMALL = _ARTICLES | {"of", "and", "to", "in", "on", "at", "no", "wo", "ga", "wa", "ni", "de", "is"}


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
    for name, mal_id in (*_dated(known), *_initials(known, everyday), *_parts(known, everyday)):
        ids.setdefault(name, mal_id)
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


def _dated(known: Sequence[Title]) -> Iterator[tuple[str, int]]:
    """Names with their years: "fruits basket 2019"."""
    for title in known:
        for name in filter(None, (title.name, title.english)) if title.year else ():
            words = plain(_SEASON.sub("", _SUBTITLE.split(name, maxsplit=1)[0])).split()
            letters = [word for word in words if word.isalpha()]
            yield f"{' '.join(words)} {title.year}", title.mal_id
            yield f"{' '.join(letters)} {title.year}", title.mal_id


def _initials(known: Sequence[Title], everyday: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The first letters of names, where they make no word: "mdzs"."""
    for title in known:
        for name in title.names:
            letters = "".join(word[0] for word in plain(name).split())
            spoken = not letters.isascii() or _VOWELS.search(letters) or letters in everyday
            if len(letters) >= _SHORTEST_INITIALS and letters.isalpha() and not spoken:
                yield letters, title.mal_id


def _parts(known: Sequence[Title], everyday: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Several words of a name, one of them telling, by the title that alone has them."""
    owners = defaultdict[str, set[int]](set)
    for title in known:
        for name in (title.name, title.english):
            words = plain(name).split()
            for start, end in combinations(range(len(words) + 1), 2):
                run = words[start:end]
                if (
                    len(run) < _SEVERAL
                    or len(run) > _MANY
                    or not _SMALL.isdisjoint(run[:1] + run[-1:])
                ):
                    continue
                if len(run) == _MANY or not everyday.issuperset(run):
                    owners[" ".join(run)].add(title.mal_id)
                    owners[" ".join("n" if word == "&" else word for word in run)].add(title.mal_id)
    return ((part, min(ids)) for part, ids in owners.items() if len(ids) == 1)


def _tails(title: Title) -> set[str]:
    """Ends of the words of a name: Bakemonogatari is of the monogatari series."""
    words = plain(title.name).split()
    return {word[-n:] for word in words for n in range(_SHORTEST_TAIL, len(word))}


def _short_forms(title: Title) -> set[str]:
    """The name without its article, subtitle or number, and with figures in it."""
    forms: set[str] = set()
    for name in (title.name, title.english):
        head = plain(_SUBTITLE.split(name, maxsplit=1)[0])
        forms.add(head)
        words = head.split()
        words = words[1:] if words and words[0] in _ARTICLES else words
        forms.add(" ".join(words))
        forms.add(head.replace(" and ", " n ").replace(" & ", " n "))
        forms.add(" ".join(_FIGURES.get(word, word) for word in words))
        if len(words) > _SEVERAL and words[-1].isdecimal():
            forms.add(" ".join(words[:-1]))
    heads = (plain(_SUBTITLE.split(name, maxsplit=1)[0]) for name in title.aliases)
    return forms.union(head for head in heads if " " in head) - {""}


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
