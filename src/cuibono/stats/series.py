"""Counts and shares as series a Gaussian model can read, each with its own noise.

Every function gives `(y, v)`: the series, and the variance that counting
alone would put on it. A cell with few events says little, and `v` says how
little; nothing is smoothed and nothing is dropped.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Series: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]


def tone(cooperation: NDArray[np.float64], conflict: NDArray[np.float64]) -> Series:
    """Measure how cooperative a relation is, as log-odds.

    Attention that multiplies both counts cancels, which is why tone and not
    the difference is the first channel: a busy news week moves it little.

    Parameters
    ----------
    cooperation, conflict : float arrays of one shape
        Counts of events, at least 0.

    Returns
    -------
    y : float array
        Log-odds with half an event added to each side.
    v : float array
        Their variance.

    References
    ----------
    .. [1] Haldane, J. B. S. (1956). "The Estimation and Significance of the
       Logarithm of a Ratio of Frequencies". *Annals of Human Genetics* 20(4),
       309-311. https://doi.org/10.1111/j.1469-1809.1955.tb01285.x

    Examples
    --------
    A week with no event has even odds and a large variance:

    >>> y, v = tone(np.array([0.0, 9.0]), np.array([0.0, 1.0]))
    >>> print(y.round(2), v.round(2))
    [0.   1.85] [4.   0.77]
    """
    c, k = cooperation + 0.5, conflict + 0.5
    return np.log(c) - np.log(k), 1 / c + 1 / k


def net(cooperation: NDArray[np.float64], conflict: NDArray[np.float64]) -> Series:
    """Measure cooperation minus conflict on a scale that tames outliers.

    The variance is taken from the scale's rise over one standard deviation of
    the counts to either side. The delta method, which takes it from the slope
    alone, misses by a factor of seven where the sides are even and many.

    Parameters
    ----------
    cooperation, conflict : float arrays of one shape
        Counts of events, at least 0.

    Returns
    -------
    y : float array
        Inverse hyperbolic sine of the difference.
    v : float array
        Its variance.

    References
    ----------
    .. [1] Burbidge, J. B., Magee, L. and Robb, A. L. (1988). "Alternative
       Transformations to Handle Extreme Values of the Dependent Variable".
       *Journal of the American Statistical Association* 83(401), 123-127.
       https://doi.org/10.1080/01621459.1988.10478575

    Examples
    --------
    >>> y, v = net(np.array([10.0]), np.array([0.0]))
    >>> print(y.round(2), v.round(3))
    [3.] [0.112]
    """
    n, difference = cooperation + conflict, cooperation - conflict
    deviation = np.sqrt(n + 0.5)
    rise = np.arcsinh(difference + deviation) - np.arcsinh(difference - deviation)
    return np.arcsinh(difference), (rise / 2) ** 2


def volume(counts: NDArray[np.float64], world: NDArray[np.float64]) -> Series:
    """Measure how much of the world's attention a relation takes, in logs.

    A share rather than a count, because what a news source prints grows and
    shrinks as a whole. Half an event is added after the share has been taken:
    added before, the series of every silent relation would be the news cycle
    upside down, and all of them would rise and fall together.

    Parameters
    ----------
    counts : float array, shape (..., n_periods)
        Events of the relation, at least 0.
    world : float array, shape (n_periods,)
        Events of all relations together.

    Returns
    -------
    y : float array, shape (..., n_periods)
        Log of the events there would have been in an average period.
    v : float array, shape (..., n_periods)
        Its variance.

    Examples
    --------
    The same share of a busy and of a slow week is the same volume:

    >>> y, v = volume(np.array([8.0, 2.0, 0.0]), np.array([799.0, 199.0, 499.0]))
    >>> print(y.round(2), v.round(2))
    [ 1.7   1.7  -0.69] [0.12 0.4  2.  ]
    """
    expected = counts * ((world + 1).mean() / (world + 1))
    return np.log(expected + 0.5), 1 / (counts + 0.5)


def share(value: NDArray[np.float64], exposure: NDArray[np.float64]) -> Series:
    """Straighten a share so that its noise depends on the total alone.

    The arcsine and not the logit, because agreement of 0 or 1 is common in
    short sessions and the logit has no value there.

    Parameters
    ----------
    value : float array
        Shares in [0, 1]; NaN where nothing was observed.
    exposure : float array of the same shape
        Totals the shares are out of, such as joint votes.

    Returns
    -------
    y : float array
        Arcsine of the root of the share, in radians; NaN where `value` is NaN
        or `exposure` is 0.
    v : float array
        Its variance, likewise.

    References
    ----------
    .. [1] Anscombe, F. J. (1948). "The Transformation of Poisson, Binomial
       and Negative-Binomial Data". *Biometrika* 35(3/4), 246-254.
       https://doi.org/10.1093/biomet/35.3-4.246

    Examples
    --------
    >>> y, v = share(np.array([0.5, np.nan]), np.array([50.0, 0.0]))
    >>> print(y.round(3), v.round(3))
    [0.785   nan] [0.005   nan]
    """
    seen = np.isfinite(value) & (exposure > 0)
    y = np.arcsin(np.sqrt(np.where(seen, value, np.nan)))
    return y, 0.25 / np.where(seen, exposure, np.nan)
