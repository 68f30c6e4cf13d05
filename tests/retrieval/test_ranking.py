"""What the order of the titles rests on."""

import numpy as np
import pytest

from data import Catalogue
from retrieval.columns import Columns
from retrieval.ranking import SAMENESS, Ranking


@pytest.fixture(scope="module")
def ranking(catalogue: Catalogue) -> Ranking:
    return Ranking(catalogue, Columns(catalogue))


def test_a_title_resembles_itself_most(ranking: Ranking) -> None:
    alike = ranking.resembling([3])
    assert alike[3] == pytest.approx(1)
    assert 0 <= alike.min() <= alike.max() <= 1 + 1e-9


def test_wanted_tags_gain_and_unwanted_ones_lose(ranking: Ranking, catalogue: Catalogue) -> None:
    fits = ranking.having(["Comedy"], ["Gore"])
    funny = [row for row, title in enumerate(catalogue) if "Comedy" in title.tags]
    gory = [row for row in funny if "Gore" in catalogue[row].tags]
    assert set(fits[gory]) == {0.0}
    assert fits[funny].max() == pytest.approx(0.5)


def test_of_two_that_fit_alike_the_one_unlike_the_first_pick_follows(
    ranking: Ranking, catalogue: Catalogue
) -> None:
    rows = [row for row, title in enumerate(catalogue) if "Sports" in title.tags][:2]
    other = next(row for row, title in enumerate(catalogue) if "Horror" in title.tags)
    fits = np.array([1.0, 0.9, 0.88, 0.0])
    assert ranking.choose([*rows, other, 0], fits, 2, SAMENESS) == [rows[0], other]


def test_an_empty_pool_leaves_nothing_to_choose(ranking: Ranking) -> None:
    assert ranking.choose([], np.zeros(0), 5, SAMENESS) == []
