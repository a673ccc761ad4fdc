"""Control columns, by hand and by property."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.controls import (
    annual_cycle,
    gap_levels,
    independent_columns,
    leading_components,
)


def test_columns_are_orthonormal_and_hold_the_intercept() -> None:
    columns = independent_columns(np.arange(9.0), np.arange(9.0) ** 2)
    np.testing.assert_allclose(columns.T @ columns, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(columns @ (columns.T @ np.ones(9)), np.ones(9))


def test_a_constant_column_adds_nothing() -> None:
    assert independent_columns(np.full(5, 1e6)).shape == (5, 1)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(scale=st.floats(1e-6, 1e6), shift=st.floats(-10, 10))
def test_span_does_not_depend_on_scale(scale: float, shift: float) -> None:
    column = np.random.default_rng(1).normal(size=12)
    plain, scaled = independent_columns(column), independent_columns(scale * (column + shift))
    np.testing.assert_allclose(plain @ plain.T, scaled @ scaled.T, atol=1e-6)


def test_a_missing_value_takes_the_mean() -> None:
    with_gap = independent_columns(np.array([1.0, np.nan, 3.0]))
    filled = independent_columns(np.array([1.0, 2.0, 3.0]))
    np.testing.assert_allclose(with_gap @ with_gap.T, filled @ filled.T, atol=1e-12)


def test_the_first_component_is_what_all_series_share() -> None:
    rng = np.random.default_rng(2)
    wave = rng.normal(size=50)
    series = wave * rng.uniform(0.5, 2, (40, 1)) + 0.3 * rng.normal(size=(40, 50))
    series[0, :9] = np.nan
    first = leading_components(series, 2)[:, 0]
    assert abs(np.corrcoef(first, wave)[0, 1]) > 0.98


def test_components_are_the_leading_eigenvectors_largest_first() -> None:
    series = np.random.default_rng(5).normal(size=(30, 12))
    scaled = series - series.mean(axis=1, keepdims=True)
    scaled /= np.linalg.norm(scaled, axis=1, keepdims=True)
    _, vectors = np.linalg.eigh(scaled.T @ scaled)
    found, expected = leading_components(series, 3), vectors[:, :-4:-1]
    np.testing.assert_allclose(np.abs((found * expected).sum(axis=0)), np.ones(3), atol=1e-9)


def test_there_are_no_more_components_than_periods() -> None:
    assert leading_components(np.random.default_rng(6).normal(size=(9, 4)), 7).shape == (4, 4)


def test_a_series_that_never_varies_does_not_disturb_the_components() -> None:
    series = np.random.default_rng(3).normal(size=(20, 15))
    with_flat = np.vstack([series, np.full(15, 4.0), np.full(15, np.nan)])
    one, two = leading_components(series, 1), leading_components(with_flat, 1)
    np.testing.assert_allclose(one @ one.T, two @ two.T, atol=1e-9)


def test_a_year_later_the_season_is_the_same() -> None:
    cycle = annual_cycle(np.array([0, 3, 12, 15]), 12.0)
    np.testing.assert_allclose(cycle[:2], cycle[2:], atol=1e-12)


def test_a_short_gap_starts_no_new_level() -> None:
    assert gap_levels(np.array([0, 1, 4, 5]), 4).shape == (4, 0)


def test_each_long_gap_starts_a_new_level() -> None:
    levels = gap_levels(np.array([0, 10, 20]), 4)
    assert levels.T.tolist() == [[0, 1, 1], [0, 0, 1]]
