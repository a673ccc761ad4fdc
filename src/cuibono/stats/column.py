"""The column: one driver asked of many targets, each given its own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HALF_LIFE = 1.0
"""Steps after which a value of the past counts half in its fading mean. The last value
alone is mostly chance in counting. Of 1, 2 and 4 steps this left the fewest false
answers where targets persist, whether they were noisy or not."""

SAID = 1e-6
"""Share of a column's length below which the columns before it say all of it."""

ROUNDING = 1e-10
"""Share of a driver's power below which nothing but rounding is left of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """Targets with all that is known of them taken out, ready to be asked of a driver.

    Attributes
    ----------
    left : float array, shape (n_targets, n_periods)
        What is left of each target, of length 1; 0 where it was not observed,
        and everywhere where it never varies.
    basis : float array, shape (n_targets, n_columns, n_periods)
        Orthonormal rows that span what was taken out; rows of 0 for columns
        that say nothing new.
    seen : bool array, shape (n_targets, n_periods)
        Where each was observed.
    freedom : int array, shape (n_targets,)
        Periods less what was taken out, and less one for a driver.
    """

    left: NDArray[np.float64]
    basis: NDArray[np.float64]
    seen: NDArray[np.bool_]
    freedom: NDArray[np.int64]

    def ask(
        self, driver: NDArray[np.float64], positions: Sequence[NDArray[np.int64]]
    ) -> NDArray[np.float64]:
        """Test one driver of every target at every lag by least squares.

        Parameters
        ----------
        driver : float array, shape (n_periods,)
            NaN where nothing was observed: masked, and never filled.
        positions : sequence of int arrays, shape (n_periods,)
            One per lag, from `positions_before` for all periods.

        Returns
        -------
        float array, shape (n_targets, n_lags)
            The exact t of the driver's coefficient beside all that was taken
            out; NaN where the target or the driver never varies beyond it.
        """
        places = np.array(positions)
        moved = np.where(places < 0, np.nan, driver[places])
        x = centre(np.broadcast_to(moved, (len(self.left), *moved.shape)), self.seen)
        power = (x**2).sum(axis=2)
        left = power - ((x @ np.swapaxes(self.basis, 1, 2)) ** 2).sum(axis=2)
        left = np.where(left > ROUNDING * power, left, np.nan)
        along = (x @ self.left[:, :, None])[:, :, 0]
        usable = (self.freedom > 0) & self.left.any(axis=1)
        freedom = np.where(usable, self.freedom, np.nan)[:, None]
        # A driver that is the target itself would divide by zero.
        apart = np.maximum(left - along**2, 1e-12 * left)
        t: NDArray[np.float64] = along * np.sqrt(freedom / apart)
        return t


def take_out(
    y: NDArray[np.float64], own: NDArray[np.float64], shared: NDArray[np.float64]
) -> Targets:
    """Take out of every target what is known of it and what all have in common.

    Parameters
    ----------
    y : float array, shape (n_targets, n_periods)
        NaN where a target was not observed.
    own : float array, shape (n_targets, n_own, n_periods)
        Columns of each target's own, such as its past; NaN where unknown.
    shared : float array, shape (n_shared, n_periods)
        Columns that serve all targets; the intercept need not be among them.

    Returns
    -------
    Targets
        Of the same order.

    Examples
    --------
    A target that follows the driver by one period, and one that does not:

    >>> driver = np.array([0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0])
    >>> y = np.array([np.roll(driver, 1) + [0, 0.1] * 4, [0, 1, 2, 0, 2, 1, 0, 1]])
    >>> targets = take_out(y, np.empty((2, 0, 8)), np.empty((0, 8)))
    >>> targets.ask(driver, [np.arange(-1, 7)]).round(1).tolist()
    [[6.2], [0.0]]
    """
    n, seen = len(y), np.isfinite(y)
    common = np.broadcast_to(shared, (n, *shared.shape))
    constant = seen[:, None] / np.sqrt(np.maximum(1, seen.sum(axis=1)))[:, None, None]
    columns = centre(np.concatenate([common, own, y[:, None]], axis=1), seen)
    rows = np.concatenate([constant, columns], axis=1)
    orthonormalise(rows)
    basis, left = rows[:, :-1], rows[:, -1]
    taken = basis.any(axis=2).sum(axis=1)
    return Targets(left, basis, seen, seen.sum(axis=1) - taken - 1)


def own_past(y: NDArray[np.float64], steps: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give what each target's own past foretells it by.

    Parameters
    ----------
    y : float array, shape (n_targets, n_periods)
        NaN where a target was not observed.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.

    Returns
    -------
    float array, shape (n_targets, 2, n_periods)
        The value one step before, NaN behind a gap; and the mean of all
        values before, which fade by half in `HALF_LIFE` steps, NaN where
        there is none.

    Examples
    --------
    >>> own_past(np.array([[8.0, 4.0, 1.0]]), np.array([0, 4, 5]))[0].round(2).tolist()
    [[nan, nan, 4.0], [nan, 8.0, 4.24]]
    """
    seen, filled = np.isfinite(y), np.nan_to_num(y)
    past = np.full((len(y), 2, y.shape[1]), np.nan)
    total, weight = np.zeros(len(y)), np.zeros(len(y))
    for t in range(1, y.shape[1]):
        fade = 0.5 ** ((steps[t] - steps[t - 1]) / HALF_LIFE)
        total = fade * (total + filled[:, t - 1])
        weight = fade * (weight + seen[:, t - 1])
        if steps[t] - steps[t - 1] == 1:
            past[:, 0, t] = y[:, t - 1]
        np.divide(total, weight, out=past[:, 1, t], where=weight > 0)
    return past


def centre(columns: NDArray[np.float64], seen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Centre columns on what they have in the target's periods, and mask the rest.

    Parameters
    ----------
    columns : float array, shape (n_targets, n_columns, n_periods)
        NaN where nothing was observed.
    seen : bool array, shape (n_targets, n_periods)
        Where each target was observed.

    Returns
    -------
    float array, shape (n_targets, n_columns, n_periods)
        0 where masked, and everywhere where a column is constant.
    """
    there = np.isfinite(columns) & seen[:, None]
    value = np.where(there, columns, 0.0)
    mean = value.sum(axis=2) / np.maximum(1, there.sum(axis=2))
    centred = np.where(there, value - mean[:, :, None], 0.0)
    # A constant differs from its own mean by rounding, which must not count.
    return np.where(np.abs(centred) > 1e-12 * np.abs(mean)[:, :, None], centred, 0.0)


def orthonormalise(rows: NDArray[np.float64]) -> None:
    """Turn each target's rows, in place, into rows of length 1 at right angles.

    Parameters
    ----------
    rows : float array, shape (n_targets, n_rows, n_periods)
        Written to: a row becomes 0 where the rows before it say all of it but
        a share of `SAID`.
    """
    length = np.sqrt((rows**2).sum(axis=2, keepdims=True))
    rows /= np.where(length > 0, length, 1.0)
    for row in range(rows.shape[1]):
        here = rows[:, row]
        for _ in range(2):  # once more, because rounding leaves a little of the rows before
            along = rows[:, :row] @ here[:, :, None]
            here -= (np.swapaxes(along, 1, 2) @ rows[:, :row])[:, 0]
        left = np.sqrt((here**2).sum(axis=1, keepdims=True))
        here /= np.where(left > SAID, left, np.inf)
