"""Innovations: what each period adds to what the periods before it foretold."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.compiled import compiled


@dataclass(frozen=True, slots=True, eq=False)
class Filters:
    """Kalman filters, one per noise state, that whiten without a matrix of periods.

    The noise is an autoregression, a level that may turn, and independent
    noise. How much a filter learns from a period does not depend on what it
    sees: it is worked out once and serves every column.

    Attributes
    ----------
    fade : float array, shape (n_states, n_periods)
        What is left of the autoregression since the period before.
    gain, lift : float arrays, shape (n_states, n_periods)
        Shares of a surprise that are taken for autoregression and for level.
    scale : float array, shape (n_states, n_periods)
        What a surprise is multiplied by to have a variance of 1.
    log_root : float array, shape (n_states,)
        Logarithm of the determinant of the covariance's Cholesky root.
    """

    fade: NDArray[np.float64]
    gain: NDArray[np.float64]
    lift: NDArray[np.float64]
    scale: NDArray[np.float64]
    log_root: NDArray[np.float64]

    def whiten(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """Whiten columns under every noise state, in time proportional to the periods.

        Parameters
        ----------
        columns : float array, shape (n_periods, n_columns)
            Series and controls, without gaps in the array.

        Returns
        -------
        float array, shape (n_states, n_periods, n_columns)
            What dividing by each covariance's Cholesky root would give.
        """
        columns = np.ascontiguousarray(columns, dtype=np.float64)
        white = np.empty((len(self.fade), *columns.shape))
        for state in range(len(white)):
            self.whiten_into(state, columns, white[state])
        return white

    def whiten_into(
        self, state: int, columns: NDArray[np.float64], white: NDArray[np.float64]
    ) -> None:
        """Whiten columns under one noise state.

        Parameters
        ----------
        state : int
            Which.
        columns, white : float arrays, shape (n_periods, n_columns)
            Read and written to.
        """
        follow(
            columns,
            self.fade[state],
            self.gain[state],
            self.lift[state],
            self.scale[state],
            white,
        )

    def keep(self, states: NDArray[np.int64]) -> Filters:
        """Keep some noise states.

        Parameters
        ----------
        states : int array, shape (n_kept,)
            Places of the states to keep.

        Returns
        -------
        Filters
            The same filters, in the order of `states`.
        """
        return Filters(
            self.fade[states],
            self.gain[states],
            self.lift[states],
            self.scale[states],
            self.log_root[states],
        )

    def in_units(self, unit: float) -> Filters:
        """Let the filters take series in other units than the covariances'.

        Parameters
        ----------
        unit : float
            Standard deviation, in the series' units, that was 1 in the
            covariances; positive.

        Returns
        -------
        Filters
            What they make of a series is what the old ones make of
            `series / unit`. `log_root` stays that of the covariances.
        """
        return replace(self, scale=self.scale / unit)


def build_filters(
    v: NDArray[np.float64],
    steps: NDArray[np.int64],
    rho: NDArray[np.float64],
    movement: NDArray[np.float64],
    extra: NDArray[np.float64],
    turned: NDArray[np.float64] | None = None,
) -> Filters:
    """Work out what filters learn from each period.

    Parameters
    ----------
    v : float array, shape (n_periods,) or (n_states, n_periods)
        Variance that counting puts on each period.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    rho, movement, extra : float arrays, shape (n_states,)
        Correlation over one step, variance of the autoregression, variance
        beyond `v`.
    turned : float array, shape (n_states, n_periods), optional
        Variance by which the level may turn as each period begins; none by
        default.

    Returns
    -------
    Filters
        One per state.

    References
    ----------
    .. [1] Schweppe, F. C. (1965). "Evaluation of Likelihood Functions for
       Gaussian Signals". *IEEE Transactions on Information Theory* 11(1),
       61-70. https://doi.org/10.1109/TIT.1965.1053737
    .. [2] Durbin, J. and Koopman, S. J. (2012). *Time Series Analysis by State
       Space Methods*, 2nd ed., ch. 4. Oxford.
       https://doi.org/10.1093/acprof:oso/9780199641178.001.0001

    Examples
    --------
    Without an autoregression each value is divided by its own deviation:

    >>> none = np.zeros(1)
    >>> filters = build_filters(np.array([4.0, 1.0]), np.arange(2), none + 0.5, none, none)
    >>> filters.whiten(np.array([[2.0], [4.0]])).ravel().tolist()
    [1.0, 4.0]
    """
    fade = rho[:, None] ** np.diff(steps, prepend=steps[0])
    gain, lift, scale = np.empty((3, *fade.shape))
    learn(
        fade,
        movement.astype(np.float64),
        v + extra[:, None],
        np.zeros(fade.shape) if turned is None else turned,
        gain,
        lift,
        scale,
    )
    return Filters(fade, gain, lift, scale, -np.log(scale).sum(axis=1))


@compiled
def learn(
    fade: NDArray[np.float64],
    movement: NDArray[np.float64],
    apart: NDArray[np.float64],
    turned: NDArray[np.float64],
    gain: NDArray[np.float64],
    lift: NDArray[np.float64],
    scale: NDArray[np.float64],
) -> None:
    """Follow what each filter does not know from period to period.

    Parameters
    ----------
    fade : float array, shape (n_states, n_periods)
        As in `Filters`.
    movement : float array, shape (n_states,)
        Variance of the autoregression.
    apart, turned : float arrays, shape (n_states, n_periods)
        Variance of independent noise, and by which the level may turn.
    gain, lift, scale : float arrays, shape (n_states, n_periods)
        Written to: as in `Filters`.
    """
    for state in range(fade.shape[0]):
        own, both, level = movement[state], 0.0, 0.0
        for t in range(fade.shape[1]):
            kept = fade[state, t]
            own = kept * kept * own + (1 - kept * kept) * movement[state]
            both, level = kept * both, level + turned[state, t]
            spread = own + 2 * both + level + apart[state, t]
            gain[state, t] = (own + both) / spread
            lift[state, t] = (both + level) / spread
            scale[state, t] = 1 / np.sqrt(spread)
            moved, risen = own + both, both + level
            own -= gain[state, t] * moved
            both -= gain[state, t] * risen
            level -= lift[state, t] * risen


@compiled
def follow(
    columns: NDArray[np.float64],
    fade: NDArray[np.float64],
    gain: NDArray[np.float64],
    lift: NDArray[np.float64],
    scale: NDArray[np.float64],
    white: NDArray[np.float64],
) -> None:
    """Whiten many columns side by side with one filter.

    Parameters
    ----------
    columns : float array, shape (n_periods, n_columns)
        What is whitened.
    fade, gain, lift, scale : float arrays, shape (n_periods,)
        One state's of `Filters`.
    white : float array, shape (n_periods, n_columns)
        Written to.
    """
    n_periods, n_columns = columns.shape
    mean, level = np.zeros(n_columns), np.zeros(n_columns)
    for t in range(n_periods):
        for column in range(n_columns):
            foretold = fade[t] * mean[column]
            surprise = columns[t, column] - foretold - level[column]
            white[t, column] = scale[t] * surprise
            mean[column] = foretold + gain[t] * surprise
            level[column] += lift[t] * surprise
