"""From an understanding to the candidates that answer it, each with why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from data import Catalogue, Franchises
from retrieval.candidates import Found, Relaxation
from retrieval.columns import Columns, Rows
from retrieval.constraints import Constraint
from retrieval.embeddings import Embedder
from retrieval.fits import Fits
from retrieval.graph import Scores
from retrieval.heads import Heads
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.ranking import SAMENESS, SAMENESS_OF_EXAMPLES, Ranking
from retrieval.reasons import Reasons
from retrieval.state import RequestState
from retrieval.understanding import Understanding

# So many of the titles shown are such as a wish that was let go of had ruled out.
_NEWLY = 2
# So many times the titles wanted are looked at, lest they be too much alike.
_POOL = 6


class Search:
    """Finds titles of one catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        franchises: Franchises,
        learned: Learned,
        embedder: Embedder,
        index: Index,
    ) -> None:
        self._catalogue = catalogue
        self._heads = Heads(catalogue, franchises)
        self._columns = Columns(catalogue)
        self._ranking = Ranking(catalogue, self._columns)
        self._reasons = Reasons(self._ranking, learned.liked)
        self._fits = Fits(self._ranking, learned, embedder, index)

    def find(self, understanding: Understanding, count: int) -> Found:
        """Up to `count` candidates that satisfy every constraint; CPU work, not for the loop."""
        state = understanding.state
        allowed = self._allowed(state, state.constraints)
        wide = allowed | self._partly(state)
        fits = self._heads.raised(self._fits.of(understanding), wide)
        chosen = self._chosen(understanding, fits, allowed, count)
        whole, wanted = len(chosen), min(count, understanding.count)
        if whole < wanted:
            wide = self._heads.without(wide, chosen)
            chosen += self._choose(state, fits + self._newest(state), wide, wanted - whole)
        candidates = self._reasons.candidates(state, chosen, fits)
        near = self._shown(state.near)
        if whole >= wanted:
            return Found(candidates, near, whole)
        return Found(candidates, near, whole, self._relaxations(state, int(allowed.sum())))

    def told(self, understanding: Understanding) -> Found:
        """The titles that a question is about, those alone for which all it asks holds."""
        holding = self._columns.satisfying(understanding.held)
        rows = [row for row in self._rows(understanding.about) if holding[row]]
        candidates = self._reasons.candidates(
            understanding.state, rows, np.zeros(len(self._catalogue))
        )
        return Found(candidates, self._shown(understanding.state.near), len(candidates))

    def _shown(self, mal_ids: Iterable[int]) -> tuple[str, ...]:
        titles = (self._catalogue.find(each) for each in mal_ids)
        return tuple(title.shown for title in titles if title)

    def _chosen(
        self, understanding: Understanding, fits: Scores, allowed: Rows, count: int
    ) -> list[int]:
        """The rows to show; where a wish was let go of, some that it had ruled out come first."""
        if not understanding.opened:
            return self._choose(understanding.state, fits, allowed, count)
        fresh = allowed & ~self._columns.satisfying(understanding.opened)
        newly = self._choose(understanding.state, fits, fresh, min(count, _NEWLY))
        rest = self._heads.without(allowed, newly)
        return newly + self._choose(understanding.state, fits, rest, count - len(newly))

    def _choose(self, state: RequestState, fits: Scores, allowed: Rows, count: int) -> list[int]:
        alike = state.near or state.searched == "identify"
        sameness = SAMENESS_OF_EXAMPLES if alike else SAMENESS
        pool = self._heads.best(fits, allowed, _POOL * count)
        return self._ranking.choose(pool, fits[pool], count, sameness)

    def _newest(self, state: RequestState) -> Scores:
        """More for titles with the tags asked for last, where none has all of them."""
        tags = [each for each in state.constraints if each.column == "tag" and each.rule == "any"]
        bonus = np.zeros(len(self._catalogue))
        for place, each in enumerate(sorted(tags, key=lambda each: each.turn)):
            bonus += (place + 1) * self._columns.satisfying([each])
        return bonus

    def _allowed(self, state: RequestState, constraints: Sequence[Constraint]) -> Rows:
        rows = self._columns.satisfying(constraints)
        return self._heads.without(rows, self._rows(state.excluded))

    def _partly(self, state: RequestState) -> Rows:
        """Titles that have some of several tags asked for, and satisfy every other wish."""
        tags = [each for each in state.constraints if each.column == "tag" and each.rule == "any"]
        if len(tags) < 2:  # noqa: PLR2004  # of one there is no part
            return np.zeros(len(self._catalogue), dtype=np.bool_)
        some = replace(tags[0], values=tuple(value for each in tags for value in each.values))
        return self._allowed(
            state, [each for each in state.constraints if each not in tags] + [some]
        )

    def _relaxations(self, state: RequestState, found: int) -> tuple[Relaxation, ...]:
        without = [(each, state.without(each).constraints) for each in state.constraints]
        gained = [
            Relaxation(each, int(self._allowed(state, others).sum()) - found)
            for each, others in without
        ]
        helping = [each for each in gained if each.titles > 0]
        return tuple(sorted(helping, key=lambda each: -each.titles))

    def _rows(self, mal_ids: Iterable[int]) -> list[int]:
        rows = (self._catalogue.row(mal_id) for mal_id in mal_ids)
        return [row for row in rows if row is not None]
