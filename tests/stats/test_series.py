"""Series and their noise, by hand, by property and against simulated counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.series import net, share, tone, volume

counts = st.integers(0, 10_000).map(lambda n: np.array([float(n)]))


def test_even_counts_have_no_tone() -> None:
    y, v = tone(np.array([7.5]), np.array([7.5]))
    assert (y[0], v[0]) == (0.0, 0.25)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(c=counts, k=counts)
def test_swapping_cooperation_and_conflict_turns_tone_around(
    c: np.ndarray, k: np.ndarray
) -> None:
    np.testing.assert_allclose(tone(c, k)[0], -tone(k, c)[0])
    np.testing.assert_allclose(tone(c, k)[1], tone(k, c)[1])


@settings(deadline=None, derandomize=True, max_examples=40)
@given(c=counts, k=counts)
def test_swapping_cooperation_and_conflict_turns_net_around(
    c: np.ndarray, k: np.ndarray
) -> None:
    np.testing.assert_allclose(net(c, k)[0], -net(k, c)[0])


@settings(deadline=None, derandomize=True, max_examples=40)
@given(c=counts, k=counts)
def test_one_more_cooperative_event_never_cools_any_channel(
    c: np.ndarray, k: np.ndarray
) -> None:
    world = np.array([50_000.0])
    assert tone(c + 1, k)[0] > tone(c, k)[0]
    assert net(c + 1, k)[0] > net(c, k)[0]
    assert volume(c + 1, world)[0] > volume(c, world)[0]


def test_a_share_of_the_press_is_the_same_volume_in_busy_and_slow_weeks() -> None:
    y, _ = volume(np.array([100.0, 200.0]), np.array([9_999.0, 19_999.0]))
    np.testing.assert_allclose(y[0], y[1])


def test_a_silent_relation_does_not_follow_the_press() -> None:
    y, _ = volume(np.zeros(4), np.array([10.0, 400.0, 9.0, 2_000.0]))
    assert np.ptp(y) == 0


@pytest.mark.parametrize(
    "mean", [(20.0, 20.0), (40.0, 10.0), (3.0, 3.0), (8.0, 1.0), (0.6, 0.6)]
)
def test_stated_noise_of_net_is_near_that_of_poisson_counts(mean: tuple[float, float]) -> None:
    rng = np.random.default_rng(1)
    c, k = (rng.poisson(m, 40_000).astype(float) for m in mean)
    y, v = net(c, k)
    assert 0.5 < v.mean() / y.var() < 2


@pytest.mark.parametrize("mean", [(20.0, 20.0), (40.0, 10.0)])
def test_stated_noise_of_tone_is_near_that_of_poisson_counts(mean: tuple[float, float]) -> None:
    rng = np.random.default_rng(2)
    c, k = (rng.poisson(m, 40_000).astype(float) for m in mean)
    y, v = tone(c, k)
    assert 0.9 < v.mean() / y.var() < 1.2


@pytest.mark.parametrize("p", [0.2, 0.5, 0.9])
def test_stated_noise_of_a_share_is_that_of_binomial_votes(p: float) -> None:
    votes = np.full(40_000, 60.0)
    y, v = share(np.random.default_rng(3).binomial(60, p, votes.size) / 60, votes)
    assert v[0] / y.var() == pytest.approx(1, abs=0.12)


def test_a_share_with_no_votes_is_not_observed() -> None:
    y, v = share(np.array([0.5, np.nan]), np.array([0.0, 9.0]))
    assert np.isnan([y, v]).all()
