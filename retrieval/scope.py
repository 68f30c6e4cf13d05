"""How the wishes of a message are meant: asked for, ruled out, welcomed or let go of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from retrieval.lexicon import WISHES, Kind, Phrase
from retrieval.words import Word

Stance = Literal["want", "avoid", "welcome", "drop"]

_PLAINLY: Stance = "want"
# A cue reaches over this many words that mean nothing to us, and no further.
_REACH = 3
_FORWARD: dict[str, Stance] = {
    "negation": "avoid",
    "too": "avoid",
    "drop": "drop",
    "indifferent": "drop",
    "welcome": "welcome",
}
# How far back each of these reaches, in words that mean nothing to us.
_FAR = {"leaving": 12}
_BACKWARD: dict[str, Stance] = {
    "leaving": "avoid",
    "fine": "welcome",
    "against": "avoid",
    "indifferent": "drop",
}
# Behind a wish they rule it out, but only at the end of a clause.
_COPULAS = {"isnt", "arent"}
# What the last comma of a list may have instead: "no A, B or C".
_LISTING = ("or", "nor", "o", "ou", "oder")


@dataclass(frozen=True, slots=True)
class _Item:
    """A wish, whether phrase or amount, and where it stands."""

    start: int
    end: int
    kind: Kind


def scoped(
    words: Sequence[Word], phrases: Sequence[Phrase], spans: Sequence[tuple[int, int]]
) -> tuple[list[Stance], list[Stance]]:
    """The stance of each phrase, and of each amount by its span of words."""
    items: set[tuple[int, int, Kind]] = {
        (each.start, each.end, each.kind) for each in phrases if each.kind in WISHES
    }
    items |= {(start, end, "era") for start, end in spans}
    wishes = [_Item(*each) for each in sorted(items)]
    cues = [each for each in phrases if each.kind == "cue"]
    stances: dict[tuple[int, int], Stance] = {
        (item.start, item.end): stance for item, stance in _forward(words, cues, wishes)
    }
    for item, stance in _backward(words, cues, wishes):
        if stances[item.start, item.end] == "want" or stance == "drop":
            stances[item.start, item.end] = stance
    of_phrases: list[Stance] = [stances.get((each.start, each.end), _PLAINLY) for each in phrases]
    return of_phrases, [stances.get(span, _PLAINLY) for span in spans]


def _forward(
    words: Sequence[Word], cues: Sequence[Phrase], wishes: Sequence[_Item]
) -> Iterator[tuple[_Item, Stance]]:
    scope = _Scope()
    lists = _listed(words, wishes)
    marks: list[Phrase | _Item] = [*cues, *wishes]
    for each in sorted(marks, key=lambda each: each.start):
        stretch = words[scope.reached : each.start + 1]
        breaks = any(word.breaks for word in stretch) and each.start not in lists
        if isinstance(each, Phrase):
            scope = scope.after(each, breaks=breaks)
        else:
            scope = scope.over(each, breaks=breaks)
            yield each, scope.stance


def _listed(words: Sequence[Word], wishes: Sequence[_Item]) -> set[int]:
    """Where wishes stand behind a comma and yet in one list: "no A, B or C"."""
    listed: set[int] = set()
    for n in range(len(wishes) - 2):
        one, two, three = wishes[n : n + 3]
        between = words[two.end : three.start]
        near = two.start - one.end <= 1 and len(between) == 1
        if near and between[0].text in _LISTING and one.kind == two.kind == three.kind:
            listed.add(two.start)
    return listed


@dataclass(frozen=True, slots=True)
class _Scope:
    """How far the last cue reaches: until a contrast, a new clause or another kind."""

    stance: Stance = "want"
    covers: Kind | None = None
    reached: int = 0
    reach: int = _REACH

    def after(self, cue: Phrase, *, breaks: bool) -> Self:
        if cue.value in _FORWARD:
            if self.stance == "drop" and not (self.covers or breaks):
                # "Take back the no romance rule" lets go of it.
                return replace(self, reached=cue.end)
            reach = 0 if cue.value == "too" else _REACH
            return type(self)(_FORWARD[cue.value], reached=cue.end, reach=reach)
        if cue.value == "contrast":
            # "Never give me isekai" is one thing to say.
            at_once = self.stance == "avoid" and self.reached == cue.start and not self.covers
            return replace(self, reached=cue.end) if at_once else type(self)(reached=cue.end)
        if cue.value == "with" and self.covers:
            # "without gore and with comedy", but not "nothing with romance".
            return type(self)(reached=cue.end)
        return type(self)(reached=cue.end) if breaks else self

    def over(self, item: _Item, *, breaks: bool) -> Self:
        # "Forget the length and the tv part" lets go of both.
        group = self.covers in {None, _group(item.kind)} or self.stance in {"drop", "welcome"}
        same = group and item.start - self.reached <= self.reach
        if breaks or not same:
            return replace(self, stance="want", covers=None, reached=item.end)
        return replace(self, covers=_group(item.kind), reached=item.end)


def _group(kind: Kind) -> Kind:
    """Kinds that one negation covers together: "no robots or horror"."""
    return "tag" if kind in {"motif", "tone"} else kind


def _ends(words: Sequence[Word], cue: Phrase) -> bool:
    """Whether the message or the clause ends with the cue."""
    return cue.end == len(words) or words[cue.end].breaks


def _backward(
    words: Sequence[Word], cues: Sequence[Phrase], wishes: Sequence[_Item]
) -> Iterator[tuple[_Item, Stance]]:
    for cue in cues:
        stance = _BACKWARD.get(cue.value)
        if not stance or (words[cue.start].text in _COPULAS and cue.end - cue.start == 1):
            # "A harem isnt" ends there; "isnt a harem" does not.
            stance = stance if stance and _ends(words, cue) else None
        if not stance:
            continue
        before = [each for each in wishes if each.end <= cue.start]
        reached = cue.start
        for each in reversed(before):
            between = words[each.end : reached + 1]
            reach = _FAR.get(cue.value, _REACH)
            if len(between) - 1 > reach or any(word.breaks for word in between):
                break
            yield each, stance
            reached = each.start
