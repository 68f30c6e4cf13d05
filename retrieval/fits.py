"""How well each title fits a request: by meaning, words, tags, fame, and likeness to examples."""

from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.columns import Rows
from retrieval.embeddings import Embedder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.lexical import Lexical
from retrieval.lexicon import tones
from retrieval.likeness import Likeness
from retrieval.ranking import BESIDES, KNOWN_ITEM, WISHES, Ranking, Scores, Weights
from retrieval.state import RequestState
from retrieval.understanding import Understanding

# Titles further away than these add nothing that words and tags have not found.
NEAREST = 150
# A share of the catalogue.
_MANY = 0.25
# What likeness to a title that was turned down takes from a fit.
_AWAY = 0.8


class Fits:
    """What a catalogue's titles are weighed by."""

    def __init__(
        self, ranking: Ranking, learned: Learned, embedder: Embedder, index: Index
    ) -> None:
        self._catalogue = catalogue = ranking.catalogue
        self._examples = learned.examples
        self._embedder = embedder
        self._index = index
        self._lexical = Lexical(catalogue)
        self._ranking = ranking
        self._likeness = Likeness(ranking, learned.liked)

    def of(self, understanding: Understanding, allowed: Rows) -> Scores:
        """How well each title fits; only of those allowed it has to be known."""
        state = understanding.state
        chance = self._ranking.surprising(state.turn + len(state.shown))
        surprise = understanding.intent == "surprise"
        if surprise and not (state.topic or state.tones or state.near):
            return chance
        near = self._rows(state.near)
        weights = _weights(state)
        vector = self._vector(state)
        fits = (
            weights.lexical * self._lexical.scores(state.topic)
            + weights.tags * self._tags(state)
            + weights.popularity * self._ranking.popularity
        )
        if vector is not None:
            fits += weights.dense * self._dense(vector, allowed)
        if near:
            fits += self._alike(near, allowed)
        if state.unlike:
            fits -= _AWAY * self._ranking.resembling(self._rows(state.unlike))
        return np.asarray(fits + chance if surprise else fits)

    def _alike(self, near: Sequence[int], allowed: Rows) -> Scores:
        vectors = [self._index.vectors([self._catalogue[row].mal_id])[0].tolist() for row in near]
        features = [
            self._likeness.features(row, self._dense(vector, allowed))
            for row, vector in zip(near, vectors, strict=True)
        ]
        return self._likeness.fits(features, self._examples)

    def _dense(self, vector: Sequence[float], allowed: Rows) -> Scores:
        scores = np.zeros(len(self._catalogue))
        if not allowed.any():
            return scores
        share = float(allowed.mean())
        if share > _MANY:
            # Naming many titles takes longer than leaving out what is not allowed of more nearest.
            most = min(int(NEAREST / share), len(self._catalogue))
            nearest = self._index.nearest(vector, None, most)
        else:
            among = [self._catalogue[int(row)].mal_id for row in np.flatnonzero(allowed)]
            nearest = self._index.nearest(vector, among, min(NEAREST, len(among)))
        scores[self._rows(nearest)] = list(nearest.values())
        return np.clip(scores, 0, 1)

    def _vector(self, state: RequestState) -> Sequence[float] | None:
        moods = [tones()[name].words for name in state.tones]
        text = " ".join([state.topic, *moods]).strip()
        return self._embedder.model.embed_query(text) if text else None

    def _tags(self, state: RequestState) -> Scores:
        moods = [tones()[name] for name in state.tones]
        wanted = [tag for mood in moods for tag in mood.tags]
        unwanted = [tag for mood in moods for tag in mood.avoid]
        asked = self._ranking.having(state.speaking_tags, ())
        return asked + self._ranking.having(wanted, unwanted)

    def _rows(self, mal_ids: Iterable[int]) -> list[int]:
        rows = (self._catalogue.row(mal_id) for mal_id in mal_ids)
        return [row for row in rows if row is not None]


def _weights(state: RequestState) -> Weights:
    if state.near:
        return BESIDES
    return KNOWN_ITEM if state.searched == "identify" else WISHES
