"""Residuals: what is left of a series once its noise and its controls are known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.innovations import Filters


@dataclass(frozen=True, slots=True, eq=False)
class ResidualMaker:
    """Turns series into residuals of unit variance, once per noise state.

    It does what the operators of `whiten` do and forms no matrix of periods
    by periods: a filter whitens, and what lies along the whitened controls is
    taken out.

    Attributes
    ----------
    filters : Filters
        One per noise state.
    basis : float array, shape (n_states, n_periods, n_controls)
        Orthonormal columns that span the whitened controls.
    log_volume : float array, shape (n_states,)
        `log|L| + log|Q' S^-1 Q| / 2`: what the state costs in likelihood.
    """

    filters: Filters
    basis: NDArray[np.float64]
    log_volume: NDArray[np.float64]

    @property
    def freedom(self) -> int:
        """Count periods less controls.

        Returns
        -------
        int
            Degrees of freedom that the controls leave.
        """
        return int(self.basis.shape[1] - self.basis.shape[2])

    @property
    def operator(self) -> NDArray[np.float64]:
        """Write it out as matrices: what is asked of it is asked of every period at once.

        Returns
        -------
        float array, shape (n_states, n_periods, n_periods)
            `operator @ series` is what `apply` leaves of the series.
        """
        return self.apply(np.eye(self.basis.shape[1]))

    def apply(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give what is left of columns.

        Parameters
        ----------
        columns : float array, shape (n_periods,) or (n_periods, n_columns)
            Series, without gaps in the array.

        Returns
        -------
        float array, shape (n_states, n_periods) or (n_states, n_periods, n_columns)
            Residuals.
        """
        white = self.filters.whiten(columns.reshape(len(columns), -1))
        left = white - self.basis @ (np.swapaxes(self.basis, 1, 2) @ white)
        return left.reshape(len(left), *columns.shape)

    def keep(self, states: NDArray[np.int64]) -> ResidualMaker:
        """Keep some noise states.

        Parameters
        ----------
        states : int array, shape (n_kept,)
            Places of the states to keep.

        Returns
        -------
        ResidualMaker
            The same, in the order of `states`.
        """
        return ResidualMaker(
            self.filters.keep(states), self.basis[states], self.log_volume[states]
        )

    def in_units(self, unit: float) -> ResidualMaker:
        """Take series in other units than the covariances'.

        Parameters
        ----------
        unit : float
            As for `Filters.in_units`.

        Returns
        -------
        ResidualMaker
            What it leaves of a series is what the old one leaves of
            `series / unit`. `log_volume` stays that of the covariances.
        """
        return replace(self, filters=self.filters.in_units(unit))


def make_residuals(filters: Filters, controls: NDArray[np.float64]) -> ResidualMaker:
    """Whiten controls, so that they can be taken out of whatever is whitened after them.

    Parameters
    ----------
    filters : Filters
        One per noise state.
    controls : float array, shape (n_periods, n_controls)
        Independent columns; may have none.

    Returns
    -------
    ResidualMaker
        One per noise state.

    References
    ----------
    .. [1] Frisch, R. and Waugh, F. V. (1933). "Partial Time Regressions as
       Compared with Individual Trends". *Econometrica* 1(4), 387-401.
       https://doi.org/10.2307/1907330

    Examples
    --------
    White noise and an intercept leave the mean out:

    >>> from cuibono.stats.innovations import build_filters
    >>> one, none = np.ones(1), np.zeros(1)
    >>> filters = build_filters(np.ones(3), np.arange(3), one / 2, none, none)
    >>> maker = make_residuals(filters, np.ones((3, 1)))
    >>> print(maker.apply(np.array([1.0, 2.0, 6.0])).round(6), maker.freedom)
    [[-2. -1.  3.]] 2
    """
    basis, scale = np.linalg.qr(filters.whiten(controls))
    spread = np.log(np.abs(np.diagonal(scale, axis1=1, axis2=2))).sum(axis=1)
    return ResidualMaker(filters, basis, filters.log_root + spread)
