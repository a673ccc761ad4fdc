"""Fans: how far a level may go, as quantiles, and how good such quantiles were."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FAN = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles of a fan: a median, a band of half and a band of nine in ten."""


def weighted_quantiles(
    values: NDArray[np.float64], weights: NDArray[np.float64], levels: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Take quantiles of the same values under several sets of weights.

    Parameters
    ----------
    values : float array, shape (n,)
        Finite; at least one.
    weights : float array, shape (k, n)
        At least 0, no row all 0.
    levels : float array, shape (q,)
        In (0, 1), ascending.

    Returns
    -------
    float array, shape (k, q)
        The least value at or below which a share of `levels` of the weight
        lies; ascending along q.

    Raises
    ------
    ValueError
        If there is no value, or a set of weights is all 0.

    Examples
    --------
    >>> values, even = np.array([3.0, 1.0, 2.0]), np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 0.0]])
    >>> weighted_quantiles(values, even, np.array([0.3, 0.9])).tolist()
    [[1.0, 3.0], [1.0, 1.0]]
    """
    total = weights.sum(axis=1)
    if values.size == 0 or not (total > 0).all():
        raise ValueError("Quantiles need a value, and each set of weights a weight above 0.")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[:, order], axis=1) / total[:, None]
    # rounding may leave the last sum a hair below 1
    reached[:, -1] = 1.0
    places = np.array([np.searchsorted(row, levels) for row in reached])
    taken: NDArray[np.float64] = values[order][places]
    return taken


def stay_put(values: NDArray[np.float64], levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the fan of what stays where it is, give or take the usual distance.

    Parameters
    ----------
    values : float array, shape (n,)
        Changes that were seen; at least one.
    levels : float array, shape (q,)
        In (0, 1), ascending.

    Returns
    -------
    float array, shape (q,)
        Quantiles of the changes and of the same changes with the other sign,
        taken together: the median is 0.

    Examples
    --------
    >>> stay_put(np.array([1.0, 3.0]), np.array([0.05, 0.5, 0.95])).tolist()
    [-2.8, 0.0, 2.8]
    """
    reach = np.quantile(np.abs(values), np.abs(2 * levels - 1))
    fan: NDArray[np.float64] = np.where(levels == 0.5, 0.0, np.sign(levels - 0.5) * reach)
    return fan


def pinball(
    fans: NDArray[np.float64], outcomes: NDArray[np.float64], levels: NDArray[np.float64]
) -> float:
    """Score fans by what each quantile costs where it was above or below what came.

    Parameters
    ----------
    fans : float array, shape (n, q)
        Quantiles that were stated.
    outcomes : float array, shape (n,)
        What came.
    levels : float array, shape (q,)
        Of the quantiles, in (0, 1).

    Returns
    -------
    float
        Mean loss in the unit of the outcomes, 0 for fans that are narrow and
        right; stating the true quantiles costs least.

    References
    ----------
    .. [1] Gneiting, T. and Raftery, A. E. (2007). "Strictly Proper Scoring
       Rules, Prediction, and Estimation". *Journal of the American
       Statistical Association* 102(477), 359-378.
       https://doi.org/10.1198/016214506000001437

    Examples
    --------
    >>> pinball(np.array([[0.0, 2.0]]), np.array([1.0]), np.array([0.1, 0.9])).__round__(6)
    0.1
    """
    short = outcomes[:, None] - fans
    return float(np.mean(np.maximum(levels * short, (levels - 1) * short)))
