"""Responses: how a relation may follow a driver, as columns that are linear in it."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

FADES = (0.0, 3.0, 8.0)
"""Periods in which half of a response has faded; 0 responds once."""

COMMON, TURNED = 0.6, 0.3
"""Prior shares of the variance: a response spread evenly over lags and fades,
and one whose strength changed for good at some moment. What is left goes to
single lags and fades."""

TURNS = 6
"""Moments at which a driver may begin or cease to matter."""


@cache
def response_operators(n_steps: int, lags: tuple[int, ...]) -> NDArray[np.float64]:
    """Build the operators that turn a driver's level into possible responses.

    A response looks back only. What it adds up to is a Gaussian process with
    the covariance `Z @ Z.T`: smooth in the lag, and free to begin or to end.

    Parameters
    ----------
    n_steps : int
        Steps of the grid, gaps included.
    lags : tuple of int
        Steps by which the driver may come first.

    Returns
    -------
    float array, shape (n_columns, n_steps, n_steps)
        Column `k` of `Z` is `operators[k] @ level`. The first is the even
        response, whose coefficient has the sign of the effect.

    References
    ----------
    .. [1] Almon, S. (1965). "The Distributed Lag Between Capital Appropriations
       and Expenditures". *Econometrica* 33(1), 178-196.
       https://doi.org/10.2307/1911894

    Examples
    --------
    Nothing responds before the driver has moved:

    >>> operators = response_operators(5, (1, 2))
    >>> bool((np.triu(operators) == 0).all())
    True
    """
    single = np.array(
        [_fade(n_steps, fade) @ _shift(n_steps, lag) for lag in lags for fade in FADES]
    )
    even = single.mean(axis=0)
    turns = np.linspace(n_steps / 8, 7 * n_steps / 8, TURNS)
    after = np.where(np.arange(n_steps) >= turns[:, None], 0.5, -0.5)
    return np.concatenate(
        [
            np.sqrt(COMMON) * even[None],
            np.sqrt((1 - COMMON - TURNED) / len(single)) * single,
            np.sqrt(2 * TURNED / TURNS) * after[:, :, None] * even,
        ]
    )


def _shift(n_steps: int, lag: int) -> NDArray[np.float64]:
    return np.eye(n_steps, k=-lag)


def _fade(n_steps: int, half_life: float) -> NDArray[np.float64]:
    if not half_life:
        return np.eye(n_steps)
    kept = 0.5 ** (1 / half_life)
    apart = np.subtract.outer(np.arange(n_steps), np.arange(n_steps))
    return np.where(apart >= 0, (1 - kept) * kept ** np.maximum(apart, 0), 0)
