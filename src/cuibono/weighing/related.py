"""How related the origins of a cluster would have to be for the order to change."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cuibono.weighing.discount import Clusters, effective_origins
from cuibono.weighing.removal import HAIR_DB
from cuibono.weighing.rules import Rules

FINEST = 1e-4
"""Dependences closer than this are told apart no further."""

Bounds = Callable[[float, float], tuple[float, float]]


def nearest_dependence(
    leader: NDArray[np.float64],
    challenger: NDArray[np.float64],
    lead: float,
    clusters: Clusters,
    rules: Rules,
) -> float | None:
    """Find the dependence nearest to the stated one at which the lead is gone.

    The more related the origins of a cluster, the less its support and the
    less its opposition weigh, so over any stretch of dependences each side
    lies between its ends. Stretches on which these bounds leave the leader
    ahead are ruled out whole, the others are halved; what is found is the
    nearest, and what is not found is nowhere, down to 0.0001.

    Parameters
    ----------
    leader, challenger : array of float, shape (n_origins,)
        Central decibans of the two explanations, 0 where blank.
    lead : float
        Decibans by which the leader stands above; not negative.
    clusters : tuple of int array
        Columns of the clusters, by size.
    rules : Rules
        How cells add up.

    Returns
    -------
    float or None
        The dependence, in [0, 1]; None where no dependence puts the
        challenger first for longer than 0.0001.
    """
    sides = [_Sides(cells, clusters, rules) for cells in (leader, challenger)]
    stated = _lead_at(sides, rules.dependence, rules.dependence)[0]

    def bounds(near: float, far: float) -> tuple[float, float]:
        """Bound by how much the leader stays above between two dependences."""
        low, high = _lead_at(sides, min(near, far), max(near, far))
        return lead + low - stated, lead + high - stated

    found = [_search(bounds, rules.dependence, end) for end in (0.0, 1.0)]
    flips = [flip for flip in found if flip is not None]
    return min(flips, key=lambda flip: abs(flip - rules.dependence), default=None)


class _Sides:
    """Support and opposition of one explanation, cluster by cluster, at any dependence."""

    def __init__(self, cells: NDArray[np.float64], clusters: Clusters, rules: Rules) -> None:
        self._rules = rules
        ordered = [np.sort(cells[members], axis=-1) for members in clusters]
        self._support = [np.maximum(part[..., ::-1], 0) for part in ordered]
        self._against = [np.minimum(part, 0) for part in ordered]

    def total(self, of_support: float, of_against: float) -> float:
        """Add up, with one dependence for what supports and one for what opposes."""
        cap, total = self._rules.cluster_cap_db, 0.0
        for support, against in zip(self._support, self._against, strict=True):
            size = support.shape[-1]
            worth = support @ _steps(size, of_support) + against @ _steps(size, of_against)
            total += float(np.clip(worth / self._rules.overconfidence, -cap, cap).sum())
        return total


@lru_cache(maxsize=4096)
def _steps(size: int, dependence: float) -> NDArray[np.float64]:
    worth = [effective_origins(rank, dependence) for rank in range(1, size + 1)]
    return np.diff(worth, prepend=0.0)


def _lead_at(sides: list[_Sides], low: float, high: float) -> tuple[float, float]:
    """Bound the lead over a stretch of dependences; exact where the stretch is a point."""
    leader, challenger = sides
    least = leader.total(high, low) - challenger.total(low, high)
    most = leader.total(low, high) - challenger.total(high, low)
    return least, most


def _search(bounds: Bounds, near: float, far: float) -> float | None:
    """Find the place nearest to `near` where the lead is gone, nearest stretch first."""
    stretches = [(near, far)]
    while stretches:
        here, there = stretches.pop()
        if bounds(here, there)[0] > -HAIR_DB:
            continue
        if abs(there - here) > FINEST:
            middle = (here + there) / 2
            stretches += [(middle, there), (here, middle)]
        elif bounds(there, there)[1] < -HAIR_DB:
            return there
    return None
