"""Evidence for steps, held to the density of the whole series."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.noise import PRIOR
from cuibono.stats.step_evidence import (
    KEPT,
    SCALES,
    StepModel,
    _covariances,
    _roughness,
    build_step_model,
    find_places,
    weigh_additions,
)
from cuibono.stats.whiten import whiten

T = 20
STEPS = np.r_[0:12, 15:23]
LEVEL = np.ones((T, 1))


def made(seed: int = 3, step: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=T) + step * (np.arange(T) >= 8), rng.uniform(0.1, 0.5, T)


def model(y: np.ndarray, v: np.ndarray, controls: np.ndarray = LEVEL) -> StepModel:
    return build_step_model(y, v, STEPS, controls, find_places(STEPS, 3))


def brute(y: np.ndarray, v: np.ndarray, starts: list[int], scale: float) -> np.ndarray:
    """The log density with steps as part of the covariance, one state after the other."""
    step = (np.arange(T)[:, None] >= np.array(starts, dtype=int)).astype(float)
    unit = _roughness(y, STEPS)
    whitening = whiten(_covariances(v / unit**2, STEPS) + scale * step @ step.T, LEVEL)
    squares = ((whitening.operator @ (y / unit)) ** 2).sum(axis=1)
    return -whitening.log_volume - (whitening.freedom + PRIOR) / 2 * np.log(PRIOR + squares)


@pytest.mark.parametrize("chosen", [[], [4], [2, 9]], ids=["none", "one", "two"])
def test_evidence_is_the_density_of_the_whole_series(chosen: list[int]) -> None:
    y, v = made()
    built = model(y, v)
    without, added, _, _ = weigh_additions(built, chosen)
    base = built.log_volume * 0 + brute(y, v, [], 1.0)
    for j, scale in enumerate(SCALES):
        starts = [int(built.places[at]) for at in chosen]
        expected = brute(y, v, starts, scale) - base
        first = weigh_additions(built, [])[0][:, j]
        assert without[:, j] - first == pytest.approx(expected, abs=1e-8)
        further = brute(y, v, [*starts, int(built.places[6])], scale) - base
        assert added[:, j, 6] - first == pytest.approx(further, abs=1e-8)


def test_a_step_is_estimated_with_its_sign() -> None:
    y, v = made(step=3.0)
    for sign in (1, -1):
        built = model(sign * y, v)
        at = int(np.flatnonzero(built.places == 8)[0])
        _, _, mean, variance = weigh_additions(built, [])
        assert (sign * mean[:, 2, at] > 1.0).all()
        assert (variance > 0).all()


def test_a_step_that_is_a_control_gets_no_evidence() -> None:
    y, v = made(step=5.0)
    seam = (np.arange(T) >= 8).astype(float)[:, None]
    built = model(y, v, np.hstack([LEVEL, seam]))
    without, added, _, _ = weigh_additions(built, [])
    at = int(np.flatnonzero(built.places == 8)[0])
    assert added[:, :, at] == pytest.approx(without, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.floats(-50, 50), st.integers(0, 10))
def test_the_height_of_a_series_weighs_nothing(height: float, seed: int) -> None:
    y, v = made(seed)
    plain, raised = (weigh_additions(model(one, v), [5])[1] for one in (y, y + height))
    assert raised == pytest.approx(plain, abs=1e-6)


def test_roughness_does_not_see_a_single_step_of_a_long_series() -> None:
    y = np.random.default_rng(5).normal(size=400)
    stepped = y + 3.0 * (np.arange(400) >= 200)
    assert _roughness(y, np.arange(400)) == pytest.approx(1.0, abs=0.1)
    assert _roughness(stepped, np.arange(400)) == pytest.approx(1.0, abs=0.15)


def test_roughness_looks_over_gaps_only_where_nothing_else_moves() -> None:
    y = np.array([0.0, 0.0, 2.0, 2.0])
    assert _roughness(y, np.array([0, 1, 5, 6])) == pytest.approx(np.sqrt(2 / 3))
    assert _roughness(np.array([0.0, 1.0, 9.0]), np.array([0, 1, 5])) == np.sqrt(0.5)


@pytest.mark.parametrize("factor", [0.01, 30.0])
def test_a_rescaled_series_gives_the_same_evidence(factor: float) -> None:
    y, v = made()
    plain, scaled = model(y, v), model(factor * y, factor**2 * v)
    assert scaled.gram == pytest.approx(plain.gram)
    assert scaled.moment == pytest.approx(plain.moment)
    assert scaled.unit == pytest.approx(factor * plain.unit)


def test_places_leave_room_for_a_level_on_either_side() -> None:
    assert find_places(np.arange(9), 4).tolist() == [4, 5]
    assert find_places(np.arange(6), 4).size == 0


def test_places_count_grid_steps_and_not_periods() -> None:
    assert find_places(np.array([0, 1, 6, 7, 8]), 3).tolist() == [2]


def test_only_places_far_from_those_chosen_are_allowed() -> None:
    built = model(*made())
    allowed = built.allowed([0, 5], 3)
    distance = np.abs(built.steps[:, None] - built.steps[[0, 5]]).min(axis=1)
    assert (allowed == (distance >= 3)).all()
    assert built.allowed([], 3).all()


def test_noise_states_are_judged_with_the_steps_taken_out() -> None:
    y, v = made(step=6.0)
    built = model(y, v)
    kept = built.keep_likely(-5.0, 3)
    at = int(np.flatnonzero(built.places == 8)[0])
    stepped = np.logaddexp.reduce(weigh_additions(built, [at])[0], axis=1)
    best = np.logaddexp.reduce(weigh_additions(kept, [at])[0], axis=1)
    assert 1 <= kept.squares.size <= KEPT
    assert best.max() == pytest.approx(stepped.max(), abs=1e-9)


def test_a_series_that_never_moves_is_refused() -> None:
    with pytest.raises(ValueError, match="never moves"):
        model(np.full(T, 2.0), np.full(T, 0.1))
