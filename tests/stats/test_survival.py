"""Survival: by hand, against lifelines, and as the truth of simulated lifetimes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from cuibono.stats.hazard import fit_hazard, weigh_alike
from cuibono.stats.survival import (
    Survival,
    doubt,
    effective_number,
    estimate_survival,
    measure_brier,
    median_time,
    shrink,
)

# Made by lifelines 0.30.3 from seed 2016 (24 lifetimes, 15 of them seen to end).
DURATIONS = np.array(
    [
        3.2,
        10.15,
        24.95,
        10.33,
        14.13,
        6.68,
        9.7,
        6.26,
        7.38,
        6.71,
        10.67,
        5.68,
        2.68,
        6.04,
        28.05,
        8.31,
        21.12,
        3.35,
        9.73,
        11.58,
        2.3,
        5.47,
        6.21,
        2.45,
    ]
)
ENDED = np.array(list("110010111111110000101111")) == "1"
WEIGHTS = np.array(
    [
        0.57,
        1.79,
        1.51,
        1.37,
        1.71,
        1.33,
        0.88,
        0.88,
        0.79,
        0.92,
        1.39,
        1.96,
        1.08,
        0.25,
        1.29,
        1.62,
        1.52,
        1.62,
        1.28,
        1.1,
        1.82,
        1.8,
        1.95,
        0.87,
    ]
)
HORIZONS = np.array([2.0, 5.0, 10.0, 15.0])
LIFELINES = [1.0, 0.833333, 0.415655, 0.227311]
LIFELINES_WEIGHTED = [1.0, 0.861342, 0.477845, 0.242581]
LIFELINES_VARIANCE = [0.0, 0.00578704, 0.01142283, 0.01036714]

lifetimes = arrays(np.float64, st.integers(1, 30), elements=st.integers(0, 20).map(float))


def test_shares_agree_with_lifelines() -> None:
    found = estimate_survival(DURATIONS, ENDED, HORIZONS)
    assert found.share == pytest.approx(LIFELINES, abs=1e-6)


def test_weighted_shares_agree_with_lifelines() -> None:
    found = estimate_survival(DURATIONS, ENDED, HORIZONS, WEIGHTS)
    assert found.share == pytest.approx(LIFELINES_WEIGHTED, abs=1e-6)


def test_cases_stand_for_greenwoods_variance() -> None:
    found = estimate_survival(DURATIONS, ENDED, HORIZONS)
    variance = found.share * (1 - found.share) / found.cases
    assert variance == pytest.approx(LIFELINES_VARIANCE, abs=1e-8)


def test_where_nothing_has_ended_the_cases_are_those_still_watched() -> None:
    found = estimate_survival(DURATIONS, ENDED, np.array([2.0]))
    assert found.cases.tolist() == [24.0]
    assert 0.85 < found.interval()[0][0] < 1


def test_an_ended_case_at_the_horizon_has_not_lasted_longer() -> None:
    one = estimate_survival(np.array([3.0]), np.array([True]), np.array([2.9, 3.0]))
    assert one.share.tolist() == [1.0, 0.0]


def test_a_case_with_double_weight_is_two_cases() -> None:
    twice = estimate_survival(
        np.array([2.0, 5.0]), np.array([True, True]), HORIZONS, np.array([2.0, 1.0])
    )
    three = estimate_survival(np.array([2.0, 2.0, 5.0]), np.ones(3, dtype=bool), HORIZONS)
    assert twice.share == pytest.approx(three.share)


def test_a_number_of_cases_scales_what_the_curve_is_worth() -> None:
    many = estimate_survival(DURATIONS, ENDED, HORIZONS, n_effective=240.0)
    few = estimate_survival(DURATIONS, ENDED, HORIZONS, n_effective=12.0)
    assert (many.share == few.share).all()
    assert many.cases[1:] == pytest.approx(20 * few.cases[1:])


@given(durations=lifetimes, data=st.data())
def test_a_share_falls_and_its_interval_holds_it(
    durations: NDArray[np.float64], data: st.DataObject
) -> None:
    ended = data.draw(arrays(np.bool_, durations.size))
    weights = data.draw(arrays(np.float64, durations.size, elements=st.floats(0.01, 5)))
    found = estimate_survival(durations, ended, np.arange(25.0), weights)
    low, high = found.interval()
    assert (np.diff(found.share) <= 1e-12).all()
    assert ((low <= found.share) & (found.share <= high) | (found.cases == 0)).all()


@given(durations=lifetimes)
def test_without_censoring_the_share_is_the_plain_share(
    durations: NDArray[np.float64],
) -> None:
    found = estimate_survival(durations, np.ones(durations.size, dtype=bool), HORIZONS)
    plain = (durations[:, None] > HORIZONS).mean(axis=0)
    assert found.share == pytest.approx(plain)


@given(factor=st.floats(0.1, 50))
def test_the_scale_of_the_weights_does_not_matter(factor: float) -> None:
    one = estimate_survival(DURATIONS, ENDED, HORIZONS, WEIGHTS)
    other = estimate_survival(DURATIONS, ENDED, HORIZONS, factor * WEIGHTS)
    assert one.share == pytest.approx(other.share)
    assert one.cases == pytest.approx(other.cases)


def test_intervals_cover_the_truth_as_often_as_they_claim() -> None:
    rng = np.random.default_rng(8)
    horizon, truth, hits = np.array([5.0]), np.exp(-0.5), 0
    for _ in range(400):
        lifetime, watched = rng.exponential(10, 40), rng.uniform(2, 20, 40)
        found = estimate_survival(np.minimum(lifetime, watched), lifetime <= watched, horizon)
        low, high = found.interval(0.9)
        hits += bool(low[0] <= truth <= high[0])
    assert 0.87 <= hits / 400 <= 0.94


@pytest.mark.parametrize(
    ("durations", "weights", "message"),
    [
        ([], None, "Nothing lasts in no case"),
        ([-1.0], None, "duration is negative or not finite"),
        ([np.nan], None, "duration is negative or not finite"),
        ([1.0], [-1.0], "weight is negative or not finite"),
        ([1.0], [0.0], "No case has a weight"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    durations: list[float], weights: list[float] | None, message: str
) -> None:
    given_weights = None if weights is None else np.array(weights)
    ended = np.ones(len(durations), dtype=bool)
    with pytest.raises(ValueError, match=message):
        estimate_survival(np.array(durations), ended, HORIZONS, given_weights)


@pytest.mark.parametrize("states", [3, 5, 12])
def test_relations_of_n_states_are_worth_n_cases(states: int) -> None:
    first, second = np.triu_indices(states, 1)
    found = effective_number(np.ones(first.size), (first, second))
    assert found == pytest.approx(states)


@given(weights=arrays(np.float64, 12, elements=st.floats(0.01, 9)))
def test_weighted_cases_are_worth_at_most_their_number(weights: NDArray[np.float64]) -> None:
    assert 1 - 1e-9 <= effective_number(weights) <= 12 + 1e-9


def test_few_like_cases_give_way_to_the_base_rate() -> None:
    near, base = (Survival(np.array([s]), np.array([9.0])) for s in (0.9, 0.5))
    assert shrink(near, base, 8.0).share == pytest.approx([0.7])
    assert shrink(near, base, 1e9).share == pytest.approx([0.9])
    assert shrink(near, base, 1e-9).share == pytest.approx([0.5])


def test_an_interval_is_that_of_the_like_cases_however_far_they_were_drawn() -> None:
    near, base = (Survival(np.array([s]), np.array([30.0])) for s in (0.9, 0.5))
    own = near.interval()
    for worth in (1e-9, 8.0, 1e9):
        drawn = shrink(near, base, worth)
        low, high = drawn.interval()
        assert low[0] == pytest.approx(min(own[0][0], drawn.share[0]))
        assert high[0] == pytest.approx(own[1][0])


@given(st.floats(0, 1), st.floats(0.5, 500), st.floats(0, 3))
def test_doubt_about_likeness_makes_cases_worth_less_and_leaves_the_share(
    share: float, cases: float, spread: float
) -> None:
    sure = Survival(np.array([share]), np.array([cases]))
    doubted = doubt(sure, spread)
    assert doubted.share == sure.share
    assert 0 < doubted.cases[0] <= cases
    assert doubt(sure, 0.0).cases == pytest.approx(sure.cases)


def test_half_have_ended_at_the_median_or_never() -> None:
    curve = Survival(np.array([0.9, 0.5, 0.2]), np.ones(3))
    assert median_time(curve, np.array([1.0, 3.0, 5.0])) == 3.0
    assert median_time(Survival(np.array([0.8]), np.ones(1)), np.array([1.0])) == np.inf


def test_a_forecast_is_scored_only_where_the_end_could_have_been_seen() -> None:
    forecast = np.array([[0.8, 0.5], [0.8, 0.5]])
    durations, ended = np.array([1.0, 3.0]), np.array([True, False])
    score = measure_brier(
        forecast, durations, ended, np.array([9.0, 3.0]), np.array([2.0, 5.0])
    )
    assert score.tolist() == pytest.approx([(0.64 + 0.04) / 2, 0.25])


def test_nobody_watched_so_long_is_no_score() -> None:
    score = measure_brier(
        np.ones((1, 1)), np.ones(1), np.zeros(1, dtype=bool), np.ones(1), np.array([5.0])
    )
    assert np.isnan(score).all()


def simulate(rng: np.random.Generator, cases: int) -> tuple[NDArray[np.float64], ...]:
    """Draw lifetimes that two of four features foretell, watched for up to ten years."""
    features = rng.standard_normal((cases, 4))
    scale = 24 * np.exp(0.6 * features[:, 0] - 0.5 * features[:, 1])
    return features, rng.weibull(1.3, cases) * scale, rng.uniform(6, 120, cases), scale


def forecast(
    rng: np.random.Generator, horizons: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Forecast twenty lifetimes from 250: by base rate, by like cases, and what happened."""
    features, lifetime, watched, _ = simulate(rng, 250)
    durations, ended = np.minimum(lifetime, watched), lifetime <= watched
    base = estimate_survival(durations, ended, horizons)
    beta = fit_hazard(features, durations, ended)
    asked, lasted, _, _ = simulate(rng, 20)
    alike = []
    for score in asked @ beta:
        weights = weigh_alike(features @ beta, score, 0.4)
        near = estimate_survival(durations, ended, horizons, weights)
        alike.append(shrink(near, base, effective_number(weights)).share)
    return np.tile(base.share, (20, 1)), np.array(alike), lasted[:, None] > horizons


