"""Noise with turns of the level against a dense Gaussian, and on series that turned."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.controls import independent_columns
from cuibono.stats.noise import MOST, Noise, fit_noise, persistence
from cuibono.stats.turned_noise import fit_turned_noise

T = 120
STEPS = np.arange(T)
CONTROLS = independent_columns(np.zeros(T))
CHANCE = np.full(T, 0.3)


def series(seed: int, turn: float = 0.0, at: int = 70) -> np.ndarray:
    rng = np.random.default_rng(seed)
    own = np.linalg.cholesky(persistence(STEPS, 0.6)) @ rng.normal(size=T)
    return own + rng.normal(0, np.sqrt(0.3), T) + turn * (at <= STEPS)


def fit(y: np.ndarray, steps: np.ndarray = STEPS) -> Noise:
    return fit_turned_noise(y, CHANCE[: y.size], steps, CONTROLS[: y.size])


def leak(noise: Noise, shape: np.ndarray) -> float:
    """How much of a shape the whitening lets through, in shares of white noise."""
    white = noise.whitening.operator @ (shape / shape.std())
    return float(noise.weight @ (white**2).mean(axis=1))


def test_weights_are_few_fall_and_sum_to_one() -> None:
    noise = fit(series(1, 2.0))
    assert noise.weight.size <= MOST
    assert (np.diff(noise.weight) <= 0).all()
    assert noise.weight.sum() == pytest.approx(1)


def test_what_is_left_has_a_variance_near_one() -> None:
    for unit in (0.01, 1.0, 100.0):
        y = unit * series(2)
        noise = fit_turned_noise(y, unit**2 * CHANCE, STEPS, CONTROLS)
        left = ((noise.whitening.operator @ y) ** 2).sum(axis=1) / noise.whitening.freedom
        assert noise.weight @ left == pytest.approx(1, abs=0.4)


@settings(deadline=None, derandomize=True, max_examples=12)
@given(scale=st.floats(1e-3, 1e3))
def test_a_series_on_another_scale_has_the_same_noise(scale: float) -> None:
    y = series(3, 1.5)
    scaled = fit_turned_noise(scale * y, scale**2 * CHANCE, STEPS, CONTROLS)
    np.testing.assert_allclose(fit(y).weight, scaled.weight, rtol=1e-6)
    np.testing.assert_allclose(
        fit(y).whitening.operator @ y, scaled.whitening.operator @ (scale * y), atol=1e-7
    )


def test_a_turn_is_taken_out_where_the_series_has_one() -> None:
    step = (STEPS >= 70).astype(float)
    for seed in range(4):
        assert leak(fit(series(seed, 4.0)), step) < 0.5 * leak(fit(series(seed)), step)


def test_around_a_turn_the_series_is_not_taken_for_a_random_walk() -> None:
    """A shape that drifts beside the turn stays fit to be credited to a driver's path."""
    fast = np.sin(STEPS)
    for seed in range(4):
        y = series(seed, 4.0)
        plain = fit_noise(y, CHANCE, STEPS, CONTROLS)
        wander = STEPS - 70.0 * (STEPS >= 70)
        assert leak(fit(y), wander) / leak(fit(y), fast) > leak(plain, wander) / leak(
            plain, fast
        )


def test_a_quiet_series_keeps_the_states_that_it_has_without_turns() -> None:
    y = series(5)
    assert leak(fit(y), np.cos(STEPS / 9)) == pytest.approx(
        leak(fit_noise(y, CHANCE, STEPS, CONTROLS), np.cos(STEPS / 9)), rel=0.5
    )


def test_a_turn_counts_as_movement() -> None:
    assert fit(series(6, 4.0)).movement_share > fit(series(6)).movement_share


def test_a_series_too_short_to_turn_has_the_states_of_the_plain_fit() -> None:
    y = series(7)[:11]
    controls = independent_columns(np.zeros(11))
    short = fit_turned_noise(y, CHANCE[:11], STEPS[:11], controls)
    plain = fit_noise(y, CHANCE[:11], STEPS[:11], controls)
    np.testing.assert_allclose(short.weight, plain.weight, rtol=1e-6)
    np.testing.assert_allclose(short.whitening.operator, plain.whitening.operator, atol=1e-9)


def test_gaps_in_the_record_are_no_turns() -> None:
    steps = np.r_[0:60, 90 : T + 30]
    noise = fit_turned_noise(series(8), CHANCE, steps, CONTROLS)
    assert noise.weight.sum() == pytest.approx(1)


def test_a_series_that_its_controls_explain_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is left to fit"):
        fit_turned_noise(np.full(T, 2.0), CHANCE, STEPS, CONTROLS)
