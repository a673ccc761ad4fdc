"""Sets of steps: every set of dates weighed, by chains that run side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.noise import PRIOR
from cuibono.stats.step_evidence import SIZES, StepModel

MOST = 8
"""Steps a series may have: more than six are not told apart in practice."""

CHAINS = 32
"""Chains side by side: one product of small matrices serves them all."""

EACH = np.arange(CHAINS)[:, None]
"""Every chain, beside what is chosen of each."""

SWEEPS = 40
"""Rounds, in each of which every chain draws its noise and each of its steps
anew; ten times as many move no probability by more than a hundredth or two."""

SETTLING = 15
"""Rounds that are not counted."""


@dataclass(frozen=True, slots=True, eq=False)
class StepSets:
    """What all sets of steps come to, place by place; sizes in standard units.

    Attributes
    ----------
    chance : float array, shape (n_places,)
        Probability of a step there.
    number : float array, shape (MOST + 1,)
        Probability of 0, 1, 2, ... steps.
    size, spread : float arrays, shape (n_places,)
        Mean and standard deviation of a step there.
    """

    chance: NDArray[np.float64]
    number: NDArray[np.float64]
    size: NDArray[np.float64]
    spread: NDArray[np.float64]


def draw_sets(
    model: StepModel, log_odds: NDArray[np.float64], apart: int, seed: int = 0
) -> StepSets:
    """Weigh every set of steps, whatever their sizes and the noise.

    Each of `MOST` possible steps is drawn in turn from its exact distribution
    over all places, upwards and downwards, and over not being there, given the
    others; noise state and kind of size from theirs, given the steps. What is
    reported is the mean of the steps' distributions, not a count of draws.

    Parameters
    ----------
    model : StepModel
        The series under the noise states that matter.
    log_odds : float array, shape (MOST,)
        Log odds, before looking, that one of the possible steps is at a place
        and not absent, beside 0, 1, 2, ... others.
    apart : int
        Grid steps between two steps, at least.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    StepSets
        Over the model's places.

    References
    ----------
    .. [1] Fearnhead, P. (2006). "Exact and Efficient Bayesian Inference for
       Multiple Changepoint Problems". *Statistics and Computing* 16, 203-213.
       https://doi.org/10.1007/s11222-006-8450-8
    """
    rng, n = np.random.default_rng(seed), model.places.size
    near = np.abs(model.steps[:, None] - model.steps) < apart
    place = np.full((CHAINS, MOST), n)
    sign = np.ones((CHAINS, MOST))
    tally = np.zeros((3, n))
    number = np.zeros(MOST + 1)
    for sweep in range(SETTLING + SWEEPS):
        noise = _draw_noise(model, _gather(place, sign, n), rng)
        for slot in range(MOST):
            place[:, slot] = n
            others = _gather(place, sign, n)
            further = _weigh_further(model, others, noise, near, log_odds)
            drawn = _draw(further.weight, rng)
            place[:, slot] = np.where(drawn < 2 * n, drawn % n, n)
            sign[:, slot] = np.where(drawn < n, 1.0, -1.0)
            if sweep >= SETTLING:
                tally += further.tally()
                there = 1 - further.weight[:, -1]
                np.add.at(number, others.count, 1 - there)
                np.add.at(number, others.count + 1, there)
    rounds, chance = CHAINS * SWEEPS, np.maximum(tally[0], 1e-300)
    size = tally[1] / chance
    spread = np.sqrt(np.maximum(0.0, tally[2] / chance - size**2))
    return StepSets(tally[0] / rounds, number / number.sum(), size, spread)


@dataclass(frozen=True, slots=True, eq=False)
class _Sets:
    """The steps of every chain, moved to the front; `held` is 0 behind them."""

    at: NDArray[np.int64]
    sign: NDArray[np.float64]
    held: NDArray[np.float64]
    count: NDArray[np.int64]


def _gather(place: NDArray[np.int64], sign: NDArray[np.float64], n: int) -> _Sets:
    there = place < n
    count = there.sum(axis=1)
    order = np.argsort(~there, axis=1, kind="stable")[:, : count.max()]
    chosen = EACH, order
    held = there[chosen]
    return _Sets(
        np.where(held, place[chosen], 0), sign[chosen] * held, held.astype(float), count
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Noise:
    """For every chain: noise state, mean of a step's size and its precision."""

    state: NDArray[np.int64]
    mean: NDArray[np.float64]
    precision: NDArray[np.float64]


