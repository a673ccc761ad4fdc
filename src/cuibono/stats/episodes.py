"""Episodes of pressure, and whether something else rose after them more than by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CALM = 3
"""Periods without pressure that end an episode."""

WINDOW = 6
"""Periods after the start of an episode in which a concession may come."""


@dataclass(frozen=True, slots=True, eq=False)
class Concessions:
    """What followed episodes, beside what follows the same episodes moved in time.

    Attributes
    ----------
    after : float array, shape (n_episodes,)
        Events within `WINDOW` periods after each episode began.
    peak : int array, shape (n_episodes,)
        Period of the most events in that window.
    excess : float
        Mean of `after` less its mean over all moves of the episodes.
    moved : float array, shape (n_moves,)
        Mean of `after` for each move.
    """

    after: NDArray[np.float64]
    peak: NDArray[np.int64]
    excess: float
    moved: NDArray[np.float64]


def find_episodes(pressure: NDArray[np.float64], least: float) -> NDArray[np.int64]:
    """List the periods in which pressure set in.

    Parameters
    ----------
    pressure : float array, shape (n_periods,)
        Events of pressure.
    least : float
        Events from which a period counts.

    Returns
    -------
    int array, shape (n_episodes,)
        Periods that reach `least` after `CALM` that do not.

    Examples
    --------
    >>> find_episodes(np.array([0, 4, 5, 0, 4, 0, 0, 0, 9]), 3).tolist()
    [1, 8]
    """
    high = np.flatnonzero(pressure >= least)
    first = np.diff(high, prepend=-CALM - 2) > CALM
    return high[first]


def follow_episodes(
    episodes: NDArray[np.int64], concession: NDArray[np.float64]
) -> Concessions:
    """Count what followed episodes, and what follows them moved around the record.

    Moving all episodes together keeps their number and their distances; the
    end of the record is joined to its start.

    Parameters
    ----------
    episodes : int array, shape (n_episodes,)
        Periods in which pressure set in; at least one.
    concession : float array, shape (n_periods,)
        Events that would be a concession.

    Returns
    -------
    Concessions
        Over every move by at least `WINDOW` periods.

    References
    ----------
    .. [1] Harris, K. D. (2020). "Nonsense correlations in neuroscience".
       bioRxiv 2020.11.29.402719. https://doi.org/10.1101/2020.11.29.402719
    """
    n = concession.size
    around = (episodes[:, None] + np.arange(WINDOW)) % n
    window = np.where(episodes[:, None] + np.arange(WINDOW) < n, concession[around], 0.0)
    after = window.sum(axis=1)
    peak = episodes + window.argmax(axis=1)
    moves = np.arange(WINDOW, n - WINDOW + 1)
    moved = concession[(around[None] + moves[:, None, None]) % n].sum(axis=2).mean(axis=1)
    return Concessions(after, peak, float(after.mean() - moved.mean()), moved)
