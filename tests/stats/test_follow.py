"""What follows what: waits by hand and by brute force, gaps, chance and planted order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from cuibono.stats.follow import measure_follow, measure_waits

happenings = arrays(np.bool_, (3, 14))
steps = st.lists(st.sampled_from([1, 1, 1, 2, 5]), min_size=13, max_size=13).map(
    lambda jumps: np.r_[0, np.cumsum(jumps)]
)


def by_hand(happened: NDArray[np.bool_], at: NDArray[np.int64], now: int) -> tuple[float, bool]:
    waited = 0
    for later in range(now + 1, at.size):
        if at[later] - at[later - 1] > 1:
            break
        waited += 1
        if happened[later]:
            return float(waited), True
    return float(waited), False


@given(happened=happenings, at=steps)
def test_waits_agree_with_going_through_the_periods(
    happened: NDArray[np.bool_], at: NDArray[np.int64]
) -> None:
    waits = measure_waits(happened, at)
    for series in range(3):
        for now in range(14):
            waited, came = by_hand(happened[series], at, now)
            assert waits.came[series, now] == came
            assert waits.steps[series, now] == waited


def test_the_same_period_does_not_follow_itself() -> None:
    waits = measure_waits(np.array([[True, False, False]]), np.arange(3))
    assert not waits.came.any()


def test_shares_by_hand() -> None:
    first = np.array([[1, 0, 1, 0, 0, 0, 1, 0]], dtype=bool)
    then = np.array([[0, 1, 0, 0, 0, 0, 0, 0]], dtype=bool)
    waits = measure_waits(then, np.arange(8))
    found = measure_follow(first, np.ones((1, 8), dtype=bool), waits, 2)
    assert found.n.tolist() == [2]
    assert found.after.tolist() == [0.5]
    assert found.anyway.tolist() == [0.0]


def test_what_cannot_be_watched_to_the_horizon_is_not_counted() -> None:
    first = np.array([[False, False, True]])
    waits = measure_waits(np.zeros((1, 3), dtype=bool), np.arange(3))
    found = measure_follow(first, ~first, waits, 2)
    assert found.n.tolist() == [0]
    assert np.isnan(found.z).all()


def test_what_comes_at_random_follows_nothing_in_particular() -> None:
    rng = np.random.default_rng(3)
    first, then = rng.random((2, 800, 100)) < 0.2
    waits = measure_waits(then, np.arange(100))
    found = measure_follow(first, np.ones_like(first), waits, 4)
    assert np.nanmean(found.z) == pytest.approx(0.0, abs=0.05)
    assert np.nanstd(found.z) < 1.1


def test_busy_weeks_do_not_pass_for_consequences() -> None:
    rng = np.random.default_rng(4)
    season = np.repeat(rng.random((400, 20)) < 0.5, 5, axis=1)
    first, then, talk = rng.random((3, 400, 100)) < np.where(season, 0.6, 0.02)
    waits = measure_waits(then, np.arange(100))
    careless = measure_follow(first, np.ones_like(first), waits, 4)
    ours = measure_follow(first, talk, waits, 4)
    assert np.nanmean(careless.after - careless.anyway) > 0.1
    assert abs(np.nanmean(ours.after - ours.anyway)) < 0.03


@pytest.mark.parametrize(("lag", "seen"), [(1, True), (4, True), (9, False)])
def test_a_planted_order_is_seen_within_the_horizon(lag: int, seen: bool) -> None:
    rng = np.random.default_rng(5)
    first = rng.random((50, 200)) < 0.05
    waits = measure_waits(np.roll(first, lag, axis=1), np.arange(200))
    found = measure_follow(first, np.ones_like(first), waits, 4)
    assert (np.nanmedian(found.z) > 2) == seen


@given(happened=happenings, horizon=st.integers(1, 6))
def test_a_longer_horizon_never_sees_less(happened: NDArray[np.bool_], horizon: int) -> None:
    waits = measure_waits(happened, np.arange(14))
    soon = waits.came & (waits.steps <= horizon)
    later = waits.came & (waits.steps <= horizon + 1)
    assert (later | ~soon).all()
