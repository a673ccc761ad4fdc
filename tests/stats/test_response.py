"""Responses look back only, are linear, and can begin or end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cuibono.stats.response import FADES, TURNS, response_operators


def test_a_single_lag_and_no_fade_is_the_driver_moved() -> None:
    operators = response_operators(6, (2,))
    level = np.array([5.0, 1.0, 2.0, 3.0, 4.0, 9.0])
    moved = operators[1] @ level
    assert moved / moved[2] == pytest.approx([0, 0, 1, 0.2, 0.4, 0.6])


def test_no_response_comes_before_its_shortest_lag() -> None:
    level = np.zeros(12)
    level[4] = 1
    responses = response_operators(12, (3, 4)) @ level
    assert (responses[:, :7] == 0).all()
    assert (responses[:, 7] != 0).any()


def test_a_faded_response_halves_at_its_half_life() -> None:
    operators = response_operators(20, (1,))
    level = np.eye(20)[0]
    faded = operators[2] @ level
    assert faded[4] / faded[1] == pytest.approx(0.5)


def test_the_turned_responses_change_sign_once() -> None:
    operators = response_operators(40, (1,))
    turned = operators[-TURNS:] @ np.ones(40)
    assert (np.abs(np.diff(np.sign(turned[:, 1:]), axis=1)).sum(axis=1) == 2).all()


def test_a_steady_driver_adds_about_one_unit_of_variance() -> None:
    """Prior shares add up to one: no kind of response is smuggled in."""
    responses = response_operators(200, (1, 2)) @ np.ones(200)
    assert (responses[:, 100] ** 2).sum() == pytest.approx(0.7 + 0.3 / 2, rel=0.05)


@given(hnp.arrays(float, 15, elements=st.floats(-5, 5)), st.floats(-3, 3))
def test_responses_are_linear_in_the_driver(level: np.ndarray, by: float) -> None:
    operators, other = response_operators(15, (1, 2)), np.sin(np.arange(15))
    both = operators @ (level + by * other)
    assert np.allclose(both, operators @ level + by * (operators @ other), atol=1e-9)


@given(st.integers(1, 10))
def test_what_has_not_happened_yet_moves_nothing(at: int) -> None:
    operators, level = response_operators(12, (1, 3)), np.sin(np.arange(12.0))
    later = level.copy()
    later[at:] += 7
    assert np.allclose((operators @ later)[:, : at + 1], (operators @ level)[:, : at + 1])


def test_asked_again_the_same_operators_come_back() -> None:
    assert response_operators(9, (1,)) is response_operators(9, (1,))


def test_there_is_a_column_for_the_even_response_each_single_one_and_each_turn() -> None:
    lags = (1, 2, 3)
    assert len(response_operators(30, lags)) == 1 + len(lags) * len(FADES) + TURNS
