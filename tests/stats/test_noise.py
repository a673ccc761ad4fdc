"""Noise of one relation against brute-force densities and simulated series."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_t

from cuibono.stats.controls import independent_columns
from cuibono.stats.noise import MOST, PRIOR, fit_noise, log_marginal, persistence
from cuibono.stats.whiten import Whitening, whiten

STEPS = np.r_[0:12, 20:28]


def movement(rng: np.random.Generator, steps: np.ndarray, rho: float) -> np.ndarray:
    return np.linalg.cholesky(persistence(steps, rho)) @ rng.normal(size=steps.size)


def score(whitening: Whitening, y: np.ndarray) -> np.ndarray:
    squares = ((whitening.operator @ y) ** 2).sum(axis=1)
    return log_marginal(whitening.log_volume, squares, whitening.freedom)


def test_density_without_controls_is_the_multivariate_t() -> None:
    rng = np.random.default_rng(5)
    covariance = persistence(STEPS, 0.8) + np.diag(rng.uniform(0.2, 1, 20))
    y = rng.normal(size=20)
    expected = multivariate_t.logpdf(y, shape=covariance, df=PRIOR)
    found = score(whiten(covariance[None], np.empty((20, 0))), y)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_density_with_a_control_is_the_integral_over_its_coefficient() -> None:
    rng = np.random.default_rng(6)
    y, column = rng.normal(size=20), rng.normal(size=20)
    covariance = persistence(STEPS, 0.8) + np.diag(rng.uniform(0.2, 1, 20))
    coefficients = np.linspace(-8, 8, 1_601)
    left = y - coefficients[:, None] * column
    density = multivariate_t.pdf(left, shape=covariance, df=PRIOR)
    found = score(whiten(covariance[None], column[:, None]), y)
    np.testing.assert_allclose(found, np.log(density.sum() * 0.01), atol=1e-6)


def test_a_gap_weakens_memory_by_its_length() -> None:
    assert persistence(np.array([0, 1, 9]), 0.5)[1, 2] == 0.5**8


@settings(deadline=None, derandomize=True, max_examples=40)
@given(scale=st.floats(1e-3, 1e3))
def test_rescaling_a_series_changes_no_weight(scale: float) -> None:
    rng = np.random.default_rng(8)
    y, v = movement(rng, STEPS, 0.9), np.full(20, 0.3)
    controls = independent_columns(STEPS.astype(float))
    plain = fit_noise(y, v, STEPS, controls)
    scaled = fit_noise(scale * y, scale**2 * v, STEPS, controls)
    np.testing.assert_allclose(plain.weight, scaled.weight, rtol=1e-6)


def test_weights_are_few_sum_to_one_and_fall() -> None:
    y = movement(np.random.default_rng(9), STEPS, 0.8)
    noise = fit_noise(y, np.full(20, 0.3), STEPS, independent_columns(STEPS.astype(float)))
    assert noise.weight.size <= MOST
    assert noise.weight.sum() == pytest.approx(1)
    assert (np.diff(noise.weight) <= 0).all()


@pytest.mark.parametrize(("own", "counting"), [(0.0, 1.0), (1.0, 0.05)])
def test_movement_share_tells_chance_from_movement(own: float, counting: float) -> None:
    rng, steps = np.random.default_rng(10), np.arange(80)
    controls = independent_columns(steps.astype(float))
    shares = []
    for _ in range(6):
        y = own * movement(rng, steps, 0.8) + counting**0.5 * rng.normal(size=80)
        shares.append(fit_noise(y, np.full(80, counting), steps, controls).movement_share)
    assert (np.mean(shares) > 0.5) == (own > 0)


def test_movement_share_is_what_the_dense_covariance_of_the_movement_leaves() -> None:
    rng, controls = np.random.default_rng(11), independent_columns(STEPS.astype(float))
    y = movement(rng, STEPS, 0.8) + rng.normal(size=20)
    noise = fit_noise(y, rng.uniform(0.2, 1, 20), STEPS, controls)
    shares = []
    for operator, chance in zip(noise.whitening.operator, noise.chance, strict=True):
        left = operator @ np.diag(chance) @ operator.T
        shares.append(1 - np.trace(left) / noise.whitening.freedom)
    assert noise.movement_share == pytest.approx(noise.weight @ shares)
    assert 0 < noise.movement_share < 1


def test_a_series_the_controls_explain_is_refused() -> None:
    steps = np.arange(20)
    with pytest.raises(ValueError, match="nothing is left to fit"):
        fit_noise(2.0 * steps, np.ones(20), steps, independent_columns(steps.astype(float)))
