"""Proportional hazards: against lifelines, and as the truth of simulations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize
from tests.stats.test_survival import DURATIONS, ENDED

from cuibono.stats.hazard import fit_hazard, measure_doubt, weigh_alike

FEATURES = np.array(
    [
        [-1.59, 0.63],
        [-0.06, 0.53],
        [-1.35, -0.51],
        [-0.92, 0.02],
        [1.04, -0.2],
        [-0.83, -0.76],
        [-0.3, -0.48],
        [0.31, 0.5],
        [-0.59, -1.03],
        [-0.14, -0.5],
        [0.26, -0.75],
        [0.86, 1.0],
        [1.5, -0.19],
        [-0.09, 0.75],
        [-1.03, -1.41],
        [0.45, 0.3],
        [-1.64, -0.35],
        [-0.47, -0.53],
        [1.13, -0.95],
        [-1.62, -1.93],
        [1.27, 0.76],
        [-0.03, 1.6],
        [1.66, 0.25],
        [1.79, 1.15],
    ]
)
LIFELINES = [0.717422, 1.258767]
LIFELINES_TIED = [0.675953, 0.795912]


def test_coefficients_agree_with_lifelines_where_nothing_ties() -> None:
    assert fit_hazard(FEATURES, DURATIONS, ENDED, ridge=0.0) == pytest.approx(
        LIFELINES, abs=1e-5
    )


def test_coefficients_agree_with_lifelines_where_years_tie() -> None:
    years = np.ceil(DURATIONS / 4)
    assert fit_hazard(FEATURES, years, ENDED, ridge=0.0) == pytest.approx(
        LIFELINES_TIED, abs=1e-5
    )


def minus_log_posterior(
    beta: NDArray[np.float64], x: NDArray[np.float64], t: NDArray[np.float64], ridge: float
) -> float:
    lost = 0.0
    for i in np.flatnonzero(ENDED):
        lost -= x[i] @ beta - np.log(np.exp(x[t >= t[i]] @ beta).sum())
    return lost + ridge / 2 * float(beta @ beta)


@pytest.mark.parametrize("ridge", [0.5, 4.0])
def test_the_ridge_is_a_normal_prior(ridge: float) -> None:
    best = minimize(minus_log_posterior, np.zeros(2), (FEATURES, DURATIONS, ridge), tol=1e-10)
    assert fit_hazard(FEATURES, DURATIONS, ENDED, ridge) == pytest.approx(best.x, abs=1e-4)


def test_the_doubt_is_the_curvature_of_the_posterior() -> None:
    best = fit_hazard(FEATURES, DURATIONS, ENDED)
    step = 1e-3

    def at(a: float, b: float) -> float:
        return minus_log_posterior(best + np.array([a, b]), FEATURES, DURATIONS, 1.0)

    curvature = np.array(
        [
            [
                (at(*(u + w)) - at(*(u - w)) - at(*(w - u)) + at(*(-u - w))) / (4 * step**2)
                for w in step * np.eye(2)
            ]
            for u in step * np.eye(2)
        ]
    )
    found = measure_doubt(FEATURES, DURATIONS, ENDED, best)
    assert found == pytest.approx(np.linalg.inv(curvature), rel=1e-3)


def test_where_nothing_ended_the_doubt_is_that_of_the_prior() -> None:
    none = np.zeros(24, dtype=bool)
    found = measure_doubt(FEATURES, DURATIONS, none, np.zeros(2), ridge=4.0)
    assert found == pytest.approx(np.eye(2) / 4)


def test_hazards_lie_about_the_planted_as_far_as_the_doubt_says() -> None:
    missed = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(120, 2))
        lifetime, all_ended = rng.exponential(1 / np.exp(x @ [0.6, 0.0])), np.ones(120, bool)
        beta = fit_hazard(x, lifetime, all_ended)
        deviation = np.sqrt(np.diag(measure_doubt(x, lifetime, all_ended, beta)))
        missed.append((beta - [0.6, 0.0]) / deviation)
    assert np.std(missed) == pytest.approx(1.0, abs=0.2)


def test_planted_hazards_are_recovered() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(4000, 3))
    lifetime = rng.exponential(1 / np.exp(x @ [0.8, -0.5, 0.0]))
    found = fit_hazard(x, lifetime, np.ones(4000, dtype=bool))
    assert found == pytest.approx([0.8, -0.5, 0.0], abs=0.06)


def test_a_feature_that_never_fails_to_foretell_stays_finite() -> None:
    x = np.array([[1.0]] * 20 + [[-1.0]] * 20)
    lifetime = np.r_[np.linspace(1, 2, 20), np.linspace(8, 9, 20)]
    (found,) = fit_hazard(x, lifetime, np.ones(40, dtype=bool))
    assert 1 < found < 10


def test_where_nothing_ended_nothing_foretells() -> None:
    assert fit_hazard(FEATURES, DURATIONS, np.zeros(24, dtype=bool)).tolist() == [0.0, 0.0]


@given(factor=st.floats(0.01, 100))
def test_the_unit_of_time_does_not_matter(factor: float) -> None:
    one = fit_hazard(FEATURES, DURATIONS, ENDED)
    assert fit_hazard(FEATURES, factor * DURATIONS, ENDED) == pytest.approx(one, abs=1e-8)


@given(order=st.permutations(range(24)))
def test_the_order_of_cases_does_not_matter(order: list[int]) -> None:
    one = fit_hazard(FEATURES, DURATIONS, ENDED)
    other = fit_hazard(FEATURES[order], DURATIONS[order], ENDED[order])
    assert other == pytest.approx(one, abs=1e-8)


@given(sign=st.sampled_from([-1.0, 1.0]))
def test_a_mirrored_feature_has_the_mirrored_hazard(sign: float) -> None:
    one = fit_hazard(FEATURES, DURATIONS, ENDED)
    mirrored = fit_hazard(FEATURES * [sign, 1.0], DURATIONS, ENDED)
    assert mirrored == pytest.approx(one * [sign, 1.0], abs=1e-8)


def test_an_unknown_feature_is_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        fit_hazard(np.array([[np.nan]]), np.ones(1), np.ones(1, dtype=bool))


@given(asked=st.floats(-5, 5), bandwidth=st.floats(0.1, 3))
def test_the_most_alike_weigh_most(asked: float, bandwidth: float) -> None:
    scores = np.linspace(-5, 5, 41)
    weights = weigh_alike(scores, asked, bandwidth)
    nearest = np.argmin(np.abs(scores - asked))
    assert weights[nearest] == weights.max() <= 1
    assert (weights >= 0).all()


@given(bandwidth=st.floats(0.1, 3))
def test_alikeness_does_not_depend_on_the_direction(bandwidth: float) -> None:
    scores = np.linspace(-2, 2, 9)
    assert weigh_alike(scores, 0.0, bandwidth) == pytest.approx(
        weigh_alike(-scores, 0.0, bandwidth)
    )


def test_features_on_another_scale_have_coefficients_on_another_scale() -> None:
    one = fit_hazard(FEATURES, DURATIONS, ENDED, ridge=0.0)
    other = fit_hazard(10 * FEATURES, DURATIONS, ENDED, ridge=0.0)
    assert 10 * other == pytest.approx(one, abs=1e-6)


def test_a_heavy_prior_leaves_nothing() -> None:
    assert np.abs(fit_hazard(FEATURES, DURATIONS, ENDED, ridge=1e6)).max() < 1e-3
