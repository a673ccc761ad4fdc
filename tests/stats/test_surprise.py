"""Ranks among placebos as evidence: by integration, by property, by error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from tests.weighing.made_cases import propose

from cuibono.stats.surprise import e_value, seen_ratio

shares = st.floats(1e-6, 1.0)


@pytest.mark.parametrize("share", [0.0005, 0.01, 0.2, 0.7, 0.999])
def test_it_averages_the_densities_over_every_shape(share: float) -> None:
    mean, _ = quad(lambda k: k * share ** (k - 1), 0, 1)
    assert e_value(share) == pytest.approx(mean, rel=1e-7)


def test_its_mean_over_the_placebos_is_one() -> None:
    # substituting share = exp(-x) tames the peak at nought
    mean, _ = quad(lambda x: e_value(float(np.exp(-x))) * np.exp(-x), 0, 600, limit=500)
    tail = 1 / 600  # what lies beyond: the integral of 1 / x^2
    assert mean + tail == pytest.approx(1.0, abs=1e-4)


def test_the_series_meets_the_closed_form() -> None:
    assert e_value(0.99901) == pytest.approx(e_value(0.99899), abs=1e-5)
    assert e_value(1.0) == 0.5


@propose
@given(shares, shares)
def test_the_rarer_the_rank_the_more_it_weighs(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert e_value(low) >= e_value(high) - 1e-6


@propose
@given(shares)
def test_it_stays_below_the_bound_of_every_shape(share: float) -> None:
    # Sellke, Bayarri and Berger: no density k p^(k - 1) gives more than 1 / (-e p ln p).
    if share < 1 / np.e:
        assert e_value(share) <= -1 / (np.e * share * np.log(share)) + 1e-9


@propose
@given(shares, st.floats(0, 1))
def test_what_could_not_be_seen_speaks_neither_way(share: float, sight: float) -> None:
    assert seen_ratio(share, 0.0) == 1.0
    assert 1 - sight / 2 - 1e-9 <= seen_ratio(share, sight) <= max(1.0, e_value(share)) + 1e-9


@pytest.mark.parametrize("share", [0.0, -0.1, 1.5, float("nan")])
def test_what_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="no share of placebos"):
        e_value(share)


def test_placebos_seldom_reach_ten_to_one() -> None:
    # by Markov's inequality at most one in ten; the exact share is where the ratio is ten
    ranks = (np.arange(10_000) + 1) / 10_000
    assert np.mean([e_value(float(share)) >= 10 for share in ranks]) <= 0.004
