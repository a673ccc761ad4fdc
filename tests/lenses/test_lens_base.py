"""Ranking a score among its rivals, by hand and by property."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.lenses.base import Specification, deciles, place_among, strongest
from cuibono.model.period import Grid

scores = st.lists(st.floats(-9, 9), max_size=30).map(np.array)
steady = settings(deadline=None, derandomize=True)


def test_a_tie_counts_against_the_score() -> None:
    assert place_among(1.0, np.array([1.0, 1.0, 0.0])) == (3, 4)


def test_without_rivals_the_share_is_one() -> None:
    assert place_among(5.0, np.empty(0)) == (1, 1)


@steady
@given(score=st.floats(-9, 9), rivals=scores)
def test_a_place_is_never_zero_nor_beyond_the_world(score: float, rivals: np.ndarray) -> None:
    place, of = place_among(score, rivals)
    assert 1 <= place <= of == rivals.size + 1


@steady
@given(score=st.floats(-9, 9), gain=st.floats(0, 9), rivals=scores)
def test_a_higher_score_never_ranks_lower(
    score: float, gain: float, rivals: np.ndarray
) -> None:
    assert place_among(score + gain, rivals)[0] <= place_among(score, rivals)[0]


def test_the_strongest_specification_is_the_one_in_the_predicted_direction() -> None:
    z = np.array([[3.0, -4.0]])
    assert strongest(z, 1).tolist() == [3.0]
    assert strongest(z, -1).tolist() == [4.0]


def test_a_silent_specification_is_passed_over() -> None:
    assert strongest(np.array([[np.nan, -1.0]]), 1).tolist() == [-1.0]


def test_ten_volumes_fall_into_ten_classes() -> None:
    assert deciles(np.arange(10.0)[::-1]).tolist() == list(range(9, -1, -1))


def test_equal_volumes_share_a_class() -> None:
    assert set(deciles(np.full(7, 3.0)).tolist()) == {0}


def test_a_specification_reads_as_words() -> None:
    assert str(Specification("tone", 1, Grid.WEEK)) == "tone after 1 week"
    assert str(Specification("agreement", 2, Grid.YEAR)) == "agreement after 2 years"
