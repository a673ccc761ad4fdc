"""Innovations are what the Cholesky root of the dense covariance gives, without the matrix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import solve_triangular
from scipy.stats import multivariate_normal

from cuibono.stats.innovations import find_innovations
from cuibono.stats.noise import persistence

STATES = np.array([0.5, 0.9]), np.array([1.0, 0.3]), np.array([0.0, 0.4])


def made(seed: int, steps: np.ndarray, n: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(steps.size, n)), rng.uniform(0.1, 1, steps.size)


def dense(v: np.ndarray, steps: np.ndarray, state: int) -> np.ndarray:
    rho, movement, extra = (values[state] for values in STATES)
    return movement * persistence(steps, rho) + np.diag(v + extra)


@pytest.mark.parametrize("gap", [0, 1, 30])
def test_they_are_the_columns_divided_by_the_dense_root(gap: int) -> None:
    steps = np.r_[0:12, 12 + gap : 25 + gap]
    columns, v = made(1, steps)
    white, log_root = find_innovations(columns, v, steps, *STATES)
    for state in range(2):
        root = np.linalg.cholesky(dense(v, steps, state))
        assert np.allclose(white[state], solve_triangular(root, columns, lower=True), atol=1e-8)
        assert log_root[state] == pytest.approx(np.log(np.diag(root)).sum(), abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.integers(0, 999))
def test_the_density_is_that_of_the_dense_gaussian(apart: list[int], seed: int) -> None:
    steps = np.cumsum([0, *apart])
    columns, v = made(seed, steps, 1)
    white, log_root = find_innovations(columns, v, steps, *STATES)
    found = (
        -log_root - (white[:, :, 0] ** 2).sum(axis=1) / 2 - steps.size / 2 * np.log(2 * np.pi)
    )
    for state in range(2):
        whole = multivariate_normal(cov=dense(v, steps, state))
        assert found[state] == pytest.approx(whole.logpdf(columns[:, 0]), abs=1e-8)


def test_each_column_is_whitened_on_its_own() -> None:
    steps = np.arange(10)
    columns, v = made(2, steps)
    together, _ = find_innovations(columns, v, steps, *STATES)
    alone, _ = find_innovations(columns[:, 1:2], v, steps, *STATES)
    assert np.allclose(together[:, :, 1:2], alone, atol=1e-12)


def test_what_comes_later_changes_nothing_before() -> None:
    steps = np.arange(10)
    columns, v = made(3, steps)
    later = columns.copy()
    later[6:] += 5
    one, two = (find_innovations(c, v, steps, *STATES)[0] for c in (columns, later))
    assert (one[:, :6] == two[:, :6]).all()


def test_the_noise_of_the_model_becomes_white() -> None:
    rng, steps, v = np.random.default_rng(4), np.arange(30), np.full(30, 0.5)
    root = np.linalg.cholesky(dense(v, steps, 1))
    series = root @ rng.normal(size=(30, 4000))
    white, _ = find_innovations(series, v, steps, *STATES)
    assert np.allclose(white[1] @ white[1].T / 4000, np.eye(30), atol=0.1)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 100))
def test_a_louder_series_under_louder_noise_is_as_white(scale: float) -> None:
    steps = np.arange(12)
    columns, v = made(5, steps)
    rho, movement, extra = STATES
    one, root = find_innovations(columns, v, steps, rho, movement, extra)
    by = scale**2
    two, other = find_innovations(
        scale * columns, by * v, steps, rho, by * movement, by * extra
    )
    assert np.allclose(one, two, atol=1e-9)
    assert np.allclose(root + 12 * np.log(scale), other, atol=1e-9)


def test_states_side_by_side_are_those_one_by_one() -> None:
    steps = np.r_[0:5, 9:14]
    columns, v = made(6, steps)
    both, roots = find_innovations(columns, v, steps, *STATES)
    for state in range(2):
        own = [values[state : state + 1] for values in STATES]
        alone, root = find_innovations(columns, v, steps, *own)
        assert np.array_equal(both[state], alone[0])
        assert roots[state] == root[0]


def test_after_a_long_gap_nothing_is_remembered() -> None:
    steps = np.r_[0:5, 400:405]
    columns, v = made(7, steps)
    whole, _ = find_innovations(columns, v, steps, *STATES)
    after, _ = find_innovations(columns[5:], v[5:], steps[5:], *STATES)
    assert np.allclose(whole[:, 5:], after, atol=1e-9)
