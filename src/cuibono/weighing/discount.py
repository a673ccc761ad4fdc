"""Dependence: what several origins of one cluster weigh together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cuibono.weighing.rules import Rules

Clusters = tuple[NDArray[np.intp], ...]
"""Positions of the members of equally large clusters, one array (n_clusters, size) per size."""


def effective_origins(n: int, dependence: float) -> float:
    """Count how many independent origins `n` related ones are worth.

    Parameters
    ----------
    n : int
        Origins in the cluster.
    dependence : float
        0 where they are independent, 1 where they repeat each other.

    Returns
    -------
    float
        The design effect's n / (1 + (n - 1) dependence), below 1 / dependence.

    References
    ----------
    .. [1] Kish, L. (1965). *Survey Sampling*, 161-162 (design effect). Wiley.

    Examples
    --------
    >>> [round(effective_origins(n, 0.8), 2) for n in (1, 2, 4, 100)]
    [1.0, 1.11, 1.18, 1.25]
    """
    return n / (1 + (n - 1) * dependence)


def group_clusters(names: Iterable[str]) -> Clusters:
    """Group origins by the cluster they name; an empty name is a cluster of its own.

    Parameters
    ----------
    names : iterable of str
        The cluster of each origin, in order.

    Returns
    -------
    tuple of int array, each of shape (n_clusters, size)
        Clusters of one size together, so that each size is one array step.

    Examples
    --------
    >>> [members.tolist() for members in group_clusters(["leak", "", "leak"])]
    [[[1]], [[0, 2]]]
    """
    members: dict[tuple[str, int], list[int]] = {}
    for position, name in enumerate(names):
        members.setdefault((name, -1 if name else position), []).append(position)
    sizes: dict[int, list[list[int]]] = {}
    for cluster in members.values():
        sizes.setdefault(len(cluster), []).append(cluster)
    return tuple(np.array(sizes[size], dtype=np.intp) for size in sorted(sizes))


def discount(cells: NDArray[np.float64], rules: Rules) -> NDArray[np.float64]:
    """Add up one cluster: the strongest origin in full, each further one less.

    Support and opposition are discounted apart. The k-th strongest counts by
    what a k-th related origin adds to the effective number, so that equal
    origins weigh as n of them do by the design effect, while a weak origin
    beside a strong one never lowers the sum, as dividing the plain sum would.

    Parameters
    ----------
    cells : array of float, shape (..., n_origins)
        Judged decibans of the cluster's origins; 0 where blank or removed.
    rules : Rules
        Dependence, over-confidence and the cluster's cap.

    Returns
    -------
    array of float, shape (...)
        Decibans of the cluster; no lower where any cell is higher.

    Examples
    --------
    >>> plain = Rules(overconfidence=1)
    >>> round(float(discount(np.array([6.0, 6.0]), plain)), 2)
    6.67
    >>> round(float(discount(np.array([6.0, 1.0]), plain)), 2)
    6.11
    """
    if cells.shape[-1] == 1:
        # In the order in which a product lies in memory, so that sums come out to the same bit.
        total = np.array(cells[..., 0], order="C") / rules.overconfidence
    else:
        steps = _steps(cells.shape[-1], rules.dependence)
        ordered = np.sort(cells, axis=-1)
        support = np.maximum(ordered[..., ::-1], 0) @ steps
        against = np.minimum(ordered, 0) @ steps
        total = (support + against) / rules.overconfidence
    # Not np.clip: flips weigh a few cells thousands of times, and its call costs more.
    return np.minimum(np.maximum(total, -rules.cluster_cap_db), rules.cluster_cap_db)


@cache
def _steps(n: int, dependence: float) -> NDArray[np.float64]:
    worth = [effective_origins(rank, dependence) for rank in range(1, n + 1)]
    return np.diff(worth, prepend=0.0)


def add_clusters(
    cells: NDArray[np.float64], clusters: Clusters, rules: Rules
) -> NDArray[np.float64]:
    """Add up the evidence of all clusters for one explanation.

    Parameters
    ----------
    cells : array of float, shape (..., n_origins)
        Judged decibans by origin; 0 where blank.
    clusters : tuple of int array
        As `group_clusters` gives them.
    rules : Rules
        Dependence, over-confidence and the cluster's cap; the cap on the
        total is left to what is said.

    Returns
    -------
    array of float, shape (...)
        Decibans.
    """
    total = np.zeros(cells.shape[:-1])
    for members in clusters:
        total += discount(cells[..., members], rules).sum(axis=-1)
    return total


def share_out(
    cells: NDArray[np.float64], clusters: Clusters, rules: Rules
) -> NDArray[np.float64]:
    """Share what each cluster weighs among its origins, in proportion to their cells.

    Support is shared among those that support, opposition among those that
    oppose; what the cap cuts off comes from the side that passed it. A
    stronger cell never lowers its own share.

    Parameters
    ----------
    cells : array of float, shape (..., n_origins)
        Judged decibans by origin; 0 where blank.
    clusters : tuple of int array
        As `group_clusters` gives them.
    rules : Rules
        Dependence, over-confidence and the cluster's cap.

    Returns
    -------
    array of float, shape (..., n_origins)
        Decibans that add up to what `add_clusters` gives.

    Examples
    --------
    >>> pair = (np.array([[0, 1]]),)
    >>> share_out(np.array([6.0, 3.0]), pair, Rules(overconfidence=1)).round(2).tolist()
    [4.22, 2.11]
    """
    shared = np.zeros_like(cells)
    cap = rules.cluster_cap_db
    for members in clusters:
        steps = _steps(members.shape[-1], rules.dependence) / rules.overconfidence
        judged = cells[..., members]
        ordered = np.sort(judged, axis=-1)
        support = np.maximum(ordered[..., ::-1], 0) @ steps
        against = np.minimum(ordered, 0) @ steps
        kept = np.minimum(support, cap - against)
        kept_against = np.maximum(against, -cap - support)
        for part, worth in (
            (np.maximum(judged, 0), kept),
            (np.minimum(judged, 0), kept_against),
        ):
            whole = part.sum(axis=-1)
            scale = np.divide(worth, whole, out=np.zeros_like(whole), where=whole != 0)
            shared[..., members] += part * scale[..., np.newaxis]
    return shared
