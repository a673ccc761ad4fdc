"""Episodes of pressure and what followed, counted by hand and on planted worlds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from cuibono.stats.episodes import CALM, WINDOW, find_episodes, follow_episodes


def test_an_episode_begins_after_a_calm() -> None:
    pressure = np.zeros(30)
    pressure[[4, 6, 9, 20]] = 5
    assert find_episodes(pressure, 3).tolist() == [4, 20]


def test_pressure_in_the_first_period_is_an_episode() -> None:
    assert find_episodes(np.array([7.0, 0, 0, 0]), 3).tolist() == [0]


def test_no_pressure_is_no_episode() -> None:
    assert find_episodes(np.zeros(9), 1).size == 0


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 5))
def test_episodes_lie_apart_and_reach_the_threshold(counts: list[int], least: int) -> None:
    pressure = np.array(counts, dtype=float)
    found = find_episodes(pressure, least)
    assert (np.diff(found) > CALM).all()
    assert (pressure[found] >= least).all()


def test_what_follows_is_counted_from_the_period_of_the_episode() -> None:
    concession = np.zeros(40)
    concession[[10, 12, 15, 16]] = [1.0, 4.0, 2.0, 9.0]
    found = follow_episodes(np.array([10]), concession)
    assert found.after.tolist() == [7.0]
    assert found.peak.tolist() == [12]


def test_what_lies_behind_the_end_of_the_record_is_not_counted() -> None:
    concession = np.zeros(20)
    concession[[0, 19]] = 3.0
    assert follow_episodes(np.array([18]), concession).after.tolist() == [3.0]


def test_constant_concessions_exceed_nothing() -> None:
    found = follow_episodes(np.array([5, 15]), np.full(40, 2.0))
    assert found.excess == pytest.approx(0.0)
    assert found.moved == pytest.approx(np.full(found.moved.size, 2.0 * WINDOW))


def test_concessions_that_follow_stand_out_among_all_moves() -> None:
    rng = np.random.default_rng(1)
    concession = rng.poisson(1.0, 120).astype(float)
    episodes = np.array([10, 35, 61, 90])
    for start in episodes:
        concession[start + 1 : start + 4] += 3
    found = follow_episodes(episodes, concession)
    assert found.excess > 4
    assert (found.moved >= found.after.mean()).mean() <= 0.05


def test_unrelated_concessions_stand_out_as_rarely_as_claimed() -> None:
    alarms = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        noise = np.convolve(rng.poisson(1.0, 100), np.ones(4), "same")
        episodes = np.sort(rng.choice(np.arange(0, 95, 8), 5, replace=False))
        found = follow_episodes(episodes, noise.astype(float))
        alarms += (found.moved >= found.after.mean()).mean() <= 0.1
    assert binomtest(alarms, 60, 0.1, alternative="greater").pvalue > 0.01


@given(st.integers(0, 500), st.integers(1, 4))
def test_moves_of_all_episodes_count_every_period_alike(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    concession = rng.poisson(2.0, 50).astype(float)
    episodes = np.sort(rng.choice(50 - WINDOW, n, replace=False))
    found = follow_episodes(episodes, concession)
    assert found.moved.size == 50 - 2 * WINDOW + 1
    assert found.moved.min() >= 0
    assert found.moved.max() <= concession.sum()
    assert found.after.shape == found.peak.shape == (n,)
