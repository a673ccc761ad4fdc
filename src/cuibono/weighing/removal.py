"""The smallest set of origins without which one explanation falls below another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from cuibono.weighing.discount import Clusters, discount
from cuibono.weighing.rules import Rules

ENUMERATED = 4_096
"""Sets tried per cluster: all of them up to 12 useful origins, all of three up to 29."""

HAIR_DB = 1e-9
"""Standings closer than this are level."""


@dataclass(frozen=True, slots=True, eq=False)
class _Menu:
    """What removing 0, 1, 2... origins of one cluster can do to the lead.

    `reached` is what the best set found takes off the lead, `ceiling` what no
    set of that size exceeds, `sets` the columns of the best sets.
    """

    reached: NDArray[np.float64]
    ceiling: NDArray[np.float64]
    sets: list[NDArray[np.intp]]


def smallest_removal(
    leader: NDArray[np.float64],
    challenger: NDArray[np.float64],
    lead: float,
    clusters: Clusters,
    rules: Rules,
) -> tuple[tuple[int, ...], bool] | None:
    """Find the fewest origins whose removal takes more than the lead.

    Clusters add up, so the best use of n removals is found exactly by dynamic
    programming over clusters once each cluster's own best sets are known.
    Those are enumerated; beyond the limit the origins are taken by how much
    they favour the leader, and a bound says whether fewer might have done.

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
    tuple of (tuple of int, bool) or None
        Columns to remove and whether it is proved that no fewer would do;
        None where no set was found.
    """
    useful = (leader > 0) | (challenger < 0)
    menus = [
        _menu(leader[members], challenger[members], members, rules)
        for group in clusters
        for members in group
        if useful[members].any()
    ]
    best, choices = _spend([menu.reached for menu in menus])
    enough = np.flatnonzero(best > lead + HAIR_DB)
    if enough.size == 0:
        return None
    fewest = int(enough[0])
    bound, _ = _spend([menu.ceiling for menu in menus])
    certain = int(np.argmax(bound > lead + HAIR_DB)) == fewest
    removed: list[int] = []
    left = fewest
    for menu, choice in zip(reversed(menus), reversed(choices), strict=True):
        taken = int(choice[left])
        removed += menu.sets[taken].tolist()
        left -= taken
    return tuple(sorted(removed)), certain


def _menu(
    leader: NDArray[np.float64],
    challenger: NDArray[np.float64],
    members: NDArray[np.intp],
    rules: Rules,
) -> _Menu:
    """List the best sets of one cluster by size.

    Only origins that favour the leader or oppose the challenger are useful:
    removing any other can only widen the lead.
    """
    useful = np.flatnonzero((leader > 0) | (challenger < 0))
    useful = useful[np.argsort(challenger[useful] - leader[useful], kind="stable")]
    masks, exact = _masks(useful.size)
    removed = np.zeros((len(masks), members.size), dtype=bool)
    removed[:, useful] = masks

    def lead_without(gone: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Weigh the cluster for both without some of its origins."""
        kept = discount(np.where(gone, 0.0, leader), rules)
        return kept - discount(np.where(gone, 0.0, challenger), rules)

    falls = lead_without(np.zeros(members.size, dtype=bool)) - lead_without(removed)
    sizes = removed.sum(axis=1)
    most = discount(np.array([leader, np.maximum(challenger, 0)]), rules)
    least = discount(np.array([np.minimum(leader, 0), challenger]), rules)
    loosest = float(most[0] - least[1] - (least[0] - most[1]))
    reached, ceiling, sets = [], [], []
    for size in range(useful.size + 1):
        best = int(np.where(sizes == size, falls, -np.inf).argmax())
        reached.append(falls[best])
        ceiling.append(falls[best] if size <= exact or size == useful.size else loosest)
        sets.append(members[removed[best]])
    return _Menu(np.array(reached), np.array(ceiling), sets)


@cache
def _masks(n: int) -> tuple[NDArray[np.bool_], int]:
    """List the sets of n ordered origins to try; up to a size, all are among them."""
    exact, tried = 0, 1
    while exact < n and tried + comb(n, exact + 1) <= ENUMERATED:
        exact += 1
        tried += comb(n, exact)
    small = chain.from_iterable(combinations(range(n), size) for size in range(exact + 1))
    larger = (tuple(range(size)) for size in range(exact + 1, n + 1))
    chosen = list(chain(small, larger))
    masks = np.zeros((len(chosen), n), dtype=bool)
    for line, members in zip(masks, chosen, strict=True):
        line[list(members)] = True
    return masks, exact


def _spend(
    menus: list[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], list[NDArray[np.intp]]]:
    """Give the most that n removals take off, for each n, and each cluster's share of them."""
    budget = sum(menu.size - 1 for menu in menus) + 1
    best = np.full(budget, -np.inf)
    best[0] = 0.0
    choices = []
    for menu in menus:
        tried = np.full((menu.size, budget), -np.inf)
        for size, fall in enumerate(menu):
            tried[size, size:] = best[: budget - size] + fall
        choices.append(tried.argmax(axis=0))
        best = tried.max(axis=0)
    return best, choices
