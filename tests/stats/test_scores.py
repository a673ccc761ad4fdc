"""Brier scores and calibration, by hand, by property and against their decomposition."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import propose

from cuibono.stats.scores import BINS, brier, calibrate

forecasts = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def arrays(made: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for p, _ in made]), np.array([came for _, came in made])


def test_two_forecasts_by_hand() -> None:
    # (0.8 - 1)^2 = 0.04 and (0.3 - 0)^2 = 0.09
    assert brier(np.array([0.8, 0.3]), np.array([True, False])) == pytest.approx(0.065)


def test_always_one_half_earns_a_quarter() -> None:
    assert brier(np.full(9, 0.5), np.arange(9) % 2 == 0) == 0.25


def test_knowing_everything_earns_nothing() -> None:
    came_true = np.arange(6) < 2
    assert brier(came_true.astype(float), came_true) == 0


def test_no_forecast_has_no_score() -> None:
    empty = np.array([]), np.array([], dtype=bool)
    assert math.isnan(brier(*empty))
    bands, error = calibrate(*empty)
    assert bands == ()
    assert math.isnan(error)


def test_bands_are_fifths_and_say_how_many_they_hold() -> None:
    stated = np.array([0.05, 0.15, 0.5, 0.9, 1.0])
    bands, error = calibrate(stated, np.array([False, False, True, True, True]))
    assert [band.n for band in bands] == [2, 1, 2]
    assert [band.came_true for band in bands] == [0.0, 1.0, 1.0]
    assert error == pytest.approx((2 * 0.1 + 0.5 + 2 * 0.05) / 5)


def test_a_band_of_one_forecast_knows_little() -> None:
    (band,), _ = calibrate(np.array([0.7]), np.array([True]))
    assert band.high == 1.0
    # the twentieth part of beta(3/2, 1/2) lies at 0.2285
    assert band.low == pytest.approx(0.2285, abs=1e-4)


@propose
@given(forecasts)
def test_scores_lie_between_nothing_and_one(made: list[tuple[float, bool]]) -> None:
    bands, error = calibrate(*arrays(made))
    assert 0 <= brier(*arrays(made)) <= 1
    assert 0 <= error <= 1
    assert sum(band.n for band in bands) == len(made)
    assert len(bands) <= BINS


@propose
@given(forecasts)
def test_calling_yes_no_and_no_yes_changes_no_score(made: list[tuple[float, bool]]) -> None:
    stated, came_true = arrays(made)
    assert brier(1 - stated, ~came_true) == pytest.approx(brier(stated, came_true))


@propose
@given(forecasts)
def test_the_order_of_forecasts_does_not_matter(
    made: list[tuple[float, bool]],
) -> None:
    one = calibrate(*arrays(made))[1]
    other = calibrate(*arrays(made[::-1]))[1]
    assert one == pytest.approx(other)


@propose
@given(forecasts)
def test_with_hindsight_the_base_rate_is_the_best_constant(
    made: list[tuple[float, bool]],
) -> None:
    _, came_true = arrays(made)
    best = brier(np.full(came_true.size, came_true.mean()), came_true)
    for constant in (0.0, 0.3, 0.5, 1.0):
        assert best <= brier(np.full(came_true.size, constant), came_true) + 1e-12


def test_honest_probabilities_are_found_calibrated() -> None:
    rng = np.random.default_rng(20161108)
    stated = rng.uniform(0, 1, 4_000)
    _, error = calibrate(stated, rng.uniform(0, 1, 4_000) < stated)
    assert error < 0.03
    _, boastful = calibrate(np.round(stated), rng.uniform(0, 1, 4_000) < stated)
    assert boastful > 0.2
