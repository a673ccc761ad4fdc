"""Clumps: discoveries that tell the same story, each with the strongest as its lead."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.7
"""Correlation, of either sign, from which two series tell one story: half of what
the one does, the other does."""


def clump(series: NDArray[np.float64], pair: NDArray[np.int64]) -> NDArray[np.int64]:
    """Gather what belongs together around the strongest of it.

    Each joins the first of the leads that it resembles, or whose two actors it
    shares; one that resembles none is a lead itself.

    Parameters
    ----------
    series : float array, shape (n, n_periods)
        The strongest first; what is common to all has been taken out.
    pair : int array, shape (n,)
        The same number for relations between the same two actors.

    Returns
    -------
    int array, shape (n,)
        Place of each one's lead; a lead's is its own.

    References
    ----------
    .. [1] Purcell, S. et al. (2007). "PLINK: A Tool Set for Whole-Genome Association
       and Population-Based Linkage Analyses". *American Journal of Human Genetics*
       81(3), 559-575. https://doi.org/10.1086/519795

    Examples
    --------
    The second mirrors the first, and the fourth is the reply to the third:

    >>> series = np.array([[1, 2, 3, 5], [-1, -2, -3, -5], [1, -1, -1, 1], [1, 0, -1, 0]])
    >>> clump(series.astype(float), np.array([0, 1, 2, 2])).tolist()
    [0, 0, 2, 2]
    """
    centred = series - series.mean(axis=1, keepdims=True)
    size = np.linalg.norm(centred, axis=1, keepdims=True)
    unit = centred / np.where(size > 0, size, 1)
    lead = np.arange(len(series))
    for at in range(1, len(series)):
        leads = np.unique(lead[:at])
        alike = np.abs(unit[leads] @ unit[at]) > ALIKE
        if (same := leads[alike | (pair[leads] == pair[at])]).size:
            lead[at] = same[0]
    return lead
