"""Five ways to be misled by two series; a naive method falls for each, ours does not.

The naive method is what is done by hand: the best of six lagged correlations of the raw log
ratio of cooperation to conflict, its p-value multiplied by six.
"""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import pearsonr

from cuibono.stats.averaging import average
from cuibono.stats.controls import independent_columns
from cuibono.stats.driver_sets import weigh_sets
from cuibono.stats.evidence import see_candidates
from cuibono.stats.response import respond_in_shapes
from cuibono.stats.series import tone
from cuibono.stats.track import track
from cuibono.stats.turned_noise import fit_turned_noise

T, SEEDS, LAGS = 160, 16, (1, 2, 3, 4, 5, 6)
STEPS = np.arange(T)


class Trap:
    """A relation and one decoy as levels, with what a careful analyst would adjust for."""

    def __init__(self, target: np.ndarray, decoy: np.ndarray, *known: np.ndarray) -> None:
        self.target, self.decoy, self.known = target, decoy, known


def ar(rng: np.random.Generator, rho: float = 0.9, n: int = 1) -> np.ndarray:
    shocks = rng.normal(size=(n, T + 50))
    for t in range(1, T + 50):
        shocks[:, t] = rho * shocks[:, t - 1] + np.sqrt(1 - rho**2) * shocks[:, t]
    return shocks[:, 50:]


def counts(
    rng: np.random.Generator, levels: np.ndarray, mean: float = 60.0
) -> tuple[np.ndarray, np.ndarray]:
    n = rng.poisson(mean * rng.gamma(4, 0.25, levels.shape))
    cooperation = rng.binomial(n, 1 / (1 + np.exp(-0.7 * levels)))
    return cooperation.astype(float), (n - cooperation).astype(float)


def look_alike(rng: np.random.Generator) -> Trap:
    """The most correlated of 200 unrelated relations, picked after looking."""
    target, pool = ar(rng)[0], ar(rng, n=200)
    return Trap(target, pool[np.argmax([abs(np.corrcoef(target, one)[0, 1]) for one in pool])])


def reverse(rng: np.random.Generator) -> Trap:
    """The relation moves the decoy a step later; both persist."""
    target = ar(rng)[0]
    decoy = 0.6 * ar(rng)[0]
    decoy[1:] += target[:-1]
    return Trap(target, decoy)


def media_wave(rng: np.random.Generator) -> Trap:
    """The news colours both, the decoy a little earlier; how much news there is is known."""
    news = ar(rng, 0.85)[0]
    target, decoy = 0.6 * ar(rng, n=2)
    target[1:] += news[:-1]
    return Trap(target, decoy + news, np.r_[news[0], news[:-1]])


def seam(rng: np.random.Generator) -> Trap:
    """The source changed its coder on a known day, and the level of both."""
    after = (np.arange(T) >= T // 2).astype(float)
    target, decoy = 0.6 * ar(rng, 0.7, n=2) + 1.5 * after
    return Trap(target, decoy, after)


def proxy(rng: np.random.Generator) -> Trap:
    """The decoy shares an actor, and so a mood, with what is truly at work."""
    driver = ar(rng)[0]
    target = 0.5 * ar(rng)[0]
    target[2:] += driver[:-2]
    return Trap(target, 0.8 * driver + 0.6 * ar(rng)[0], driver)


def naive_p(trap: Trap, rng: np.random.Generator) -> float:
    favourable, other = counts(rng, np.array([trap.target, trap.decoy]))
    target, decoy = np.log1p(favourable) - np.log1p(other)
    return min(1.0, 6 * min(pearsonr(target[lag:], decoy[:-lag])[1] for lag in LAGS))


def probability(trap: Trap, rng: np.random.Generator, *beside: np.ndarray) -> float:
    """Weigh the decoy with the sign read off the chart, as its advocate would."""
    favourable, other = counts(rng, np.array([trap.target, trap.decoy, *beside]))
    y, v = tone(favourable, other)
    noise = fit_turned_noise(y[0], v[0], STEPS, independent_columns(np.zeros(T), *trap.known))
    levels = track(y[1:], v[1:], STEPS).mean
    responses = respond_in_shapes(levels, LAGS, STEPS)
    signs = [int(np.sign(np.corrcoef(y[0], one)[0, 1])) for one in y[1:]]
    sets = weigh_sets(see_candidates(y[0], noise, responses), np.array(signs))
    prior = np.full(len(signs), 0.25)
    return float(average(sets.member, sets.log_bayes_factor, prior).inclusion[0])


MAKERS = (look_alike, reverse, media_wave, seam)


@pytest.mark.parametrize("make", [*MAKERS, proxy], ids=lambda make: make.__name__)
def test_a_naive_method_falls_for_the_trap(make: Callable[[np.random.Generator], Trap]) -> None:
    p = [naive_p(make(rng), rng) for rng in map(np.random.default_rng, range(SEEDS))]
    assert np.mean(np.array(p) < 0.05) >= 0.5


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_the_decoy_is_not_claimed(make: Callable[[np.random.Generator], Trap]) -> None:
    found = [probability(make(rng), rng) for rng in map(np.random.default_rng, range(SEEDS))]
    assert np.mean(np.array(found) > 0.8) <= 1 / SEEDS


def test_a_proxy_beside_its_original_is_not_claimed() -> None:
    claimed = 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        trap = proxy(rng)
        (original,) = trap.known
        claimed += probability(Trap(trap.target, trap.decoy), rng, original) > 0.8
    assert claimed <= 1


def test_the_original_beside_its_proxy_is_found() -> None:
    found = []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        trap = proxy(rng)
        (original,) = trap.known
        found.append(probability(Trap(trap.target, original), rng, trap.decoy))
    assert np.mean(found) > 0.7
