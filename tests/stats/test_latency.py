"""Reaction latency on worlds whose reactions and background are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from cuibono.stats.latency import (
    BINS,
    DRAWS,
    HORIZON,
    PRIOR,
    draw_reaction,
    first_after,
    summarise,
)


def simulate(
    rng: np.random.Generator, react: float, mean: float, usual: float, n: int = 40
) -> tuple[np.ndarray, np.ndarray]:
    """React with a probability, after a geometric number of days, among usual traffic."""
    own = np.where(rng.random(n) < react, rng.geometric(1 / mean, n) - 1.0, np.inf)
    anyway = rng.geometric(usual, n) - 1.0
    first = np.minimum(own, anyway)
    return np.where(first < HORIZON, first, np.inf), np.full(n, HORIZON)


def test_without_background_and_prior_the_first_day_is_the_share_that_reacted() -> None:
    first = np.array([0.0] * 30 + [np.inf] * 10)
    curve = draw_reaction(first, np.full(40, HORIZON), 10_000, 0)
    exact = (30 + PRIOR) / (40 + 7 * PRIOR)
    assert curve.by_day(0)[0] == pytest.approx(exact, abs=0.02)
    assert curve.raw[0] == 0.75


def test_what_would_have_come_anyway_is_no_reaction() -> None:
    rng = np.random.default_rng(1)
    first, watched = simulate(rng, 0.0, 2.0, 0.25, 200)
    curve = draw_reaction(first, watched, 1000, 250)
    assert curve.raw[7] > 0.8
    assert curve.by_day(7)[0] < 0.35


def test_a_reaction_beyond_the_usual_is_found() -> None:
    rng = np.random.default_rng(2)
    first, watched = simulate(rng, 0.8, 1.5, 0.05, 80)
    mean, low, high = draw_reaction(first, watched, 400, 20).by_day(7)
    assert low < 0.8 < high
    assert mean > 0.6


def test_a_curve_never_falls_and_stays_a_probability() -> None:
    rng = np.random.default_rng(3)
    curve = draw_reaction(*simulate(rng, 0.5, 3.0, 0.1), 300, 30)
    assert curve.draws.shape == (DRAWS, HORIZON)
    assert (np.diff(curve.draws, axis=1) >= -1e-12).all()
    assert 0 <= curve.draws.min() <= curve.draws.max() <= 1


def test_a_shock_that_could_not_be_watched_says_nothing() -> None:
    first = np.array([0.0, 1.0, np.inf, np.inf])
    watched = np.array([15, 15, 15, 15])
    unwatched = np.append(watched, 0)
    plain = draw_reaction(first, watched, 100, 5)
    more = draw_reaction(np.append(first, np.inf), unwatched, 100, 5)
    assert (plain.draws == more.draws).all()


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(4)
    held = naive = total = 0
    for seed in range(60):
        react, mean, usual = rng.uniform(0.4, 0.9), rng.uniform(1.2, 6), rng.uniform(0.02, 0.14)
        first, watched = simulate(rng, react, mean, usual)
        curve = draw_reaction(first, watched, 400, int(rng.binomial(400, usual)), seed)
        for day in (1, 6):
            truth = react * (1 - (1 - 1 / mean) ** (day + 1))
            _, low, high = curve.by_day(day)
            error = 1.645 * np.sqrt(curve.raw[day] * (1 - curve.raw[day]) / 40)
            held += low <= truth <= high
            naive += abs(curve.raw[day] - truth) <= error
            total += 1
    assert binomtest(held, total, 0.9).pvalue > 0.01
    assert naive < held


def test_days_that_are_not_covered_end_the_watch() -> None:
    first, watched = first_after(np.array([9]), np.array([2]), np.array([5]))
    assert (first.tolist(), watched.tolist()) == ([np.inf], [3])


def test_bins_cover_every_day_once() -> None:
    assert [day for start, end in BINS for day in range(start, end)] == list(range(HORIZON))


def test_the_next_shock_ends_the_watch_of_the_one_before() -> None:
    first, watched = first_after(np.array([9]), np.array([2, 6]), np.array([100, 100]))
    assert first.tolist() == [np.inf, 3.0]
    assert watched.tolist() == [4, 15]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 200), min_size=1, max_size=20, unique=True),
    st.lists(st.integers(0, 180), min_size=1, max_size=8, unique=True),
)
def test_a_first_event_is_an_event_within_the_watch(
    events: list[int], shocks: list[int]
) -> None:
    days, at = np.sort(np.array(events)), np.sort(np.array(shocks))
    first, watched = first_after(days, at, np.full(at.size, 200))
    for shock, wait, length in zip(at, first, watched, strict=True):
        if np.isfinite(wait):
            assert shock + wait in events
            assert wait < length <= HORIZON
        else:
            assert not any(shock <= day < shock + length for day in events)


def test_a_mean_lies_in_its_interval() -> None:
    mean, low, high = summarise(np.array([0.0] * 99 + [1.0]))
    assert low <= mean <= high


def test_more_busy_days_than_days_are_refused() -> None:
    with pytest.raises(ValueError, match="5 of 4 quiet days"):
        draw_reaction(np.array([1.0]), np.array([15]), 4, 5)
