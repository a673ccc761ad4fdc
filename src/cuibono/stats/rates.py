"""Intervals on shares: how far a count out of a total pins a rate down."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def share_interval(
    successes: ArrayLike, trials: ArrayLike, level: float = 0.9
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bound a share by the Jeffreys interval.

    Jeffreys and not Wald, because a relation with 0 or 2 events a month is the
    rule here: Wald's interval has no width at 0 and covers far less than it
    claims near it. The lower bound is 0 where nothing succeeded and the upper
    bound 1 where everything did, as Brown, Cai and DasGupta advise. No trial
    says nothing: both bounds are NaN, which is "not observed", never zero.

    Parameters
    ----------
    successes : array-like of float
        Counts, 0 to `trials`; broadcast against `trials`.
    trials : array-like of float
        Totals the counts are out of, at least 0. Half counts are allowed.
    level : float, default 0.9
        Probability the interval claims, in (0, 1).

    Returns
    -------
    low : float array
        Lower bound in [0, 1], in the broadcast shape; NaN where `trials` is 0.
    high : float array
        Upper bound, likewise.

    Raises
    ------
    ValueError
        If a count is negative, not finite or above its total, or `level` is
        not strictly between 0 and 1.

    References
    ----------
    .. [1] Brown, L. D., Cai, T. T. and DasGupta, A. (2001). "Interval
       Estimation for a Binomial Proportion". *Statistical Science* 16(2),
       101-133. https://doi.org/10.1214/ss/1009213286

    Examples
    --------
    Two states that voted alike in 61 of 90 roll calls agree in 59 to 75 %:

    >>> low, high = share_interval(61, 90)
    >>> print(f"{low:.3f} {high:.3f}")
    0.593 0.754
    """
    return share_low(successes, trials, level), share_high(successes, trials, level)


def share_low(
    successes: ArrayLike, trials: ArrayLike, level: float = 0.9
) -> NDArray[np.float64]:
    """Bound a share from below by the Jeffreys interval, where only that bound is needed.

    Parameters
    ----------
    successes, trials : array-like of float
        As for `share_interval`.
    level : float, default 0.9
        Probability that the whole interval claims, in (0, 1).

    Returns
    -------
    float array
        The lower bound of `share_interval`, to the last bit.

    Raises
    ------
    ValueError
        As `share_interval` does.
    """
    from scipy.special import betaincinv

    hits, total = _checked(successes, trials, level)
    bound = betaincinv(hits + 0.5, total - hits + 0.5, (1 - level) / 2)
    return np.where(total > 0, np.where(hits > 0, bound, 0.0), np.nan)


def share_high(
    successes: ArrayLike, trials: ArrayLike, level: float = 0.9
) -> NDArray[np.float64]:
    """Bound a share from above by the Jeffreys interval, where only that bound is needed.

    Parameters
    ----------
    successes, trials : array-like of float
        As for `share_interval`.
    level : float, default 0.9
        Probability that the whole interval claims, in (0, 1).

    Returns
    -------
    float array
        The upper bound of `share_interval`, to the last bit.

    Raises
    ------
    ValueError
        As `share_interval` does.
    """
    from scipy.special import betaincinv

    hits, total = _checked(successes, trials, level)
    bound = betaincinv(hits + 0.5, total - hits + 0.5, 1 - (1 - level) / 2)
    return np.where(total > 0, np.where(hits < total, bound, 1.0), np.nan)


def _checked(
    successes: ArrayLike, trials: ArrayLike, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Refuse what is no count out of a total."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie strictly between 0 and 1, not {level}; 0.9 is usual.")
    hits, total = np.broadcast_arrays(
        np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    )
    if not (np.isfinite(total) & (hits >= 0) & (hits <= total)).all():
        raise ValueError("successes must be counts between 0 and trials, and trials finite.")
    return hits, total
