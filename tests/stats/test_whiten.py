"""Whitening against plain least squares."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.noise import persistence
from cuibono.stats.whiten import whiten

seeds = st.integers(0, 10_000)


def covariance_and_controls(seed: int, n: int = 25) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    steps = np.cumsum(rng.integers(1, 4, n))
    controls = np.column_stack([np.ones(n), rng.normal(size=(n, 2))])
    return persistence(steps, 0.8) + np.diag(rng.uniform(0.1, 2, n)), controls


@settings(deadline=None, derandomize=True, max_examples=40)
@given(seed=seeds)
def test_controls_leave_nothing_behind(seed: int) -> None:
    covariance, controls = covariance_and_controls(seed)
    operator = whiten(covariance[None], controls).operator[0]
    np.testing.assert_allclose(operator @ controls, 0, atol=1e-9)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(seed=seeds)
def test_residual_on_residual_gives_the_coefficient_of_the_full_regression(seed: int) -> None:
    covariance, controls = covariance_and_controls(seed)
    y, x = np.random.default_rng(seed + 1).normal(size=(2, 25))
    operator = whiten(covariance[None], controls).operator[0]
    left, right = operator @ y, operator @ x
    precision = np.linalg.inv(covariance)
    full = np.column_stack([x, controls])
    expected = np.linalg.solve(full.T @ precision @ full, full.T @ precision @ y)[0]
    np.testing.assert_allclose(left @ right / (right @ right), expected, rtol=1e-7)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(seed=seeds)
def test_whitened_noise_is_white_outside_the_controls(seed: int) -> None:
    covariance, controls = covariance_and_controls(seed)
    operator = whiten(covariance[None], controls).operator[0]
    after = operator @ covariance @ operator.T
    np.testing.assert_allclose(after @ after, after, atol=1e-8)
    np.testing.assert_allclose(np.trace(after), 22)


def test_freedom_is_periods_less_controls() -> None:
    covariance, controls = covariance_and_controls(0)
    assert whiten(covariance[None], controls).freedom == 22
