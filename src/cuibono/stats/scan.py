"""The scan: every series in the world as a driver of one relation, at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.noise import Noise

BLOCK = 4096
"""Drivers scanned in one matrix product; bounds the memory, not the result."""


def positions_before(
    steps: NDArray[np.int64], used: NDArray[np.int64], lag: int
) -> NDArray[np.int64]:
    """Find the covered period that lies `lag` steps before each used one.

    Parameters
    ----------
    steps : int array, shape (n_periods,)
        Whole grid steps of the covered periods, ascending.
    used : int array, shape (n_used,)
        Places in `steps` at which the target was observed.
    lag : int
        Steps to look back, at least 0.

    Returns
    -------
    int array, shape (n_used,)
        Places in `steps`; -1 where that step lies before the first period or
        inside a gap.

    Examples
    --------
    The step before 5 is not covered, so nothing stands in for it:

    >>> positions_before(np.array([0, 1, 5, 6]), np.array([1, 2, 3]), 1).tolist()
    [0, -1, 2]
    """
    wanted = steps[used] - lag
    place = np.searchsorted(steps, wanted)
    found = steps[place] == wanted
    return np.where(found, place, -1)


def lagged(drivers: NDArray[np.float64], position: NDArray[np.int64]) -> NDArray[np.float64]:
    """Move drivers along the step axis, inventing nothing.

    A value that lies outside the source, in a gap, or was not observed is
    masked: each driver is centred on the values it has, and the masked cells
    are 0, so that they neither help nor hurt it. The target's period stays in,
    so every lag and every driver is judged on the same target.

    Parameters
    ----------
    drivers : float array, shape (n_drivers, n_periods)
        NaN where nothing was observed.
    position : int array, shape (n_used,)
        From `positions_before`.

    Returns
    -------
    float array, shape (n_drivers, n_used)
        Centred and masked.
    """
    moved = drivers[:, position]
    seen = np.isfinite(moved) & (position >= 0)
    moved = np.where(seen, moved, 0)
    mean = moved.sum(axis=1, keepdims=True) / np.maximum(1, seen.sum(axis=1, keepdims=True))
    # A constant differs from its own mean by rounding, which must not count.
    varies = np.abs(moved - mean) > 1e-12 * np.abs(mean)
    return np.where(seen & varies, moved - mean, 0)


def scan_drivers(
    y: NDArray[np.float64],
    noise: Noise,
    drivers: NDArray[np.float64],
    positions: Sequence[NDArray[np.int64]],
) -> NDArray[np.float64]:
    """Test every driver at every lag by generalised least squares.

    The statistic is the exact t of the driver's coefficient in a regression
    with all controls, averaged over the noise states; under the model it is
    standard normal but for the tails of t. It does not change when a driver
    is rescaled or shifted.

    Parameters
    ----------
    y : float array, shape (n_used,)
        The target, at the periods it was observed.
    noise : Noise
        From `fit_noise` on the same periods.
    drivers : float array, shape (n_drivers, n_periods)
        NaN where nothing was observed.
    positions : sequence of int arrays, shape (n_used,)
        One per lag, from `positions_before`.

    Returns
    -------
    float array, shape (n_drivers, n_lags)
        Signed z; NaN where the driver never varies beyond the controls.

    References
    ----------
    .. [1] Kang, H. M. et al. (2010). "Variance component model to account for
       sample structure in genome-wide association studies". *Nature Genetics*
       42, 348-354. https://doi.org/10.1038/ng.548
    .. [2] Shabalin, A. A. (2012). "Matrix eQTL: ultra fast eQTL analysis via
       large matrix operations". *Bioinformatics* 28(10), 1353-1358.
       https://doi.org/10.1093/bioinformatics/bts163
    """
    target = noise.whitening.operator @ y
    blocks = range(0, drivers.shape[0], BLOCK)
    return np.vstack(
        [np.empty((0, len(positions)))]
        + [_scan_block(target, noise, drivers[at : at + BLOCK], positions) for at in blocks]
    )


def _scan_block(
    target: NDArray[np.float64],
    noise: Noise,
    drivers: NDArray[np.float64],
    positions: Sequence[NDArray[np.int64]],
) -> NDArray[np.float64]:
    operator = noise.whitening.operator
    states, used, _ = operator.shape
    # All states side by side: one large matrix product instead of many small.
    beside = operator.reshape(states * used, used).T
    toward = np.einsum("hts,ht->sh", operator, target)
    z = np.empty((drivers.shape[0], len(positions)))
    for column, position in enumerate(positions):
        x = lagged(drivers, position)
        white = (x @ beside).reshape(x.shape[0], states, used)
        power = np.einsum("dht,dht->dh", white, white)
        varies = power > 1e-12 * (x**2).sum(axis=1)[:, None] * (operator**2).sum(axis=(1, 2))
        length = np.sqrt(np.where(varies, power, 1) * (target**2).sum(axis=1))
        cosine = np.where(varies, x @ toward / length, np.nan)
        z[:, column] = _t(cosine, noise.whitening.freedom - 1) @ noise.weight
    return z


def _t(cosine: NDArray[np.float64], freedom: int) -> NDArray[np.float64]:
    # A driver that is the target itself would divide by zero.
    unexplained = np.maximum(1 - cosine**2, 1e-12)
    t: NDArray[np.float64] = cosine * np.sqrt(freedom / unexplained)
    return t


def chance_of_best(z: float, freedom: int, trials: int) -> float:
    """Bound how often the best of many unrelated tests reaches a score.

    The tests are taken as independent, which overstates the chance where
    series resemble each other: the bound errs against a discovery.

    Parameters
    ----------
    z : float
        The score, of either sign.
    freedom : int
        Degrees of freedom of each test.
    trials : int
        Number of tests that were looked at.

    Returns
    -------
    float
        Probability, in [0, 1].

    References
    ----------
    .. [1] Sidak, Z. (1967). "Rectangular Confidence Regions for the Means of
       Multivariate Normal Distributions". *Journal of the American
       Statistical Association* 62(318), 626-633.
       https://doi.org/10.1080/01621459.1967.10482935

    Examples
    --------
    A z of 4 is rare in one test and common as the best of twenty thousand:

    >>> print(f"{chance_of_best(4, 55, 1):.4f} {chance_of_best(4, 55, 20_000):.2f}")
    0.0002 0.98
    """
    from scipy.special import stdtr

    once = min(2 * stdtr(freedom, -abs(z)), 1 - 1e-12)
    return float(-np.expm1(trials * np.log1p(-once)))
