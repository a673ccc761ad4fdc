"""Fans: quantiles by hand, a level that stays, and a score that honesty wins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cuibono.stats.fan import FAN, pinball, stay_put, weighted_quantiles

LEVELS = np.array(FAN)


def test_even_weights_give_plain_quantiles() -> None:
    values = np.arange(1.0, 101.0)
    got = weighted_quantiles(values, np.ones((1, 100)), LEVELS)
    assert got.tolist() == [[5.0, 25.0, 50.0, 75.0, 95.0]]


def test_a_value_without_weight_is_not_there() -> None:
    got = weighted_quantiles(np.array([1.0, 9.0]), np.array([[1.0, 0.0]]), LEVELS)
    assert (got == 1.0).all()


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=30), st.integers(0, 5))
def test_quantiles_ascend_and_are_values_that_were_seen(seen: list[float], seed: int) -> None:
    weights = np.random.default_rng(seed).random((3, len(seen))) + 1e-3
    got = weighted_quantiles(np.array(seen), weights, LEVELS)
    assert (np.diff(got, axis=1) >= 0).all()
    assert np.isin(got, seen).all()


@pytest.mark.parametrize(
    ("values", "weights"),
    [(np.empty(0), np.empty((1, 0))), (np.ones(2), np.zeros((1, 2)))],
)
def test_nothing_to_weigh_is_refused(
    values: NDArray[np.float64], weights: NDArray[np.float64]
) -> None:
    with pytest.raises(ValueError, match="each set of weights a weight above 0"):
        weighted_quantiles(values, weights, LEVELS)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=30))
def test_what_stays_has_the_same_fan_either_way(seen: list[float]) -> None:
    fan = stay_put(np.array(seen), LEVELS)
    assert fan == pytest.approx(-fan[::-1])
    assert fan[2] == 0


def test_the_score_is_that_of_the_definition() -> None:
    # above by 2 at the 5 % quantile costs 0.95 x 2, below by 1 at the 95 % quantile 0.95 x 1
    fans, levels = np.array([[3.0, 0.0]]), np.array([0.05, 0.95])
    assert pinball(fans, np.array([1.0]), levels) == pytest.approx((0.95 * 2 + 0.95) / 2)


def test_stating_the_true_quantiles_costs_least() -> None:
    seen = np.random.default_rng(4).standard_normal(20_000)
    true = np.quantile(seen, LEVELS)
    losses = [
        pinball(np.tile(factor * true + shift, (seen.size, 1)), seen, LEVELS)
        for factor, shift in ((1.0, 0.0), (0.5, 0.0), (2.0, 0.0), (1.0, 0.4))
    ]
    assert losses[0] == min(losses)
