"""All pairs: every series in the world as a driver of every other, by matrix products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.compiled import compiled

TARGETS, DRIVERS = 512, 4096
"""Sizes of a block: two products that stay in cache. A split over machines at
multiples of `TARGETS` gives the same bits as one run."""

BINS = 256
"""Bins of a target's squared partial correlations, equal in width over [0, 1]."""


@dataclass(frozen=True, slots=True, eq=False)
class PairScan:
    """The strongest drivers of each target, and how the world is spread.

    Attributes
    ----------
    partial : float32 array, shape (n_targets, keep)
        Squared partial correlation with the target given its own past, the
        best over the lags; descending.
    driver, lag : int32 arrays, shape (n_targets, keep)
        Whose, and by how many periods it leads.
    histogram : int array, shape (n_targets, BINS)
        All drivers by their `partial`: what a place in the world is read from.
    freedom : int
        Degrees of freedom: `t**2 = freedom * partial / (1 - partial)`.
    """

    partial: NDArray[np.float32]
    driver: NDArray[np.int32]
    lag: NDArray[np.int32]
    histogram: NDArray[np.int64]
    freedom: int


def scan_pairs(
    series: NDArray[np.float32],
    lags: Sequence[int],
    *,
    keep: int = 10,
    targets: tuple[int, int] | None = None,
    go_on: Callable[[int], bool] = lambda done: True,
) -> PairScan:
    """Test every driver of every target at every lag, given the target's own past.

    The past is one period long, and its correlation with the driver is a
    matrix product too, so that a regression costs two multiplications and
    additions a period. This is a screen: persistent series pass it too often,
    and what matters is tested again by `scan_drivers`.

    Parameters
    ----------
    series : float32 array, shape (n, n_periods)
        No missing values.
    lags : sequence of int
        Periods by which a driver may lead, at least 1.
    keep : int, default 10
        Drivers kept of each target.
    targets : tuple of int, optional
        First target and the one after the last; all by default. The first is
        a multiple of `TARGETS`, so that parts computed elsewhere fit together.
    go_on : callable (done) -> bool, optional
        Told how many targets are done after each block; False ends the scan,
        and the rest stays empty.

    Returns
    -------
    PairScan
        A target is never its own driver.

    Raises
    ------
    ValueError
        If the first target is not a multiple of `TARGETS`.

    References
    ----------
    .. [1] Shabalin, A. A. (2012). "Matrix eQTL: ultra fast eQTL analysis via
       large matrix operations". *Bioinformatics* 28(10), 1353-1358.
       https://doi.org/10.1093/bioinformatics/bts163
    """
    first, last = targets or (0, len(series))
    if first % TARGETS:
        raise ValueError(f"A part starts at a multiple of {TARGETS}, not at {first}.")
    longest, n = max(lags), last - first
    now = _unit(series[first:last, longest:])
    past = _unit(series[first:last, longest - 1 : -1])
    now = _unit(now - (now * past).sum(axis=1, keepdims=True) * past)
    periods = series.shape[1]
    moved = [_unit(series[:, longest - lag : periods - lag]) for lag in lags]
    found = PairScan(
        partial=np.zeros((n, keep), dtype=np.float32),
        driver=np.full((n, keep), -1, dtype=np.int32),
        lag=np.zeros((n, keep), dtype=np.int32),
        histogram=np.zeros((n, BINS), dtype=np.int64),
        freedom=periods - longest - 3,
    )
    for start in range(0, n, TARGETS):
        rows = slice(start, min(start + TARGETS, n))
        for other in range(0, len(series), DRIVERS):
            columns = slice(other, min(other + DRIVERS, len(series)))
            _scan_block(now[rows], past[rows], moved, lags, columns, found, first, start)
        if not go_on(rows.stop):
            break
    return found


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = rows - rows.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float32] = centred / np.where(length > 1e-12, length, 1)
    return scaled


def _scan_block(
    now: NDArray[np.float32],
    past: NDArray[np.float32],
    moved: list[NDArray[np.float32]],
    lags: Sequence[int],
    columns: slice,
    found: PairScan,
    first: int,
    start: int,
) -> None:
    shape = len(now), columns.stop - columns.start
    best, lag_of = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.int32)
    for lag, driver in zip(lags, moved, strict=True):
        others = driver[columns].T
        keep_best(now @ others, past @ others, lag, best, lag_of)
    rows = slice(start, start + len(now))
    gather_best(
        best, lag_of, columns.start, first + start, found.histogram[rows],
        found.partial[rows], found.driver[rows], found.lag[rows],
    )  # fmt: skip


@compiled
def keep_best(
    now: NDArray[np.float32],
    past: NDArray[np.float32],
    lag: int,
    best: NDArray[np.float32],
    lag_of: NDArray[np.int32],
) -> None:
    """Keep the better of what was best and one lag's squared partial correlation.

    Parameters
    ----------
    now, past : float32 arrays, shape (n_targets, n_drivers)
        Correlations of the driver with what the past leaves of the target, and
        with the past.
    lag : int
        The lag they are of.
    best, lag_of : arrays of the same shape
        Updated.
    """
    one, tiny = np.float32(1.0), np.float32(1e-6)
    for i in range(now.shape[0]):
        for j in range(now.shape[1]):
            left = max(one - past[i, j] * past[i, j], tiny)
            partial = now[i, j] * now[i, j] / left
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
    partial: NDArray[np.float32],
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
