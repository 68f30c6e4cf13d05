"""How good the titles found are: the textbook's nearest vectors beside ours, with 95 % intervals.

"Like X": a fifth of viewers' recommendations is held back, five times over; the rest is known to
us, and left out of both lists. Each title of which some are held back is asked for in words. The
textbook gets the titles whose texts are nearest to that title's own.

Plots: 150 descriptions of half-remembered titles (descriptions.jsonl), written from memory without
a look at the synopses. The textbook gets the titles whose texts are nearest to the description.
Those are searched in each other CATALOGUE, too; an index of it is built where there is none.
Run: python -m benchmarks.quality [CATALOGUE …]
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Self

import numpy as np
from numpy.typing import NDArray

from benchmarks.folds import Asked, folds
from chatbot import logs
from chatbot.settings import Settings, environment
from chatbot.wiring import Library
from data import Catalogue, Franchises, Liked
from data.catalogue import SHIPPED
from retrieval import Embedder, Index, Learned, RequestState, Rules, Search
from retrieval.embeddings import Vectors

_DESCRIPTIONS = Path(__file__).with_name("descriptions.jsonl")
_FIRST = 10
# Many more than ten, for what is known is left out.
_ASKED = 60
_SAYING = ("something like {}", "loved {}, what next?", "anime similar to {}", "more like {}")
# Viewers' figures end with these years: titles since then have few or none.
_NEW = 2017
_RESAMPLED = 1000

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Judged:
    """nDCG@10 and hit of one list, and the share of new titles among its first five."""

    ndcg: float
    hit: float
    new: float


def main(argv: Sequence[str] = sys.argv[1:]) -> None:
    """Print the tables of what ships, and that of plots for each other catalogue named."""
    settings = Settings.read(environment(Path.cwd()))
    logs.configure(replace(settings, log_level="warning"))
    for path in (SHIPPED, *map(Path, argv)):
        of = _Compared.of(Library.of(replace(settings, catalogue=path)))
        if path == SHIPPED:
            _print_likes(of)
        _print_plots(of)


@dataclass(frozen=True, slots=True)
class _Compared:
    """A catalogue, ready to be searched both ways."""

    catalogue: Catalogue
    rules: Rules
    embedder: Embedder
    index: Index
    vectors: Vectors
    learned: Learned
    seconds: list[float] = field(default_factory=list[float])

    @classmethod
    def of(cls, library: Library) -> Self:
        catalogue, built = library.catalogue, library.ready()
        vectors = built.vectors([title.mal_id for title in catalogue])
        learned = Learned.beside(SHIPPED)
        return cls(catalogue, Rules(catalogue), library.embedder, built, vectors, learned)

    def search(self, liked: Liked | None = None) -> Search:
        learned = replace(self.learned, liked=liked or self.learned.liked)
        return Search(self.catalogue, Franchises.read(), learned, self.embedder, self.index)

    def ours(self, search: Search, message: str, count: int) -> list[int]:
        """The titles found for a message; how long the search took is kept."""
        understanding = self.rules.understand(message, RequestState())
        begun = perf_counter()
        found = search.find(understanding, count)
        self.seconds.append(perf_counter() - begun)
        return [each.title.mal_id for each in found.candidates]

    def textbook(self, vector: Sequence[float] | Vectors, count: int) -> list[int]:
        """The titles whose texts are nearest."""
        alike = self.vectors @ np.asarray(vector, dtype=np.float32)
        return [self.catalogue[int(row)].mal_id for row in np.argsort(-alike)[:count]]


def _print_likes(of: _Compared) -> None:
    every, fresh = list[tuple[_Judged, _Judged]](), list[tuple[_Judged, _Judged]]()
    for number, (liked, asked) in enumerate(folds(of.catalogue, of.learned.liked)):
        search = of.search(liked)
        for each in asked:
            row = of.catalogue.row(each.mal_id) or 0
            title = of.catalogue[row]
            saying = _SAYING[(number + each.mal_id) % len(_SAYING)]
            theirs = of.textbook(of.vectors[row], _ASKED + 1)[1:]
            ours = of.ours(search, saying.format(title.shown), _ASKED)
            pair = (_judged(of.catalogue, theirs, each), _judged(of.catalogue, ours, each))
            every.append(pair)
            if (title.year or 0) >= _NEW:
                fresh.append(pair)
    print("| like X | lists | | textbook | ours | ratio |\n| --- | --- | --- | --- | --- | --- |")
    _print("all titles", every)
    _print(f"titles of {_NEW} and later", fresh)


def _print_plots(of: _Compared) -> None:
    """Print how often the title that a description means comes first, and among the first five."""
    lines = _DESCRIPTIONS.read_text(encoding="utf-8").splitlines()
    described = [(each["mal_id"], each["text"]) for each in map(json.loads, lines)]
    described = [each for each in described if of.catalogue.find(each[0])]
    search = of.search()
    places = {"textbook": list[int](), "ours": list[int]()}
    for mal_id, text in described:
        vector = of.embedder.model.embed_query(text)
        places["textbook"].append(_place(mal_id, of.textbook(vector, 5)))
        places["ours"].append(_place(mal_id, of.ours(search, text, 5)))
    print(f"\n| plots, {len(of.catalogue):,} titles | textbook | ours |\n| --- | --- | --- |")
    for first in (1, 5):
        theirs, ours = (np.array(each) <= first for each in places.values())
        print(f"| hit@{first} of {len(described)} | {_told(theirs)} | {_told(ours)} |")
    middle, slow = (1000 * np.percentile(of.seconds, (50, 95))).tolist()
    print(f"\nOur searches, embedding and all: p50 {middle:.1f} ms, p95 {slow:.1f} ms.\n")


def _place(mal_id: int, found: Sequence[int]) -> int:
    return found.index(mal_id) + 1 if mal_id in found else _ASKED


def _judged(catalogue: Catalogue, found: Sequence[int], asked: Asked) -> _Judged:
    left = [each for each in found if each not in asked.known][:_FIRST]
    discounts = 1 / np.log2(np.arange(2, _FIRST + 2))
    gains = np.array([each in asked.held for each in left], dtype=np.float64)
    best = discounts[: len(asked.held)].sum()
    titles = [catalogue.find(each) for each in left[:5]]
    new = np.mean([bool(title and (title.year or 0) >= _NEW) for title in titles] or [False])
    ndcg = float((discounts[: len(gains)] * gains).sum() / best)
    return _Judged(ndcg, float(gains.any()), float(new))


def _print(name: str, pairs: Sequence[tuple[_Judged, _Judged]]) -> None:
    for measure in ("ndcg", "hit", "new"):
        theirs, ours = (
            np.array([getattr(each, measure) for each in side]) for side in zip(*pairs, strict=True)
        )
        ratio = f"{ours.mean() / theirs.mean():.1f}" if measure != "new" else ""
        told = {"ndcg": "nDCG@10", "hit": "hit@10", "new": f"picks of {_NEW} and later"}[measure]
        print(f"| {name} | {len(pairs):,} | {told} | {_told(theirs)} | {_told(ours)} | {ratio} |")


def _told(values: Scores | NDArray[np.bool_]) -> str:
    """The mean, with its interval by bootstrap."""
    chance = np.random.default_rng(0)
    means = [chance.choice(values, len(values)).mean() for _ in range(_RESAMPLED)]
    low, high = np.percentile(means, (2.5, 97.5))
    return f"{values.mean():.3f} ({low:.3f}–{high:.3f})"


if __name__ == "__main__":
    main()
