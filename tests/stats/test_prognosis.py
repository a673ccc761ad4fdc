"""Forecasts from like cases: better than the base rate, and the same one by one or together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cuibono.stats.prognosis import Prognosis, learn

HORIZONS = np.array([1.0, 3.0, 5.0])


def world(seed: int, cases: int = 1500) -> tuple[NDArray[np.float64], ...]:
    """Draw lifetimes in whole years that the first of three features foretells."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(cases, 3)) * [1.0, 5.0, 0.1] + [3.0, 0.0, 9.0]
    lifetime = np.ceil(rng.exponential(4 * np.exp(-0.8 * (features[:, 0] - 3))))
    watched = rng.integers(1, 8, cases).astype(float)
    return features, np.minimum(lifetime, watched), lifetime <= watched, lifetime


def known(seed: int = 1) -> Prognosis:
    features, durations, ended, _ = world(seed)
    return learn(features, durations, ended, (np.arange(durations.size),))


def test_what_foretells_is_learned_and_what_does_not_is_let_go() -> None:
    beta = known().beta
    assert beta[0] == pytest.approx(0.8, abs=0.15)
    assert np.abs(beta[1:]).max() < 0.1


def test_forecasts_of_unseen_cases_beat_the_base_rate() -> None:
    features, _, _, lifetime = world(2)
    lasted = lifetime[:, None] > HORIZONS
    learned = known()
    alike = ((learned.forecast_many(features, HORIZONS) - lasted) ** 2).mean()
    base = ((learned.base(HORIZONS).share - lasted) ** 2).mean()
    assert 1 - alike / base > 0.12


def test_forecasts_come_true_as_often_as_they_say() -> None:
    features, _, _, lifetime = world(3, cases=4000)
    said = known().forecast_many(features, HORIZONS)[:, 1]
    came = lifetime > 3
    for low in (0.2, 0.4, 0.6):
        within = (said >= low) & (said < low + 0.2)
        assert came[within].mean() == pytest.approx(said[within].mean(), abs=0.06)


def test_one_by_one_and_together_agree() -> None:
    learned, features = known(), world(4)[0][:40]
    together = learned.forecast_many(features, HORIZONS)
    alone = np.array([learned.forecast(row, HORIZONS).share for row in features])
    assert together == pytest.approx(alone, abs=0.02)


@given(factor=st.floats(0.1, 100), shift=st.floats(-50, 50))
def test_the_units_of_the_features_do_not_matter(factor: float, shift: float) -> None:
    features, durations, ended, _ = world(5, cases=200)
    members = (np.arange(200),)
    one = learn(features, durations, ended, members)
    other = learn(features * factor + shift, durations, ended, members)
    assert other.scores == pytest.approx(one.scores, abs=1e-5)


def test_cases_of_few_parties_are_worth_few() -> None:
    features, durations, ended, _ = world(6)
    alone = learn(features, durations, ended, (np.arange(durations.size),))
    shared = learn(features, durations, ended, (np.arange(durations.size) % 6,))
    asked = features[0]
    near, wide = (p.forecast(asked, HORIZONS).interval() for p in (alone, shared))
    assert (wide[1] - wide[0] > near[1] - near[0]).all()


def test_a_constant_feature_foretells_nothing() -> None:
    features, durations, ended, _ = world(7, cases=300)
    features[:, 1] = 4.0
    learned = learn(features, durations, ended, (np.arange(300),))
    assert learned.beta[1] == 0.0


def test_the_intervals_hold_the_truth_of_a_simulated_world() -> None:
    asked, horizon = np.array([3.5, 0.0, 9.0]), np.array([3.0])
    truth, hits = np.exp(-3 / (4 * np.exp(-0.4))), 0
    for seed in range(60):
        features, durations, ended, _ = world(100 + seed, cases=300)
        learned = learn(features, durations, ended, (np.arange(300),))
        low, high = learned.forecast(asked, horizon).interval()
        hits += bool(low[0] <= truth <= high[0])
    assert hits / 60 >= 0.8


def test_the_intervals_hold_the_truth_of_cases_that_hardly_any_are_like() -> None:
    asked, horizon = np.array([5.0, 0.0, 9.0]), np.array([3.0])
    truth, hits = np.exp(-3 / (4 * np.exp(-1.6))), 0
    for seed in range(60):
        features, durations, ended, _ = world(300 + seed, cases=300)
        learned = learn(features, durations, ended, (np.arange(300),))
        low, high = learned.forecast(asked, horizon).interval()
        hits += bool(low[0] <= truth <= high[0])
    assert hits / 60 >= 0.8


def test_less_is_known_of_cases_far_from_the_average() -> None:
    features, durations, ended, _ = world(9, cases=300)
    learned = learn(features, durations, ended, (np.arange(300),))
    spread = [
        float(np.sqrt(x @ learned.covariance @ x))
        for x in (np.zeros(3), np.ones(3), 3 * np.ones(3))
    ]
    assert spread[0] == 0
    assert spread[2] == pytest.approx(3 * spread[1])
