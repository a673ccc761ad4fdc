"""A rate before and after a day, with chance as large as its own blocks of time show it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit


@dataclass(frozen=True, slots=True, eq=False)
class RateChange:
    """How the rates of many series changed.

    Attributes
    ----------
    value : float array, shape (n_series,)
        Logarithm of the rate after over the rate before; half an event is
        added to each. NaN without exposure.
    spread : float array, shape (n_series,)
        Its standard error.
    freedom : int
        Degrees of freedom of `value / spread`.
    """

    value: NDArray[np.float64]
    spread: NDArray[np.float64]
    freedom: int

    @property
    def score(self) -> NDArray[np.float64]:
        """Give each change in units of its own chance.

        Returns
        -------
        float array, shape (n_series,)
            NaN where `value` is.
        """
        return self.value / self.spread

    def reach(self, level: float = 0.9) -> NDArray[np.float64]:
        """Give half the width of each interval.

        Parameters
        ----------
        level : float, default 0.9
            Probability that the interval claims.

        Returns
        -------
        float array, shape (n_series,)
            To be added to `value` and taken from it.
        """
        return self.spread * float(stdtrit(self.freedom, (1 + level) / 2))


def compare_spans(hits: NDArray[np.float64], exposure: NDArray[np.float64]) -> RateChange:
    """Compare the rates of two spans of time, each cut into blocks.

    Reports come in bursts and moods last, so counts vary more than Poisson's.
    How much more is seen in the blocks of a span around its own rate: a block
    holds several weeks, so that what lasts for weeks is counted in.

    Parameters
    ----------
    hits : float array, shape (n_series, 2, n_blocks)
        Events after and before, by block; at least 2 blocks.
    exposure : float array, shape (n_series, 2, n_blocks)
        What they are a rate of.

    Returns
    -------
    RateChange
        The spread is never below what Poisson counts have.

    References
    ----------
    .. [1] McCullagh, P. and Nelder, J. A. (1989). *Generalized Linear Models*,
       2nd ed., §4.5 and §6.2 (over-dispersion). Chapman and Hall.
       https://doi.org/10.1201/9780203753736

    Examples
    --------
    Twelve events in four even blocks, then six, out of as many others:

    >>> hits = np.array([[[3.0, 3.0, 3.0, 3.0], [1.5, 1.5, 1.5, 1.5]]])
    >>> change = compare_spans(hits, np.full((1, 2, 4), 10.0))
    >>> change.value.round(2), change.spread.round(2), change.freedom
    (array([0.65]), array([0.48]), 6)
    """
    events, whole = hits.sum(axis=2), exposure.sum(axis=2)
    freedom = 2 * (hits.shape[2] - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = exposure * (events / whole)[:, :, None]
        unrest = np.nan_to_num((hits - expected) ** 2 / expected).sum(axis=(1, 2)) / freedom
        rates = np.log(events + 0.5) - np.log(whole)
    value = np.where((whole > 0).all(axis=1), rates[:, 0] - rates[:, 1], np.nan)
    spread = np.sqrt(np.maximum(1.0, unrest) * (1 / (events + 0.5)).sum(axis=1))
    return RateChange(value, spread, freedom)
