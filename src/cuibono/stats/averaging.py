"""Averaging: how probable each set of drivers is, and each driver over all sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, logsumexp

DOUBT = 0.5
"""How far a list of candidates may be better or worse than stated. Priors that are held
to be independent make it all but certain that somebody listed is at work: of eight that have
a quarter each, nobody with a tenth. A list read off a chart deserves less."""

NODES = 9
"""Points of the quadrature over that doubt."""

GROUP = 0.9
"""Probability that at least one of a group contributes, before it is named."""


@dataclass(frozen=True, slots=True, eq=False)
class Averaged:
    """How probable each set of drivers is.

    Attributes
    ----------
    member : bool array, shape (n_sets, k)
        Which drivers each set has; the empty set first.
    weight : float array, shape (n_sets,)
        Sums to 1.
    """

    member: NDArray[np.bool_]
    weight: NDArray[np.float64]

    @property
    def inclusion(self) -> NDArray[np.float64]:
        """Give the probability that each driver contributes.

        Returns
        -------
        float array, shape (k,)
            In [0, 1]; they need not sum to 1, as drivers concur.
        """
        return self.weight @ self.member

    def any_of(self, drivers: Sequence[int]) -> float:
        """Give the probability that at least one of several contributes.

        Parameters
        ----------
        drivers : sequence of int
            Their places.

        Returns
        -------
        float
            In [0, 1].
        """
        return float(self.weight[self.member[:, list(drivers)].any(axis=1)].sum())

    def just_one_of(self, one: int, other: int) -> float:
        """Give the probability that exactly one of two contributes.

        Parameters
        ----------
        one, other : int
            Their places.

        Returns
        -------
        float
            In [0, 1]. High where neither alone is probable: the data say that
            one of the two matters, and not which.
        """
        apart = self.member[:, one] ^ self.member[:, other]
        return float(self.weight[apart].sum())

    def group(self) -> tuple[int, ...]:
        """Find the fewest drivers of which at least one contributes.

        Returns
        -------
        tuple of int
            Places, the most telling first; empty where not even all of them
            together reach `GROUP`.
        """
        if self.weight[0] > 1 - GROUP:
            return ()
        chosen: list[int] = []
        without = np.ones(self.weight.size, dtype=bool)
        while self.weight[without].sum() > 1 - GROUP:
            chosen.append(int(np.argmax(self.weight[without] @ self.member[without])))
            without &= ~self.member[:, chosen[-1]]
        return tuple(chosen)


def average(
    member: NDArray[np.bool_],
    log_bf: NDArray[np.float64],
    prior: NDArray[np.float64],
    doubt: float = 0.0,
) -> Averaged:
    """Weigh the sets under a prior on each driver.

    Parameters
    ----------
    member : bool array, shape (n_sets, k)
        Which drivers each set has.
    log_bf : float array, shape (n_sets,)
        Natural logarithms of Bayes factors against the empty set.
    prior : float array, shape (k,)
        Probability that each contributes, before the data; in (0, 1).
    doubt : float, default 0
        How far the list as a whole may be better or worse than stated, as a
        standard deviation of log odds: see `DOUBT`. Each driver's own
        probability stays what it is.

    Returns
    -------
    Averaged
        The posterior.

    References
    ----------
    .. [1] Hoeting, J. A. et al. (1999). "Bayesian Model Averaging: A Tutorial".
       *Statistical Science* 14(4), 382-417. https://doi.org/10.1214/ss/1009212519
    .. [2] Scott, J. G. and Berger, J. O. (2010). "Bayes and empirical-Bayes
       multiplicity adjustment in the variable-selection problem". *Annals of
       Statistics* 38(5), 2587-2619. https://doi.org/10.1214/10-AOS792

    Examples
    --------
    Two drivers that only together explain anything:

    >>> sets = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=bool)
    >>> found = average(sets, np.log([1.0, 1.0, 1.0, 37.0]), np.array([0.5, 0.5]))
    >>> print(found.inclusion.round(3), round(found.any_of([0, 1]), 3))
    [0.95 0.95] 0.975
    """
    total = log_bf + _log_prior(member, prior, doubt)
    weight = np.exp(total - total.max())
    return Averaged(member, weight / weight.sum())


def _log_prior(
    member: NDArray[np.bool_], prior: NDArray[np.float64], doubt: float
) -> NDArray[np.float64]:
    """Mix lists on which every driver's odds are better or worse by the same factor."""
    nodes, share = np.polynomial.hermite_e.hermegauss(NODES)
    low, high = np.full(prior.size, -50.0), np.full(prior.size, 50.0)
    for _ in range(60):
        middle = (low + high) / 2
        below = expit(middle[:, None] + doubt * nodes) @ (share / share.sum()) < prior
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    odds = low + doubt * nodes[:, None]
    each = member @ log_expit(odds).T + ~member @ log_expit(-odds).T
    mixed: NDArray[np.float64] = logsumexp(each, axis=1, b=share / share.sum())
    return mixed
