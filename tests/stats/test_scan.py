"""The scan against one regression at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtr

from cuibono.stats.controls import independent_columns
from cuibono.stats.innovations import build_filters
from cuibono.stats.noise import Noise, fit_noise, persistence
from cuibono.stats.residuals import make_residuals
from cuibono.stats.scan import chance_of_best, positions_before, scan_drivers

STEPS = np.r_[0:30, 42:72]
USED = np.arange(60)
LAGS = [positions_before(STEPS, USED, lag) for lag in range(3)]


def world(seed: int, n: int = 50) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    drivers = np.cumsum(rng.normal(size=(n, 60)), axis=1)
    drivers[::5, :7] = np.nan
    return rng.normal(size=60), drivers


def fitted(y: np.ndarray) -> Noise:
    controls = independent_columns(STEPS.astype(float))
    return fit_noise(y, np.full(60, 0.2), STEPS, controls)


def lagged(drivers: np.ndarray, position: np.ndarray) -> np.ndarray:
    """Drivers moved, centred on what was observed and 0 elsewhere, in plain NumPy."""
    moved = np.where(position >= 0, drivers[:, position], np.nan)
    seen = np.isfinite(moved)
    mean = np.where(seen, moved, 0).sum(axis=1, keepdims=True)
    mean = mean / np.maximum(1, seen.sum(axis=1, keepdims=True))
    return np.where(seen, moved - mean, 0)


def one_t(y: np.ndarray, x: np.ndarray, covariance: np.ndarray, controls: np.ndarray) -> float:
    full = np.column_stack([x, controls])
    precision = np.linalg.inv(covariance)
    bread = np.linalg.inv(full.T @ precision @ full)
    beta = bread @ full.T @ precision @ y
    residual = y - full @ beta
    variance = residual @ precision @ residual / (y.size - full.shape[1])
    return float(beta[0] / np.sqrt(variance * bread[0, 0]))


def test_z_is_that_of_fifty_single_regressions() -> None:
    y, drivers = world(1)
    controls = np.column_stack([np.ones(60), STEPS])
    weight, rho, v = np.array([0.7, 0.3]), np.array([0.4, 0.9]), 1 + USED / 60
    filters = build_filters(v, STEPS, rho, np.ones(2), np.zeros(2))
    shapes = [persistence(STEPS, one) + np.diag(v) for one in rho]
    noise = Noise(weight, make_residuals(filters, controls), np.array([v, v]))
    z = scan_drivers(y, noise, drivers, LAGS)
    for lag, position in enumerate(LAGS):
        moved = lagged(drivers, position)
        expected = [weight @ [one_t(y, x, s, controls) for s in shapes] for x in moved]
        np.testing.assert_allclose(z[:, lag], expected, atol=1e-6)


def test_nothing_is_looked_up_inside_a_gap() -> None:
    before = positions_before(STEPS, USED, 2)
    assert before[:3].tolist() == [-1, -1, 0]
    assert before[30:33].tolist() == [-1, -1, 30]


@settings(deadline=None, derandomize=True, max_examples=40)
@given(scale=st.floats(1e-3, 1e3), shift=st.floats(-100, 100))
def test_rescaling_and_shifting_a_driver_changes_no_z(scale: float, shift: float) -> None:
    y, drivers = world(2, n=6)
    noise = fitted(y)
    plain = scan_drivers(y, noise, drivers, LAGS)
    np.testing.assert_allclose(
        scan_drivers(y, noise, scale * (drivers + shift), LAGS), plain, atol=1e-5
    )


def test_a_mirrored_driver_turns_every_z_around() -> None:
    y, drivers = world(3)
    noise = fitted(y)
    plain = scan_drivers(y, noise, drivers, LAGS)
    np.testing.assert_allclose(scan_drivers(y, noise, -drivers, LAGS), -plain, atol=1e-9)


@pytest.mark.parametrize("value", [0.0, 3.7, np.nan])
def test_a_driver_that_never_varies_has_no_z(value: float) -> None:
    y, _ = world(4)
    assert np.isnan(scan_drivers(y, fitted(y), np.full((1, 60), value), LAGS)).all()


def test_a_driver_that_is_a_control_has_no_z() -> None:
    y, _ = world(4)
    assert np.isnan(scan_drivers(y, fitted(y), STEPS[None] * 2.0, LAGS[:1])).all()


def test_a_driver_that_leads_by_two_is_found_at_two() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(1, 60))
    y = 0.7 * lagged(x, LAGS[2])[0] + 0.5 * rng.normal(size=60)
    z = scan_drivers(y, fitted(y), x, LAGS)
    assert z[0].argmax() == 2
    assert z[0, 2] > 5


def test_the_target_itself_is_finite_in_the_same_period() -> None:
    y, _ = world(6)
    assert np.isfinite(scan_drivers(y, fitted(y), y[None], LAGS)).all()


@settings(deadline=None, derandomize=True, max_examples=15)
@given(order=st.permutations(range(40)))
def test_who_else_is_scanned_changes_no_bit(order: list[int]) -> None:
    y, drivers = world(8, n=40)
    noise, few = fitted(y), order[:7]
    whole = scan_drivers(y, noise, drivers, LAGS)
    np.testing.assert_array_equal(scan_drivers(y, noise, drivers[few], LAGS), whole[few])


@pytest.mark.parametrize("share", [0.03, 0.3])
def test_a_driver_that_the_controls_all_but_explain_keeps_its_z(share: float) -> None:
    y, drivers = world(9, n=10)
    drivers = np.nan_to_num(drivers)
    faint = scan_drivers(y, fitted(y), share * drivers + 9.0 * STEPS, LAGS[:1])
    plain = scan_drivers(y, fitted(y), drivers, LAGS[:1])
    np.testing.assert_allclose(faint, plain, atol=1e-5)


def test_no_driver_gives_an_empty_answer() -> None:
    y, _ = world(6)
    assert scan_drivers(y, fitted(y), np.empty((0, 60)), LAGS).shape == (0, 3)


def test_persistent_unrelated_drivers_look_related_far_less_than_in_plain_correlation() -> None:
    rng, plain, whitened = np.random.default_rng(7), [], []
    for _ in range(12):
        y = np.linalg.cholesky(persistence(STEPS, 0.9)) @ rng.normal(size=60)
        drivers = np.cumsum(rng.normal(size=(100, 60)), axis=1)
        r = np.corrcoef(y, drivers)[0, 1:]
        plain.append((np.abs(r) * np.sqrt(58 / (1 - r**2)) > 2).mean())
        whitened.append((np.abs(scan_drivers(y, fitted(y), drivers, LAGS)) > 2).mean())
    assert np.mean(whitened) < np.mean(plain) / 4


@settings(deadline=None, derandomize=True, max_examples=40)
@given(z=st.floats(0, 8), trials=st.integers(1, 100_000))
def test_more_trials_make_a_score_less_surprising(z: float, trials: int) -> None:
    once, often = chance_of_best(z, 50, trials), chance_of_best(z, 50, trials + 1)
    assert 0 <= once <= often <= 1


def test_unrelated_drivers_pass_as_often_as_chance() -> None:
    """Of persistent series that have nothing to do with one another one in a hundred does."""
    rng, passed = np.random.default_rng(10), []
    root = np.linalg.cholesky(persistence(STEPS, 0.7) + 0.3 * np.eye(60))
    for _ in range(30):
        y, drivers = root @ rng.normal(size=60), rng.normal(size=(200, 60)) @ root.T
        noise = fit_noise(y, np.full(60, 0.3), STEPS, independent_columns(STEPS.astype(float)))
        z = scan_drivers(y, noise, drivers, LAGS[1:2])[:, 0]
        passed.append(2 * stdtr(noise.whitening.freedom - 1, -np.abs(z)) < 0.01)
    assert 0.005 < np.mean(passed) < 0.02
