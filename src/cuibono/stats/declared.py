"""What was struck against what was declared, when records err and strikes come in clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
"""Draws of shares: their 5 and 95 % stand still to the second digit."""

SETTLING = 200
"""Draws that are not counted."""

KEPT_PROMISE = 9.0
"""Declared strikes expected for each other one where the declaration holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Shares of what was truly struck.

    Attributes
    ----------
    draws : float array, shape (DRAWS, n_classes)
        Shares, each row adding up to 1.
    worth : float
        Independent events that the clustered ones are worth.
    """

    draws: NDArray[np.float64]
    worth: float

    def interval(self, at: int, level: float = 0.9) -> tuple[float, float, float]:
        """Give the mean and the interval of one share.

        Parameters
        ----------
        at : int
            Class.
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
        tail = (1 - level) / 2
        low, high = np.quantile(self.draws[:, at], (tail, 1 - tail))
        mean = float(np.clip(self.draws[:, at].mean(), low, high))
        return mean, float(low), float(high)


def design_effect(clusters: NDArray[np.float64]) -> float:
    """Measure by how much clustering makes events worth less than their number.

    Strikes of one month go where that month's offensive goes, so that fifty of
    them are no fifty votes on whom a state fights.

    Parameters
    ----------
    clusters : float array, shape (n_clusters, n_classes)
        Events of each cluster by class.

    Returns
    -------
    float
        At least 1; 1 where there is but one cluster, or one event in each.

    References
    ----------
    .. [1] Kish, L. (1965). *Survey Sampling*, section 5.4. Wiley.
    .. [2] Weir, B. S. and Cockerham, C. C. (1984). "Estimating F-Statistics for
       the Analysis of Population Structure". *Evolution* 38(6), 1358-1370.
       https://doi.org/10.1111/j.1558-5646.1984.tb05657.x

    Examples
    --------
    Two months that struck one target each are worth two events, not twenty:

    >>> design_effect(np.array([[10.0, 0.0], [0.0, 10.0]]))
    10.0
    """
    size = clusters.sum(axis=1)
    clusters, size = clusters[size > 0], size[size > 0]
    n, total = size.size, float(size.sum())
    if n < 2 or total <= n:
        return 1.0
    share = clusters.sum(axis=0) / total
    between = float((size[:, None] * (clusters / size[:, None] - share) ** 2).sum()) / (n - 1)
    within = float((size - (clusters**2).sum(axis=1) / size).sum()) / (total - n)
    usual = (total - float((size**2).sum()) / total) / (n - 1)
    spread = between + (usual - 1) * within
    alike = (between - within) / spread if spread > 0 else 0.0
    return 1 + (float((size**2).sum()) / total - 1) * min(1.0, max(0.0, alike))


def draw_shares(
    clusters: NDArray[np.float64], judged: NDArray[np.float64], seed: int = 0
) -> Shares:
    """Draw the shares of what was truly struck.

    Parameters
    ----------
    clusters : float array, shape (n_clusters, n_classes)
        Recorded events of each cluster by class.
    judged : float array, shape (n_classes, n_classes)
        Cases in which the truth was known, by true class and recorded class:
        how often records err, and how well that is known.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Shares
        Under a Jeffreys prior.

    References
    ----------
    .. [1] Swartz, T. et al. (2004). "Bayesian Identifiability and
       Misclassification in Multinomial Data". *Canadian Journal of Statistics*
       32(3), 285-302. https://doi.org/10.2307/3315930
    """
    rng = np.random.default_rng(seed)
    recorded = clusters.sum(axis=0)
    effect = design_effect(clusters)
    seen = recorded / effect
    n = seen.size
    share, draws = np.full(n, 1 / n), np.empty((DRAWS, n))
    for at in range(SETTLING + DRAWS):
        err = np.array([rng.dirichlet(row) for row in judged])
        truth = share[:, None] * err
        truth /= truth.sum(axis=0)
        share = rng.dirichlet(0.5 + _share_out(rng, seen, truth))
        if at >= SETTLING:
            draws[at - SETTLING] = share
    return Shares(draws, float(seen.sum()))


def _share_out(
    rng: np.random.Generator, seen: NDArray[np.float64], truth: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Draw the true classes of whole events; the fraction left over goes in proportion."""
    whole = np.floor(seen).astype(int)
    drawn = sum(rng.multinomial(k, truth[:, at]) for at, k in enumerate(whole))
    return np.asarray(drawn + truth @ (seen - whole))


def distance(draws: NDArray[np.float64], stated: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure how far shares lie from those stated.

    Parameters
    ----------
    draws : float array, shape (n_draws, n_classes)
        Shares.
    stated : float array, shape (n_classes,)
        Shares as stated, adding up to 1.

    Returns
    -------
    float array, shape (n_draws,)
        Share of the strikes that would have had to go elsewhere, in [0, 1]
        (total variation distance).

    Examples
    --------
    >>> distance(np.array([[0.3, 0.7]]), np.array([1.0, 0.0])).tolist()
    [0.7]
    """
    apart: NDArray[np.float64] = np.abs(draws - stated).sum(axis=1) / 2
    return apart


def weigh_statement(
    clusters: NDArray[np.float64], judged: NDArray[np.float64], stated: int, seed: int = 0
) -> float:
    """Weigh a declaration taken at its word against any other choice of targets.

    Parameters
    ----------
    clusters : float array, shape (n_clusters, n_classes)
        As for `draw_shares`.
    judged : float array, shape (n_classes, n_classes)
        As for `draw_shares`.
    stated : int
        The declared class. At its word, nine strikes in ten are expected of
        it, give or take; otherwise all shares are as likely.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    float
        Decibans for the declaration; negative where the record speaks against.

    References
    ----------
    .. [1] Good, I. J. (1965). *The Estimation of Probabilities*, ch. 5. MIT
       Press.
    """
    rng, n = np.random.default_rng(seed), clusters.shape[1]
    seen = clusters.sum(axis=0) / design_effect(clusters)
    kept = np.full(n, 1 / max(1, n - 1))
    kept[stated] = KEPT_PROMISE
    err = np.stack([rng.dirichlet(row, 20 * DRAWS) for row in judged], axis=1)
    densities = []
    for prior in (kept, np.ones(n)):
        shares = rng.dirichlet(prior, 20 * DRAWS)
        recorded = np.einsum("dk,dkl->dl", shares, err)
        log = np.log(np.maximum(recorded, 1e-300)) @ seen
        densities.append(np.logaddexp.reduce(log))
    return float(10 / np.log(10) * (densities[0] - densities[1]))
