"""Answers matched to deeds: whether an observer answers the same of two doers alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.rates import share_interval


def score_pair(
    answers: NDArray[np.float64],
    deeds: NDArray[np.float64],
    first: NDArray[np.int64] | None = None,
) -> NDArray[np.float64]:
    """Score how unevenly an observer answers each two doers' deeds.

    Given how many answers the two draw together, the share of the first is
    binomial with its share of the deeds, whatever the observer's habit and the
    press's interest in the observer.

    Parameters
    ----------
    answers : float array, shape (n_doers,)
        An observer's objections to each doer.
    deeds : float array, shape (n_doers,)
        What each doer did to others.
    first : int array, shape (n_first,), optional
        Doers that stand first in a pair; all by default.

    Returns
    -------
    float array, shape (n_first, n_doers)
        Score of the first over the second, antisymmetric; NaN without an answer or
        without a deed of either.

    References
    ----------
    .. [1] Przyborowski, J. and Wilenski, H. (1940). "Homogeneity of Results in
       Testing Samples from Poisson Series". *Biometrika* 31(3/4), 313-323.
       https://doi.org/10.1093/biomet/31.3-4.313

    Examples
    --------
    Ten deeds each; nine objections to the first and one to the second:

    >>> score_pair(np.array([9.0, 1.0]), np.array([10.0, 10.0]))[0, 1].round(2)
    np.float64(2.53)
    """
    chosen = np.arange(answers.size) if first is None else first
    both = answers[chosen, None] + answers[None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = deeds[chosen, None] / (deeds[chosen, None] + deeds[None, :])
        spread = np.sqrt(both * expected * (1 - expected))
        z = (answers[chosen, None] - both * expected) / spread
    z[~np.isfinite(z)] = np.nan
    z[np.arange(chosen.size), chosen] = np.nan
    return z


def compare_rates(
    answers: tuple[float, float], deeds: tuple[float, float], level: float = 0.9
) -> tuple[float, float, float]:
    """Compare two rates of answers a deed, as a logarithm of their ratio.

    Parameters
    ----------
    answers, deeds : tuple of float
        Of the first and the second doer; deeds above 0.
    level : float, default 0.9
        Probability the interval claims.

    Returns
    -------
    tuple of float
        Value and bounds, as natural logarithms; half an answer is added to
        each for the value.

    Examples
    --------
    >>> value, low, high = compare_rates((9, 1), (10, 10))
    >>> low < value < high, round(value, 2)
    (True, 1.85)
    """
    exposure = np.log(deeds[0] / deeds[1])
    low, high = share_interval(answers[0], sum(answers), level)
    share = (answers[0] + 0.5) / (sum(answers) + 1)
    odds = [np.log(np.clip(p, 1e-6, 1 - 1e-6) / (1 - np.clip(p, 1e-6, 1 - 1e-6)))
            for p in (share, float(low), float(high))]  # fmt: skip
    value = float(odds[0] - exposure)
    return value, min(value, float(odds[1] - exposure)), max(value, float(odds[2] - exposure))


def detectable_ratio(z: float, answers: float, share: float) -> float:
    """Say how uneven answers must be to reach a score.

    Parameters
    ----------
    z : float
        The score.
    answers : float
        Answers to both together, at least 1.
    share : float
        The first doer's share of the deeds, in (0, 1).

    Returns
    -------
    float
        Ratio of answers a deed; infinite where not even all of the answers
        to one would reach it.
    """
    needed = share + z * np.sqrt(share * (1 - share) / answers)
    return float("inf") if needed >= 1 else float(needed / (1 - needed) * (1 - share) / share)
