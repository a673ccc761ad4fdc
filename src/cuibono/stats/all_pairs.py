"""All pairs: every series in the world as a driver of every other, by matrix products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.strongest import BINS, gather_best, keep_best, sharpen

TARGETS, DRIVERS = 512, 512
"""Sizes of a block: one product that stays in cache until the best of it is kept.
A split over machines at multiples of `TARGETS` gives the same bits as one run."""

SPARE = 6
"""Drivers beyond those asked for that single precision keeps, and double precision orders."""


@dataclass(frozen=True, slots=True, eq=False)
class PairScan:
    """The strongest drivers of each target, and how the world is spread.

    Attributes
    ----------
    partial : float array, shape (n_targets, keep)
        Squared partial correlation with the target given its own past, the
        best over the lags, in double precision; descending.
    driver, lag : int32 arrays, shape (n_targets, keep)
        Whose, and by how many periods it leads.
    histogram : int array, shape (n_targets, BINS)
        All drivers by their `partial`: what a place in the world is read from.
    freedom : int
        Degrees of freedom: `t**2 = freedom * partial / (1 - partial)`.
    """

    partial: NDArray[np.float64]
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
    additions a period, in single precision. The strongest are computed anew in
    double. This is a screen: persistent series pass it too often, and what
    matters is tested again by `scan_drivers`.

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

    Examples
    --------
    Two machines that take a part each find what one finds, to the bit:

    >>> world = np.random.default_rng(0).normal(size=(700, 60)).astype(np.float32)
    >>> whole = scan_pairs(world, (1, 2))
    >>> parts = [scan_pairs(world, (1, 2), targets=part) for part in ((0, 512), (512, 700))]
    >>> bool((np.concatenate([part.partial for part in parts]) == whole.partial).all())
    True
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
        partial=np.zeros((n, keep + SPARE)),
        driver=np.full((n, keep + SPARE), -1, dtype=np.int32),
        lag=np.zeros((n, keep + SPARE), dtype=np.int32),
        histogram=np.zeros((n, BINS), dtype=np.int64),
        freedom=periods - longest - 3,
    )
    for start in range(0, n, TARGETS):
        stop = min(start + TARGETS, n)
        both = np.concatenate([now[start:stop], past[start:stop]])
        _scan_targets(both, moved, lags, found, first, start)
        sharpen(
            series, first + start, np.array(lags),
            found.partial[start:stop], found.driver[start:stop], found.lag[start:stop],
        )  # fmt: skip
        if not go_on(stop):
            break
    return replace(
        found,
        partial=found.partial[:, :keep],
        driver=found.driver[:, :keep],
        lag=found.lag[:, :keep],
    )


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = rows - rows.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float32] = centred / np.where(length > 1e-12, length, 1)
    return scaled


def _scan_targets(
    both: NDArray[np.float32],
    moved: list[NDArray[np.float32]],
    lags: Sequence[int],
    found: PairScan,
    first: int,
    start: int,
) -> None:
    """Scan all drivers of a block of targets: what is left of them, and below it their past."""
    n = len(both) // 2
    rows = slice(start, start + n)
    product = np.empty((len(both), DRIVERS), dtype=np.float32)
    best, lag_of = product[:n].copy(), np.empty((n, DRIVERS), dtype=np.int32)
    for other in range(0, len(moved[0]), DRIVERS):
        width = min(DRIVERS, len(moved[0]) - other)
        best[:], lag_of[:] = 0, 0
        for lag, driver in zip(lags, moved, strict=True):
            np.matmul(both, driver[other : other + width].T, out=product[:, :width])
            keep_best(product[:, :width], lag, best, lag_of)
        gather_best(
            best[:, :width], lag_of, other, first + start, found.histogram[rows],
            found.partial[rows], found.driver[rows], found.lag[rows],
        )  # fmt: skip
