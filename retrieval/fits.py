"""How well each title fits a request: by meaning, words, tags, fame, and likeness to examples."""

from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.embeddings import Embedder, Vectors
from retrieval.graph import Scores
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.lexical import Lexical
from retrieval.lexicon import tones
from retrieval.likeness import Likeness
from retrieval.ranking import BESIDES, KNOWN_ITEM, WISHES, Ranking, Weights
from retrieval.state import RequestState
from retrieval.understanding import Understanding

# What likeness to a title that was turned down takes from a fit.
_AWAY = 0.8
# What being typical of the tags asked for adds to one, where nothing else is asked for: little, for
# a title that everybody likes is a better romance than one that is nothing else.
_TYPICAL = 0.25
_NEAR_NOTHING = 1e-6


class Fits:
    """What a catalogue's titles are weighed by."""

    def __init__(
        self, ranking: Ranking, learned: Learned, embedder: Embedder, index: Index
    ) -> None:
        self._catalogue = catalogue = ranking.catalogue
        self._examples = learned.examples
        self._embedder = embedder
        # 0.3 ms for 16,000 titles, where a query to Chroma takes 2, and 14 if it names titles.
        self._vectors = index.vectors([title.mal_id for title in catalogue])
        self._directions: dict[str, Vectors] = {}
        self._lexical = Lexical(catalogue)
        self._ranking = ranking
        self._likeness = Likeness(ranking, learned.liked)

    def of(self, understanding: Understanding) -> Scores:
        """How well each title fits."""
        state = understanding.state
        chance = self._ranking.surprising(state.turn + len(state.shown))
        surprise = understanding.intent == "surprise"
        if surprise and not (state.topic or state.tones or state.near):
            return chance
        near = self._rows(state.near)
        weights = _weights(state)
        vector = self._vector(state)
        fits = (
            weights.lexical * self._lexical.scores(" ".join(state.told))
            + weights.tags * self._tags(state)
            + weights.audience * self._ranking.audience
        )
        if vector is not None:
            fits += weights.dense * self._dense(vector)
        elif state.speaking_tags:
            fits += _TYPICAL * self._typical(state.speaking_tags)
        if near:
            fits += self._alike(near)
        if state.unlike:
            fits -= _AWAY * self._ranking.resembling(self._rows(state.unlike))
        return np.asarray(fits + chance if surprise else fits)

    def _alike(self, near: Sequence[int]) -> Scores:
        features = [self._likeness.features(row, self._dense(self._vectors[row])) for row in near]
        return self._likeness.fits(features, self._examples)

    def _dense(self, vector: Sequence[float] | Vectors) -> Scores:
        # Not `@`: its threads and those of the embedding model wait for each other's cores.
        likeness = np.vecdot(self._vectors, np.asarray(vector, dtype=np.float32))
        return np.asarray(np.clip(likeness, 0, 1), dtype=np.float64)

    def _typical(self, tags: Sequence[str]) -> Scores:
        """How much each title is like those that have these tags, 0 to 1."""
        return self._dense(np.mean([self._direction(tag) for tag in tags], axis=0))

    def _direction(self, tag: str) -> Vectors:
        """From the middle of the catalogue to the middle of the titles that have this tag."""
        if tag not in self._directions:
            having = self._ranking.having((tag,), ()) > 0
            away = np.zeros_like(self._vectors[0])
            if having.any():
                away = self._vectors[having].mean(axis=0) - self._vectors.mean(axis=0)
            length = max(float(np.linalg.norm(away)), _NEAR_NOTHING)
            self._directions[tag] = np.asarray(away / length, dtype=np.float32)
        return self._directions[tag]

    def _vector(self, state: RequestState) -> Sequence[float] | None:
        """What is asked for as a vector; names of tags alone would mean titles with such names."""
        moods = [tones()[name].words for name in state.tones]
        topic = state.topic if state.told else ""
        text = " ".join([topic, *moods]).strip()
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
