"""Drivers side by side: sums over periods for as many as a few wide instructions hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.compiled import compiled

LANES = 32
"""Drivers that go through a loop together: a compiler turns them into a few
wide instructions, and each driver's own sums keep their order."""


@compiled
def read_each(
    parts: NDArray[np.float64], even: NDArray[np.float64], readout: NDArray[np.float64]
) -> None:
    """Ask how much of the even response each part holds.

    Parameters
    ----------
    parts : float array, shape (n_used, n_parts, LANES)
        From `Parts.lay_out`.
    even : float array, shape (n_straight,)
        As in `Parts`.
    readout : float array, shape (n_parts, LANES)
        Written to: products with the even response, over its length.
    """
    n_used, n_parts, lanes = parts.shape
    evenly, length = np.empty(lanes), np.zeros(lanes)
    readout[:] = 0.0
    for t in range(n_used):
        evenly[:] = 0.0
        for part in range(even.size):
            for lane in range(lanes):
                evenly[lane] += even[part] * parts[t, part, lane]
        for lane in range(lanes):
            length[lane] += evenly[lane] * evenly[lane]
        for part in range(n_parts):
            for lane in range(lanes):
                readout[part, lane] += parts[t, part, lane] * evenly[lane]
    for part in range(n_parts):
        for lane in range(lanes):
            readout[part, lane] /= max(np.sqrt(length[lane]), 1e-12)


@compiled
def project_each(
    white: NDArray[np.float64], sides: NDArray[np.float64], along: NDArray[np.float64]
) -> None:
    """Multiply each driver's columns with what is the same for all drivers.

    A matrix product would do, but so small a one pays for threads it has no
    work for.

    Parameters
    ----------
    white : float array, shape (n_used, m, LANES)
        Whitened columns.
    sides : float array, shape (n_used, n_sides)
        Orthonormal columns that span the whitened controls, and the target.
    along : float array, shape (n_sides, m, LANES)
        Written to.
    """
    n_used, m, lanes = white.shape
    along[:] = 0.0
    whole = n_used - n_used % 4
    for t in range(0, whole, 4):
        for column in range(m):
            for side in range(sides.shape[1]):
                for lane in range(lanes):
                    along[side, column, lane] += (
                        sides[t, side] * white[t, column, lane]
                        + sides[t + 1, side] * white[t + 1, column, lane]
                        + sides[t + 2, side] * white[t + 2, column, lane]
                        + sides[t + 3, side] * white[t + 3, column, lane]
                    )
    for t in range(whole, n_used):
        for column in range(m):
            for side in range(sides.shape[1]):
                for lane in range(lanes):
                    along[side, column, lane] += sides[t, side] * white[t, column, lane]


@compiled
def multiply_each(
    white: NDArray[np.float64], along: NDArray[np.float64], products: NDArray[np.float64]
) -> None:
    """Multiply each driver's columns with one another, the controls taken out.

    What lies along the controls is taken out of the products, not of the
    columns: that is a sum less for every period.

    Parameters
    ----------
    white : float array, shape (n_used, m, LANES)
        Whitened columns.
    along : float array, shape (n_controls, m, LANES)
        From `project_each`, without the target.
    products : float array, shape (m, m, LANES)
        Written to.
    """
    n_used, m, lanes = white.shape
    products[:] = 0.0
    whole = n_used - n_used % 4
    for t in range(0, whole, 4):
        for row in range(m):
            for column in range(row + 1):
                for lane in range(lanes):
                    products[row, column, lane] += (
                        white[t, row, lane] * white[t, column, lane]
                        + white[t + 1, row, lane] * white[t + 1, column, lane]
                        + white[t + 2, row, lane] * white[t + 2, column, lane]
                        + white[t + 3, row, lane] * white[t + 3, column, lane]
                    )
    for t in range(whole, n_used):
        for row in range(m):
            for column in range(row + 1):
                for lane in range(lanes):
                    products[row, column, lane] += white[t, row, lane] * white[t, column, lane]
    for control in range(along.shape[0]):
        for row in range(m):
            for column in range(row + 1):
                for lane in range(lanes):
                    taken = along[control, row, lane] * along[control, column, lane]
                    products[row, column, lane] -= taken
    for row in range(m):
        for column in range(row):
            for lane in range(lanes):
                products[column, row, lane] = products[row, column, lane]


@compiled
def square_each(
    white: NDArray[np.float64], along: NDArray[np.float64], squares: NDArray[np.float64]
) -> None:
    """Square each driver's columns, the controls taken out.

    Parameters
    ----------
    white, along : float arrays
        As for `multiply_each`.
    squares : float array, shape (m, LANES)
        Written to: the diagonal of what `multiply_each` gives.
    """
    n_used, m, lanes = white.shape
    squares[:] = 0.0
    for t in range(n_used):
        for column in range(m):
            for lane in range(lanes):
                squares[column, lane] += white[t, column, lane] * white[t, column, lane]
    for control in range(along.shape[0]):
        for column in range(m):
            for lane in range(lanes):
                squares[column, lane] -= along[control, column, lane] ** 2


@compiled
def move_each(
    drivers: NDArray[np.float64],
    positions: NDArray[np.int64],
    moved: NDArray[np.float64],
    size: NDArray[np.float64],
) -> None:
    """Move drivers along the step axis, inventing nothing.

    A value that lies outside the source, in a gap, or was not observed is
    masked: each driver is centred on the values it has, and the masked cells
    are 0, so that they neither help nor hurt it. The target's period stays in,
    so every lag and every driver is judged on the same target.

    Parameters
    ----------
    drivers : float array, shape (n_periods, LANES)
        NaN where nothing was observed.
    positions : int array, shape (n_lags, n_used)
        From `positions_before`.
    moved : float array, shape (n_used, n_lags, LANES)
        Written to: centred and masked.
    size : float array, shape (n_lags, LANES)
        Written to: sums of their squares.
    """
    lags, n_used = positions.shape
    lanes = drivers.shape[1]
    mean, seen = np.empty(lanes), np.empty(lanes)
    moved[:], size[:] = 0.0, 0.0
    for lag in range(lags):
        mean[:], seen[:] = 0.0, 0.0
        for at in positions[lag]:
            if at >= 0:
                for lane in range(lanes):
                    there = abs(drivers[at, lane]) < np.inf
                    mean[lane] += drivers[at, lane] if there else 0.0
                    seen[lane] += 1.0 if there else 0.0
        for lane in range(lanes):
            mean[lane] /= max(1.0, seen[lane])
        for t in range(n_used):
            at = positions[lag, t]
            if at >= 0:
                for lane in range(lanes):
                    apart = drivers[at, lane] - mean[lane]
                    # A constant differs from its own mean by rounding, which must not count.
                    varies = 1e-12 * abs(mean[lane]) < abs(apart) < np.inf
                    apart = apart if varies else 0.0
                    moved[t, lag, lane] = apart
                    size[lag, lane] += apart * apart
