"""A state that lasts: what is learnt at one time, carried to another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NAT_DB = 10 / np.log(10)
"""Decibans in one natural unit of log-odds."""


def carry_db(
    weight_db: NDArray[np.float64], kept: float, prior: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Carry a weight of evidence from one time to another.

    The state is on or off and changes of itself. Between the two times it is
    kept with probability `kept` and drawn anew from the prior otherwise, so a
    weight shrinks on its way and can never prove more than that the state was
    on at the one time and may have ended since. Nothing is lost where the
    state is kept for certain, everything where it is drawn anew.

    Parameters
    ----------
    weight_db : array of float, shape (...)
        Log-likelihood ratio on against off, in decibans, at the first time.
    kept : float
        In [0, 1].
    prior : array of float, broadcast to (...)
        Probability of the state being on, in (0, 1).

    Returns
    -------
    array of float, shape (...)
        The same evidence as a log-likelihood ratio at the second time.

    References
    ----------
    .. [1] Rabiner, L. R. (1989). A tutorial on hidden Markov models.
       *Proceedings of the IEEE* 77, 257-286. DOI 10.1109/5.18626.

    Examples
    --------
    At even odds a proof that is half kept says three to one:

    >>> ratio_db = carry_db(np.array([200.0]), 0.5, np.array([0.5]))
    >>> round(float(ratio_db[0]), 2)
    4.77
    """
    ratio = np.exp(np.clip(weight_db / NAT_DB, -700, 700))
    lost = 1 - kept
    still_on = (prior + (1 - prior) * kept) * ratio + (1 - prior) * lost
    still_off = prior * lost * ratio + (1 - prior) + prior * kept
    carried: NDArray[np.float64] = NAT_DB * np.log(still_on / still_off)
    return carried


def smooth_db(
    weight_db: NDArray[np.float64], kept: NDArray[np.float64], prior: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weigh at each time what was learnt at every time.

    Parameters
    ----------
    weight_db : array of float, shape (..., n_times)
        Weight of the evidence dated at each time.
    kept : array of float, shape (n_times - 1,)
        Probability that the state is kept from each time to the next.
    prior : array of float, broadcast to (...)
        Probability of the state being on, in (0, 1).

    Returns
    -------
    array of float, shape (..., n_times)
        Weight of all evidence, earlier and later, at each time; the exact
        answer of a two-state Markov chain. No value falls where a weight rises.

    Examples
    --------
    >>> seen = np.array([10.0, 0.0, 0.0])
    >>> smooth_db(seen, np.array([1.0, 0.5]), np.array(0.5)).round(2).tolist()
    [10.0, 10.0, 3.77]
    """
    before, after = np.zeros_like(weight_db), np.zeros_like(weight_db)
    for time in range(1, weight_db.shape[-1]):
        learnt = before[..., time - 1] + weight_db[..., time - 1]
        before[..., time] = carry_db(learnt, kept[time - 1], prior)
    for time in range(weight_db.shape[-1] - 2, -1, -1):
        learnt = after[..., time + 1] + weight_db[..., time + 1]
        after[..., time] = carry_db(learnt, kept[time], prior)
    total: NDArray[np.float64] = before + weight_db + after
    return total
