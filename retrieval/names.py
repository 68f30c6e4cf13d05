"""Titles named in a message, found exactly or, where the spelling is off, by their nearest name."""

from collections.abc import Iterable, Sequence

from data import Catalogue
from retrieval.lists import Lists
from retrieval.mangled import Mangled
from retrieval.mentions import (
    ARTICLES,
    JOINTS,
    Mention,
    is_person,
    is_placed,
    is_thing,
    within_japanese,
)
from retrieval.titles import by_name, dictionary, everyday_words, families, lengths
from retrieval.typos import Typos
from retrieval.words import Word, plain, split

_SHORTEST_FUZZY = 5
_SHORTEST_SMALL, _SHORTEST_FAMOUS = 4, 3
_SEVERAL = 2
# So many places of a message are searched for a misspelt name: a long one takes no longer.
_TRIES = 6
_LONGEST_MEANT = 12
_SHORTEST_SINGLE = 6
# Everybody has heard of one title in so many.
_FAMOUS = 6


class Names:
    """All names of the catalogue's titles, ready to be found in messages."""

    def __init__(self, catalogue: Catalogue, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        everyday = self.everyday = everyday_words(catalogue, self._known)
        self._english = everyday | dictionary()
        self._ids = by_name(catalogue, everyday)
        best_known = sorted(catalogue, key=lambda title: -title.members)
        self._famous = {title.mal_id for title in best_known[: len(best_known) // _FAMOUS]}
        self._families = families(best_known, everyday)
        self._alike = Typos(name for name in self._ids if name not in self._families)
        self._whole_names = {plain(name) for title in catalogue for name in title.names}
        self._lengths = lengths(self._ids)
        self._typos = Typos(self._ids)
        self.words = frozenset(word for name in self._ids for word in name.split())
        self._lists = Lists(self._ids, self._known)
        self._mangled = Mangled(self._ids, self._known, self._english)

    def find(self, words: Sequence[Word], cued: Sequence[bool]) -> tuple[Mention, ...]:
        """The titles named, from left to right.

        `cued` says of each word whether a title is to be expected there ("like …", "loved …"):
        names made of everyday words, and misspelt names, count only there.
        """
        found: list[Mention] = []
        at, tries = 0, _TRIES
        while at < len(words):
            mention = self._exact(words, cued, at)
            if cued[at]:
                mention = self._meant(words, at, mention) or self._mangled.reordered(words, at)
            thing = bool(at) and words[at - 1].text in ARTICLES and words[at].text in self.everyday
            if not mention and tries and not thing and self._strange(words[at], cued=cued[at]):
                tries -= 1
                mention = self._fuzzy(words, at)
            if mention:
                found.append(mention)
            at = mention.end if mention else at + 1
        covered = sum(each.end - each.start for each in found)
        whole = self._mangled.whole(words) if covered < len(words) else None
        whole = whole or (None if found else self._mangled.beginning(words))
        if whole:
            return (whole,)
        within = None if covered > len(found) else self._mangled.within(words, found)
        if within:
            found = [within, *(each for each in found if not each.overlaps(within))]
        return self._lists.completed(words, found)

    def _meant(self, words: Sequence[Word], start: int, exact: Mention | None) -> Mention | None:
        """The misspelt name that begins here, if it is longer than the one written right."""
        known = exact.end if exact else start
        for end in range(min(len(words), start + _LONGEST_MEANT), known, -1):
            run = words[start:end]
            # A name that is misspelt has a word that nobody knows.
            strange = [word for word in words[known:end] if not self._familiar(word.text)]
            last = end == len(words) or words[end].breaks
            if not strange or (len(run) == 1 and not last and len(run[0].text) < _SHORTEST_SINGLE):
                continue
            name = self._typos.nearest(" ".join(word.text for word in run))
            if name:
                return Mention(self._ids[name], start, end)
        return exact

    def _familiar(self, word: str) -> bool:
        return word in self.everyday or word in self.words or word.isdecimal()

    def expected(self, words: Sequence[Word]) -> tuple[Mention, ...]:
        """The titles named where some must be: also those of several everyday words."""
        found: list[Mention] = []
        for start in range(len(words)):
            mention = self._exact(words, [True] * len(words), start)
            past = not found or found[-1].end <= start
            if not mention or mention.end - start == 1 or not past:
                continue
            run = words[start : mention.end]
            if not self._ordinary(run) or is_placed(words, start, mention.end, famous=True):
                found.append(mention)
        return self._lists.completed(words, found)

    def _said_as_name(self, words: Sequence[Word], cued: Sequence[bool], at: int) -> bool:
        """Whether one word of a longer name stands for it: "totoro", but not "babysitting"."""
        word = words[at]
        several = len(self._families[word.text]) > 1
        whole = word.text in self._whole_names
        listed = words[at + 1].text in JOINTS if at + 1 < len(words) else False
        foreign = word.text not in self._english and len(word.text) >= _SHORTEST_SINGLE
        return whole or several or foreign or cued[at] or (word.capital and (at > 0 or listed))

    def family(self, word: str) -> tuple[int, ...]:
        """All titles that have this telling word in their names: "gundam"."""
        return tuple(self._families.get(word, ()))

    def named(self, text: str) -> frozenset[int]:
        """The titles that a text names by their exact names."""
        words = split(text)
        mentions = (self._exact(words, [False] * len(words), at) for at in range(len(words)))
        return frozenset(each.mal_id for each in mentions if each)

    def _exact(self, words: Sequence[Word], cued: Sequence[bool], start: int) -> Mention | None:
        for length in self._lengths.get(words[start].text, ()):
            end = start + length
            if end > len(words) or within_japanese(words, start, end):
                continue
            if is_person(words, start, end):
                continue
            run = words[start:end]
            mal_id = self._ids.get(" ".join(word.text for word in run))
            part = length == 1 and words[start].text in self._families
            if part and not self._said_as_name(words, cued, start):
                continue
            famous = mal_id in self._famous
            telling = cued[start] or self._telling(run, first=start == 0, famous=famous)
            if mal_id is None or not telling:
                continue
            if is_thing(words, start, end) or (
                self._ordinary(run)
                and not is_placed(words, start, end, cued=cued[start], famous=famous)
            ):
                continue
            return Mention(mal_id, start, end)
        return None

    def _telling(self, run: Sequence[Word], *, first: bool, famous: bool) -> bool:
        shortest = _SHORTEST_FAMOUS if famous else _SHORTEST_SMALL
        if (
            len(run) == 1
            and len(run[0].text) < shortest
            and not (run[0].capital or run[0].japanese)
        ):
            # "Ab" is many things, "AB" is Angel Beats.
            return False
        if any(word.text not in self.everyday and not word.text.isdecimal() for word in run):
            return True
        if len(run) > _SEVERAL or (
            len(run) == _SEVERAL and not self._known.issuperset(word.text for word in run)
        ):
            # "Sword art online" and "perfect blue" are hardly ever anything else.
            return True
        # "School Days" in capitals is the title, "school days" is not.
        return not first and len(run) > 1 and all(word.capital for word in run)

    def _ordinary(self, run: Sequence[Word]) -> bool:
        """Whether they are words of plain English, written small."""
        return not any(word.capital for word in run) and self._english.issuperset(
            word.text for word in run
        )

    def _strange(self, word: Word, *, cued: bool) -> bool:
        """Whether a misspelt name may begin with the word."""
        known = word.text in self.words or word.text in self.everyday
        return (cued and word.text not in ARTICLES) or not known

    def _fuzzy(self, words: Sequence[Word], start: int) -> Mention | None:
        best: tuple[float, Mention] | None = None
        for end in range(min(len(words), start + 5), start, -1):
            run = words[start:end]
            name = " ".join(word.text for word in run)
            if len(name) < _SHORTEST_FUZZY or not self._telling(run, first=True, famous=True):
                continue
            near = self._alike.alike(name)
            if near and (best is None or near[1] > best[0]):
                best = near[1], Mention(self._ids[near[0]], start, end)
        return best[1] if best else None
