"""Evidence that drivers contribute to a relation, in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.noise import PRIOR, Noise

SCALES = (0.006, 0.03, 0.12, 0.5)
"""Prior variances of a contribution, in variances of the whitened noise; all
as likely, so that neither a small nor a large effect is ruled out."""

RANK = 4
"""Directions kept of each shape of a driver's response. Beyond them lies less than
a tenth of its variance: when, to the period, it began or ceased to matter."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """A relation and its candidate drivers, seen through each noise state.

    Attributes
    ----------
    columns : float array, shape (n_states, k * n_shapes * rank, n_used)
        The drivers' whitened columns, driver by driver and shape by shape.
    toward : float array, shape (n_states, k * n_shapes * rank)
        Their products with the whitened relation.
    squares : float array, shape (n_states,)
        The whitened relation's sum of squares.
    readout : float array, shape (n_states, k, n_shapes, rank)
        How much of the even response each column holds: what a sign is read
        from.
    back : float array, shape (n_states, k, n_shapes, n_columns, rank)
        From coefficients of these columns to those of the responses.
    log_weight : float array, shape (n_states,)
        Logarithm of how well each state fits without any driver.
    freedom : int
        Periods less controls.
    """

    columns: NDArray[np.float64]
    toward: NDArray[np.float64]
    squares: NDArray[np.float64]
    readout: NDArray[np.float64]
    back: NDArray[np.float64]
    log_weight: NDArray[np.float64]
    freedom: int

    @property
    def gram(self) -> NDArray[np.float64]:
        """Multiply all columns with one another: large for many drivers, and so not kept.

        Returns
        -------
        float array, shape (n_states, k * n_shapes * rank, k * n_shapes * rank)
            Under each noise state.
        """
        return self.columns @ np.swapaxes(self.columns, 1, 2)


def see_candidates(
    y: NDArray[np.float64], noise: Noise, responses: NDArray[np.float64]
) -> Candidates:
    """Whiten a relation and the responses to its candidate drivers.

    The columns of each shape are scaled to one variance unit in the whitened
    relation, so that a loud driver is not a likelier one, and reduced to
    their leading directions.

    Parameters
    ----------
    y : float array, shape (n_used,)
        The relation.
    noise : Noise
        From `fit_noise` on the same periods.
    responses : float array, shape (k, n_shapes, n_columns, n_used)
        From `respond_in_shapes`, at the same periods; a driver that never
        varies has zeros.

    Returns
    -------
    Candidates
        In the order of `responses`.
    """
    k, n_shapes, n_columns, used = responses.shape
    flat = responses.reshape(k * n_shapes, n_columns, used)
    target = noise.whitening.apply(y)
    states = len(target)
    white = noise.whitening.apply(flat.reshape(-1, used).T)
    white = np.ascontiguousarray(np.swapaxes(white, 1, 2)).reshape(states, *flat.shape)
    inner = white @ np.swapaxes(white, 2, 3)
    power = np.einsum("sjcc->sj", inner) / used
    power = np.where(power > 1e-12, power, 1)
    _, directions = np.linalg.eigh(inner / power[..., None, None])
    rank = min(RANK, n_columns)
    back = directions[..., ::-1][..., :rank] / np.sqrt(power)[..., None, None]
    columns = (np.swapaxes(back, 2, 3) @ white).reshape(states, k * n_shapes * rank, used)
    even = np.einsum("jct,jt->jc", flat, flat[:, 0])
    even /= np.maximum(np.linalg.norm(flat[:, 0], axis=1), 1e-12)[:, None]
    return Candidates(
        columns=columns,
        toward=np.einsum("srt,st->sr", columns, target),
        squares=(target**2).sum(axis=1),
        readout=np.einsum("jc,sjcr->sjr", even, back).reshape(states, k, n_shapes, rank),
        back=back.reshape(states, k, n_shapes, n_columns, rank),
        log_weight=np.log(noise.weight),
        freedom=noise.whitening.freedom,
    )


def log_bayes_factor(
    gram: NDArray[np.float64],
    toward: NDArray[np.float64],
    squares: NDArray[np.float64],
    readout: NDArray[np.float64],
    freedom: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compare contributions with their absence.

    The coefficients are normal with a variance of `SCALES` times the noise's,
    and the noise's own variance is integrated out: nothing is plugged in.

    Parameters
    ----------
    gram : float array, shape (..., m, m)
        Products of the whitened columns.
    toward : float array, shape (..., m)
        Their products with the whitened relation.
    squares : float array, shape (...)
        The whitened relation's sum of squares.
    readout : float array, shape (..., c, m)
        Directions whose sign is asked.
    freedom : int
        Periods less controls.

    Returns
    -------
    log_bf : float array, shape (..., n_scales)
        Natural logarithm of the Bayes factor; 0 for columns of zeros.
    lean : float array, shape (..., c, n_scales)
        Posterior mean of each readout in posterior standard deviations.

    References
    ----------
    .. [1] Liang, F. et al. (2008). "Mixtures of g Priors for Bayesian Variable
       Selection". *Journal of the American Statistical Association* 103(481),
       410-423. https://doi.org/10.1198/016214507000001337

    Examples
    --------
    Nothing can be said for a driver that never moved:

    >>> log_bf, lean = log_bayes_factor(
    ...     np.zeros((1, 1)), np.zeros(1), np.array(50.0), np.ones((1, 1)), 50
    ... )
    >>> print(np.exp(log_bf), lean)
    [1. 1. 1. 1.] [[0. 0. 0. 0.]]
    """
    m, asked = gram.shape[-1], readout.shape[-2]
    below = np.concatenate([toward[..., None, :], readout], axis=-2)
    # One factorisation solves for the series and for every readout: they are
    # appended as rows whose own corner is large enough to stay positive.
    corner = 1 + (below**2).sum(axis=(-2, -1))
    bordered = np.empty((*gram.shape[:-2], m + 1 + asked, m + 1 + asked))
    bordered[..., m:, :m], bordered[..., :m, m:] = below, np.swapaxes(below, -1, -2)
    bordered[..., m:, m:] = np.eye(1 + asked) * corner[..., None, None]
    log_bf = np.empty((*squares.shape, len(SCALES)))
    lean = np.empty((*readout.shape[:-1], len(SCALES)))
    total = PRIOR + freedom
    for i, scale in enumerate(SCALES):
        bordered[..., :m, :m] = np.eye(m) + scale * gram
        root = np.linalg.cholesky(bordered)
        solved = root[..., m:, :m]
        log_volume = np.log(np.diagonal(root[..., :m, :m], axis1=-2, axis2=-1)).sum(axis=-1)
        left = PRIOR + squares - scale * (solved[..., 0, :] ** 2).sum(axis=-1)
        log_bf[..., i] = -log_volume - total / 2 * np.log(left / (PRIOR + squares))
        mean = scale * np.einsum("...m,...cm->...c", solved[..., 0, :], solved[..., 1:, :])
        spread = (left / total * scale)[..., None] * (solved[..., 1:, :] ** 2).sum(axis=-1)
        lean[..., i] = mean / np.sqrt(np.maximum(spread, 1e-300))
    return log_bf, lean


def log_sign_factor(
    lean: NDArray[np.float64], sign: NDArray[np.int64] | int
) -> NDArray[np.float64]:
    """Hold a driver to the sign that was predicted of it.

    The sign belongs to the hypothesis: a mechanism that says "warms" is not
    at work where the relation cools. The prior is cut at zero, and what is
    left of it is doubled.

    Parameters
    ----------
    lean : float array
        From `log_bayes_factor`.
    sign : {-1, 0, 1} or int array that broadcasts to it
        The prediction; 0 where none was made.

    Returns
    -------
    float array of the shape of `lean`
        Natural logarithm, at most `log(2)`.

    References
    ----------
    .. [1] Klugkist, I. and Hoijtink, H. (2007). "The Bayes factor for inequality
       and about equality constrained models". *Computational Statistics & Data
       Analysis* 51(12), 6367-6379. https://doi.org/10.1016/j.csda.2007.01.024

    Examples
    --------
    >>> print(log_sign_factor(np.array([9.0, 0.0, -3.0]), 1).round(2))
    [ 0.69  0.   -5.91]
    """
    from scipy.special import log_ndtr

    factor: NDArray[np.float64] = np.log(2) + log_ndtr(sign * lean)
    return factor
