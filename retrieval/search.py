"""From an understanding to the candidates that answer it, each with why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from data import Catalogue, Liked, Title
from retrieval.columns import Columns, Rows
from retrieval.embeddings import Embedder
from retrieval.index import Index
from retrieval.lexical import Lexical
from retrieval.lexicon import tones
from retrieval.ranking import EXAMPLES, WISHES, Ranking, Scores
from retrieval.state import Constraint
from retrieval.understanding import Understanding
from retrieval.words import split

# Titles further away than these add nothing that words and tags have not found.
_NEAREST = 300
# Shorter words of a request are seldom what made the title fit.
_SHORTEST_WORD = 5
# More of a kind than these, and a reason becomes a list.
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title found, its fit, and what speaks for it.

    `tags` were asked for, `liked_with` names examples that viewers like together with it, and
    `words` are words of the request that its synopsis has.
    """

    title: Title
    fit: float
    tags: tuple[str, ...] = ()
    liked_with: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why it was found, as a sentence of facts."""
        told = [joined([tag.lower() for tag in self.tags[:_TOLD]])]
        if self.liked_with:
            told.append(f"viewers of {joined(self.liked_with[:_TOLD])} like it too")
        if self.words:
            told.append(f"its story has {joined(self.words[:_TOLD])}")
        if not any(told) and self.title.score:
            told.append(f"its viewers score it {self.title.score:g}")
        sentence = ", ".join(filter(None, told)) or "the nearest that is left"
        return f"{sentence[:1].upper()}{sentence[1:]}."


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A wish in force, and how many more titles there were without it."""

    constraint: Constraint
    titles: int


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, best first, and the names of the titles they should resemble.

    Where there are fewer than asked for, `relaxations` say what dropping a wish would give.
    """

    candidates: tuple[Candidate, ...]
    near: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()


class Search:
    """Finds titles of one catalogue."""

    def __init__(
        self, catalogue: Catalogue, liked: Liked, embedder: Embedder, index: Index
    ) -> None:
        self._catalogue = catalogue
        self._liked = liked
        self._embedder = embedder
        self._index = index
        self._columns = Columns(catalogue)
        self._lexical = Lexical(catalogue)
        self._ranking = Ranking(catalogue, self._columns)

    def find(self, understanding: Understanding, count: int) -> Found:
        """Up to `count` candidates that satisfy every constraint; CPU work, not for the loop."""
        state = understanding.state
        allowed = self._columns.satisfying(state.constraints)
        allowed[self._rows(state.excluded)] = False
        fits = self._fits(understanding, allowed)
        chosen = self._ranking.choose(fits, allowed, count)
        candidates = tuple(self._candidate(understanding, row, fits[row]) for row in chosen)
        examples = (self._catalogue.find(each) for each in state.near)
        near = tuple(title.shown for title in examples if title)
        if len(candidates) >= understanding.count:
            return Found(candidates, near)
        return Found(candidates, near, self._relaxations(understanding, int(allowed.sum())))

    def _fits(self, understanding: Understanding, allowed: Rows) -> Scores:
        state = understanding.state
        weights = EXAMPLES if state.near else WISHES
        fits = (
            weights.dense * self._dense(understanding, allowed)
            + weights.lexical * self._lexical.scores(state.topic)
            + weights.tags * self._tags(understanding)
            + weights.popularity * self._ranking.popularity
        )
        return np.asarray(fits + weights.liked * self._liked_together(state.near))

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

    def _tags(self, understanding: Understanding) -> Scores:
        state = understanding.state
        moods = [tones()[name] for name in state.tones]
        wanted = [*_asked_tags(understanding), *(tag for mood in moods for tag in mood.tags)]
        unwanted = [tag for mood in moods for tag in mood.avoid]
        scores = self._ranking.having(wanted, unwanted)
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

    def _relaxations(self, understanding: Understanding, found: int) -> tuple[Relaxation, ...]:
        state = understanding.state
        gained: list[Relaxation] = []
        for each in state.constraints:
            rows = self._columns.satisfying(state.without(each).constraints)
            rows[self._rows(state.excluded)] = False
            gained.append(Relaxation(each, int(rows.sum()) - found))
        helping = [each for each in gained if each.titles > 0]
        return tuple(sorted(helping, key=lambda each: -each.titles))

    def _candidate(self, understanding: Understanding, row: int, fit: float) -> Candidate:
        title, state = self._catalogue[row], understanding.state
        asked = set(_asked_tags(understanding))
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


def _asked_tags(understanding: Understanding) -> list[str]:
    asked = (each for each in understanding.state.constraints if each.column == "tag")
    return [value for each in asked if each.rule == "any" for value in each.values]


def joined(parts: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
