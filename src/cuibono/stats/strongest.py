"""The strongest of many pairs: kept as they are met, counted, and put in order exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.compiled import compiled

BINS = 256
"""Bins of a target's squared partial correlations, equal in width over [0, 1]."""


@compiled
def keep_best(
    product: NDArray[np.float32],
    lag: int,
    best: NDArray[np.float32],
    lag_of: NDArray[np.int32],
) -> None:
    """Keep the better of what was best and one lag's squared partial correlation.

    Parameters
    ----------
    product : float32 array, shape (2 * n_targets, n_drivers)
        Correlations of the driver with what the past leaves of the target;
        below them those with the past.
    lag : int
        The lag they are of.
    best, lag_of : arrays, shape (n_targets, n_drivers) or wider
        Updated.
    """
    one, tiny, n = np.float32(1.0), np.float32(1e-6), product.shape[0] // 2
    for i in range(n):
        for j in range(product.shape[1]):
            left = max(one - product[n + i, j] * product[n + i, j], tiny)
            partial = product[i, j] * product[i, j] / left
            better = partial > best[i, j]
            best[i, j] = partial if better else best[i, j]
            lag_of[i, j] = lag if better else lag_of[i, j]


@compiled
def gather_best(
    best: NDArray[np.float32],
    lag_of: NDArray[np.int32],
    first_driver: int,
    first_target: int,
    histogram: NDArray[np.int64],
    partial: NDArray[np.float64],
    driver: NDArray[np.int32],
    lag: NDArray[np.int32],
) -> None:
    """Count a block into the histograms and its strongest into the kept ones.

    Parameters
    ----------
    best, lag_of : arrays, shape (n_targets, n_drivers)
        From `keep_best`.
    first_driver, first_target : int
        Places of the block's corner in the world.
    histogram, partial, driver, lag : arrays
        Rows of a `PairScan`; updated.
    """
    keep = partial.shape[1]
    for i in range(best.shape[0]):
        for j in range(best.shape[1]):
            if first_driver + j == first_target + i:
                continue
            value = best[i, j]
            histogram[i, min(int(value * BINS), BINS - 1)] += 1
            if value > partial[i, keep - 1]:
                at = keep - 1
                while at > 0 and value > partial[i, at - 1]:
                    partial[i, at] = partial[i, at - 1]
                    driver[i, at] = driver[i, at - 1]
                    lag[i, at] = lag[i, at - 1]
                    at -= 1
                partial[i, at] = value
                driver[i, at] = first_driver + j
                lag[i, at] = lag_of[i, j]


@compiled
def sharpen(
    series: NDArray[np.float32],
    first_target: int,
    lags: NDArray[np.int64],
    partial: NDArray[np.float64],
    driver: NDArray[np.int32],
    lag: NDArray[np.int32],
) -> None:
    """Compute what was kept anew in double precision, and put it in order.

    Parameters
    ----------
    series : float32 array, shape (n, n_periods)
        The world.
    first_target : int
        Whose row the first is.
    lags : int array, shape (n_lags,)
        Lags that compete.
    partial, driver, lag : arrays, shape (n_targets, n_kept)
        From `gather_best`; updated. Of two that are as strong the one that
        comes first in the world stays first.
    """
    longest = lags.max()
    used = series.shape[1] - longest
    now, past = np.empty(used), np.empty(used)
    for i in range(partial.shape[0]):
        for t in range(used):
            now[t] = float(series[first_target + i, longest + t])
            past[t] = float(series[first_target + i, longest - 1 + t])
        make_unit(past)
        now -= now.mean()
        now -= (now * past).sum() * past
        make_unit(now)
        for at in range(partial.shape[1]):
            who, value, lead = driver[i, at], 0.0, lag[i, at]
            for k in range(lags.size if who >= 0 else 0):
                found = correlate(series[who, longest - lags[k] :], now, past)
                if found > value:
                    value, lead = found, lags[k]
            place = at
            while place > 0 and (
                value > partial[i, place - 1]
                or (value == partial[i, place - 1] and 0 <= who < driver[i, place - 1])
            ):
                partial[i, place] = partial[i, place - 1]
                driver[i, place], lag[i, place] = driver[i, place - 1], lag[i, place - 1]
                place -= 1
            partial[i, place], driver[i, place], lag[i, place] = value, who, lead


@compiled
def make_unit(row: NDArray[np.float64]) -> None:
    """Centre a row and give it a length of 1, in place; zeros where it never moves.

    Parameters
    ----------
    row : float array, shape (n_used,)
        Updated.
    """
    row -= row.mean()
    length = np.sqrt((row * row).sum())
    row /= length if length > 1e-12 else 1.0


@compiled
def correlate(
    row: NDArray[np.float32], now: NDArray[np.float64], past: NDArray[np.float64]
) -> float:
    """Give a driver's squared partial correlation with a target given its past.

    Parameters
    ----------
    row : float32 array, shape (n_used,) or longer
        The driver from its first period on.
    now, past : float arrays, shape (n_used,)
        Unit lengths around 0; `now` has nothing of `past`.

    Returns
    -------
    float
        0 where the driver never moves.
    """
    used, mean = now.size, 0.0
    for t in range(used):
        mean += float(row[t])
    mean /= used
    square, with_now, with_past = 0.0, 0.0, 0.0
    for t in range(used):
        x = float(row[t]) - mean
        square += x * x
        with_now += x * now[t]
        with_past += x * past[t]
    left = square - with_past * with_past
    return with_now * with_now / left if left > 1e-9 * square else 0.0
