"""The scan: every series in the world as a driver of one relation, at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.noise import Noise
from cuibono.stats.residuals import ResidualMaker
from cuibono.stats.side_by_side import LANES, move_each, project_each, square_each

ROUNDING = 1e-10
"""Share of what whitening can make of a driver, below which nothing but rounding is left."""


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
    maker, n = noise.whitening, len(drivers)
    sides = np.concatenate([maker.basis, maker.apply(y)[:, :, None]], axis=2)
    places, blocks = np.array(positions).reshape(-1, y.size), -(-n // LANES)
    shape = len(sides), blocks, len(places), LANES
    power, along = np.empty(shape), np.empty(shape)
    size = np.empty(shape[1:])
    for block in range(blocks):
        here = np.full((drivers.shape[1], LANES), np.nan)
        beside = drivers[block * LANES : (block + 1) * LANES]
        here[:, : len(beside)] = beside.T
        found = power[:, block], along[:, block], size[block]
        _scan_block(maker, sides, here, places, *found)
    z, squares = np.zeros(shape[1:]), (sides[:, :, -1] ** 2).sum(axis=1)
    for state, weight in enumerate(noise.weight):
        # What whitening can make of a driver at most: far below it, all is rounding.
        most = maker.filters.scale[state].max() ** 2
        varies = power[state] > ROUNDING * most * size
        length = np.sqrt(np.where(varies, power[state], np.nan) * squares[state])
        z += weight * _t(along[state] / length, maker.freedom - 1)
    return np.swapaxes(z, 1, 2).reshape(-1, len(places))[:n]


def _scan_block(
    maker: ResidualMaker,
    sides: NDArray[np.float64],
    drivers: NDArray[np.float64],
    places: NDArray[np.int64],
    power: NDArray[np.float64],
    along: NDArray[np.float64],
    size: NDArray[np.float64],
) -> None:
    """Whiten `LANES` drivers at every lag, and multiply them with themselves and the target."""
    moved = np.empty((places.shape[1], *size.shape))
    white = np.empty(moved.shape)
    flat = (len(moved), size.size)
    move_each(drivers, places, moved, size)
    both = np.empty((sides.shape[2], *size.shape))
    for state in range(len(sides)):
        maker.filters.whiten_into(state, moved.reshape(flat), white.reshape(flat))
        project_each(white, sides[state], both)
        square_each(white, both[:-1], power[state])
        along[state] = both[-1]


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
