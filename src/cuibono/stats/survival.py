"""How long things last: weighted survival, shrunk where few cases are alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.rates import share_interval

PSEUDO_CASES = 8.0
"""Cases' worth of the base rate that every forecast is drawn towards."""


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """What share lasts at least so long.

    Attributes
    ----------
    share : float array, shape (n_horizons,)
        In [0, 1], falling.
    cases : float array, shape (n_horizons,)
        Independent cases that would pin the share down as well.
    own : float array, shape (n_horizons,), optional
        Share among the like cases alone, where `share` has been drawn from it
        towards a base rate: the interval lies about it.
    """

    share: NDArray[np.float64]
    cases: NDArray[np.float64]
    own: NDArray[np.float64] | None = None

    def interval(self, level: float = 0.9) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Bound the share.

        Parameters
        ----------
        level : float, default 0.9
            Probability the interval claims.

        Returns
        -------
        low : float array, shape (n_horizons,)
            Jeffreys bound for as many cases as the curve is worth; never above
            `share`.
        high : float array, shape (n_horizons,)
            Likewise; never below.
        """
        about = self.share if self.own is None else self.own
        low, high = share_interval(about * self.cases, self.cases, level)
        return np.minimum(low, self.share), np.maximum(high, self.share)


def estimate_survival(
    durations: NDArray[np.float64],
    ended: NDArray[np.bool_],
    horizons: NDArray[np.float64],
    weights: NDArray[np.float64] | None = None,
    n_effective: float | None = None,
) -> Survival:
    """Estimate what share lasts beyond each horizon, cases still under way included.

    Kaplan and Meier's estimator with a weight for each case, which is Beran's
    conditional estimator where the weights come from a kernel. What is still
    under way counts as long as it is watched, and no longer.

    Parameters
    ----------
    durations : float array, shape (n_cases,)
        How long each was watched, at least 0.
    ended : bool array, shape (n_cases,)
        Whether it ended then; False where it was still under way.
    horizons : float array, shape (n_horizons,)
        Ascending.
    weights : float array, shape (n_cases,), optional
        At least 0; all alike by default.
    n_effective : float, optional
        Independent cases that the weights are worth; by default `(sum w)^2 / sum w^2`.

    Returns
    -------
    Survival
        Share that lasts longer than each horizon, and Greenwood's variance
        turned into a number of cases. Beyond the longest case the share stays
        where it was: an estimate from below 1 case says so in `cases`.

    Raises
    ------
    ValueError
        If there is no case, or a weight or duration is negative or not finite.

    References
    ----------
    .. [1] Kaplan, E. L. and Meier, P. (1958). "Nonparametric Estimation from
       Incomplete Observations". *Journal of the American Statistical
       Association* 53(282), 457-481. https://doi.org/10.2307/2281868
    .. [2] Beran, R. (1981). *Nonparametric Regression with Randomly Censored
       Survival Data*. Technical report, University of California, Berkeley.

    Examples
    --------
    Of five ceasefires one broke after a month, one after three, one after six;
    two still hold, of which one was agreed two months ago.

    >>> months = np.array([1.0, 3.0, 6.0, 2.0, 12.0])
    >>> broke = np.array([True, True, True, False, False])
    >>> estimate_survival(months, broke, np.array([2.0, 6.0])).share.round(3).tolist()
    [0.8, 0.267]
    """
    weight = np.ones(durations.size) if weights is None else np.asarray(weights, float)
    _refuse(durations, weight)
    effective = effective_number(weight) if n_effective is None else n_effective
    weight = weight * effective / weight.sum()
    times, slot = np.unique(durations, return_inverse=True)
    lost = np.bincount(slot, weight, minlength=times.size)
    fell = np.bincount(slot, weight * ended, minlength=times.size)
    at_risk = np.cumsum(lost[::-1])[::-1]
    kept = np.clip(1 - fell / at_risk, 0, 1)
    falling = np.cumprod(kept)
    gone = fell > 0
    with np.errstate(divide="ignore"):
        terms = np.where(gone, fell / (at_risk * np.maximum(at_risk - fell, 1e-12)), 0.0)
    spread = np.cumsum(terms)
    last = np.searchsorted(times, horizons, side="right") - 1
    reached = last >= 0
    share = np.where(reached, falling[last], 1.0)
    variance = np.where(reached, falling[last] ** 2 * spread[last], 0.0)
    watched = np.append(at_risk, 0.0)[np.searchsorted(times, horizons, side="left")]
    with np.errstate(divide="ignore", invalid="ignore"):
        cases = share * (1 - share) / variance
    certain = ~np.isfinite(cases) | (variance < 1e-9)
    return Survival(share, np.where(certain, watched, cases))


def effective_number(
    weights: NDArray[np.float64], clusters: tuple[NDArray[np.int64], ...] = ()
) -> float:
    """Say how many independent cases weighted ones are worth.

    Relations that share a member are not independent of each other. Each case
    is split evenly between its clusters, and each cluster counts as one case;
    relations of N equally busy states are then worth N cases, not N(N-1)/2.

    Parameters
    ----------
    weights : float array, shape (n_cases,)
        At least 0, not all 0.
    clusters : tuple of int arrays, each shape (n_cases,)
        Cluster of each case by each of its members; none by default, so that
        every case is its own.

    Returns
    -------
    float
        At least 1 without clusters.

    References
    ----------
    .. [1] Kish, L. (1965). *Survey Sampling*, section 8.2. Wiley.

    Examples
    --------
    >>> effective_number(np.array([1.0, 1.0, 1.0, 0.0]))
    3.0
    >>> members = (np.array([0, 0, 1]), np.array([1, 2, 2]))
    >>> effective_number(np.ones(3), members)
    3.0
    """
    total = float(weights.sum())
    if not clusters:
        return float(total**2 / (weights**2).sum())
    size = 1 + max(int(members.max()) for members in clusters)
    held = np.sum([np.bincount(m, weights, minlength=size) for m in clusters], axis=0)
    return float(total**2 / ((held / len(clusters)) ** 2).sum())


def shrink(near: Survival, base: Survival, n_effective: float) -> Survival:
    """Draw an estimate from few like cases towards the base rate.

    Parameters
    ----------
    near : Survival
        From the cases that are alike.
    base : Survival
        From all cases.
    n_effective : float
        Independent cases that the near ones are worth.

    Returns
    -------
    Survival
        As if eight cases of the base rate had been seen beside the near ones.
        Its interval is that of the near ones before they were drawn: where few
        are alike the base rate is a better guess than they are, and no reason
        to be surer of it.
    """
    own = n_effective / (n_effective + PSEUDO_CASES)
    return Survival(own * near.share + (1 - own) * base.share, near.cases, near.share)


def doubt(survival: Survival, spread: float) -> Survival:
    """Count that it is not quite known which cases are alike.

    Parameters
    ----------
    survival : Survival
        From the cases that are alike.
    spread : float
        Standard deviation of the log hazard they were chosen by.

    Returns
    -------
    Survival
        The same share, worth fewer cases: where all hazards are higher by a
        little, `share` moves by `share log share` times as much.

    Examples
    --------
    >>> known = Survival(np.array([0.5]), np.array([100.0]))
    >>> [doubt(known, spread).cases.round(1).tolist() for spread in (0.0, 0.2)]
    [[100.0], [34.2]]
    """
    share = survival.share
    moved = share * np.log(np.maximum(share, 1e-300)) ** 2 / np.maximum(1 - share, 1e-300)
    return replace(survival, cases=survival.cases / (1 + survival.cases * moved * spread**2))


def median_time(survival: Survival, horizons: NDArray[np.float64]) -> float:
    """Give the first horizon by which half have ended.

    Parameters
    ----------
    survival : Survival
        At the horizons.
    horizons : float array, shape (n_horizons,)
        Ascending.

    Returns
    -------
    float
        Infinity where more than half outlast the longest horizon.
    """
    fallen = np.flatnonzero(survival.share <= 0.5)
    return float(horizons[fallen[0]]) if fallen.size else float("inf")


def measure_brier(
    forecast: NDArray[np.float64],
    durations: NDArray[np.float64],
    ended: NDArray[np.bool_],
    watched: NDArray[np.float64],
    horizons: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Score forecasts of how long things last.

    Parameters
    ----------
    forecast : float array, shape (n_cases, n_horizons)
        Probability to last longer than each horizon.
    durations, ended : arrays, shape (n_cases,)
        As in `estimate_survival`.
    watched : float array, shape (n_cases,)
        How long each could have been watched; what could not have been
        watched for a horizon is not scored at it, however it ended, since
        otherwise only what ended would be.
    horizons : float array, shape (n_horizons,)
        Ascending.

    Returns
    -------
    float array, shape (n_horizons,)
        Mean squared error; NaN where no case was watched so long.

    References
    ----------
    .. [1] Brier, G. W. (1950). "Verification of Forecasts Expressed in Terms
       of Probability". *Monthly Weather Review* 78(1), 1-3.
    """
    lasted = ~ended[:, None] | (durations[:, None] > horizons)
    scored = watched[:, None] >= horizons
    error = np.where(scored, (forecast - lasted) ** 2, 0.0).sum(axis=0)
    n = scored.sum(axis=0)
    score: NDArray[np.float64] = np.full(horizons.size, np.nan)
    np.divide(error, n, out=score, where=n > 0)
    return score


def _refuse(durations: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
    if not durations.size:
        raise ValueError("Nothing lasts in no case: give at least one duration.")
    for name, values in (("duration", durations), ("weight", weights)):
        if not (np.isfinite(values).all() and (values >= 0).all()):
            raise ValueError(f"A {name} is negative or not finite.")
    if not weights.sum() > 0:
        raise ValueError("No case has a weight: nothing is like the one that is asked about.")
