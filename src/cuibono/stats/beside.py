"""The scan again, each driver beside columns of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.column import centre, orthonormalise
from cuibono.stats.noise import Noise
from cuibono.stats.scan import ROUNDING


def scan_beside(
    y: NDArray[np.float64],
    noise: Noise,
    drivers: NDArray[np.float64],
    beside: NDArray[np.float64],
    positions: Sequence[NDArray[np.int64]],
) -> NDArray[np.float64]:
    """Test what each driver adds to columns of its own, moved by the same lag.

    `scan_drivers` adjusts the target for what is the same beside all drivers.
    Here each driver has columns that only it is adjusted for. The likeliest
    noise state serves for all: these scores are compared with one another only.

    Parameters
    ----------
    y : float array, shape (n_used,)
        The target, at the periods it was observed.
    noise : Noise
        From `fit_noise` on the same periods.
    drivers : float array, shape (n_drivers, n_periods)
        NaN where nothing was observed.
    beside : float array, shape (n_drivers, n_beside, n_periods)
        What is taken out with each; NaN where nothing was observed.
    positions : sequence of int arrays, shape (n_used,)
        One per lag, from `positions_before`.

    Returns
    -------
    float array, shape (n_drivers, n_lags)
        Signed t; NaN where the driver never varies beyond what is taken out.
    """
    maker = noise.whitening.keep(np.zeros(1, dtype=np.int64))
    target, most = maker.apply(y)[0], maker.filters.scale.max() ** 2
    columns = np.concatenate([beside, drivers[:, None]], axis=1)
    t = np.empty((len(drivers), len(positions)))
    for lag, place in enumerate(positions):
        moved = np.where(place < 0, np.nan, columns[:, :, place])
        moved = centre(moved, np.ones((len(moved), y.size), dtype=bool))
        rows = maker.apply(moved.reshape(-1, y.size).T)[0].T.reshape(moved.shape)
        # What whitening can make of a column at most: far below it, all is rounding.
        power, size = (rows**2).sum(axis=2), (moved**2).sum(axis=2)
        rows[power <= ROUNDING * most * size] = 0.0
        orthonormalise(rows)
        along, there = rows @ target, rows.any(axis=2)
        left = target @ target - (along**2).sum(axis=1)
        freedom = maker.freedom - there.sum(axis=1)
        usable = there[:, -1] & (freedom > 0)
        # A driver that is the target itself would divide by zero.
        spread = np.maximum(left, 1e-12 * (target @ target)) / np.maximum(1, freedom)
        t[:, lag] = np.where(usable, along[:, -1] / np.sqrt(spread), np.nan)
    return t
