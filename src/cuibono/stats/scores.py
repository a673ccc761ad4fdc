"""How good stated probabilities were: Brier scores and calibration."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.rates import share_interval

BINS = 5
"""Bands of a fifth: forecasts are few, and finer bands would hold one each."""


@dataclass(frozen=True, slots=True)
class Band:
    """Forecasts that stated about the same probability, and how often they came true.

    Attributes
    ----------
    stated : float
        Mean stated probability.
    came_true : float
        Share that came true.
    low, high : float
        Jeffreys interval for that share at level 0.9.
    n : int
        Forecasts.
    """

    stated: float
    came_true: float
    low: float
    high: float
    n: int


def brier(stated: NDArray[np.float64], came_true: NDArray[np.bool_]) -> float:
    """Score probabilities by their mean squared distance from what happened.

    Parameters
    ----------
    stated : array of float, shape (n,)
        In [0, 1].
    came_true : array of bool, shape (n,)
        What happened.

    Returns
    -------
    float
        0 is perfect, 0.25 what always saying one half earns; NaN for none.

    References
    ----------
    .. [1] Brier, G. W. (1950). Verification of forecasts expressed in terms
       of probability. *Monthly Weather Review* 78, 1-3.
       DOI 10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Examples
    --------
    >>> brier(np.array([0.8, 0.2]), np.array([True, True])).__round__(2)
    0.34
    """
    if stated.size == 0:
        return math.nan
    return float(np.mean((stated - came_true) ** 2))


def calibrate(
    stated: NDArray[np.float64], came_true: NDArray[np.bool_]
) -> tuple[tuple[Band, ...], float]:
    """Compare stated probabilities with how often they came true.

    Parameters
    ----------
    stated : array of float, shape (n,)
        In [0, 1].
    came_true : array of bool, shape (n,)
        What happened.

    Returns
    -------
    tuple of (tuple of Band, float)
        Bands that hold a forecast, ascending, and the expected calibration
        error: the mean distance of stated from realised, by forecasts; NaN
        for none.

    Examples
    --------
    >>> bands, error = calibrate(np.array([0.9, 0.9]), np.array([True, False]))
    >>> bands[0].came_true, round(error, 2)
    (0.5, 0.4)
    """
    if stated.size == 0:
        return (), math.nan
    held = np.minimum((stated * BINS).astype(int), BINS - 1)
    bands, error = [], 0.0
    for number in np.unique(held):
        inside = held == number
        n, hits = int(inside.sum()), int(came_true[inside].sum())
        low, high = share_interval(hits, n, 0.9)
        mean = float(stated[inside].mean())
        bands.append(Band(mean, hits / n, float(low), float(high), n))
        error += abs(mean - hits / n) * n / stated.size
    return tuple(bands), error
