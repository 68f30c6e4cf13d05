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


def test_only_what_is_allowed_is_chosen_best_first(ranking: Ranking, catalogue: Catalogue) -> None:
    fits, allowed = np.zeros(len(catalogue)), np.zeros(len(catalogue), dtype=np.bool_)
    fits[[5, 7, 9]], allowed[[5, 7]] = [1, 2, 3], True
    assert ranking.choose(fits, allowed, 5, SAMENESS) == [7, 5]


def test_of_two_that_fit_alike_the_one_unlike_the_first_pick_follows() -> None:
    catalogue = Catalogue.read()
    rows = [row for row, title in enumerate(catalogue) if "Sports" in title.tags][:2]
    other = next(row for row, title in enumerate(catalogue) if "Horror" in title.tags)
    fits, allowed = np.zeros(len(catalogue)), np.zeros(len(catalogue), dtype=np.bool_)
    fits[[*rows, other]], allowed[[*rows, other]] = [1.0, 0.9, 0.88], True
    ranking = Ranking(catalogue, Columns(catalogue))
    assert ranking.choose(fits, allowed, 2, SAMENESS) == [rows[0], other]


def test_nothing_allowed_leaves_nothing_to_choose(ranking: Ranking, catalogue: Catalogue) -> None:
    size = len(catalogue)
    assert ranking.choose(np.ones(size), np.zeros(size, dtype=np.bool_), 5, SAMENESS) == []
