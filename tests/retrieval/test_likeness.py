"""What makes titles alike, one feature at a time."""

import numpy as np
import pytest

from data import Catalogue, Liked
from data.liked import Figures
from retrieval.columns import Columns
from retrieval.likeness import FEATURES, Likeness
from retrieval.ranking import Ranking

MUSHISHI, MONSTER, BEBOP, DEATH_NOTE = 457, 19, 1, 1535
SAID: list[Figures] = [(MUSHISHI, MONSTER, 0, 0.0, 9), (MONSTER, BEBOP, 0, 0.0, 9)]
RATED: list[Figures] = [(MUSHISHI, DEATH_NOTE, 50, 0.3, 0)]


@pytest.fixture(scope="module")
def likeness(catalogue: Catalogue) -> Likeness:
    return Likeness(Ranking(catalogue, Columns(catalogue)), Liked.of(SAID + RATED))


def of(catalogue: Catalogue, likeness: Likeness, mal_id: int) -> dict[str, float]:
    """The features of a title for Mushishi."""
    row, other = catalogue.row(MUSHISHI), catalogue.row(mal_id)
    assert row is not None
    features = likeness.features(row, np.zeros(len(catalogue)))
    return dict(zip(FEATURES, features[:, other].tolist(), strict=True))


def test_what_viewers_say_counts_directly_and_two_steps_away(
    catalogue: Catalogue, likeness: Likeness
) -> None:
    monster, bebop = (of(catalogue, likeness, each) for each in (MONSTER, BEBOP))
    assert monster["recommended"] > 0 == bebop["recommended"]
    assert bebop["recommended_twice"] > 0 == monster["recommended_twice"]
    assert of(catalogue, likeness, DEATH_NOTE)["rated"] > 0


def test_facts_that_are_shared_count(catalogue: Catalogue, likeness: Likeness) -> None:
    itself, bebop = (of(catalogue, likeness, each) for each in (MUSHISHI, BEBOP))
    assert (itself["studio"], itself["type"], itself["year"]) == (1, 1, 1)
    assert (bebop["studio"], bebop["type"]) == (0, 1)
    assert 0 < bebop["year"] < 1


def test_what_is_like_each_of_two_examples_comes_before_what_is_like_one(
    catalogue: Catalogue, likeness: Likeness
) -> None:
    weights = dict.fromkeys(FEATURES, 0.0) | {"tags": 1.0}
    rows = [catalogue.row(each) or 0 for each in (MUSHISHI, MONSTER)]
    features = [likeness.features(row, np.zeros(len(catalogue))) for row in rows]
    both, one = likeness.fits(features, weights), likeness.fits(features[:1], weights)
    assert one[rows[0]] == pytest.approx(1)
    assert both.max() == pytest.approx(1)
    assert both[rows[1]] > one[rows[1]]
