"""Noise of one relation: its own persistence plus the chance in counting."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.innovations import Filters, build_filters
from cuibono.stats.residuals import ResidualMaker, make_residuals

PERSISTENCE = (0.3, 0.6, 0.8, 0.9, 0.97)
"""Correlation of a relation with itself one period before."""

MOVEMENT = (0.05, 0.2, 0.6, 1.5)
"""Variance of the relation's own movement, in residual variances."""

EXTRA = (0.0, 0.2, 0.8)
"""Noise beyond counting noise (over-dispersion), in residual variances."""

PRIOR = 8.0
"""Weight of the belief that counting noise is right as stated, in periods."""

REACH = 10.0
"""Nats below the best state at which a noise state still counts."""

MOST = 12
"""States kept: enough for nine tenths of the weight and a second of work."""


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """Noise states of one relation, weighted by how well they fit it.

    Attributes
    ----------
    weight : float array, shape (n_states,)
        Sums to 1; largest first.
    whitening : ResidualMaker
        One filter per state. It takes the series as it is, and what is left has
        a variance near 1, as the belief of `PRIOR` has it.
    chance : float array, shape (n_states, n_periods)
        Variance of what is no movement of the relation's own, in the square of
        the series' units.
    """

    weight: NDArray[np.float64]
    whitening: ResidualMaker
    chance: NDArray[np.float64]

    @property
    def movement_share(self) -> float:
        """Say how much of what is left is the relation's own movement.

        Returns
        -------
        float
            Share of the whitened variance, in [0, 1]; the rest is chance in
            counting and beyond it.
        """
        power = (self.whitening.operator**2).sum(axis=1)
        rest = (power * self.chance).sum(axis=1) / self.whitening.freedom
        return float(1 - self.weight @ rest)


def persistence(steps: NDArray[np.int64], rho: float) -> NDArray[np.float64]:
    """Correlate an AR(1) process with itself at uneven steps.

    Parameters
    ----------
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending; gaps are jumps above 1.
    rho : float
        Correlation over one step, in (0, 1).

    Returns
    -------
    float array, shape (n_periods, n_periods)
        `rho ** |s - t|`.

    Examples
    --------
    >>> persistence(np.array([0, 1, 4]), 0.5)[0].tolist()
    [1.0, 0.5, 0.0625]
    """
    correlation: NDArray[np.float64] = rho ** np.abs(steps[:, None] - steps[None, :])
    return correlation


def log_marginal(
    log_volume: NDArray[np.float64], squares: NDArray[np.float64], freedom: int
) -> NDArray[np.float64]:
    """Score noise states by the density they gave the series.

    The overall variance is integrated out under an inverse gamma with mean
    near 1, and the controls' coefficients under a flat prior: nothing is
    plugged in.

    Parameters
    ----------
    log_volume : float array, shape (n_states,)
        As in `Whitening`.
    squares : float array, shape (n_states,)
        Sum of squares of the whitened series, its controls taken out.
    freedom : int
        Periods less controls.

    Returns
    -------
    float array, shape (n_states,)
        Natural logarithms of the density.

    References
    ----------
    .. [1] Zellner, A. (1971). *An Introduction to Bayesian Inference in
       Econometrics*, ch. 8. Wiley.
    """
    from scipy.special import gammaln

    n = freedom
    constant = gammaln((PRIOR + n) / 2) - gammaln(PRIOR / 2) - n / 2 * np.log(PRIOR * np.pi)
    density: NDArray[np.float64] = (
        constant - log_volume - (PRIOR + n) / 2 * np.log1p(squares / PRIOR)
    )
    return density


def standardise(
    y: NDArray[np.float64], v: NDArray[np.float64], controls: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Put a series and its counting variance in units of its residual variance.

    Parameters
    ----------
    y, v : float arrays, shape (n_periods,)
        The series, and the variance that counting alone puts on it.
    controls : float array, shape (n_periods, n_controls)
        Independent columns, the intercept among them.

    Returns
    -------
    series, chance : float arrays, shape (n_periods,)
        Both in these units; `chance` is positive.
    unit : float
        The residual standard deviation that the series was divided by.

    Raises
    ------
    ValueError
        If the controls explain the series completely.
    """
    residual = y - controls @ np.linalg.lstsq(controls, y)[0]
    variance = float(residual @ residual) / max(1, y.size - controls.shape[1])
    if variance <= 1e-20 * float(y @ y):
        raise ValueError("The controls explain the series completely; nothing is left to fit.")
    # A share voted on by hundreds has next to no counting noise: a floor
    # keeps the matrix invertible.
    return y / np.sqrt(variance), v / variance + 1e-6, float(np.sqrt(variance))


def fit_noise(
    y: NDArray[np.float64],
    v: NDArray[np.float64],
    steps: NDArray[np.int64],
    controls: NDArray[np.float64],
) -> Noise:
    """Weigh a grid of noise states for one relation.

    States are averaged over, never chosen: a plugged-in best state is
    over-confident exactly at the top of a ranking. The grid is in units of
    the series' own residual variance, so a rescaled series gives the same
    weights.

    Parameters
    ----------
    y : float array, shape (n_periods,)
        The series, without gaps in the array; not constant.
    v : float array, shape (n_periods,)
        Variance that counting alone puts on it.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    controls : float array, shape (n_periods, n_controls)
        Independent columns, the intercept among them.

    Returns
    -------
    Noise
        At most `MOST` states within `REACH` nats of the best.

    Raises
    ------
    ValueError
        If the controls explain the series completely.

    References
    ----------
    .. [1] Lippert, C. et al. (2011). "FaST linear mixed models for
       genome-wide association studies". *Nature Methods* 8, 833-835.
       https://doi.org/10.1038/nmeth.1681
    """
    series, chance, unit = standardise(y, v, controls)
    rho, movement, extra = np.array(list(product(PERSISTENCE, MOVEMENT, EXTRA))).T
    density = _score(series, chance, steps, controls, rho, movement, extra)
    kept = np.argsort(-density, kind="stable")[:MOST]
    kept = kept[density[kept] >= density[kept[0]] - REACH]
    filters = build_filters(chance, steps, rho[kept], movement[kept], extra[kept])
    return settle(density[kept], filters, chance + extra[kept, None], controls, unit)


def settle(
    density: NDArray[np.float64],
    filters: Filters,
    apart: NDArray[np.float64],
    controls: NDArray[np.float64],
    unit: float,
) -> Noise:
    """Weigh the states that are kept, and whiten with each.

    Parameters
    ----------
    density : float array, shape (n_states,)
        Natural logarithms up to a constant, the best first.
    filters : Filters
        Of these states.
    apart : float array, shape (n_states, n_periods)
        Variance of what is not the relation's own movement.
    controls : float array, shape (n_periods, n_controls)
        Independent columns, the intercept among them.
    unit : float
        From `standardise`.

    Returns
    -------
    Noise
        In the series' own units.
    """
    weight = np.exp(density - density[0])
    whitening = make_residuals(filters, controls).in_units(unit)
    return Noise(weight / weight.sum(), whitening, unit**2 * apart)


def _score(
    y: NDArray[np.float64],
    chance: NDArray[np.float64],
    steps: NDArray[np.int64],
    controls: NDArray[np.float64],
    *states: NDArray[np.float64],
) -> NDArray[np.float64]:
    maker = make_residuals(build_filters(chance, steps, *states), controls)
    squares = (maker.apply(y) ** 2).sum(axis=1)
    return log_marginal(maker.log_volume, squares, maker.freedom)
