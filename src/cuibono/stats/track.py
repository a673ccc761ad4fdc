"""Tracking: the hidden level of a relation, followed through noisy counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.compiled import compiled

PERSISTENCE = (0.7, 0.9, 0.97)
"""Correlation of a level with itself one period before."""

MOVEMENT = (0.1, 0.3, 0.9)
"""Variance of the level, in variances of the series."""

EXTRA = (0.02, 0.2, 0.6)
"""Noise beyond counting noise, in variances of the series."""


@dataclass(frozen=True, slots=True, eq=False)
class Tracked:
    """Levels of many series, as known at each step from the steps up to it.

    Attributes
    ----------
    mean, variance : float arrays, shape (n_series, n_steps)
        Of the level given the past and the present; in the units of the
        series, whose own mean is 0. Every step has one, gaps included: there
        the level fades towards its mean and the variance grows.
    persistence : float array, shape (n_series,)
        Correlation over one step.
    movement, extra : float arrays, shape (n_series,)
        Variance of the level, and of noise beyond counting.
    log_density : float array, shape (n_series,)
        Natural logarithm of the density of each series.
    """

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    persistence: NDArray[np.float64]
    movement: NDArray[np.float64]
    extra: NDArray[np.float64]
    log_density: NDArray[np.float64]


def track(y: NDArray[np.float64], v: NDArray[np.float64], steps: NDArray[np.int64]) -> Tracked:
    """Follow levels without looking ahead, each by its own best noise.

    A level is an autoregression seen through counting noise of known variance
    and a constant noise beyond it. Its three parameters are the likeliest of
    a grid, in units of the series' own variance: a plugged-in choice is good
    enough for a driver, whose evidence is averaged over far more.

    Parameters
    ----------
    y : float array, shape (n_series, n_periods)
        NaN where nothing was observed.
    v : float array, shape (n_series, n_periods)
        Variance that counting puts on it.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending from 0; gaps are jumps above 1.

    Returns
    -------
    Tracked
        On every step from 0 to the last.

    References
    ----------
    .. [1] Durbin, J. and Koopman, S. J. (2012). *Time Series Analysis by State
       Space Methods*, 2nd ed., ch. 4. Oxford.
       https://doi.org/10.1093/acprof:oso/9780199641178.001.0001

    Examples
    --------
    A quiet month after a warm one leaves the level between the two, and the
    step that is missing leaves it nearer to the mean than the one before:

    >>> y, v = np.array([[2.0, 0.0, -2.0]]), np.full((1, 3), 0.1)
    >>> print(track(y, v, np.array([0, 1, 3])).mean.round(1))
    [[ 0.6  0.3  0.2 -0.5]]
    """
    full = int(steps[-1]) + 1
    seen = np.zeros((y.shape[0], full), dtype=bool)
    seen[:, steps] = np.isfinite(y)
    series, noise = np.zeros(seen.shape), np.ones(seen.shape)
    series[:, steps], noise[:, steps] = np.nan_to_num(y), np.where(np.isfinite(y), v, 1.0)
    weight = np.where(seen, 1 / (noise + 0.3), 0)
    total = np.maximum(weight.sum(axis=1, keepdims=True), 1e-12)
    series -= (weight * series).sum(axis=1, keepdims=True) / total
    spread = (weight * series**2).sum(axis=1, keepdims=True) / total
    spread = np.where(spread > 0, spread, 1)[:, 0]
    series, noise, seen = (np.ascontiguousarray(each.T) for each in (series, noise, seen))
    best = _choose(series, noise, seen, spread)
    rho, movement, extra = best[0], best[1] * spread, best[2] * spread
    mean, variance = np.empty((2, full, y.shape[0]))
    density = follow_levels(series, noise, seen, rho, movement, extra, mean, variance)
    mean, variance = np.ascontiguousarray(mean.T), np.ascontiguousarray(variance.T)
    return Tracked(mean, variance, rho, movement, extra, density)


def draw_levels(
    tracked: Tracked, at: int, n_draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw whole paths that a level may have taken, given all of its series.

    Parameters
    ----------
    tracked : Tracked
        From `track`.
    at : int
        Which series.
    n_draws : int
        How many paths.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    float array, shape (n_draws, n_steps)
        Paths by forward filtering and backward sampling.

    References
    ----------
    .. [1] Carter, C. K. and Kohn, R. (1994). "On Gibbs Sampling for State Space
       Models". *Biometrika* 81(3), 541-553. https://doi.org/10.1093/biomet/81.3.541
    """
    mean, variance = tracked.mean[at], tracked.variance[at]
    rho, movement = tracked.persistence[at], tracked.movement[at]
    chance = rng.standard_normal((mean.size, n_draws))
    paths = np.empty((mean.size, n_draws))
    paths[-1] = mean[-1] + np.sqrt(variance[-1]) * chance[-1]
    for t in range(mean.size - 2, -1, -1):
        ahead = rho**2 * variance[t] + (1 - rho**2) * movement
        gain = rho * variance[t] / ahead
        left = variance[t] * (1 - rho * gain)
        paths[t] = mean[t] + gain * (paths[t + 1] - rho * mean[t]) + np.sqrt(left) * chance[t]
    return paths.T


def _choose(
    series: NDArray[np.float64],
    noise: NDArray[np.float64],
    seen: NDArray[np.bool_],
    spread: NDArray[np.float64],
) -> NDArray[np.float64]:
    best = np.full(spread.size, -np.inf)
    chosen = np.zeros((3, spread.size))
    one, last = np.ones(spread.size), np.empty((2, 1, spread.size))
    for state in product(PERSISTENCE, MOVEMENT, EXTRA):
        rho, movement, extra = state
        density = follow_levels(
            series, noise, seen, rho * one, movement * spread, extra * spread, *last
        )
        better = density > best
        best = np.where(better, density, best)
        chosen[:, better] = np.array(state)[:, None]
    return chosen


@compiled
def follow_levels(
    series: NDArray[np.float64],
    noise: NDArray[np.float64],
    seen: NDArray[np.bool_],
    rho: NDArray[np.float64],
    movement: NDArray[np.float64],
    extra: NDArray[np.float64],
    mean: NDArray[np.float64],
    variance: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Follow the levels of many series side by side.

    Parameters
    ----------
    series, noise : float arrays, shape (n_steps, n_series)
        The series, and the variance that counting puts on it.
    seen : bool array, shape (n_steps, n_series)
        Where a series was observed.
    rho, movement, extra : float arrays, shape (n_series,)
        As in `Tracked`.
    mean, variance : float arrays, shape (n_kept, n_series)
        Written to: the levels as in `Tracked`, step by step; with one row, no
        more than the last step's are kept.

    Returns
    -------
    float array, shape (n_series,)
        Natural logarithm of the density of each series.
    """
    density, before, last = np.zeros(rho.size), 0, mean.shape[0] - 1
    for t in range(series.shape[0]):
        now = min(t, last)
        for at in range(rho.size):
            level, doubt = 0.0, movement[at]
            if t:
                kept = rho[at] * rho[at]
                level = rho[at] * mean[before, at]
                doubt = kept * variance[before, at] + (1 - kept) * movement[at]
            if seen[t, at]:
                spread = doubt + noise[t, at] + extra[at]
                gain, surprise = doubt / spread, series[t, at] - level
                density[at] -= (math.log(2 * math.pi * spread) + surprise**2 / spread) / 2
                level, doubt = level + gain * surprise, doubt * (1 - gain)
            mean[now, at], variance[now, at] = level, doubt
        before = now
    return density
