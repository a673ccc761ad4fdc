"""Reaction latency: how soon an answer comes, beyond what would have come anyway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = ((0, 1), (1, 2), (2, 4), (4, 8), (8, 15))
"""Days after a shock that share a hazard: the first alone, later ones together."""

HORIZON = BINS[-1][1]
"""Days watched after a shock."""

DRAWS = 2000
"""Draws of each curve."""

PRIOR = 0.3
"""Reactions, and in each bin of six such days, that the prior is worth."""


@dataclass(frozen=True, slots=True, eq=False)
class Reaction:
    """Probability of an answer by each day, beyond the usual traffic.

    Attributes
    ----------
    draws : float array, shape (DRAWS, HORIZON)
        Column d: a reaction within the first d + 1 days.
    raw : float array, shape (HORIZON,)
        Share of shocks followed by any event by that day, usual traffic
        included.
    """

    draws: NDArray[np.float64]
    raw: NDArray[np.float64]

    def by_day(self, day: int, level: float = 0.9) -> tuple[float, float, float]:
        """Give the probability of a reaction by a day.

        Parameters
        ----------
        day : int
            0 is the day of the shock.
        level : float, default 0.9
            Probability of the interval.

        Returns
        -------
        mean : float
            In [0, 1].
        low : float
            Lower bound.
        high : float
            Upper bound.
        """
        return summarise(self.draws[:, day], level)


def summarise(draws: NDArray[np.float64], level: float = 0.9) -> tuple[float, float, float]:
    """Give the mean of draws and their central interval.

    Parameters
    ----------
    draws : float array, shape (n_draws,)
        Of one number.
    level : float, default 0.9
        Probability of the interval.

    Returns
    -------
    mean : float
        Within the bounds.
    low : float
        Lower bound.
    high : float
        Upper bound.
    """
    tail = (1 - level) / 2
    low, high = (float(bound) for bound in np.quantile(draws, (tail, 1 - tail)))
    return float(np.clip(draws.mean(), low, high)), low, high


def draw_reaction(
    first: NDArray[np.float64],
    watched: NDArray[np.int64],
    quiet_days: int,
    busy_quiet_days: int,
    seed: int = 0,
) -> Reaction:
    """Draw how soon an answer comes, beyond what would have come anyway.

    An actor that speaks of a country every third day answers any shock there
    within three days. So its own quiet days give a background hazard, and
    only what exceeds it counts as reaction.

    Parameters
    ----------
    first : float array, shape (n_shocks,)
        Days from each shock to the first event; infinite where none came
        while it was watched.
    watched : int array, shape (n_shocks,)
        Days each shock could be watched, at most `HORIZON`.
    quiet_days, busy_quiet_days : int
        Days far from any shock, and how many of them had an event.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Reaction
        Curves that rise with the days.

    Raises
    ------
    ValueError
        If more quiet days had an event than there were.

    References
    ----------
    .. [1] Singer, J. D. and Willett, J. B. (1993). "It's About Time: Using
       Discrete-Time Survival Analysis to Study Duration and the Timing of
       Events". *Journal of Educational Statistics* 18(2), 155-195.
       https://doi.org/10.3102/10769986018002155
    .. [2] Dickman, P. W. et al. (2004). "Regression models for relative
       survival". *Statistics in Medicine* 23(1), 51-64.
       https://doi.org/10.1002/sim.1597
    """
    if not 0 <= busy_quiet_days <= quiet_days:
        raise ValueError(f"{busy_quiet_days} of {quiet_days} quiet days cannot have an event.")
    rng = np.random.default_rng(seed)
    usual = rng.beta(0.5 + busy_quiet_days, 0.5 + quiet_days - busy_quiet_days, DRAWS)
    silent = np.ones((DRAWS, HORIZON))
    days = np.arange(HORIZON)
    at_risk = (days[:, None] < watched) & (first >= days[:, None])
    for start, end in BINS:
        answered = float(((first >= start) & (first < end) & (first < watched)).sum())
        exposed = float(at_risk[start:end].sum())
        hazard = rng.beta(PRIOR + answered, 6 * PRIOR + exposed - answered, DRAWS)
        beyond = np.clip(1 - (1 - hazard) / (1 - usual), 0.0, 1.0)
        silent[:, start:end] = (1 - beyond)[:, None]
    answered_by = (first[:, None] <= days) & (first < watched)[:, None]
    raw = answered_by.mean(axis=0) if first.size else np.zeros(HORIZON)
    return Reaction(np.asarray(1 - np.cumprod(silent, axis=1)), np.asarray(raw, dtype=float))


def first_after(
    days: NDArray[np.int64], shocks: NDArray[np.int64], until: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Find the first event after each shock, and how long each was watched.

    Parameters
    ----------
    days : int array, shape (n_events,)
        Days with an event, ascending.
    shocks : int array, shape (n_shocks,)
        Days of the shocks, ascending; a later one ends the watch of an
        earlier one.
    until : int array, shape (n_shocks,)
        First day after each shock that is no longer covered.

    Returns
    -------
    first : float array, shape (n_shocks,)
        Days to the first event; infinite where none came in time.
    watched : int array, shape (n_shocks,)
        Days each shock was watched.

    Examples
    --------
    >>> first, watched = first_after(np.array([3, 30]), np.array([2, 20]), np.array([25, 25]))
    >>> first.tolist(), watched.tolist()
    ([1.0, inf], [15, 5])
    """
    ends = np.minimum(np.append(shocks[1:], until[-1:]), until)
    watched = np.minimum(ends - shocks, HORIZON)
    following = np.append(days.astype(float), np.inf)[np.searchsorted(days, shocks)]
    first = following - shocks
    return np.where(first < watched, first, np.inf), watched
