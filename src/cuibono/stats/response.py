"""Responses: how a relation may follow a driver, as columns that are linear in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.compiled import compiled

FADES = (1.0, 5.0)
"""Periods in which half of a response has faded."""

COMMON, TURNED = 0.4, 0.3
"""Prior shares of the variance: a response spread evenly over lags and fades,
and one whose strength changed for good at some moment. What is left goes to
single lags and fades."""

TURNS = 6
"""Moments at which a driver may begin or cease to matter."""

SPREAD, ONCE = 0.25, 0.15
"""Prior shares of a response that comes spread over all lags, and of one that comes
once after one lag; what is left begins after one lag, and fades."""

DEPENDENT = 1e-12
"""Share of the largest variance below which a direction of the responses is rounding."""


def respond(
    levels: NDArray[np.float64], lags: tuple[int, ...], used: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Turn drivers' levels into the responses that may follow them.

    A response looks back only, and fades. What it adds up to is a Gaussian process
    with the covariance `Z.T @ Z`: smooth in the lag, and free to begin or to end.

    Parameters
    ----------
    levels : float array, shape (..., n_steps)
        Of any number of drivers, on every step of the grid.
    lags : tuple of int
        Steps by which a driver may come first.
    used : int array, shape (n_used,)
        Steps at which the responses are asked for.

    Returns
    -------
    float array, shape (..., n_columns, n_used)
        `Z` of each driver. The first is the even response, whose coefficient
        has the sign of the effect; then one for each lag and fade, then one
        for each turn.

    References
    ----------
    .. [1] Almon, S. (1965). "The Distributed Lag Between Capital Appropriations
       and Expenditures". *Econometrica* 33(1), 178-196.
       https://doi.org/10.2307/1911894

    Examples
    --------
    Nothing responds before the driver has moved:

    >>> responses = respond(np.array([0.0, 0.0, 1.0, 0.0, 0.0]), (1, 2), np.arange(5))
    >>> (responses != 0).any(axis=0).tolist()
    [False, False, False, True, True]
    """
    plan = plan_parts(levels.shape[-1], lags, used)
    parts = plan.lay_out(levels.reshape(-1, levels.shape[-1]).T)
    found = np.einsum("cp,tpd->dct", response_shares(lags), parts, optimize=True)
    responses: NDArray[np.float64] = found.reshape(*levels.shape[:-1], *found.shape[1:])
    return responses


