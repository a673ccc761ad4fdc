"""Innovations are what the Cholesky root of the dense covariance gives, without the matrix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import solve_triangular
from scipy.stats import multivariate_normal

from cuibono.stats.innovations import build_filters, follow, learn
from cuibono.stats.noise import persistence

STATES = np.array([0.5, 0.9]), np.array([1.0, 0.3]), np.array([0.0, 0.4])


def made(seed: int, steps: np.ndarray, n: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(steps.size, n)), rng.uniform(0.1, 1, steps.size)


def turns(n: int) -> np.ndarray:
    """A level that may turn at two places in the first state, and at none in the second."""
    turned = np.zeros((2, n))
    turned[0, [n // 3, n // 2]] = 0.7, 0.2
    return turned


def dense(v: np.ndarray, steps: np.ndarray, state: int) -> np.ndarray:
    rho, movement, extra = (values[state] for values in STATES)
    after = np.tril(np.ones((v.size, v.size)))
    level = after * turns(v.size)[state] @ after.T
    return movement * persistence(steps, rho) + np.diag(v + extra) + level


@pytest.mark.parametrize("gap", [0, 1, 30])
def test_they_are_the_columns_divided_by_the_dense_root(gap: int) -> None:
    steps = np.r_[0:12, 12 + gap : 25 + gap]
    columns, v = made(1, steps)
    filters = build_filters(v, steps, *STATES, turns(v.size))
    white = filters.whiten(columns)
    for state in range(2):
        root = np.linalg.cholesky(dense(v, steps, state))
        assert np.allclose(white[state], solve_triangular(root, columns, lower=True), atol=1e-8)
        expected = np.log(np.diag(root)).sum()
        assert filters.log_root[state] == pytest.approx(expected, abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.integers(0, 999))
def test_the_density_is_that_of_the_dense_gaussian(apart: list[int], seed: int) -> None:
    steps = np.cumsum([0, *apart])
    columns, v = made(seed, steps, 1)
    filters = build_filters(v, steps, *STATES, turns(v.size))
    squares = (filters.whiten(columns)[:, :, 0] ** 2).sum(axis=1)
    found = -filters.log_root - squares / 2 - steps.size / 2 * np.log(2 * np.pi)
    for state in range(2):
        whole = multivariate_normal(cov=dense(v, steps, state))
        assert found[state] == pytest.approx(whole.logpdf(columns[:, 0]), abs=1e-8)


def test_each_column_is_whitened_on_its_own() -> None:
    steps = np.arange(10)
    columns, v = made(2, steps)
    filters = build_filters(v, steps, *STATES)
    together, alone = filters.whiten(columns), filters.whiten(columns[:, 1:2])
    assert np.array_equal(together[:, :, 1:2], alone)


def test_what_comes_later_changes_nothing_before() -> None:
    steps = np.arange(10)
    columns, v = made(3, steps)
    later = columns.copy()
    later[6:] += 5
    filters = build_filters(v, steps, *STATES)
    one, two = (filters.whiten(c) for c in (columns, later))
    assert (one[:, :6] == two[:, :6]).all()


def test_the_noise_of_the_model_becomes_white() -> None:
    rng, steps, v = np.random.default_rng(4), np.arange(30), np.full(30, 0.5)
    filters = build_filters(v, steps, *STATES, turns(30))
    for state in range(2):
        series = np.linalg.cholesky(dense(v, steps, state)) @ rng.normal(size=(30, 4000))
        white = filters.whiten(series)[state]
        assert np.allclose(white @ white.T / 4000, np.eye(30), atol=0.1)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 100))
def test_a_louder_series_under_louder_noise_is_as_white(scale: float) -> None:
    steps = np.arange(12)
    columns, v = made(5, steps)
    rho, movement, extra = STATES
    one = build_filters(v, steps, rho, movement, extra)
    by = scale**2
    two = build_filters(by * v, steps, rho, by * movement, by * extra)
    assert np.allclose(one.whiten(columns), two.whiten(scale * columns), atol=1e-9)
    assert np.allclose(one.log_root + 12 * np.log(scale), two.log_root, atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 100))
def test_a_filter_in_other_units_divides_by_them(unit: float) -> None:
    steps = np.arange(12)
    columns, v = made(5, steps)
    filters = build_filters(v, steps, *STATES)
    other = filters.in_units(unit)
    assert np.allclose(other.whiten(columns), filters.whiten(columns / unit), rtol=1e-9)
    assert (other.log_root == filters.log_root).all()


def test_states_side_by_side_are_those_one_by_one() -> None:
    steps = np.r_[0:5, 9:14]
    columns, v = made(6, steps)
    both = build_filters(v, steps, *STATES)
    for state in range(2):
        alone = build_filters(v, steps, *(values[state : state + 1] for values in STATES))
        for one in (alone, both.keep(np.array([state]))):
            assert np.array_equal(both.whiten(columns)[state], one.whiten(columns)[0])
            assert both.log_root[state] == one.log_root[0]


def test_after_a_long_gap_nothing_is_remembered() -> None:
    steps = np.r_[0:5, 400:405]
    columns, v = made(7, steps)
    whole = build_filters(v, steps, *STATES).whiten(columns)
    after = build_filters(v[5:], steps[5:], *STATES).whiten(columns[5:])
    assert np.allclose(whole[:, 5:], after, atol=1e-9)


def test_a_turn_is_remembered_across_a_long_gap() -> None:
    """A level that turned stays turned: what comes after is known to lie apart."""
    steps, columns = np.r_[0:8, 400:408], np.r_[np.zeros(8), np.full(8, 5.0)][:, None]
    turned = np.zeros((1, 16))
    turned[0, 8] = 9.0
    state = [np.array([value]) for value in (0.5, 0.2, 0.1)]
    white = build_filters(np.full(16, 0.2), steps, *state, turned).whiten(columns)[0, :, 0]
    assert abs(white[8]) < 2
    assert np.abs(white[9:]).max() < abs(white[8])


def test_the_loops_do_the_same_without_a_compiler() -> None:
    steps = np.r_[0:5, 9:14]
    columns, v = made(8, steps)
    filters = build_filters(v, steps, *STATES, turns(10))
    gain, lift, scale = np.empty((3, *filters.fade.shape))
    apart, white = v + STATES[2][:, None], np.empty(columns.shape)
    as_written = (getattr(loop, "py_func", loop) for loop in (learn, follow))
    next(as_written)(filters.fade, STATES[1], apart, turns(10), gain, lift, scale)
    next(as_written)(columns, filters.fade[0], gain[0], lift[0], scale[0], white)
    for one, two in ((gain, filters.gain), (lift, filters.lift), (scale, filters.scale)):
        assert np.allclose(one, two, rtol=1e-14, atol=0)
    assert np.allclose(white, filters.whiten(columns)[0], rtol=1e-12)
