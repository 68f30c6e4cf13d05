"""From an understanding to the candidates that answer it, each with why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from data import Catalogue
from retrieval.candidates import Candidate, Found, Relaxation
from retrieval.columns import Columns, Rows
from retrieval.constraints import Constraint
from retrieval.embeddings import Embedder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.lexical import Lexical
from retrieval.lexicon import tones
from retrieval.ranking import WISHES, Ranking, Scores
from retrieval.state import RequestState
from retrieval.understanding import Understanding
from retrieval.words import split

# Titles further away than these add nothing that words and tags have not found.
_NEAREST = 300
# So many of the titles shown are such as a wish that was let go of had ruled out.
_NEWLY = 2
# What likeness to a title that was turned down takes from a fit.
_AWAY = 0.8
# Shorter words of a request are seldom what made the title fit.
_SHORTEST_WORD = 5


class Search:
    """Finds titles of one catalogue."""

    def __init__(
        self, catalogue: Catalogue, learned: Learned, embedder: Embedder, index: Index
    ) -> None:
        self._catalogue = catalogue
        self._liked = learned.liked
        self._examples = learned.examples
        self._embedder = embedder
        self._index = index
        self._columns = Columns(catalogue)
        self._lexical = Lexical(catalogue)
        self._ranking = Ranking(catalogue, self._columns)

    def find(self, understanding: Understanding, count: int) -> Found:
        """Up to `count` candidates that satisfy every constraint; CPU work, not for the loop."""
        state = understanding.state
        allowed = self._allowed(state, state.constraints)
        wide = allowed | self._partly(state)
        fits = self._fits(understanding, wide)
        chosen = self._chosen(understanding, fits, allowed, count)
        whole, wanted = len(chosen), min(count, understanding.count)
        if whole < wanted:
            wide[chosen] = False
            chosen += self._ranking.choose(fits + self._newest(state), wide, wanted - whole)
        candidates = tuple(self._candidate(state, row, fits[row]) for row in chosen)
        near = self._shown(state.near)
        if whole >= wanted:
            return Found(candidates, near, whole)
        return Found(candidates, near, whole, self._relaxations(state, int(allowed.sum())))

    def told(self, understanding: Understanding) -> Found:
        """The titles that a question is about, those alone for which all it asks holds."""
        holding = self._columns.satisfying(understanding.held)
        rows = [row for row in self._rows(understanding.about) if holding[row]]
        candidates = tuple(self._candidate(understanding.state, row, 0) for row in rows)
        return Found(candidates, self._shown(understanding.state.near), len(candidates))

    def _shown(self, mal_ids: Iterable[int]) -> tuple[str, ...]:
        titles = (self._catalogue.find(each) for each in mal_ids)
        return tuple(title.shown for title in titles if title)

    def _chosen(
        self, understanding: Understanding, fits: Scores, allowed: Rows, count: int
    ) -> list[int]:
        """The rows to show; where a wish was let go of, some that it had ruled out come first."""
        if not understanding.opened:
            return self._ranking.choose(fits, allowed, count)
        fresh = allowed & ~self._columns.satisfying(understanding.opened)
        newly = self._ranking.choose(fits, fresh, min(count, _NEWLY))
        rest = allowed.copy()
        rest[newly] = False
        return newly + self._ranking.choose(fits, rest, count - len(newly))

    def _newest(self, state: RequestState) -> Scores:
        """More for titles with the tags asked for last, where none has all of them."""
        tags = [each for each in state.constraints if each.column == "tag" and each.rule == "any"]
        bonus = np.zeros(len(self._catalogue))
        for place, each in enumerate(sorted(tags, key=lambda each: each.turn)):
            bonus += (place + 1) * self._columns.satisfying([each])
        return bonus

    def _allowed(self, state: RequestState, constraints: Sequence[Constraint]) -> Rows:
        rows = self._columns.satisfying(constraints)
        rows[self._rows(state.excluded)] = False
        return rows

    def _partly(self, state: RequestState) -> Rows:
        """Titles that have some of several tags asked for, and satisfy every other wish."""
        tags = [each for each in state.constraints if each.column == "tag" and each.rule == "any"]
        if len(tags) < 2:  # noqa: PLR2004  # of one there is no part
            return np.zeros(len(self._catalogue), dtype=np.bool_)
        some = replace(tags[0], values=tuple(value for each in tags for value in each.values))
        return self._allowed(
            state, [each for each in state.constraints if each not in tags] + [some]
        )

    def _fits(self, understanding: Understanding, allowed: Rows) -> Scores:
        state = understanding.state
        chance = self._ranking.surprising(state.turn + len(state.shown))
        surprise = understanding.intent == "surprise"
        if surprise and not (state.topic or state.tones or state.near):
            return chance
        weights = self._examples if state.near else WISHES
        fits = (
            weights.dense * self._dense(understanding, allowed)
            + weights.lexical * self._lexical.scores(state.topic)
            + weights.tags * self._tags(state)
            + weights.popularity * self._ranking.popularity
        )
        if state.unlike:
            fits -= _AWAY * self._ranking.resembling(self._rows(state.unlike))
        fits += weights.liked * self._liked_together(state.near)
        return np.asarray(fits + chance if surprise else fits)

    def _dense(self, understanding: Understanding, allowed: Rows) -> Scores:
        scores = np.zeros(len(self._catalogue))
        vector = self._vector(understanding)
        if vector is None or not allowed.any():
            return scores
        among = [self._catalogue[int(row)].mal_id for row in np.flatnonzero(allowed)]
        everything = len(among) == len(self._catalogue)
        nearest = self._index.nearest(
            vector, None if everything else among, min(_NEAREST, len(among))
        )
        scores[self._rows(nearest)] = list(nearest.values())
        return np.clip(scores, 0, 1)

    def _vector(self, understanding: Understanding) -> Sequence[float] | None:
        state = understanding.state
        moods = [tones()[name].words for name in state.tones]
        text = " ".join([state.topic, *moods]).strip()
        if text:
            return self._embedder.model.embed_query(text)
        if not state.near:
            return None
        mean: list[float] = self._index.vectors(state.near).mean(axis=0).tolist()
        return mean

    def _tags(self, state: RequestState) -> Scores:
        moods = [tones()[name] for name in state.tones]
        wanted = [tag for mood in moods for tag in mood.tags]
        unwanted = [tag for mood in moods for tag in mood.avoid]
        scores = self._ranking.having(state.speaking_tags, ()) + self._ranking.having(
            wanted, unwanted
        )
        near = self._rows(state.near)
        return scores + self._ranking.resembling(near) if near else scores

    def _liked_together(self, near: Sequence[int]) -> Scores:
        scores = np.zeros(len(self._catalogue))
        for mal_id in near:
            for pair in self._liked.near(mal_id):
                row = self._catalogue.row(pair.mal_id)
                if row is not None:
                    scores[row] += pair.strength / len(near)
        return scores

    def _relaxations(self, state: RequestState, found: int) -> tuple[Relaxation, ...]:
        without = [(each, state.without(each).constraints) for each in state.constraints]
        gained = [
            Relaxation(each, int(self._allowed(state, others).sum()) - found)
            for each, others in without
        ]
        helping = [each for each in gained if each.titles > 0]
        return tuple(sorted(helping, key=lambda each: -each.titles))

    def _candidate(self, state: RequestState, row: int, fit: float) -> Candidate:
        title = self._catalogue[row]
        asked = set(state.speaking_tags)
        asked |= {tag for name in state.tones for tag in tones()[name].tags}
        partners = {pair.mal_id for pair in self._liked.near(title.mal_id)}
        examples = [self._catalogue.find(each) for each in state.near if each in partners]
        topic = {word.text for word in split(state.topic) if len(word.text) >= _SHORTEST_WORD}
        told = {word.text for word in split(title.synopsis)}
        return Candidate(
            title,
            round(float(fit), 4),
            tags=tuple(tag for tag in title.tags if tag in asked),
            liked_with=tuple(each.shown for each in examples if each),
            words=tuple(sorted(topic & told)),
        )

    def _rows(self, mal_ids: Iterable[int]) -> list[int]:
        rows = (self._catalogue.row(mal_id) for mal_id in mal_ids)
        return [row for row in rows if row is not None]
