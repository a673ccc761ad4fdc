"""Innovations: what each period adds to what the periods before it foretold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def find_innovations(
    columns: NDArray[np.float64],
    v: NDArray[np.float64],
    steps: NDArray[np.int64],
    rho: NDArray[np.float64],
    movement: NDArray[np.float64],
    extra: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Whiten columns under several noise states at once, without a matrix of periods.

    The noise is an autoregression plus independent noise of known variance.
    One pass over the periods does what dividing by the Cholesky root of each
    state's covariance would do, in time proportional to the periods.

    Parameters
    ----------
    columns : float array, shape (n_periods, n_columns)
        Series and controls, without gaps in the array.
    v : float array, shape (n_periods,)
        Variance that counting puts on each period.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    rho, movement, extra : float arrays, shape (n_states,)
        Correlation over one step, variance of the autoregression, variance
        beyond `v`.

    Returns
    -------
    white : float array, shape (n_states, n_periods, n_columns)
        Innovations in their standard deviations.
    log_root : float array, shape (n_states,)
        Logarithm of the determinant of the Cholesky root.

    References
    ----------
    .. [1] Schweppe, F. C. (1965). "Evaluation of Likelihood Functions for
       Gaussian Signals". *IEEE Transactions on Information Theory* 11(1),
       61-70. https://doi.org/10.1109/TIT.1965.1053737

    Examples
    --------
    Without an autoregression each value is divided by its own deviation:

    >>> series, v, none = np.array([[2.0], [4.0]]), np.array([4.0, 1.0]), np.zeros(1)
    >>> white, log_root = find_innovations(series, v, np.arange(2), none + 0.5, none, none)
    >>> white.ravel().tolist(), round(float(log_root[0]), 3)
    ([1.0, 4.0], 0.693)
    """
    white = np.empty((rho.size, *columns.shape))
    log_root = np.zeros(rho.size)
    mean, variance = np.zeros((rho.size, columns.shape[1])), movement.astype(float)
    for t, ahead in enumerate(np.diff(steps, prepend=steps[0])):
        kept = rho**ahead
        mean, variance = kept[:, None] * mean, kept**2 * variance + (1 - kept**2) * movement
        spread = variance + v[t] + extra
        surprise = columns[t] - mean
        white[:, t] = surprise / np.sqrt(spread)[:, None]
        log_root += np.log(spread) / 2
        gain = variance / spread
        mean, variance = mean + gain[:, None] * surprise, variance * (1 - gain)
    return white, log_root
