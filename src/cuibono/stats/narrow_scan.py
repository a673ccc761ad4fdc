"""The exact scan of a whole source in single precision, its head done again in double."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.noise import Noise
from cuibono.stats.scan import lagged, positions_before, scan_drivers

BLOCK = 2048
"""Drivers in one product: what stays in cache beside the operators."""

CHUNKS = 4
"""Bands that a triangular operator is cut into; of each only what is not zero is multiplied."""

AGAIN = 256
"""Drivers of the highest score that are done again in double precision."""

FAINT = 1e-6
"""Share of a driver that the controls leave, below which single precision says nothing."""


def scan_narrow(
    y: NDArray[np.float64],
    noise: Noise,
    drivers: NDArray[np.float64],
    steps: NDArray[np.int64],
    lags: Sequence[int],
) -> NDArray[np.float64]:
    """Do for tens of thousands of drivers what `scan_drivers` does for some.

    The length of a whitened driver needs no projection: the operator's own
    triangular factor gives the same, in little more than half the products.
    The highest scores, and drivers of which the controls leave next to
    nothing, are computed anew by `scan_drivers`.

    Parameters
    ----------
    y : float array, shape (n_periods,)
        The target, observed in every period.
    noise : Noise
        From `fit_noise` on the same periods.
    drivers : float array, shape (n_drivers, n_periods)
        NaN where nothing was observed.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    lags : sequence of int
        Steps that a driver may come first by, at least 0.

    Returns
    -------
    float array, shape (n_drivers, n_lags)
        Signed z; NaN where the driver never varies beyond the controls.
        Within a thousandth of that of `scan_drivers`, and the same where it
        is among the `AGAIN` highest.

    References
    ----------
    .. [1] Shabalin, A. A. (2012). "Matrix eQTL: ultra fast eQTL analysis via
       large matrix operations". *Bioinformatics* 28(10), 1353-1358.
       https://doi.org/10.1093/bioinformatics/bts163
    """
    positions = [positions_before(steps, np.arange(steps.size), lag) for lag in lags]
    z, doubtful = np.empty((len(drivers), len(lags))), np.zeros(len(drivers), dtype=bool)
    triangles = np.linalg.qr(noise.whitening.operator)[1].astype(np.float32)
    for start in range(0, len(drivers), BLOCK):
        rows = slice(start, start + BLOCK)
        block = drivers[rows].astype(np.float32)
        whole = bool(np.isfinite(block).all())
        for column, position in enumerate(positions):
            x = _lag_whole(block, position) if whole else _lag_masked(drivers[rows], position)
            z[rows, column], faint = _score(y, noise, triangles, x)
            doubtful[rows] |= faint
    best = np.abs(z).max(axis=1, initial=0)
    highest = np.argsort(-np.where(doubtful, 0, best), kind="stable")[:AGAIN]
    doubtful[highest] = True
    z[doubtful] = scan_drivers(y, noise, drivers[doubtful], positions)
    return z


def _lag_masked(
    drivers: NDArray[np.float64], position: NDArray[np.int64]
) -> NDArray[np.float32]:
    return lagged(drivers, position).astype(np.float32)


def _lag_whole(block: NDArray[np.float32], position: NDArray[np.int64]) -> NDArray[np.float32]:
    """Move drivers without gaps along the step axis, as `lagged` does."""
    x, seen = np.zeros((len(block), position.size), dtype=np.float32), position >= 0
    if np.array_equal(position[seen], np.arange(seen.sum())) and seen[seen.argmax() :].all():
        moved, into = block[:, : seen.sum()], x[:, seen.argmax() :]
        np.subtract(moved, moved.mean(axis=1, keepdims=True), out=into)
        return x
    moved = block[:, position[seen]]
    x[:, seen] = moved - moved.mean(axis=1, keepdims=True)
    return x


def _score(
    y: NDArray[np.float64],
    noise: Noise,
    triangles: NDArray[np.float32],
    x: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Average t over the noise states, and tell of which drivers too little is left."""
    size, bands = x.shape[1], np.linspace(0, x.shape[1], CHUNKS + 1).astype(int)
    length, z = np.einsum("dt,dt->d", x, x), np.zeros(len(x))
    faint, freedom = np.zeros(len(x), dtype=bool), noise.whitening.freedom - 1
    for weight, operator, triangle in zip(
        noise.weight, noise.whitening.operator, triangles, strict=True
    ):
        power = np.zeros(len(x), dtype=np.float32)
        for first, last in pairwise(bands):
            white = x[:, first:] @ triangle[first:last, first:].T
            power += np.einsum("dt,dt->d", white, white)
        target = operator @ y
        along = x @ (operator.T @ target).astype(np.float32)
        faint |= power <= FAINT * length * (triangle**2).sum() / size
        cosine = along / np.sqrt(np.maximum(power, 1e-30) * float(target @ target))
        z += weight * cosine * np.sqrt(freedom / np.maximum(1 - cosine**2, 1e-12))
    return z, faint