def _draw_noise(model: StepModel, sets: _Sets, rng: np.random.Generator) -> _Noise:
    """Draw noise state and kind of size, given the steps of each chain."""
    kinds = np.array([(mean, 1 / variance) for mean, variance in SIZES])
    mean, precision = kinds[:, 0, None, None], kinds[:, 1, None, None]
    pairs = sets.held[:, :, None] * sets.held[:, None, :]
    inner = model.gram[:, sets.at[:, :, None], sets.at[:, None, :]] * pairs
    loose = np.where(sets.held > 0, precision, 1.0)
    matrix = inner[:, None] + loose[..., None] * np.eye(sets.at.shape[1])
    target = (model.moment[:, sets.at] * sets.held)[:, None] + sets.sign * mean * precision
    fitted = (np.linalg.solve(matrix, target[..., None])[..., 0] * target).sum(axis=-1)
    prior = sets.count * (mean**2 * precision)[..., 0]
    left = PRIOR + model.squares[:, None, None] + prior - fitted
    spread = np.linalg.slogdet(matrix)[1] - sets.count * np.log(precision[..., 0])
    density = -model.log_volume[:, None, None] - spread / 2
    density -= (model.freedom + PRIOR) / 2 * np.log(left)
    density = density.reshape(-1, sets.count.size).T
    drawn = _draw(np.exp(density - density.max(axis=1, keepdims=True)), rng)
    kind = drawn % len(SIZES)
    return _Noise(drawn // len(SIZES), kinds[kind, 0], kinds[kind, 1])


@dataclass(frozen=True, slots=True, eq=False)
class _Further:
    """One further step beside others: upwards, downwards and, last, not there."""

    weight: NDArray[np.float64]
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]

    def tally(self) -> NDArray[np.float64]:
        """Add up probability, size and squared size over chains and both directions."""
        there = self.weight[:, :-1].reshape(self.mean.shape)
        parts = (there, there * self.mean, there * (self.variance + self.mean**2))
        return np.array([part.sum(axis=(0, 1)) for part in parts])


def _weigh_further(
    model: StepModel,
    others: _Sets,
    noise: _Noise,
    near: NDArray[np.bool_],
    log_odds: NDArray[np.float64],
) -> _Further:
    rows = model.gram[noise.state[:, None], others.at] * others.held[:, :, None]
    inner = model.gram[noise.state[:, None, None], others.at[:, :, None], others.at[:, None]]
    inner = inner * others.held[:, :, None] * others.held[:, None]
    loose = np.where(others.held > 0, noise.precision[:, None], 1.0)
    inverse = np.linalg.inv(inner + loose[:, :, None] * np.eye(others.at.shape[1]))
    lean = noise.mean * noise.precision
    moment = model.moment[noise.state]
    target = moment[EACH, others.at] * others.held
    target += others.sign * lean[:, None]
    size = (inverse @ target[:, :, None])[:, :, 0]
    least = PRIOR + model.squares[noise.state] + others.count * noise.mean * lean
    left = (least - (size * target).sum(axis=1))[:, None, None]
    known = np.diagonal(model.gram, axis1=1, axis2=2)[noise.state]
    known = known - (rows * (inverse @ rows)).sum(axis=1) + noise.precision[:, None]
    pull = moment - (size[:, None, :] @ rows)[:, 0]
    pulled = pull[:, None] + np.array([1.0, -1.0])[:, None] * lean[:, None, None]
    less = left + (noise.mean * lean)[:, None, None] - pulled**2 / known[:, None]
    degrees = model.freedom + PRIOR
    occam = np.log(2.0) + np.log(known / noise.precision[:, None]) / 2
    weight = (log_odds[others.count][:, None] - occam)[:, None]
    weight = weight - degrees / 2 * np.log(less / left)
    blocked = np.any(near[others.at] & (others.held[:, :, None] > 0), axis=1, keepdims=True)
    weight = np.where(blocked, -np.inf, weight)
    odds = np.concatenate([weight.reshape(CHAINS, -1), np.zeros((CHAINS, 1))], axis=1)
    odds = np.exp(odds - odds.max(axis=1, keepdims=True))
    share = odds / odds.sum(axis=1, keepdims=True)
    return _Further(share, pulled / known[:, None], less / degrees / known[:, None])


def _draw(weight: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw one choice a chain, in proportion to its weights."""
    reached = np.cumsum(weight, axis=1)
    aim = rng.random((len(weight), 1)) * reached[:, -1:]
    return np.asarray((reached <= aim).sum(axis=1).clip(max=weight.shape[1] - 1))
