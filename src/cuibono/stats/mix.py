"""What something is made of, against what others are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_SPREAD = 0.999


def score_mix(
    counts: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Score how far each series' shares lie from the world's.

    Series differ in their shares by more than chance in counting, so that a
    plain z grows with volume and the loudest would always be the strangest.
    Each kind's spread over the world is therefore part of the standard error.

    Parameters
    ----------
    counts : float array, shape (n_series, n_kinds)
        Happenings by kind, at least 0.

    Returns
    -------
    z : float array, shape (n_series, n_kinds)
        Share less the world's, over counting and spread; NaN for a series
        without a happening and for a kind that nobody has.
    world : float array, shape (n_kinds,)
        Share of each kind in the mean over series, each weighed by what it
        tells once the spread is counted in.

    References
    ----------
    .. [1] Kleinman, J. C. (1973). "Proportions with Extraneous Variance:
       Single and Independent Samples". *Journal of the American Statistical
       Association* 68(341), 46-54. https://doi.org/10.1080/01621459.1973.10481332

    Examples
    --------
    Three relations talk and trade alike, one only talks:

    >>> z, world = score_mix(np.array([[30.0, 30], [60, 60], [20, 20], [40, 0]]))
    >>> int(np.nanargmax(z[:, 0]))
    3
    """
    total = counts.sum(axis=1, keepdims=True)
    known = total[:, 0] > 0
    share = np.divide(counts, total, out=np.full(counts.shape, np.nan), where=total > 0)
    weight = np.ones(counts.shape)[known]
    for _ in range(3):
        world = (weight * share[known]).sum(axis=0) / weight.sum(axis=0)
        spread = _spread(share[known], total[known], weight, world)
        weight = total[known] / (1 + (total[known] - 1) * spread)
    variance = world * (1 - world) * (1 + (total - 1) * spread)
    z = np.full(counts.shape, np.nan)
    scale = np.sqrt(variance / np.maximum(total, 1))
    np.divide(share - world, scale, out=z, where=(total > 0) & (variance > 0))
    return z, world


def _spread(
    share: NDArray[np.float64],
    total: NDArray[np.float64],
    weight: NDArray[np.float64],
    world: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Estimate each kind's correlation within a series by moments, in [0, 1)."""
    plain = world * (1 - world)
    whole = weight.sum(axis=0)
    part = weight * (1 - weight / whole)
    seen = (weight * (share - world) ** 2).sum(axis=0)
    chance = plain * (part / total).sum(axis=0)
    room = plain * (part * (1 - 1 / total)).sum(axis=0)
    found: NDArray[np.float64] = np.zeros(world.size)
    np.divide(seen - chance, room, out=found, where=room > 0)
    return found.clip(0.0, MOST_SPREAD)
