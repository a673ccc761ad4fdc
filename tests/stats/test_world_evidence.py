"""The world's evidence is that of a listed driver alone, and calls seldom by chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.averaging import weigh_sets
from cuibono.stats.controls import independent_columns
from cuibono.stats.evidence import see_candidates
from cuibono.stats.noise import fit_noise
from cuibono.stats.response import response_operators
from cuibono.stats.world_evidence import scan_evidence

T, LAGS = 80, (1, 2)


def made(seed: int, n: int):
    rng = np.random.default_rng(seed)
    y, used = rng.normal(size=T).cumsum() / 4 + rng.normal(size=T), np.r_[0:40, 45:T]
    controls = independent_columns(used.astype(float))
    noise = fit_noise(y[used], np.full(used.size, 0.5), used, controls)
    levels = rng.normal(size=(n, T)).cumsum(axis=1)
    return y[used], noise, levels - levels.mean(axis=1, keepdims=True), used


def test_it_is_what_a_listed_driver_alone_would_get() -> None:
    y, noise, levels, used = made(1, 5)
    operators = response_operators(T, LAGS)
    found = scan_evidence(y, noise, levels, operators, used)
    responses = np.einsum("cus,ks->kcu", operators[:, used], levels)
    for column, sign in enumerate((1, -1)):
        sets = weigh_sets(see_candidates(y, noise, responses), np.full(5, sign))
        assert found[:, column] == pytest.approx(sets.log_bayes_factor[1:6], abs=0.05)


def test_bayes_factors_of_unrelated_drivers_are_e_values() -> None:
    """Their mean is at most about one, over relations and drivers."""
    bayes = []
    for seed in range(12):
        y, noise, levels, used = made(seed + 10, 60)
        bayes.append(np.exp(scan_evidence(y, noise, levels, response_operators(T, LAGS), used)))
    pooled = np.concatenate(bayes)
    assert pooled.mean() < 1.2
    assert (pooled > 10).mean() < 0.02


def test_a_driver_that_acts_has_the_largest_of_its_world() -> None:
    y, noise, levels, used = made(3, 40)
    response = (response_operators(T, LAGS)[1] @ levels[7])[used]
    y = y + 2 * response / response.std()
    noise = fit_noise(y, np.full(used.size, 0.5), used, independent_columns(used.astype(float)))
    found = scan_evidence(y, noise, levels, response_operators(T, LAGS), used)
    assert found[:, 0].argmax() == 7
    assert found[7, 0] > found[7, 1]


def test_an_empty_world_has_no_evidence() -> None:
    y, noise, levels, used = made(4, 0)
    assert scan_evidence(y, noise, levels, response_operators(T, LAGS), used).shape == (0, 2)


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_a_louder_driver_has_no_more_evidence(scale: float) -> None:
    y, noise, levels, used = made(5, 4)
    operators = response_operators(T, LAGS)
    loud = scan_evidence(y, noise, scale * levels, operators, used)
    assert np.allclose(loud, scan_evidence(y, noise, levels, operators, used), atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(20)))
def test_the_order_of_the_world_changes_nothing(order: list[int]) -> None:
    y, noise, levels, used = made(6, 20)
    operators = response_operators(T, LAGS)
    one = scan_evidence(y, noise, levels, operators, used)
    other = scan_evidence(y, noise, levels[order], operators, used)
    assert np.allclose(one[order], other, atol=1e-9)


def test_a_mirrored_driver_swaps_its_two_signs() -> None:
    y, noise, levels, used = made(7, 6)
    operators = response_operators(T, LAGS)
    one, other = (scan_evidence(y, noise, s * levels, operators, used) for s in (1, -1))
    assert np.allclose(one, other[:, ::-1], atol=1e-9)


def test_columns_that_add_nothing_new_cost_nothing_and_change_nothing() -> None:
    """A column split into two halves of its square is the same prior."""
    y, noise, levels, used = made(9, 6)
    operators = response_operators(T, LAGS)
    halves = np.concatenate([operators, operators[3:4], operators[3:4]])
    halves[[3, -2, -1]] /= np.sqrt(3)
    one, other = (scan_evidence(y, noise, levels, o, used) for o in (operators, halves))
    assert np.allclose(one, other, atol=1e-8)


def test_a_driver_that_never_moves_weighs_nothing() -> None:
    y, noise, levels, used = made(8, 3)
    levels[1] = 0
    found = scan_evidence(y, noise, levels, response_operators(T, LAGS), used)
    assert found[1] == pytest.approx([0, 0], abs=1e-9)
