"""Small factorisations by the thousand: a Bayes factor for each of many drivers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.compiled import compiled


@compiled
def weigh_each(
    bordered: NDArray[np.float64],
    power: NDArray[np.float64],
    squares: float,
    prior: float,
    freedom: int,
    scales: NDArray[np.float64],
    found: NDArray[np.float64],
) -> None:
    """Do for many drivers what `log_bayes_factor` does for a few.

    Parameters
    ----------
    bordered : float array, shape (n_blocks, m + 2, m, LANES)
        For each driver the products of its whitened columns; below them their
        products with the whitened relation, then the readout.
    power : float array, shape (n_blocks, LANES)
        What the columns' variance is divided by.
    squares : float
        The whitened relation's sum of squares.
    prior : float
        Weight of the belief in the stated noise, in periods.
    freedom : int
        Periods less controls.
    scales : float array, shape (n_scales,)
        Prior variances.
    found : float array, shape (2, n_scales, n_blocks, LANES)
        Written to: the logarithms of the Bayes factors, and the leans.
    """
    blocks, m, lanes = bordered.shape[0], bordered.shape[2], bordered.shape[3]
    root = np.empty((m + 2, m, lanes))
    value, log_volume, moved = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    both, spread = np.empty(lanes), np.empty(lanes)
    total = prior + freedom
    for block in range(blocks):
        for at in range(scales.size):
            log_volume[:] = 0.0
            for row in range(m + 2):
                for column in range(min(row + 1, m)):
                    for lane in range(lanes):
                        # The last two rows are what is solved for: not scaled.
                        scale = scales[at] / power[block, lane] if row < m else 1.0
                        value[lane] = bordered[block, row, column, lane] * scale
                    for k in range(column):
                        for lane in range(lanes):
                            value[lane] -= root[row, k, lane] * root[column, k, lane]
                    for lane in range(lanes):
                        if row == column:
                            root[row, column, lane] = math.sqrt(value[lane] + 1.0)
                            log_volume[lane] += math.log(root[row, column, lane])
                        else:
                            root[row, column, lane] = value[lane] / root[column, column, lane]
            moved[:], both[:], spread[:] = 0.0, 0.0, 0.0
            for k in range(m):
                for lane in range(lanes):
                    moved[lane] += root[m, k, lane] * root[m, k, lane]
                    both[lane] += root[m, k, lane] * root[m + 1, k, lane]
                    spread[lane] += root[m + 1, k, lane] * root[m + 1, k, lane]
            for lane in range(lanes):
                scale = scales[at] / power[block, lane]
                left = prior + squares - scale * moved[lane]
                log_ratio = math.log(left / (prior + squares))
                deviation = math.sqrt(max(left / total * scale * spread[lane], 1e-300))
                found[0, at, block, lane] = -log_volume[lane] - total / 2 * log_ratio
                found[1, at, block, lane] = scale * both[lane] / deviation
