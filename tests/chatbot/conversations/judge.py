"""Says what an answer lacks of what was expected of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data import Catalogue, Title
from retrieval.words import plain
from tests.chatbot.conversations.expectations import Expectation, Limits, several

# Below and above these ranks a title is a hidden gem, or mainstream: the shares of the catalogue
# that lie within the percentiles of all anime which the expectations name.
_RANKS = {0.975: 0.648, 0.98: 0.716}
_BROAD = {"Action", "Comedy", "Drama"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a turn."""

    searched: bool
    picks: tuple[int, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a turn fails, empty when it passes, and its hard faults among that."""

    faults: tuple[str, ...]
    broken: int
    """Picks that break a hard constraint or were to be left out."""
    repeated: int
    unknown: int


class Judge:
    """Judges replies about the titles of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def judge(self, expect: Expectation, turn: int, replies: Mapping[int, Reply]) -> Verdict:
        """The verdict on a turn, counted from 1."""
        reply = replies[turn]
        titles = [title for each in reply.picks if (title := self._catalogue.find(each))]
        broken = [title for title in titles if self._breaks(title, expect.every)]
        broken += [title for title in titles if title.mal_id in expect.exclude]
        shown = {each for n in range(1, turn) for each in replies[n].picks}
        repeated = shown & set(reply.picks) if expect.no_repeats else set[int]()
        unknown = len(reply.picks) - len(titles)
        faults = [
            *self._of_picks(expect, reply, titles),
            *self._of_places(expect, reply, replies),
            *self._of_words(expect, reply),
        ]
        faults += [f"{title.name} breaks a hard constraint" for title in broken]
        faults += [f"{each} was shown before" for each in repeated]
        faults += ["a pick is not in the catalogue"] * bool(unknown)
        return Verdict(tuple(faults), len(broken), len(repeated), unknown)

    def _of_picks(
        self, expect: Expectation, reply: Reply, titles: Sequence[Title]
    ) -> Iterator[str]:
        if expect.searched not in {None, reply.searched}:
            yield f"searched is {reply.searched}"
        if not expect.picks_min <= len(set(reply.picks)) <= expect.picks_max:
            yield f"{len(reply.picks)} picks"
        if expect.share:
            good = sum(not self._breaks(title, expect.share) for title in titles)
            if not titles or good / len(titles) < expect.share.at_least - 1e-9:
                yield f"only {good} of {len(titles)} picks are of the share"
        if expect.include_any and not set(expect.include_any) & set(reply.picks):
            yield f"none of {expect.include_any} is among the picks"

    def _of_places(
        self, expect: Expectation, reply: Reply, replies: Mapping[int, Reply]
    ) -> Iterator[str]:
        for place in several(expect.exclude_pick):
            if _at(place.turn, place.n, replies) in {None, *reply.picks}:
                yield f"pick {place.n} of turn {place.turn} was to be left out"
        for place in several(expect.like_pick):
            near = self._alike(_at(place.turn, place.n, replies), reply.picks)
            if not near or near < len(reply.picks) / 2:
                yield f"only {near} picks are like pick {place.n} of turn {place.turn}"
        named = [*several(expect.mentions_pick), *several(expect.about_pick)]
        for place in [*named, *several(expect.fact_pick)]:
            title = self._catalogue.find(_at(place.turn, place.n, replies) or 0)
            if not title or not _told(title, place.field, reply.answer):
                yield f"pick {place.n} of turn {place.turn} is not told of: {place.field}"

    def _of_words(self, expect: Expectation, reply: Reply) -> Iterator[str]:
        for mal_id in expect.mentions:
            title = self._catalogue.find(mal_id)
            if not title or not _told(title, "", reply.answer):
                yield f"{mal_id} is not named"
        found = [re.search(each, reply.answer, re.IGNORECASE) for each in expect.answer_any]
        if expect.answer_any and not any(found):
            yield f"the answer matches none of {expect.answer_any}"
        for each in expect.answer_none:
            if re.search(each, reply.answer, re.IGNORECASE):
                yield f"the answer matches {each}"

    def _breaks(self, title: Title, limits: Limits) -> bool:
        tags = set(map(plain, title.tags))
        wanted = (
            (limits.type, {plain(title.type)}),
            (limits.genres_any, tags),
            (limits.studios_any, set(map(plain, title.studios))),
            (limits.source_any, {plain(title.source)}),
        )
        rating = title.age_rating.replace(" ", "")
        kept = (
            all(not asked or set(map(plain, asked)) & held for asked, held in wanted),
            set(map(plain, limits.genres_all)) <= tags,
            not set(map(plain, limits.genres_none)) & tags,
            not any(rating.startswith(each.replace(" ", "")) for each in limits.age_none),
            self._within(title, limits),
        )
        return not all(kept)

    def _within(self, title: Title, limits: Limits) -> bool:
        """Whether the title's numbers lie within the limits; an unknown one lies in none."""
        low, high = (
            _RANKS.get(each or 0) for each in (limits.popularity_min, limits.popularity_max)
        )
        ranges = (
            (title.year, limits.year_min, limits.year_max),
            (title.episodes, limits.episodes_min, limits.episodes_max),
            (title.minutes, limits.minutes_min, limits.minutes_max),
            (title.score, limits.score_min, limits.score_max),
            (self._catalogue.rank(title.mal_id), low, high),
        )
        return all(
            (least is None and most is None)
            or (value is not None and (least or value) <= value <= (most or value))
            for value, least, most in ranges
        )

    def _alike(self, mal_id: int | None, picks: Sequence[int]) -> int:
        """How many picks share more with a title than one broad genre."""
        title = self._catalogue.find(mal_id or 0)
        others = [other for each in picks if (other := self._catalogue.find(each))]
        if not title:
            return 0
        shared = [set(title.tags) & set(other.tags) for other in others]
        return sum(len(tags) > 1 or bool(tags - _BROAD) for tags in shared)


def _at(turn: int, n: int, replies: Mapping[int, Reply]) -> int | None:
    picks = replies[turn].picks
    return picks[n - 1] if n <= len(picks) else None


def _told(title: Title, field: str, answer: str) -> bool:
    """Whether the answer names the title, or states a fact of it."""
    if not field:
        text = f" {plain(answer)} "
        heads = [re.split(r": | [-–~]", name)[0] for name in title.names]
        return any(f" {plain(name)} " in text for name in (*title.names, *heads) if plain(name))
    value = {"type": title.type, "source": title.source, "score": title.score}.get(field)
    value = value or {"year": title.year, "episodes": title.episodes}.get(field)
    names = title.studios if field == "studios" else title.genres if field == "genres" else ()
    facts = [each for each in (*names, value) if each]
    if not facts:
        return bool(re.search(r"\b(not?|unknown|\w+n['’]?t)\b", answer, re.IGNORECASE))
    return any(f" {plain(str(each))} " in f" {plain(answer)} " for each in facts) or (
        field == "episodes" and value == 1
    )
