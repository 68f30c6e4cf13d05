"""What is reached along what viewers say."""

import numpy as np
import pytest

from retrieval.graph import Graph


def test_a_step_reaches_the_neighbours_and_what_many_share_counts_less() -> None:
    graph = Graph(4, [(0, 1, 1.0), (0, 2, 1.0), (1, 3, 1.0)])
    assert graph.beside(0) == pytest.approx([0, 0.5, np.sqrt(0.5), 0])
    assert graph.beside(3) == pytest.approx([0, np.sqrt(0.5), 0, 0])


def test_two_steps_reach_the_neighbours_neighbours() -> None:
    graph = Graph(4, [(0, 1, 1.0), (1, 2, 4.0)])
    twice = graph.step(graph.beside(0))
    assert twice[2] > twice[3] == 0
    assert list(graph.degrees) == [1, 2, 1, 0]


def test_nothing_is_reached_where_nobody_said_anything() -> None:
    assert list(Graph(3, [(0, 1, 0.0)]).beside(0)) == [0, 0, 0]
