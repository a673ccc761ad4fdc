"""What follows what: waits from one kind of happening to the next of another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """How long each period has to wait for the next happening after it.

    Attributes
    ----------
    steps : float array, shape (n_series, n_periods)
        Steps to the next happening; to the end of the record where none came.
    came : bool array, shape (n_series, n_periods)
        Whether one came before the record broke off.
    """

    steps: NDArray[np.float64]
    came: NDArray[np.bool_]


def measure_waits(happened: NDArray[np.bool_], steps: NDArray[np.int64]) -> Waits:
    """Measure the wait after every period, as far as the record goes unbroken.

    Parameters
    ----------
    happened : bool array, shape (n_series, n_periods)
        Whether it happened in a period.
    steps : int array, shape (n_periods,)
        Grid steps, ascending; a jump above 1 is a gap, across which nothing
        is said to have followed.

    Returns
    -------
    Waits
        What happens in the same period is not what follows it.

    Examples
    --------
    A delivery in the third week; then the source is silent for a month.

    >>> waits = measure_waits(np.array([[False, False, True, False]]), np.array([0, 1, 2, 6]))
    >>> waits.steps.tolist(), waits.came.tolist()
    ([[2.0, 1.0, 0.0, 0.0]], [[True, True, False, False]])
    """
    wait = np.zeros(happened.shape)
    came = np.zeros(happened.shape, dtype=bool)
    for now in range(steps.size - 2, -1, -1):
        if steps[now + 1] - steps[now] > 1:
            continue
        came[:, now] = happened[:, now + 1] | came[:, now + 1]
        wait[:, now] = np.where(happened[:, now + 1], 1.0, 1.0 + wait[:, now + 1])
    return Waits(wait, came)


@dataclass(frozen=True, slots=True, eq=False)
class Follow:
    """How often something follows, against how often it would have come anyway.

    Attributes
    ----------
    after : float array, shape (n_series,)
        Share of first happenings that it follows within the horizon.
    anyway : float array, shape (n_series,)
        Share of other periods that it follows.
    z : float array, shape (n_series,)
        Difference over its standard error; NaN where either is unknown.
    n : int array, shape (n_series,)
        First happenings that could be watched to the horizon.
    """

    after: NDArray[np.float64]
    anyway: NDArray[np.float64]
    z: NDArray[np.float64]
    n: NDArray[np.int64]


def measure_follow(
    first: NDArray[np.bool_], other: NDArray[np.bool_], waits: Waits, horizon: int
) -> Follow:
    """Compare what follows first happenings with what follows other periods.

    The other periods should be as busy: a delivery follows any busy week more
    often than an idle one, whatever was announced in it.

    Parameters
    ----------
    first : bool array, shape (n_series, n_periods)
        Where the first kind happened.
    other : bool array, shape (n_series, n_periods)
        Periods to compare with.
    waits : Waits
        For the second kind.
    horizon : int
        Steps within which it must come, at least 1.

    Returns
    -------
    Follow
        Windows of neighbouring periods overlap, so that only one in `horizon`
        periods counts as independent.

    Examples
    --------
    >>> happened = np.array([[False, True, False, False, True, False]])
    >>> waits = measure_waits(happened, np.arange(6))
    >>> first = np.array([[True, False, False, True, False, False]])
    >>> measure_follow(first, ~first, waits, 1).after.tolist()
    [1.0]
    """
    soon = waits.came & (waits.steps <= horizon)
    watched = soon | (waits.steps >= horizon)
    n = (first & watched).sum(axis=1)
    m = (other & ~first & watched).sum(axis=1)
    k = (first & soon).sum(axis=1)
    j = (other & ~first & soon).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        after, anyway = k / n, j / m
        pooled = (k + j + 1) / (n + m + 2)
        worth = 1 / np.maximum(n / horizon, 1) + 1 / np.maximum(m / horizon, 1)
        z = (after - anyway) / np.sqrt(pooled * (1 - pooled) * worth)
    return Follow(after, anyway, z, n)
