"""Shares and paths by enumeration, by hand, and on relations whose drivers are known."""

from functools import cache
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import lfilter

from cuibono.stats.attribution import calibrate, draw_paths, share_out
from cuibono.stats.averaging import average
from cuibono.stats.controls import independent_columns
from cuibono.stats.driver_sets import SetEvidence, weigh_sets
from cuibono.stats.evidence import Candidates, see_candidates
from cuibono.stats.response import respond_in_shapes
from cuibono.stats.turned_noise import fit_turned_noise

T, LAGS = 150, (1, 2, 3)
STEPS = np.arange(T)
CONTROLS = independent_columns(np.zeros(T))
NOBODY = np.empty((4, 0))


class Known:
    """Two drivers, of which the first moves the relation two steps later."""

    def __init__(self, seed: int, effect: float, sign: int = 1) -> None:
        rng = np.random.default_rng(seed)
        self.levels = lfilter([1.0], [1.0, -0.8], rng.normal(size=(2, T)))
        self.levels -= self.levels.mean(axis=1, keepdims=True)
        self.true = np.zeros(T)
        self.true[2:] = sign * effect * self.levels[0, :-2]
        self.y = self.true + rng.normal(size=T)
        self.noise = fit_turned_noise(self.y, np.full(T, 0.3), STEPS, CONTROLS)
        self.signs = np.array([sign, 1])
        self.responses = respond_in_shapes(self.levels, LAGS, STEPS)
        self.candidates: Candidates = see_candidates(self.y, self.noise, self.responses)
        self.sets: SetEvidence = weigh_sets(self.candidates, self.signs)

    def draw(self, n: int = 300, weight: np.ndarray | None = None) -> np.ndarray:
        if weight is None:
            log_bf = self.sets.log_bayes_factor
            weight = average(self.sets.member, log_bf, np.full(2, 0.25)).weight
        return draw_paths(
            self.candidates,
            self.sets,
            weight,
            self.signs,
            self.responses[:, None],
            n,
            np.random.default_rng(1),
        )


@cache
def known(seed: int, effect: float = 1.5, sign: int = 1) -> Known:
    return Known(seed, effect, sign)


def test_what_a_driver_adds_is_found_with_its_shape_and_size() -> None:
    for seed in range(3):
        world = known(seed)
        mean = world.draw()[:, 0].mean(axis=0)
        true = world.true - world.true.mean()
        assert np.corrcoef(mean, true)[0, 1] > 0.95
        assert 0.7 < mean @ true / (true @ true) < 1.2


def test_bands_hold_the_path_most_of_the_time() -> None:
    held = []
    for seed in range(4):
        world = known(seed)
        low, high = np.quantile(world.draw()[:, 0], (0.05, 0.95), axis=0)
        true = world.true - world.true.mean()
        held.append(((low <= true) & (true <= high)).mean())
    assert np.mean(held) > 0.7


def test_who_is_not_in_the_set_adds_nothing() -> None:
    world = known(0)
    only = (world.sets.member == [True, False]).all(axis=1).astype(float)
    paths = world.draw(weight=only)
    assert not paths[:, 1].any()
    assert np.abs(paths[:, 0]).max(axis=1).min() > 0


def test_the_empty_set_adds_nothing() -> None:
    world = known(0)
    nobody = (~world.sets.member.any(axis=1)).astype(float)
    assert not world.draw(weight=nobody).any()


def test_paths_have_mean_zero() -> None:
    assert np.abs(known(1).draw().mean(axis=2)).max() < 1e-9


@pytest.mark.parametrize("sign", [1, -1])
def test_a_path_has_the_sign_that_was_predicted(sign: int) -> None:
    world = known(2, 0.6, sign)
    only = (world.sets.member == [True, False]).all(axis=1).astype(float)
    even = sign * (world.responses[0, -1, 0] - world.responses[0, -1, 0].mean())
    assert ((world.draw(weight=only)[:, 0] @ even) > 0).mean() > 0.95


def test_a_level_that_is_less_certain_makes_wider_bands() -> None:
    world = known(0)
    rng = np.random.default_rng(3)
    vague = world.responses[:, None] + rng.normal(0, 0.5, (2, 9, *world.responses.shape[1:]))
    weight = average(world.sets.member, world.sets.log_bayes_factor, np.full(2, 0.25)).weight
    wide = draw_paths(
        world.candidates, world.sets, weight, world.signs, vague, 300, np.random.default_rng(1)
    )
    assert wide[:, 0].std(axis=0).mean() > world.draw()[:, 0].std(axis=0).mean()


@settings(deadline=None, derandomize=True, max_examples=25)
@given(seed=st.integers(0, 999))
def test_shares_are_the_shapley_values_of_the_variance(seed: int) -> None:
    paths = np.random.default_rng(seed).normal(size=(1, 3, 4))
    paths -= paths.mean(axis=2, keepdims=True)
    gains = np.zeros(3)
    for order in permutations(range(3)):
        for place, player in enumerate(order):
            before, after = (
                paths[0, list(order[:n])].sum(axis=0).var() for n in (place, place + 1)
            )
            gains[player] += (after - before) / 6
    np.testing.assert_allclose(share_out(paths, 2.0, NOBODY)[0], gains / 2.0, atol=1e-12)


def test_what_runs_along_a_control_is_nobodys() -> None:
    control = np.full((4, 1), 0.5)
    assert share_out(np.ones((1, 2, 4)), 1.0, control)[0].tolist() == [0, 0]


def test_one_that_holds_back_the_others_has_a_negative_share() -> None:
    push = np.array([1.0, -1, 1, -1])
    shares = share_out(np.array([[2 * push, -push]]), 1.0, NOBODY)[0]
    assert shares.tolist() == [2, -1]


def planted(n: int, slope: float, wide: float, seed: int = 0) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    true = rng.choice([0.1, 0.2, 0.3, 0.45], n)
    return true, true / slope + wide * rng.normal(0, 0.05, n), np.full(n, 0.05)


@pytest.mark.parametrize(("slope", "wide"), [(1.0, 1.0), (0.5, 1.0), (0.6, 3.0)])
def test_calibration_finds_how_much_too_large_and_too_sure(slope: float, wide: float) -> None:
    found = calibrate(*planted(2_000, slope, wide))
    assert found.slope == pytest.approx(slope, rel=0.05 * wide)
    assert found.stretch == pytest.approx(slope * wide, rel=0.25)


def test_corrected_intervals_hold_nine_in_ten() -> None:
    found = calibrate(*planted(2_000, 0.5, 2.0))
    assert found.covered / found.trials == pytest.approx(0.9, abs=0.03)


def test_each_half_is_judged_by_what_the_other_taught() -> None:
    """An outlier in one half cannot widen its own interval."""
    true, estimate, deviation = np.full(8, 0.3), np.full(8, 0.3), np.full(8, 0.01)
    estimate[0] = 0.9
    assert calibrate(true, estimate, deviation).covered < 8


def test_too_few_planted_effects_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        calibrate(np.ones(3), np.ones(3), np.ones(3))
