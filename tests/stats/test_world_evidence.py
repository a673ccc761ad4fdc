"""The world's evidence is that of a listed driver alone, and calls seldom by chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logsumexp

from cuibono.stats import evidence, world_evidence
from cuibono.stats.controls import independent_columns
from cuibono.stats.driver_sets import weigh_sets
from cuibono.stats.evidence import (
    SCALES,
    log_bayes_factor,
    log_sign_factor,
    see_candidates,
)
from cuibono.stats.noise import Noise, fit_noise
from cuibono.stats.response import respond
from cuibono.stats.side_by_side import LANES
from cuibono.stats.turned_noise import fit_turned_noise
from cuibono.stats.world_evidence import scan_evidence

T, LAGS = 80, (1, 2)


def made(seed: int, n: int):
    rng = np.random.default_rng(seed)
    y, used = rng.normal(size=T).cumsum() / 4 + rng.normal(size=T), np.r_[0:40, 45:T]
    controls = independent_columns(used.astype(float))
    noise = fit_noise(y[used], np.full(used.size, 0.5), used, controls)
    levels = rng.normal(size=(n, T)).cumsum(axis=1)
    return y[used], noise, levels - levels.mean(axis=1, keepdims=True), used


def dense(y: np.ndarray, noise: Noise, levels: np.ndarray, used: np.ndarray) -> np.ndarray:
    """One driver at a time, with matrices of periods by periods and every response."""
    found, operator = np.empty((len(levels), 2)), noise.whitening.operator
    for at, responses in enumerate(respond(levels, LAGS, used)):
        white, target = responses @ np.swapaxes(operator, 1, 2), operator @ y
        power = (white**2).sum(axis=(1, 2))[:, None, None] / used.size
        even = responses @ responses[0] / np.linalg.norm(responses[0])
        log_bf, lean = log_bayes_factor(
            white @ np.swapaxes(white, 1, 2) / power,
            (white @ target[:, :, None])[:, :, 0] / np.sqrt(power[:, 0]),
            (target**2).sum(axis=1),
            even / np.sqrt(power),
            noise.whitening.freedom,
        )
        weighed = log_bf + np.log(noise.weight)[:, None] - np.log(len(SCALES))
        for column, sign in enumerate((1, -1)):
            found[at, column] = logsumexp(weighed + log_sign_factor(lean[:, 0], sign))
    return found


@pytest.mark.parametrize("fit", [fit_noise, fit_turned_noise])
@pytest.mark.parametrize("n", [1, LANES, LANES + 9])
def test_it_is_that_of_dense_matrices_to_rounding(fit, n: int, monkeypatch) -> None:
    monkeypatch.setattr(world_evidence, "ENOUGH", 1.0)
    y, _, levels, used = made(11, n)
    y[50:] += 3
    controls = independent_columns(used.astype(float), np.cos(used / 5))
    noise = fit(y, np.full(used.size, 0.5), used, controls)
    found = scan_evidence(y, noise, levels, LAGS, used)
    np.testing.assert_allclose(found, dense(y, noise, levels, used), atol=1e-9)


def test_it_is_what_a_listed_driver_alone_would_get_in_one_shape(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evidence, "RANK", 13)
    y, noise, levels, used = made(1, 5)
    found = scan_evidence(y, noise, levels, LAGS, used)
    responses = respond(levels, LAGS, used)[:, None]
    for column, sign in enumerate((1, -1)):
        sets = weigh_sets(see_candidates(y, noise, responses), np.full(5, sign))
        assert found[:, column] == pytest.approx(sets.log_bayes_factor[1:6], abs=0.05)


def test_bayes_factors_of_unrelated_drivers_are_e_values() -> None:
    """Their mean is at most about one, over relations and drivers."""
    bayes = []
    for seed in range(12):
        y, noise, levels, used = made(seed + 10, 60)
        bayes.append(np.exp(scan_evidence(y, noise, levels, LAGS, used)))
    pooled = np.concatenate(bayes)
    assert pooled.mean() < 1.2
    assert (pooled > 10).mean() < 0.02


def test_a_driver_that_acts_has_the_largest_of_its_world() -> None:
    y, noise, levels, used = made(3, 40)
    response = respond(levels[7], LAGS, used)[1]
    y = y + 2 * response / response.std()
    noise = fit_noise(y, np.full(used.size, 0.5), used, independent_columns(used.astype(float)))
    found = scan_evidence(y, noise, levels, LAGS, used)
    assert found[:, 0].argmax() == 7
    assert found[7, 0] > found[7, 1]


def test_an_empty_world_has_no_evidence() -> None:
    y, noise, levels, used = made(4, 0)
    assert scan_evidence(y, noise, levels, LAGS, used).shape == (0, 2)


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_a_louder_driver_has_no_more_evidence(scale: float) -> None:
    y, noise, levels, used = made(5, 4)
    loud = scan_evidence(y, noise, scale * levels, LAGS, used)
    assert np.allclose(loud, scan_evidence(y, noise, levels, LAGS, used), atol=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(40)))
def test_the_order_of_the_world_changes_nothing(order: list[int]) -> None:
    y, noise, levels, used = made(6, 40)
    one = scan_evidence(y, noise, levels, LAGS, used)
    other = scan_evidence(y, noise, levels[order], LAGS, used)
    assert np.allclose(one[order], other, atol=1e-12)


def test_a_mirrored_driver_swaps_its_two_signs() -> None:
    y, noise, levels, used = made(7, 6)
    one, other = (scan_evidence(y, noise, s * levels, LAGS, used) for s in (1, -1))
    assert np.allclose(one, other[:, ::-1], atol=1e-9)


@pytest.mark.parametrize("rounding", [0.0, 1e-48, 1e-8])
def test_a_driver_that_never_moves_weighs_nothing(rounding: float) -> None:
    """Nor does the level of a constant series, which rounding keeps from being constant."""
    y, noise, levels, used = made(8, 3)
    levels[1] *= rounding
    found = scan_evidence(y, noise, levels, LAGS, used)
    assert found[1] == pytest.approx([0, 0], abs=1e-9)


def test_a_driver_of_which_the_controls_leave_only_rounding_weighs_nothing() -> None:
    y, _, levels, used = made(9, 2)
    controls = independent_columns(respond(levels[1], LAGS, used).T)
    noise = fit_noise(y, np.full(used.size, 0.5), used, controls)
    found = scan_evidence(y, noise, levels, LAGS, used)
    assert found[1] == pytest.approx([0, 0], abs=1e-9)
    assert np.abs(found[0]).min() > 1e-3


@pytest.mark.parametrize("sign", [1, -1])
def test_a_driver_that_leads_has_more_evidence_than_one_that_follows(sign: int) -> None:
    column, more = (1 - sign) // 2, 0
    for seed in range(8):
        rng = np.random.default_rng(seed + 40)
        levels, used = rng.normal(size=(2, T)), np.arange(T)
        y = rng.normal(size=T)
        y[2:] += 0.8 * sign * levels[0, :-2]
        levels[1, 1:] = y[:-1]
        noise = fit_noise(y, np.full(T, 0.5), used, independent_columns(used.astype(float)))
        found = scan_evidence(y, noise, levels, LAGS, used)
        more += found[0, column] > max(found[1].max(), found[0, 1 - column])
    assert more >= 7
