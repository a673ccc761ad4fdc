"""Evidence against the Gaussian integral it is the closed form of."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import invgamma, multivariate_normal

from cuibono.stats.controls import independent_columns
from cuibono.stats.evidence import (
    RANK,
    SCALES,
    log_bayes_factor,
    log_sign_factor,
    see_candidates,
)
from cuibono.stats.noise import PRIOR, fit_noise
from cuibono.stats.response import respond

T = 20


def made(seed: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=T), rng.normal(size=(T, m))


def evidence(y: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    m = z.shape[1]
    return log_bayes_factor(z.T @ z, z.T @ y, y @ y, np.eye(m)[:1], T)


@pytest.mark.parametrize("m", [1, 3])
def test_the_bayes_factor_is_the_ratio_of_two_integrals(m: int) -> None:
    y, z = made(m, m)

    def density(covariance: np.ndarray) -> float:
        prior = invgamma(PRIOR / 2, scale=PRIOR / 2)
        return quad(
            lambda x: np.exp(multivariate_normal(cov=x * covariance).logpdf(y) + 25)
            * prior.pdf(x), 1e-3, 60, epsabs=0, limit=200,
        )[0]  # fmt: skip

    for scale, found in zip(SCALES, evidence(y, z)[0], strict=True):
        expected = density(np.eye(T) + scale * z @ z.T) / density(np.eye(T))
        assert found == pytest.approx(np.log(expected), abs=1e-5)


def test_the_readout_is_the_posterior_mean_over_its_deviation() -> None:
    y, z = made(5, 3)
    lean = evidence(y, z)[1]
    for i, scale in enumerate(SCALES):
        precision = np.linalg.inv(z.T @ z + np.eye(3) / scale)
        mean = precision @ z.T @ y
        left = PRIOR + y @ y - y @ z @ mean
        deviation = np.sqrt(left / (PRIOR + T) * precision[0, 0])
        assert lean[0, i] == pytest.approx(mean[0] / deviation, abs=1e-8)


@given(st.floats(-30, 30))
def test_predictions_of_either_sign_average_to_nothing(lean: float) -> None:
    both = [np.exp(log_sign_factor(np.array([lean]), sign))[0] for sign in (1, -1)]
    assert sum(both) / 2 == pytest.approx(1)


def world(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    steps = np.arange(60)
    controls = independent_columns(steps.astype(float), rng.normal(size=60))
    return rng.normal(size=60), np.full(60, 0.2), controls, rng.normal(size=(2, 60)).cumsum(1)


def see(y, v, controls, levels):
    noise = fit_noise(y, v, np.arange(60), controls)
    responses = respond(levels, (1,), np.arange(60))[:, None]
    return see_candidates(y, noise, responses)


@settings(max_examples=10, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_a_louder_driver_is_not_a_likelier_one(scale: float) -> None:
    y, v, controls, levels = world(1)
    one, two = see(y, v, controls, levels), see(y, v, controls, scale * levels)
    assert np.allclose(one.gram, two.gram, atol=1e-8)
    assert np.allclose(np.abs(one.toward), np.abs(two.toward), atol=1e-8)


@settings(max_examples=10, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_a_relation_on_another_scale_has_the_same_evidence(scale: float) -> None:
    y, v, controls, levels = world(1)
    one, two = see(y, v, controls, levels), see(scale * y, scale**2 * v, controls, levels)
    assert np.allclose(one.squares, two.squares)
    assert np.allclose(np.abs(one.toward), np.abs(two.toward), atol=1e-6)


def test_each_driver_has_one_unit_of_variance_in_the_whitened_relation() -> None:
    y, v, controls, levels = world(2)
    seen = see(y, v, controls, levels)
    rank = seen.readout.shape[3]
    for at in range(2):
        block = seen.gram[:, at * rank : (at + 1) * rank, at * rank : (at + 1) * rank]
        assert np.trace(block, axis1=1, axis2=2) == pytest.approx(
            np.full(len(block), 60), rel=0.05
        )


def test_a_driver_that_never_moves_weighs_nothing() -> None:
    y, v, controls, levels = world(3)
    levels[0] = 0
    seen = see(y, v, controls, levels)
    rank = seen.readout.shape[3]
    log_bf, _ = log_bayes_factor(
        seen.gram[:, :rank, :rank], seen.toward[:, :rank], seen.squares,
        seen.readout[:, :1, 0], seen.freedom,
    )  # fmt: skip
    assert log_bf == pytest.approx(np.zeros(log_bf.shape), abs=1e-8)


@settings(max_examples=10, deadline=None)
@given(st.floats(-20, 20), st.floats(-20, 20))
def test_what_the_controls_say_is_no_part_of_a_driver(level: float, trend: float) -> None:
    """Adding controls to a driver's columns leaves its evidence as it was."""
    y, v, controls, levels = world(4)
    noise = fit_noise(y, v, np.arange(60), controls)
    responses = respond(levels, (1,), np.arange(60))[:, None]
    moved = responses + level + trend * np.arange(60) / 60
    one, two = (see_candidates(y, noise, each) for each in (responses, moved))
    assert np.allclose(one.gram, two.gram, atol=1e-6)
    assert np.allclose(np.abs(one.toward), np.abs(two.toward), atol=1e-6)


