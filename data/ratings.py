"""Liked-together figures out of viewers' ratings, and what viewers recommend to each other."""

import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data import tables, texts
from data.errors import CatalogueError

Pairs = Mapping[tuple[int, int], float]

# Of each title so many are kept that it is most liked together with.
_KEPT = 40
# Few viewers in common say little: they weigh as if so many more had liked only one of the two.
_DOUBT = 20
# The titles with most ratings; more would not fit into memory side by side.
_MOST_TITLES = 5000
# Viewers are counted in groups of so many.
_VIEWERS = 1000


@dataclass(frozen=True, slots=True)
class Together:
    """How many viewers like both of two titles, and how alike that makes the two, 0 to 1."""

    users: int
    similarity: float


@dataclass(frozen=True, slots=True)
class _Likes:
    """Which viewer, by a number of its own, likes which title."""

    viewers: NDArray[np.int64]
    mal_ids: NDArray[np.int64]


def together(path: Path, roots: Mapping[int, int]) -> dict[tuple[int, int], Together]:
    """The pairs of titles liked together, the smaller id first; or raise CatalogueError.

    The file is a CSV of `user`, `mal_id` and `rating`. Parts count for their franchise's root. A
    viewer likes what is rated at or above the mean of all she rated; the similarity is
    n_ab / sqrt(n_a n_b), shrunk by n_ab / (n_ab + 20).
    """
    likes = _likes(path, roots)
    counted = np.unique(likes.mal_ids, return_counts=True)
    best = np.argsort(-counted[1], kind="stable")[:_MOST_TITLES]
    titles = np.sort(counted[0][best])
    both = _both(likes, titles)
    each = np.maximum(both.diagonal(), 1).astype(np.float64)
    alike = both / np.sqrt(np.outer(each, each)) * (both / (both + _DOUBT))
    np.fill_diagonal(alike, 0)
    found: dict[tuple[int, int], Together] = {}
    for row, others in enumerate(np.argsort(-alike, axis=1, kind="stable")[:, :_KEPT]):
        for other in others[alike[row, others] > 0]:
            one, two = sorted((int(titles[row]), int(titles[other])))
            pair = Together(int(both[row, other]), round(float(alike[row, other]), 4))
            found[one, two] = pair
    return dict(sorted(found.items()))


def recommendations(path: Path) -> dict[tuple[int, int], int]:
    """Votes for pairs of titles, the smaller id first; or raise CatalogueError.

    The file is a CSV of `a`, `b` and `votes`, or a JSON object {title: {recommended: votes}}.
    """
    found: dict[tuple[int, int], int] = {}
    for one, other, votes in _json(path) if ".json" in path.suffixes else _csv(path):
        if one != other and votes > 0:
            pair = (min(one, other), max(one, other))
            found[pair] = max(votes, found.get(pair, 0))
    if not found:
        raise CatalogueError(f"{path} has no recommendations in it.")
    return found


def _likes(path: Path, roots: Mapping[int, int]) -> _Likes:
    numbers: dict[str, int] = {}
    viewers, mal_ids, ratings = array("q"), array("q"), array("d")
    columns = ("user", "mal_id", "rating")
    for line, (user, mal_id, rating) in enumerate(tables.cells(path, columns), 2):
        try:
            mal_ids.append(int(mal_id))
            ratings.append(tables.number(rating))
        except ValueError as error:
            raise CatalogueError(f"{path}, row {line}: a cell is not a number.") from error
        viewers.append(numbers.setdefault(user, len(numbers)))
    who, what, how = np.array(viewers), np.array(mal_ids), np.array(ratings)
    means = np.bincount(who, how) / np.maximum(np.bincount(who), 1)
    root = np.array([roots.get(int(each), 0) for each in what], dtype=np.int64)
    liked = (root > 0) & (how >= means[who]) if len(who) else np.zeros(0, dtype=np.bool_)
    if not liked.any():
        raise CatalogueError(f"{path} has no ratings of titles that the catalogue has.")
    pairs = np.unique(np.stack([who[liked], root[liked]], axis=1), axis=0)
    return _Likes(pairs[:, 0], pairs[:, 1])


def _both(likes: _Likes, titles: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many viewers like each two of the titles, shape (titles, titles)."""
    counts = np.zeros((len(titles), len(titles)), dtype=np.int64)
    known = np.isin(likes.mal_ids, titles)
    viewers, places = likes.viewers[known], np.searchsorted(titles, likes.mal_ids[known])
    # Pairs are sorted by viewer.
    for first in range(0, int(viewers[-1]) + 1, _VIEWERS):
        begin, end = np.searchsorted(viewers, (first, first + _VIEWERS))
        liked = np.zeros((_VIEWERS, len(titles)), dtype=np.float32)
        liked[viewers[begin:end] - first, places[begin:end]] = 1
        counts += (liked.T @ liked).astype(np.int64)
    return counts


def _csv(path: Path) -> Iterator[tuple[int, int, int]]:
    for line, cells in enumerate(tables.cells(path, ("a", "b", "votes")), 2):
        try:
            one, other, votes = map(int, cells)
        except ValueError as error:
            raise CatalogueError(f"{path}, row {line}: a cell is not a whole number.") from error
        yield one, other, votes


def _json(path: Path) -> Iterator[tuple[int, int, int]]:
    try:
        for one, others in json.loads(texts.whole(path)).items():
            for other, votes in others.items():
                yield int(one), int(other), int(votes)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CatalogueError(f"{path} is not JSON of {{title: {{recommended: votes}}}}.") from error