def respond_in_shapes(
    levels: NDArray[np.float64], lags: tuple[int, ...], used: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Turn drivers' levels into each shape that a response may have.

    What answers after one lag is lost in a sum over all of them: the rest of
    the sum is noise. So a response begins after one lag, which is unknown, and
    fades or does not, or it comes spread over all; which of these is weighed
    like all else.

    Parameters
    ----------
    levels : float array, shape (..., n_steps)
        Of any number of drivers, on every step of the grid.
    lags : tuple of int
        Steps by which a driver may come first.
    used : int array, shape (n_used,)
        Steps at which the responses are asked for.

    Returns
    -------
    float array, shape (..., n_shapes, n_columns, n_used)
        `respond` of each lag alone; then at each lag what comes once, with
        columns of zeros for the fades; last the mean of the first.

    Examples
    --------
    >>> level = np.array([0.0, 0.0, 1.0, 0.0, 0.0])
    >>> (respond_in_shapes(level, (1, 2), np.arange(5)) != 0).any(axis=1).astype(int).tolist()
    [[0, 0, 0, 1, 1], [0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1], [0, 0, 0, 1, 1]]
    """
    fading = [respond(levels, (lag,), used) for lag in lags]
    once = [_respond_once(levels, lag, used) for lag in lags]
    return np.stack([*fading, *once, np.mean(fading, axis=0)], axis=-3)


def _respond_once(
    levels: NDArray[np.float64], lag: int, used: NDArray[np.int64]
) -> NDArray[np.float64]:
    moved = np.where(used >= lag, levels[..., np.maximum(used - lag, 0)], 0.0)
    columns = np.zeros((*levels.shape[:-1], 1 + len(FADES) + TURNS, used.size))
    columns[..., 0, :] = np.sqrt(1 - TURNED) * moved
    after = plan_parts(levels.shape[-1], (lag,), used).after
    columns[..., -TURNS:, :] = np.sqrt(2 * TURNED / TURNS) * after * moved[..., None, :]
    return columns


def shape_shares(n_shapes: int) -> NDArray[np.float64]:
    """Give the prior of each shape of `respond_in_shapes`.

    Parameters
    ----------
    n_shapes : int
        1 for responses of one shape.

    Returns
    -------
    float array, shape (n_shapes,)
        Sums to 1.
    """
    n_lags = n_shapes // 2
    each = np.repeat([1 - SPREAD - ONCE, ONCE], n_lags) / max(1, n_lags)
    shares: NDArray[np.float64] = np.append(each, SPREAD if n_lags else 1.0)
    return shares


@cache
def response_shares(lags: tuple[int, ...]) -> NDArray[np.float64]:
    """Say what each response is made of.

    Responses that fade are sums of levels and of one another: of nineteen
    columns over six lags thirteen are independent.

    Parameters
    ----------
    lags : tuple of int
        Steps by which the driver may come first.

    Returns
    -------
    float array, shape (n_columns, n_parts)
        Each response as a sum of `Parts`, in the order of `respond`.
    """
    first, last = min(lags), max(lags)
    apart = last - first + 1
    single = np.zeros((len(lags) * len(FADES), apart + len(FADES)))
    for row, (lag, (fade, half)) in enumerate(product(lags, enumerate(FADES))):
        kept = _kept(half)
        between = np.arange(lag, last)
        single[row, between - first] = (1 - kept) * kept ** (between - lag)
        single[row, apart + fade] = kept ** (last - lag)
    alone = np.sqrt((1 - COMMON - TURNED) / len(single)) * single
    shares = np.zeros((1 + len(single) + TURNS, single.shape[1] + TURNS))
    shares[0, : single.shape[1]] = np.sqrt(COMMON) * single.mean(axis=0)
    shares[1 : 1 + len(single), : single.shape[1]] = alone
    shares[1 + len(single) :, single.shape[1] :] = np.sqrt(2 * TURNED / TURNS) * np.eye(TURNS)
    return shares


@cache
def response_basis(lags: tuple[int, ...]) -> NDArray[np.float64]:
    """Give as few columns as have the responses' sum of squares: the same prior, said shorter.

    Parameters
    ----------
    lags : tuple of int
        Steps by which the driver may come first.

    Returns
    -------
    float array, shape (n_parts, n_basis)
        Each column as a sum of `Parts`; times its transpose it is
        `response_shares` transposed times itself.
    """
    shares = response_shares(lags)[:-TURNS, :-TURNS]
    power, directions = np.linalg.eigh(shares.T @ shares)
    kept = power > DEPENDENT * power.max()
    basis = np.zeros((power.size + TURNS, int(kept.sum()) + TURNS))
    basis[:-TURNS, :-TURNS] = directions[:, kept] * np.sqrt(power[kept])
    basis[-TURNS:, -TURNS:] = np.sqrt(2 * TURNED / TURNS) * np.eye(TURNS)
    return basis


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The independent parts that all responses to a driver are sums of.

    They are the level at each lag from the shortest to the longest, each fading
    level at the longest, and the even response with another sign before each
    turn.

    Attributes
    ----------
    used : int array, shape (n_used,)
        Steps at which they are asked for.
    first, last : int
        Shortest and longest lag.
    kept : float array, shape (n_fades,)
        What is left of a fading level one step later.
    even : float array, shape (n_straight,)
        The even response as a sum of the parts before the turned ones.
    after : float array, shape (n_turns, n_used)
        What the even response is multiplied by for each turn.
    """

    used: NDArray[np.int64]
    first: int
    last: int
    kept: NDArray[np.float64]
    even: NDArray[np.float64]
    after: NDArray[np.float64]

    def lay_out(self, levels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Lay the parts out, driver beside driver.

        Parameters
        ----------
        levels : float array, shape (n_steps, n_drivers)
            A driver a column.

        Returns
        -------
        float array, shape (n_used, n_parts, n_drivers)
            0 before the record begins.
        """
        n_steps, n_drivers = levels.shape
        faded = np.empty((n_steps, self.kept.size, n_drivers))
        parts = np.zeros((self.used.size, self.even.size + TURNS, n_drivers))
        fill_parts(
            np.ascontiguousarray(levels), self.used, self.first, self.last,
            self.kept, self.even, self.after, faded, parts,
        )  # fmt: skip
        return parts


def plan_parts(n_steps: int, lags: tuple[int, ...], used: NDArray[np.int64]) -> Parts:
    """Say which parts the responses are sums of.

    Parameters
    ----------
    n_steps : int
        Steps of the grid, gaps included.
    lags : tuple of int
        Steps by which a driver may come first.
    used : int array, shape (n_used,)
        Steps at which the responses are asked for.

    Returns
    -------
    Parts
        Of drivers that are known on all steps.
    """
    turns = np.linspace(n_steps / 8, 7 * n_steps / 8, TURNS)
    return Parts(
        used=used,
        first=min(lags),
        last=max(lags),
        kept=np.array([_kept(fade) for fade in FADES]),
        even=response_shares(lags)[0, :-TURNS] / np.sqrt(COMMON),
        after=np.where(used >= turns[:, None], 0.5, -0.5),
    )


def _kept(fade: float) -> float:
    return float(0.5 ** (1 / fade))


@compiled
def fill_parts(
    levels: NDArray[np.float64],
    used: NDArray[np.int64],
    first: int,
    last: int,
    kept: NDArray[np.float64],
    even: NDArray[np.float64],
    after: NDArray[np.float64],
    faded: NDArray[np.float64],
    parts: NDArray[np.float64],
) -> None:
    """Do what `Parts.lay_out` says.

    Parameters
    ----------
    levels : float array, shape (n_steps, n_drivers)
        The drivers.
    used : int array, shape (n_used,)
        Steps.
    first, last : int
        Shortest and longest lag.
    kept : float array, shape (n_fades,)
        What is left of a fading level one step later.
    even : float array, shape (last - first + 1 + n_fades,)
        The even response as a sum of the parts before the turned ones.
    after : float array, shape (n_turns, n_used)
        What the even response is multiplied by.
    faded : float array, shape (n_steps, n_fades, n_drivers)
        Written over.
    parts : float array, shape (n_used, n_parts, n_drivers)
        Zeros; written to.
    """
    n_steps, n_drivers = levels.shape
    apart = last - first + 1
    for fade in range(kept.size):
        for driver in range(n_drivers):
            faded[0, fade, driver] = (1 - kept[fade]) * levels[0, driver]
        for t in range(1, n_steps):
            for driver in range(n_drivers):
                before = kept[fade] * faded[t - 1, fade, driver]
                faded[t, fade, driver] = before + (1 - kept[fade]) * levels[t, driver]
    for i in range(used.size):
        for lag in range(first, last + 1):
            if used[i] >= lag:
                for driver in range(n_drivers):
                    parts[i, lag - first, driver] = levels[used[i] - lag, driver]
        if used[i] >= last:
            for fade in range(kept.size):
                for driver in range(n_drivers):
                    parts[i, apart + fade, driver] = faded[used[i] - last, fade, driver]
        for part in range(even.size):
            for driver in range(n_drivers):
                parts[i, even.size, driver] += even[part] * parts[i, part, driver]
        for turn in range(after.shape[0] - 1, -1, -1):
            for driver in range(n_drivers):
                turned = after[turn, i] * parts[i, even.size, driver]
                parts[i, even.size + turn, driver] = turned
