"""The titles of a catalogue that somebody else's list means, by their ids or by their names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from data import Catalogue, Franchises
from data.seen import Watched
from retrieval.titles import numbers
from retrieval.words import plain

# Below this similarity (0 to 100, rapidfuzz's ratio) two spellings are different names.
_ALIKE = 86
_SHORTEST_FUZZY = 5
# What lists write behind a name: notes, years, seasons.
_BEHIND = re.compile(
    r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[-–:|]\s*\d{1,2}(?:[.,]\d)?(?:\s*/\s*\d+)?"
    r"|[:,]?\s*(?:the\s+)?(?:final\s+)?(?:season|part|cour|s)\s*\d{0,2}"
    r"|\d{1,2}(?:st|nd|rd|th)\s+season)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Matched:
    """The titles found, and the entries that mean none of them."""

    mal_ids: frozenset[int]
    unmatched: tuple[Watched, ...]


class Matching:
    """Every name of the titles and of the parts of their franchises."""

    def __init__(self, catalogue: Catalogue, franchises: Franchises) -> None:
        self._ids: dict[str, int] = {}
        self._titles = franchises.roots(catalogue)
        known = sorted(catalogue, key=lambda title: -title.members)
        for title in known:
            for name in title.names:
                self._ids.setdefault(plain(name), title.mal_id)
        for title in known:
            for part in franchises.parts(title.mal_id):
                for name in (part.name, part.original):
                    self._ids.setdefault(plain(name), title.mal_id)
        self._ids.pop("", None)

    def match(self, entries: Iterable[Watched]) -> Matched:
        """The titles that the entries mean; a part of a franchise means its title."""
        found: set[int] = set()
        unmatched: list[Watched] = []
        for each in entries:
            known = self._titles.get(each.mal_id) if each.mal_id else None
            mal_id = known or self._named(each.name, fuzzy=each.mal_id is None)
            if mal_id is None:
                unmatched.append(each)
            else:
                found.add(mal_id)
        return Matched(frozenset(found), tuple(unmatched))

    def _named(self, text: str, *, fuzzy: bool) -> int | None:
        # A list with ids says exactly what it means: a like name would be another title.
        shorter = _BEHIND.sub("", text)
        names = [plain(each) for each in (text, shorter, _BEHIND.sub("", shorter))]
        exact = next((self._ids[name] for name in names if name in self._ids), None)
        if exact is not None or not fuzzy:
            return exact
        return next(filter(None, map(self._near, dict.fromkeys(names))), None)

    def _near(self, name: str) -> int | None:
        if len(name) < _SHORTEST_FUZZY:
            return None
        near = process.extract(
            name, self._ids.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5
        )
        # "Number 9" is no misspelt "number 6".
        same = (self._ids[found] for found, _, _ in near if numbers(found) == numbers(name))
        return next(same, None)
