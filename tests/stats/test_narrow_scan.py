"""Single precision against double, one driver at a time and in the order of the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.controls import independent_columns
from cuibono.stats.narrow_scan import AGAIN, scan_narrow
from cuibono.stats.noise import Noise, fit_noise
from cuibono.stats.scan import positions_before, scan_drivers

T, LAGS = 100, (1, 2, 5)
EVEN = np.arange(T)


def made(seed: int, n: int, steps: np.ndarray = EVEN) -> tuple[np.ndarray, Noise, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = rng.normal(size=T).cumsum() / 4 + rng.normal(size=T)
    controls = independent_columns(steps.astype(float))
    noise = fit_noise(y, np.full(T, 0.3), steps, controls)
    return y, noise, rng.normal(size=(n, T)).cumsum(axis=1)


def exact(
    y: np.ndarray, noise: Noise, drivers: np.ndarray, steps: np.ndarray = EVEN
) -> np.ndarray:
    before = [positions_before(steps, np.arange(T), lag) for lag in LAGS]
    return scan_drivers(y, noise, drivers, before)


def test_every_score_is_that_of_double_precision_to_a_thousandth() -> None:
    y, noise, drivers = made(1, 400)
    found = scan_narrow(y, noise, drivers, EVEN, LAGS)
    assert np.abs(found - exact(y, noise, drivers)).max() < 1e-3


def test_the_highest_are_exactly_those_of_double_precision() -> None:
    y, noise, drivers = made(2, 1_000)
    found, brute = scan_narrow(y, noise, drivers, EVEN, LAGS), exact(y, noise, drivers)
    best = np.argsort(-np.abs(brute).max(axis=1))[:50]
    assert np.array_equal(np.argsort(-np.abs(found).max(axis=1))[:50], best)
    np.testing.assert_allclose(found[best], brute[best], rtol=1e-12)
    assert best.size < AGAIN


def test_a_gap_in_the_record_moves_nothing() -> None:
    steps = np.r_[0:40, 55 : T + 15]
    y, noise, drivers = made(3, 300, steps)
    found = scan_narrow(y, noise, drivers, steps, LAGS)
    assert np.abs(found - exact(y, noise, drivers, steps)).max() < 1e-3


def test_periods_that_were_not_observed_are_masked() -> None:
    y, noise, drivers = made(4, 300)
    drivers[::3, 10:20] = np.nan
    found = scan_narrow(y, noise, drivers, EVEN, LAGS)
    assert np.abs(found - exact(y, noise, drivers)).max() < 1e-3


def test_what_the_controls_all_but_explain_is_left_to_double_precision() -> None:
    y, noise, drivers = made(5, 300)
    drivers[7] = 1e6 * EVEN + 1e-3 * drivers[7]
    found, brute = scan_narrow(y, noise, drivers, EVEN, LAGS), exact(y, noise, drivers)
    assert found[7] == pytest.approx(brute[7])


def test_a_driver_that_never_moves_has_no_score() -> None:
    y, noise, drivers = made(6, 300)
    drivers[11] = 3.0
    assert np.isnan(scan_narrow(y, noise, drivers, EVEN, LAGS)[11]).all()


def test_nobody_has_no_score() -> None:
    y, noise, _ = made(7, 0)
    assert scan_narrow(y, noise, np.empty((0, T)), EVEN, LAGS).shape == (0, 3)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(scale=st.floats(1e-2, 1e2), shift=st.floats(-10, 10))
def test_rescaling_and_shifting_a_driver_change_next_to_nothing(
    scale: float, shift: float
) -> None:
    y, noise, drivers = made(8, 20)
    plain = scan_narrow(y, noise, drivers, EVEN, LAGS)
    np.testing.assert_allclose(
        scan_narrow(y, noise, scale * drivers + shift, EVEN, LAGS), plain, atol=1e-6
    )
