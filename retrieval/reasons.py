"""Why each title was found: from facts that it has, so that nobody has to invent a reason."""

from collections.abc import Iterable
from functools import lru_cache

from data import Liked, Title
from retrieval.candidates import Candidate
from retrieval.graph import Scores
from retrieval.lexicon import tones
from retrieval.ranking import Ranking
from retrieval.state import RequestState
from retrieval.words import folded

# Shorter words of a request are seldom what made the title fit.
_SHORTEST_WORD = 5


class Reasons:
    """Says what speaks for the titles of a catalogue."""

    def __init__(self, ranking: Ranking, liked: Liked) -> None:
        self._catalogue = ranking.catalogue
        self._ranking = ranking
        self._liked = liked

    def candidates(
        self, state: RequestState, rows: Iterable[int], fits: Scores
    ) -> tuple[Candidate, ...]:
        """The titles of the rows, each with what speaks for it."""
        asked = set(state.speaking_tags)
        asked |= {tag for name in state.tones for tag in tones()[name].tags}
        topic = {word for word in state.told if len(word) >= _SHORTEST_WORD}
        near = [title for title in map(self._catalogue.find, state.near) if title]
        found: list[Candidate] = []
        for row in rows:
            title = self._catalogue[row]
            example, shared = self._shared(row, near, asked)
            found.append(
                Candidate(
                    title,
                    round(float(fits[row]), 4),
                    tags=tuple(tag for tag in title.tags if tag in asked),
                    shared=shared,
                    shared_with=example,
                    liked_with=self._liked_with(title, near),
                    words=tuple(sorted(topic & _story(title.synopsis))) if topic else (),
                )
            )
        return tuple(found)

    def _shared(
        self, row: int, near: Iterable[Title], asked: set[str]
    ) -> tuple[str, tuple[str, ...]]:
        """The example that has most in common with a title, and the tags, without those asked."""
        common = {
            each.shown: tuple(
                tag
                for tag in self._ranking.common(row, self._catalogue.row(each.mal_id) or 0)
                if tag not in asked
            )
            for each in near
        }
        return max(common.items(), key=lambda each: len(each[1]), default=("", ()))

    def _liked_with(self, title: Title, near: Iterable[Title]) -> tuple[str, ...]:
        return tuple(
            each.shown
            for each in near
            if any(pair.mal_id == title.mal_id for pair in self._liked.near(each.mal_id))
        )


@lru_cache(maxsize=512)
def _story(synopsis: str) -> frozenset[str]:
    """The words of a synopsis: the same few are asked for over and over."""
    return frozenset(folded(synopsis))
