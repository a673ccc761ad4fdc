"""Turning points: when the level of a series changed, how surely, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.step_evidence import StepModel, weigh_additions

MOST = 8
"""Changes a series may have: more than six are not told apart in practice."""

SWEEPS = 150
"""Rounds of the sampler, in each of which every possible change is drawn
anew; ten times as many move no probability by more than a few hundredths."""

SETTLING = 10
"""Rounds that are not counted."""

PEAK = 3
"""Places over which the evidence for one clear change is spread."""

POWER = 0.84
"""Standard deviations above the threshold that are reached four times in five."""


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Where a series may have changed its level.

    Attributes
    ----------
    places : int array, shape (n_places,)
        Periods that may be the first of a new level.
    chance : float array, shape (n_places,)
        Probability that the level changed there.
    number : float array, shape (MOST + 1,)
        Probability of 0, 1, 2, ... changes.
    size, spread : float arrays, shape (n_places,)
        Mean and standard deviation of a change there, in units of the series.
    """

    places: NDArray[np.int64]
    chance: NDArray[np.float64]
    number: NDArray[np.float64]
    size: NDArray[np.float64]
    spread: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One change that is more likely than not.

    Attributes
    ----------
    best, first, last : int
        Periods: the likeliest first one of the new level, and the shortest
        span that holds nine tenths of the probability, `last` included.
    chance : float
        Probability of a change around there.
    size, spread : float
        Mean and standard deviation of the change, in units of the series.
    """

    best: int
    first: int
    last: int
    chance: float
    size: float
    spread: float


def log_odds_of_change(rate: float, n_places: int) -> float:
    """Give the odds that a level changes at one place, before looking.

    Parameters
    ----------
    rate : float
        Changes expected in the series.
    n_places : int
        Places at which it may change.

    Returns
    -------
    float
        Natural logarithm of the odds, for each of `MOST` possible changes.
    """
    share = min(0.9, rate / MOST)
    return float(np.log(share / n_places) - np.log1p(-share))


def find_changes(model: StepModel, rate: float, apart: int, seed: int = 0) -> Changes:
    """Weigh every set of dates on which the level of a series may have changed.

    The series' own persistence looks like steps, so noise states and sizes of
    steps are summed over and never chosen. Each of `MOST` possible changes
    is drawn in turn from its exact distribution over all dates, and over not
    being there, given the others; what is reported is the mean of these
    distributions, not a count of draws.

    Parameters
    ----------
    model : StepModel
        The series.
    rate : float
        Changes expected in it, before looking.
    apart : int
        Grid steps between two changes, at least: what is undone sooner is an
        episode and no turning point.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Changes
        Over the model's places.

    References
    ----------
    .. [1] Green, P. J. (1995). "Reversible Jump Markov Chain Monte Carlo
       Computation and Bayesian Model Determination". *Biometrika* 82(4),
       711-732. https://doi.org/10.1093/biomet/82.4.711
    .. [2] Fearnhead, P. (2006). "Exact and Efficient Bayesian Inference for
       Multiple Changepoint Problems". *Statistics and Computing* 16, 203-213.
       https://doi.org/10.1007/s11222-006-8450-8
    """
    rng, n = np.random.default_rng(seed), model.places.size
    prior = log_odds_of_change(rate, n)
    model = model.keep_likely(prior, apart)
    drawn = np.full(MOST, n)
    chance, first, second = np.zeros((3, n))
    number = np.zeros(MOST + 1)
    known: dict[tuple[int, ...], _Further] = {}
    for sweep in range(SETTLING + SWEEPS):
        for slot in range(MOST):
            others = tuple(sorted(int(at) for at in np.delete(drawn, slot) if at < n))
            if others not in known:
                known[others] = _weigh_further(model, others, prior, apart)
            further = known[others]
            drawn[slot] = rng.choice(n + 1, p=further.weight)
            if sweep >= SETTLING:
                there = further.weight[:n]
                chance += there
                first += there * further.size
                second += there * further.square
                number[len(others)] += further.weight[n]
                number[len(others) + 1] += there.sum()
    size = first / np.maximum(chance, 1e-300)
    spread = np.sqrt(np.maximum(0.0, second / np.maximum(chance, 1e-300) - size**2))
    return Changes(model.places, chance / SWEEPS, number / number.sum(), size, spread)


@dataclass(frozen=True, slots=True, eq=False)
class _Further:
    """One further change beside others: over places and, last, over not being there."""

    weight: NDArray[np.float64]
    size: NDArray[np.float64]
    square: NDArray[np.float64]


def _weigh_further(
    model: StepModel, others: Sequence[int], prior: float, apart: int
) -> _Further:
    without, added, mean, variance = weigh_additions(model, others)
    top = max(without.max(), added.max())
    weight = np.exp(added - top)
    total = weight.sum(axis=(0, 1))
    size = (weight * mean).sum(axis=(0, 1)) / np.maximum(total, 1e-300)
    square = (weight * (variance + mean**2)).sum(axis=(0, 1)) / np.maximum(total, 1e-300)
    total = np.where(model.allowed(others, apart), total * np.exp(prior), 0.0)
    odds = np.append(total, np.exp(without - top).sum())
    return _Further(odds / odds.sum(), size, square)


def date_changes(changes: Changes, width: int, least: float = 0.5) -> tuple[Turn, ...]:
    """Read off the changes that are likelier than not, and when each took place.

    Parameters
    ----------
    changes : Changes
        From `find_changes`.
    width : int
        Places, at most, between the earliest and the latest date of one change.
    least : float, default 0.5
        Probability that a change must reach.

    Returns
    -------
    tuple of Turn
        In order of time; empty where nothing is likely enough, which is a
        result.
    """
    left = changes.chance.copy()
    found: list[Turn] = []
    while True:
        start, mass = _heaviest(left, width)
        if mass.sum() < least:
            return tuple(sorted(found, key=lambda turn: turn.best))
        found.append(_describe(changes, mass, start))
        left[start : start + mass.size] = 0.0


def likeliest_change(changes: Changes, width: int) -> Turn:
    """Describe the likeliest change, however unlikely it is.

    Parameters
    ----------
    changes : Changes
        From `find_changes`.
    width : int
        As for `date_changes`.

    Returns
    -------
    Turn
        The span of places with most probability.
    """
    start, mass = _heaviest(changes.chance, width)
    return _describe(changes, mass, start)


def _heaviest(chance: NDArray[np.float64], width: int) -> tuple[int, NDArray[np.float64]]:
    """Find the span of places with most probability, and copy it."""
    length = min(width + 1, chance.size)
    start = int(np.convolve(chance, np.ones(length), "valid").argmax())
    return start, chance[start : start + length].copy()


def _describe(changes: Changes, mass: NDArray[np.float64], start: int) -> Turn:
    total = mass.sum()
    low, high = _shortest(mass / total, 0.9)
    share, inside = mass / total, slice(start, start + mass.size)
    size = float(share @ changes.size[inside])
    square = float(share @ (changes.spread[inside] ** 2 + changes.size[inside] ** 2))
    return Turn(
        best=int(changes.places[start + int(mass.argmax())]),
        first=int(changes.places[start + low]),
        last=int(changes.places[start + high]),
        chance=float(min(1.0, total)),
        size=size,
        spread=float(np.sqrt(max(0.0, square - size**2))),
    )


def _shortest(share: NDArray[np.float64], level: float) -> tuple[int, int]:
    """Find the shortest run of places that holds a share, the likelier of two as short."""
    below = np.append(0.0, np.cumsum(share))
    for length in range(1, share.size + 1):
        held = below[length:] - below[:-length]
        if held.max() >= level - 1e-12:
            return int(held.argmax()), int(held.argmax()) + length - 1
    return 0, share.size - 1


def detectable_size(model: StepModel, rate: float) -> float:
    """Work out the lasting change that would be found four times in five.

    Of an ordinary date: the median over all places of how well a step there
    is told from the noise.

    Parameters
    ----------
    model : StepModel
        The series.
    rate : float
        Changes expected in it, before looking.

    Returns
    -------
    float
        Size in units of the series, under the noise state that fits best.
    """
    prior = log_odds_of_change(rate, model.places.size) + np.log(MOST * PEAK)
    without = weigh_additions(model, ())[0].max(axis=1)
    known = float(np.median(np.diagonal(model.gram[int(without.argmax())])))
    needed = max(0.0, np.log1p(known) / 2 - prior)
    return float((np.sqrt(2 * needed) + POWER) / np.sqrt(known))
