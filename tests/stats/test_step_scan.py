"""The scan of the world by Kalman filter, held to dense matrices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.noise import PRIOR, persistence
from cuibono.stats.step_scan import BLOCK, SCALE, STATES, scan_steps
from cuibono.stats.whiten import whiten

STEPS = np.r_[0:9, 12:24]
T = STEPS.size
CONTROLS = np.linalg.qr(np.column_stack([np.ones(T), np.arange(T) % 3]))[0]
PLACES = np.arange(4, T - 4)


def made(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, T)), rng.uniform(0.05, 0.6, (n, T))


def dense(y: np.ndarray, v: np.ndarray, place: int) -> float:
    """Decibans for one step, from full covariance matrices."""
    next_to = np.diff(STEPS) == 1
    rough = (np.diff(y)[next_to] ** 2).mean() / 2
    beyond = max(rough - v.mean(), rough / 10)
    step = (np.arange(T) >= place).astype(float)
    density = []
    for scale in (0.0, SCALE):
        covariance = np.array(
            [
                moving * beyond / (1 - rho) * persistence(STEPS, rho)
                + np.diag(v + (1 - moving) * beyond)
                + scale * np.outer(step, step)
                for rho, moving in STATES
            ]
        )
        whitening = whiten(covariance, CONTROLS)
        squares = ((whitening.operator @ y) ** 2).sum(axis=1)
        freedom = whitening.freedom + PRIOR
        each = -whitening.log_volume - freedom / 2 * np.log(PRIOR + squares)
        density.append(np.logaddexp.reduce(each))
    return float(10 / np.log(10) * (density[1] - density[0]))


def test_the_filter_gives_what_dense_matrices_give() -> None:
    y, v = made(3)
    scores = scan_steps(y, v, STEPS, CONTROLS, PLACES)
    expected = [[dense(y[i], v[i], place) for place in PLACES] for i in range(3)]
    assert scores == pytest.approx(np.array(expected), abs=1e-7)


def test_a_step_scores_highest_where_it_is() -> None:
    y, v = made(5)
    y[2] += 4.0 * (np.arange(T) >= 11)
    scores = scan_steps(y, v, STEPS, CONTROLS, PLACES)
    assert PLACES[scores[2].argmax()] == 11
    assert scores[2].max() > np.delete(scores, 2, axis=0).max() > -20


def test_a_series_that_never_moves_scores_nothing() -> None:
    y, v = made(2)
    y[1] = 0.7
    assert (scan_steps(y, v, STEPS, CONTROLS, PLACES)[1] == 0).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_a_relation_scores_the_same_whoever_is_scanned_beside_it(seed: int) -> None:
    y, v = made(BLOCK + 3, seed)
    together = scan_steps(y, v, STEPS, CONTROLS, PLACES)
    alone = scan_steps(y[-2:], v[-2:], STEPS, CONTROLS, PLACES)
    assert together[-2:] == pytest.approx(alone, abs=1e-9)


def test_a_step_down_scores_as_high_as_a_step_up() -> None:
    y, v = made(2)
    y[0] += 3.0 * (np.arange(T) >= 10)
    up, down = (scan_steps(one, v, STEPS, CONTROLS, PLACES)[0] for one in (y, -y))
    assert up == pytest.approx(down, abs=1e-9)


def test_the_height_of_a_series_scores_nothing() -> None:
    y, v = made(2)
    plain, raised = (scan_steps(one, v, STEPS, CONTROLS, PLACES) for one in (y, y + 40.0))
    assert raised == pytest.approx(plain, abs=1e-6)


def test_what_the_controls_explain_scores_nothing() -> None:
    y, v = made(2)
    step = (np.arange(T) >= 10).astype(float)
    controls = np.linalg.qr(np.column_stack([np.ones(T), step]))[0]
    scores = scan_steps(y + 5 * step, v, STEPS, controls, PLACES)
    assert scores[:, PLACES == 10] == pytest.approx(np.zeros((2, 1)), abs=1e-6)


def test_noisier_counts_make_the_same_step_weigh_less() -> None:
    y = np.tile(2.0 * (np.arange(T) >= 10), (2, 1)) + 0.3 * (np.arange(T) % 2)
    v = np.array([np.full(T, 0.05), np.full(T, 3.0)])
    clear, blurred = scan_steps(y, v, STEPS, CONTROLS[:, :1], PLACES)[:, 6]
    assert clear > blurred


def test_unmoved_worlds_seldom_score_high() -> None:
    """A weight of 20 decibans against nothing comes to one series in a hundred at most."""
    rng = np.random.default_rng(3)
    y, v = rng.normal(size=(600, T)), np.full((600, T), 0.3)
    best = scan_steps(y, v, STEPS, CONTROLS, PLACES).max(axis=1)
    assert (best > 20).mean() <= 0.01
    assert np.median(best) < 8
