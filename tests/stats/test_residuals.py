"""Residuals by filters are those of the dense operators of `whiten`."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.innovations import Filters, build_filters
from cuibono.stats.noise import persistence
from cuibono.stats.residuals import ResidualMaker, make_residuals
from cuibono.stats.whiten import whiten

N = 25
RHO, MOVEMENT, EXTRA = np.array([0.8, 0.4]), np.array([1.0, 0.3]), np.array([0.0, 0.5])


def parts(seed: int) -> tuple[np.ndarray, np.ndarray, Filters]:
    rng = np.random.default_rng(seed)
    steps = np.cumsum(rng.integers(1, 4, N))
    v, controls = rng.uniform(0.1, 2, N), np.column_stack([np.ones(N), rng.normal(size=(N, 2))])
    states = zip(RHO, MOVEMENT, EXTRA, strict=True)
    covariance = [m * persistence(steps, rho) + np.diag(v + e) for rho, m, e in states]
    return np.array(covariance), controls, build_filters(v, steps, RHO, MOVEMENT, EXTRA)


def maker(seed: int) -> ResidualMaker:
    _, controls, filters = parts(seed)
    return make_residuals(filters, controls)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(seed=st.integers(0, 10_000))
def test_they_are_those_of_the_dense_operators(seed: int) -> None:
    covariance, controls, filters = parts(seed)
    dense, found = whiten(covariance, controls), make_residuals(filters, controls)
    np.testing.assert_allclose(found.operator, dense.operator, atol=1e-10)
    np.testing.assert_allclose(found.log_volume, dense.log_volume, atol=1e-9)
    assert found.freedom == dense.freedom == N - 3


def test_a_series_and_a_column_of_many_leave_the_same() -> None:
    columns = np.random.default_rng(1).normal(size=(N, 4))
    many, one = maker(1).apply(columns), maker(1).apply(columns[:, 2])
    assert one.shape == (2, N)
    np.testing.assert_allclose(many[:, :, 2], one, atol=1e-12)


def test_controls_leave_nothing_behind() -> None:
    _, controls, filters = parts(2)
    left = make_residuals(filters, controls).apply(controls)
    np.testing.assert_allclose(left, 0, atol=1e-10)


def test_without_controls_they_are_the_innovations() -> None:
    _, _, filters = parts(3)
    series = np.random.default_rng(3).normal(size=(N, 2))
    found = make_residuals(filters, np.empty((N, 0)))
    np.testing.assert_array_equal(found.apply(series), filters.whiten(series))
    np.testing.assert_array_equal(found.log_volume, filters.log_root)
    assert found.freedom == N


def test_kept_states_come_in_the_order_asked() -> None:
    both, series = maker(4), np.random.default_rng(4).normal(size=N)
    kept = both.keep(np.array([1, 0]))
    np.testing.assert_array_equal(kept.apply(series), both.apply(series)[::-1])
    np.testing.assert_array_equal(kept.log_volume, both.log_volume[::-1])


def test_a_level_that_may_turn_is_taken_out_as_by_the_dense_covariance() -> None:
    covariance, controls, _ = parts(5)
    rng = np.random.default_rng(5)
    steps = np.cumsum(rng.integers(1, 4, N))
    v, turned = rng.uniform(0.1, 2, N), np.zeros((2, N))
    turned[0, [7, 15]] = 2.0, 0.5
    after = np.tril(np.ones((N, N)))
    levels = [after * one @ after.T for one in turned]
    filters = build_filters(v, steps, RHO, MOVEMENT, EXTRA, turned)
    found, dense = make_residuals(filters, controls), whiten(covariance + levels, controls)
    np.testing.assert_allclose(found.operator, dense.operator, atol=1e-10)
    np.testing.assert_allclose(found.log_volume, dense.log_volume, atol=1e-9)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(unit=st.floats(1e-3, 1e3))
def test_a_series_in_other_units_leaves_the_same(unit: float) -> None:
    _, controls, filters = parts(6)
    series = np.random.default_rng(6).normal(size=N)
    plain = make_residuals(filters, controls)
    other = plain.in_units(unit)
    np.testing.assert_allclose(other.apply(unit * series), plain.apply(series), atol=1e-9)
    np.testing.assert_allclose(other.log_volume, plain.log_volume, atol=1e-9)
