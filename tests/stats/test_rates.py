"""Intervals on shares, by hand, against scipy and by coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binom

from cuibono.stats.rates import share_high, share_interval, share_low

tallies = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_nothing_in_ten_leaves_room_for_a_fifth() -> None:
    # The 97.5 % point of beta(1/2, 21/2), by numerical integration.
    low, high = share_interval(0, 10, level=0.95)
    assert (float(low), round(float(high), 3)) == (0.0, 0.217)


def test_all_of_ten_mirrors_nothing_of_ten() -> None:
    low, high = share_interval(10, 10, level=0.95)
    assert (round(float(low), 3), float(high)) == (0.783, 1.0)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(tally=tallies, level=st.floats(0.5, 0.99))
def test_bounds_between_the_ends_are_beta_quantiles(
    tally: tuple[int, int], level: float
) -> None:
    hits, n = tally
    low, high = share_interval(hits, n, level)
    expected = beta.ppf([(1 - level) / 2, (1 + level) / 2], hits + 0.5, n - hits + 0.5)
    expected = [0.0 if hits == 0 else expected[0], 1.0 if hits == n else expected[1]]
    np.testing.assert_allclose([low, high], expected, rtol=1e-8)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(tallies=st.lists(tallies, min_size=1), level=st.floats(0.5, 0.99))
def test_one_bound_alone_is_that_of_the_interval_to_the_last_bit(
    tallies: list[tuple[int, int]], level: float
) -> None:
    hits, n = np.array([*tallies, (0, 0)]).T
    low, high = share_interval(hits, n, level)
    assert share_low(hits, n, level).tobytes() == low.tobytes()
    assert share_high(hits[:1], n[:1], level).tobytes() == high[:1].tobytes()


@settings(deadline=None, derandomize=True, max_examples=40)
@given(tally=tallies)
def test_the_interval_holds_the_observed_share(tally: tuple[int, int]) -> None:
    low, high = share_interval(*tally)
    assert low <= tally[0] / tally[1] <= high


@settings(deadline=None, derandomize=True, max_examples=40)
@given(tally=tallies)
def test_mirrored_counts_mirror_the_interval(tally: tuple[int, int]) -> None:
    hits, n = tally
    low, high = share_interval(hits, n)
    other_low, other_high = share_interval(n - hits, n)
    np.testing.assert_allclose([low, high], [1 - other_high, 1 - other_low], atol=1e-9)


@pytest.mark.parametrize("n", [20, 90, 400])
def test_average_coverage_is_what_the_level_claims(n: int) -> None:
    counts = np.arange(n + 1)
    low, high = share_interval(counts, n)
    truths = np.linspace(0.02, 0.98, 193)[:, None]
    held = ((low <= truths) & (truths <= high)) * binom.pmf(counts, n, truths)
    assert held.sum(axis=1).mean() == pytest.approx(0.9, abs=0.01)


def test_no_trial_is_not_observed_rather_than_zero() -> None:
    low, high = share_interval([0, 3], [0, 6])
    assert np.isnan([low[0], high[0]]).all()
    assert np.isfinite([low[1], high[1]]).all()


def test_counts_broadcast_against_totals() -> None:
    low, _ = share_interval(np.zeros((3, 1)), np.array([5, 6]))
    assert low.shape == (3, 2)


@pytest.mark.parametrize(("hits", "n"), [(3, 2), (-1, 2), (np.nan, 2), (1, np.inf)])
def test_impossible_counts_are_refused(hits: float, n: float) -> None:
    with pytest.raises(ValueError, match="between 0 and trials"):
        share_interval(hits, n)


@pytest.mark.parametrize("level", [0, 1, 90])
def test_a_level_outside_zero_to_one_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        share_interval(1, 2, level)
