"""Sets of steps, held to the density of the whole series and to every set enumerated."""

from itertools import combinations, pairwise, product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuibono.stats.noise import PRIOR
from cuibono.stats.step_evidence import (
    SIZES,
    StepModel,
    _covariances,
    _roughness,
    build_step_model,
    find_places,
)
from cuibono.stats.step_sets import MOST, StepSets, draw_sets
from cuibono.stats.turning import log_odds_of_change
from cuibono.stats.whiten import whiten

T, APART = 26, 5
STEPS = np.arange(T)
LEVEL = np.ones((T, 1))


def made(seed: int, *sizes: float) -> tuple[np.ndarray, np.ndarray]:
    """White noise of deviation 1 with a step every eight periods."""
    y = np.random.default_rng(seed).normal(size=T)
    for place, size in enumerate(sizes, start=1):
        y[8 * place :] += size
    return y, np.full(T, 0.3)


def model(y: np.ndarray, v: np.ndarray, controls: np.ndarray = LEVEL) -> StepModel:
    return build_step_model(y, v, STEPS, controls, find_places(STEPS, APART))


def density(
    built: StepModel, chosen: tuple[int, ...], signs: tuple[int, ...], kind: int
) -> np.ndarray:
    """The log density of the series with signed steps, one value a noise state."""
    at, (mean, variance) = list(chosen), SIZES[kind]
    matrix = built.gram[:, at][:, :, at] + np.eye(len(at)) / variance
    target = built.moment[:, at] + np.array(signs) * mean / variance
    fitted = (np.linalg.solve(matrix, target[:, :, None])[:, :, 0] * target).sum(axis=1)
    left = PRIOR + built.squares + len(at) * mean**2 / variance - fitted
    spread = np.linalg.slogdet(matrix)[1] + len(at) * np.log(variance)
    return -built.log_volume - spread / 2 - (built.freedom + PRIOR) / 2 * np.log(left)


@pytest.mark.parametrize(
    ("chosen", "signs"), [((4,), (1,)), ((4,), (-1,)), ((2, 9), (1, -1))], ids=str
)
def test_a_signed_step_is_part_of_the_density_of_the_whole_series(
    chosen: tuple[int, ...], signs: tuple[int, ...]
) -> None:
    y, v = made(3, 2.0, -2.0)
    built, unit = model(y, v), _roughness(y, STEPS)
    step = (STEPS[:, None] >= built.places[list(chosen)]).astype(float)
    for kind, (mean, variance) in enumerate(SIZES):
        covariance = _covariances(v / unit**2, STEPS) + variance * step @ step.T
        whitening = whiten(covariance, LEVEL)
        white = whitening.operator @ (y / unit - step @ np.array(signs) * mean)
        squares = (white**2).sum(axis=1)
        whole = -whitening.log_volume - (built.freedom + PRIOR) / 2 * np.log(PRIOR + squares)
        assert density(built, chosen, signs, kind) == pytest.approx(whole, abs=1e-8)


def enumerate_sets(built: StepModel, log_odds: np.ndarray) -> dict[tuple[int, ...], float]:
    """Probability of every set of at most four steps."""
    weights = {}
    for m in range(5):
        for chosen in combinations(range(built.places.size), m):
            if any(b - a < APART for a, b in pairwise(chosen)):
                continue
            each = [
                density(built, chosen, signs, kind)
                for signs in product((1, -1), repeat=m)
                for kind in range(len(SIZES))
            ]
            ways = factorial(MOST) / factorial(MOST - m) / 2**m
            found = np.logaddexp.reduce(np.array(each), axis=None)
            weights[chosen] = float(found + log_odds[:m].sum() + np.log(ways))
    top = max(weights.values())
    total = sum(np.exp(weight - top) for weight in weights.values())
    return {chosen: float(np.exp(w - top) / total) for chosen, w in weights.items()}


@pytest.mark.parametrize(
    ("seed", "sizes"),
    [(4, (1.2, -1.5)), (5, (2.0,)), (6, ())],
    ids=["two", "one", "none"],
)
def test_the_chains_give_what_enumerating_every_set_gives(
    seed: int, sizes: tuple[float, ...]
) -> None:
    built = model(*made(seed, *sizes))
    log_odds = log_odds_of_change(1.0, built.places.size)
    built = built.keep_likely(float(log_odds[0]), APART)
    exact = enumerate_sets(built, log_odds)
    found = draw_sets(built, log_odds, APART)
    chance = [sum(p for s, p in exact.items() if at in s) for at in range(built.places.size)]
    number = [sum(p for s, p in exact.items() if len(s) == m) for m in range(5)]
    assert found.chance == pytest.approx(np.array(chance), abs=0.03)
    assert found.chance.sum() == pytest.approx(sum(chance), abs=0.05)
    assert found.number[:5] == pytest.approx(np.array(number), abs=0.03)


ODDS = log_odds_of_change(2.0, 16)


def drawn(y: np.ndarray, v: np.ndarray, controls: np.ndarray = LEVEL) -> StepSets:
    return draw_sets(model(y, v, controls).keep_likely(-3.0, APART), ODDS, APART)


def test_another_seed_gives_nearly_the_same_answer() -> None:
    built = model(*made(11, 2.0)).keep_likely(-3.0, APART)
    one, two = (draw_sets(built, ODDS, APART, seed) for seed in (0, 1))
    assert one.chance == pytest.approx(two.chance, abs=0.03)
    assert one.number == pytest.approx(two.number, abs=0.03)


@pytest.mark.parametrize("factor", [0.01, 30.0])
def test_a_rescaled_series_gives_the_same_answer(factor: float) -> None:
    y, v = made(12, 2.0, 2.0)
    plain, scaled = drawn(y, v), drawn(factor * y, factor**2 * v)
    assert scaled.chance == pytest.approx(plain.chance, abs=1e-6)
    assert scaled.size == pytest.approx(plain.size, abs=1e-6)


def test_a_step_that_is_a_control_gets_no_evidence() -> None:
    y, v = made(13, 5.0)
    seam = (STEPS >= 8).astype(float)[:, None]
    with_seam, without = drawn(y, v, np.hstack([LEVEL, seam])), drawn(y, v)
    at = int(np.flatnonzero(find_places(STEPS, APART) == 8)[0])
    assert without.chance[at] > 0.8
    assert with_seam.chance[at] < 0.2


def test_a_mirrored_series_turns_the_other_way() -> None:
    y, v = made(14, 3.0)
    up, down = drawn(y, v), drawn(-y, v)
    at = int(up.chance.argmax())
    assert up.size[at] > 1.0
    assert down.size[at] == pytest.approx(-up.size[at], abs=0.1)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.lists(st.floats(-4, 4), max_size=2), st.floats(0.1, 9))
def test_chances_are_probabilities_and_agree_with_the_number(
    seed: int, sizes: list[float], rate: float
) -> None:
    built = model(*made(seed, *sizes)).keep_likely(-3.0, APART)
    found = draw_sets(built, log_odds_of_change(rate, built.places.size), APART, seed)
    assert ((found.chance >= 0) & (found.chance <= 1 + 1e-9)).all()
    assert found.number.sum() == pytest.approx(1.0)
    assert found.number @ np.arange(MOST + 1) == pytest.approx(found.chance.sum(), abs=0.2)
    assert (found.spread >= 0).all()
