"""Whitening by matrices: residual makers for covariances of any shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dtrtri


@dataclass(frozen=True, slots=True, eq=False)
class Whitening:
    """The operators that turn series into residuals of unit variance.

    Attributes
    ----------
    operator : float array, shape (n_states, n_periods, n_periods)
        Applied to a series it removes the controls and leaves independent
        noise of equal variance, once per noise state.
    log_volume : float array, shape (n_states,)
        `log|L| + log|Q' S^-1 Q| / 2`: what the state costs in likelihood.
    freedom : int
        Periods less controls.
    """

    operator: NDArray[np.float64]
    log_volume: NDArray[np.float64]
    freedom: int


def whiten(covariance: NDArray[np.float64], controls: NDArray[np.float64]) -> Whitening:
    """Build generalised-least-squares residual makers for several covariances.

    Regressing whitened residuals on whitened residuals gives the same
    coefficient as the full regression with all controls, so one operator
    serves every driver in the world.

    Parameters
    ----------
    covariance : float array, shape (n_states, n_periods, n_periods)
        Positive definite, up to a common factor.
    controls : float array, shape (n_periods, n_controls)
        Independent columns; may have none.

    Returns
    -------
    Whitening
        One operator per covariance.

    References
    ----------
    .. [1] Frisch, R. and Waugh, F. V. (1933). "Partial Time Regressions as
       Compared with Individual Trends". *Econometrica* 1(4), 387-401.
       https://doi.org/10.2307/1907330
    .. [2] Aitken, A. C. (1936). "On Least Squares and Linear Combination of
       Observations". *Proceedings of the Royal Society of Edinburgh* 55,
       42-48. https://doi.org/10.1017/S0370164600014346

    Examples
    --------
    White noise and an intercept leave the mean out:

    >>> w = whiten(np.eye(3)[None], np.ones((3, 1)))
    >>> print((w.operator[0] @ np.array([1.0, 2.0, 6.0])).round(6), w.freedom)
    [-2. -1.  3.] 2
    """
    root = np.linalg.cholesky(covariance)
    unroot = np.array([dtrtri(one, lower=1)[0] for one in root])
    basis, scale = np.linalg.qr(unroot @ controls)
    diagonal = np.log(np.abs(np.diagonal(root, axis1=1, axis2=2))).sum(axis=1)
    spread = np.log(np.abs(np.diagonal(scale, axis1=1, axis2=2))).sum(axis=1)
    operator = unroot - basis @ (np.swapaxes(basis, 1, 2) @ unroot)
    return Whitening(operator, diagonal + spread, controls.shape[0] - controls.shape[1])