def test_a_driver_that_leads_says_more_than_one_that_follows() -> None:
    more = 0
    for seed in range(12):
        y, v, controls, levels = world(seed + 20)
        y[2:] += levels[0, :-2]
        levels[1, 1:] = y[:-1]
        seen = see(y, v, controls, levels)
        rank = seen.readout.shape[3]
        alone = [
            log_bayes_factor(
                seen.gram[:, own, own], seen.toward[:, own], seen.squares,
                seen.readout[:, at : at + 1, 0], seen.freedom,
            )[0].mean()
            for at in range(2)
            for own in [slice(at * rank, (at + 1) * rank)]
        ]  # fmt: skip
        more += alone[0] > alone[1]
    assert more >= 10


def test_columns_beyond_the_kept_directions_carry_next_to_nothing() -> None:
    y, v, controls, levels = world(6)
    noise = fit_noise(y, v, np.arange(60), controls)
    responses = respond(levels, (1,), np.arange(60))[:, None]
    white = noise.whitening.apply(responses.reshape(-1, 60).T)
    white = white.reshape(*white.shape[:2], 2, -1).swapaxes(1, 2)
    eigen = np.linalg.eigvalsh(np.swapaxes(white, 2, 3) @ white)
    assert (eigen[..., -RANK:].sum(axis=-1) / eigen.sum(axis=-1)).min() > 0.9


@given(st.floats(-8, 8))
def test_no_prediction_neither_rewards_nor_punishes(lean: float) -> None:
    assert log_sign_factor(np.array([lean]), 0) == pytest.approx([0.0])


@given(st.floats(-30, 30), st.floats(0, 10))
def test_the_more_it_leans_the_predicted_way_the_better(lean: float, more: float) -> None:
    one, two = log_sign_factor(np.array([lean, lean + more]), 1)
    assert two >= one
    assert two <= np.log(2) + 1e-12


@given(st.floats(-200, -10))
def test_a_strong_lean_the_other_way_is_all_but_ruled_out(lean: float) -> None:
    factor = log_sign_factor(np.array([lean]), 1)
    assert np.isfinite(factor).all()
    assert factor < -40


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_turning_a_driver_round_turns_its_lean_and_nothing_else(seed: int, m: int) -> None:
    y, z = made(seed, m)
    (one, lean), (other, turned) = evidence(y, z), evidence(y, -z)
    assert np.allclose(one, other, atol=1e-9)
    assert np.allclose(lean, -turned, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_the_same_basis_turned_in_its_space_has_the_same_evidence(seed: int) -> None:
    y, z = made(seed, 3)
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    assert np.allclose(evidence(y, z)[0], evidence(y, z @ turn)[0], atol=1e-8)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_columns_of_zeros_beside_a_driver_change_nothing(seed: int) -> None:
    y, z = made(seed, 2)
    padded = np.column_stack([z, np.zeros((T, 2))])
    assert np.allclose(evidence(y, z)[0], evidence(y, padded)[0], atol=1e-9)