def test_like_cases_forecast_better_than_the_base_rate() -> None:
    rng, horizons = np.random.default_rng(12), np.array([6.0, 12.0, 24.0, 48.0])
    base, alike = [], []
    for _ in range(30):
        plain, near, lasted = forecast(rng, horizons)
        base.append(((plain - lasted) ** 2).mean())
        alike.append(((near - lasted) ** 2).mean())
    assert 1 - np.mean(alike) / np.mean(base) >= 0.18


def test_forecasts_come_true_as_often_as_they_say() -> None:
    rng, horizons = np.random.default_rng(13), np.array([12.0, 24.0])
    said, came = [], []
    for _ in range(40):
        _, near, lasted = forecast(rng, horizons)
        said.append(near.ravel())
        came.append(lasted.ravel())
    stated, true = np.concatenate(said), np.concatenate(came)
    for low, high in ((0.2, 0.4), (0.4, 0.6), (0.6, 0.8)):
        within = (stated >= low) & (stated < high)
        assert true[within].mean() == pytest.approx(stated[within].mean(), abs=0.07)


def test_of_an_empty_horizon_nothing_is_said() -> None:
    found = estimate_survival(DURATIONS, ENDED, np.empty(0))
    assert found.share.size == found.cases.size == 0


def test_beyond_the_longest_case_no_case_is_left() -> None:
    found = estimate_survival(np.array([1.0, 2.0]), np.zeros(2, dtype=bool), np.array([9.0]))
    assert found.share.tolist() == [1.0]
    assert found.cases.tolist() == [0.0]
