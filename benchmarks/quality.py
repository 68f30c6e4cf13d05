"""How good the titles found are: the textbook's nearest vectors beside ours, with 95 % intervals.

"Like X": a fifth of viewers' recommendations is held back, five times over; the rest is known to
us, and left out of both lists. Each title of which some are held back is asked for in words. The
textbook gets the titles whose texts are nearest to that title's own.

Plots: 150 descriptions of half-remembered titles (descriptions.jsonl), written from memory without
a look at the synopses. The textbook gets the titles whose texts are nearest to the description.
Run: python -m benchmarks.quality
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from chatbot import logs
from chatbot.settings import Settings
from data import Catalogue, Liked
from data.catalogue import SHIPPED
from retrieval import (
    Embedder,
    Index,
    Learned,
    Place,
    RequestState,
    Rules,
    Search,
    build,
    embedder,
    index,
)

_DESCRIPTIONS = Path(__file__).with_name("descriptions.jsonl")
_FOLDS = 5
_FIRST = 10
# Many more than ten, for what is known is left out.
_ASKED = 60
_SAYING = ("something like {}", "loved {}, what next?", "anime similar to {}", "more like {}")
# Viewers' figures end with these years: titles since then have few or none.
_NEW = 2017
_RESAMPLED = 1000

Pair = tuple[int, int]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A title, those that were held back for it, and those that are known."""

    mal_id: int
    held: frozenset[int]
    known: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Judged:
    """nDCG@10 and hit of one list, and the share of new titles among its first five."""

    ndcg: float
    hit: float
    new: float


def main() -> None:
    """Print the table."""
    logs.configure(Settings(log_level="warning"))
    catalogue, model = Catalogue.read(), embedder("onnx")
    with TemporaryDirectory() as folder:
        place = Place(Path(folder))
        build(catalogue, model, place, lambda _: None)
        opened = index.opened(catalogue, model, place)
        rules, learned = Rules(catalogue), Learned.beside(SHIPPED)
        every, fresh = list[tuple[_Judged, _Judged]](), list[tuple[_Judged, _Judged]]()
        for number, (liked, asked) in enumerate(_folds(catalogue, learned.liked)):
            search = Search(catalogue, Learned(liked, learned.examples), model, opened)
            for each in asked:
                saying = _SAYING[(number + each.mal_id) % len(_SAYING)]
                ours = _ours(search, rules, catalogue, saying, each)
                pair = (
                    _judged(catalogue, _textbook(opened, each), each),
                    _judged(catalogue, ours, each),
                )
                every.append(pair)
                title = catalogue.find(each.mal_id)
                if title and (title.year or 0) >= _NEW:
                    fresh.append(pair)
    print("| like X | lists | | textbook | ours | ratio |\n| --- | --- | --- | --- | --- | --- |")
    _print("all titles", every)
    _print(f"titles of {_NEW} and later", fresh)
    _plots(Search(catalogue, learned, model, opened), rules, model, opened)


def _plots(search: Search, rules: Rules, model: Embedder, opened: Index) -> None:
    """Print how often the title that a description means comes first, and among the first five."""
    lines = _DESCRIPTIONS.read_text(encoding="utf-8").splitlines()
    described = [(each["mal_id"], each["text"]) for each in map(json.loads, lines)]
    places = {"textbook": list[int](), "ours": list[int]()}
    for mal_id, text in described:
        nearest = list(opened.nearest(model.model.embed_query(text), None, 5))
        found = search.find(rules.understand(text, RequestState()), 5).candidates
        places["textbook"].append(_place(mal_id, nearest))
        places["ours"].append(_place(mal_id, [each.title.mal_id for each in found]))
    print("\n| plots | textbook | ours |\n| --- | --- | --- |")
    for first in (1, 5):
        theirs, ours = (np.array(each) <= first for each in places.values())
        print(f"| hit@{first} of {len(described)} | {_told(theirs)} | {_told(ours)} |")


def _place(mal_id: int, found: Sequence[int]) -> int:
    return found.index(mal_id) + 1 if mal_id in found else _ASKED


def _folds(catalogue: Catalogue, liked: Liked) -> Iterator[tuple[Liked, list[_Asked]]]:
    """What is known in each fold, and what is asked for in it."""
    said = [each for each in liked.figures if each[4] and None not in map(catalogue.row, each[:2])]
    np.random.default_rng(0).shuffle(said)
    for fold in range(_FOLDS):
        held = {each[:2] for each in said[fold::_FOLDS]}
        known = {each[:2] for each in said} - held
        figures = [(*each[:4], 0) if each[:2] in held else each for each in liked.figures]
        known_of, held_of = _partners(known), _partners(held)
        asked = [
            _Asked(mal_id, frozenset(others), frozenset(known_of.get(mal_id, ())))
            for mal_id, others in sorted(held_of.items())
        ]
        yield Liked.of(figures), asked


def _partners(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _ours(
    search: Search, rules: Rules, catalogue: Catalogue, saying: str, asked: _Asked
) -> list[int]:
    title = catalogue.find(asked.mal_id)
    message = saying.format(title.shown if title else "")
    found = search.find(rules.understand(message, RequestState()), _ASKED)
    return [each.title.mal_id for each in found.candidates]


def _textbook(opened: Index, asked: _Asked) -> list[int]:
    [vector] = opened.vectors([asked.mal_id]).tolist()
    return [each for each in opened.nearest(vector, None, _ASKED + 1) if each != asked.mal_id]


def _judged(catalogue: Catalogue, found: Sequence[int], asked: _Asked) -> _Judged:
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
