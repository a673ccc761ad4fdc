"""Several relations at once: what each answers to the others' past, and what moves with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LAGS = 4
"""Periods of the past that a relation may answer to: a month of weeks."""

TIGHTNESS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""How far coefficients may lie from 0; the record chooses among them."""

LOOSE = 100.0
"""Prior variance of the intercept."""

DRAWS = 600
"""Draws of responses."""


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """What relations answer when another one moves by one standard deviation.

    Attributes
    ----------
    lagged : float array, shape (DRAWS, n, n)
        `[:, i, j]`: what relation i does over the `LAGS` periods after j
        moved, added up, in standard deviations of i.
    together : float array, shape (DRAWS, n, n)
        What i does in the same period, which has no direction.
    """

    lagged: NDArray[np.float64]
    together: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Posterior:
    """One tightness: its evidence, and the posterior in closed form."""

    log_evidence: float
    precision: NDArray[np.float64]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    freedom: int


def lay_out_past(
    y: NDArray[np.float64], steps: NDArray[np.int64], lags: int = LAGS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lay each period beside those before it, where all of these were observed.

    Parameters
    ----------
    y : float array, shape (..., n_periods, n)
        Series; of any number of sets of them.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending; nothing is carried over a gap.
    lags : int, default LAGS
        Periods before.

    Returns
    -------
    now : float array, shape (..., n_used, n)
        Periods with a whole past.
    past : float array, shape (..., n_used, n * lags + 1)
        The period before first, then the one before that; last, 1.

    Examples
    --------
    >>> now, past = lay_out_past(np.arange(4.0)[:, None], np.array([0, 1, 2, 9]), 1)
    >>> now.ravel().tolist(), past.tolist()
    ([1.0, 2.0], [[0.0, 1.0], [1.0, 1.0]])
    """
    last = np.arange(lags, y.shape[-2])
    whole = last[steps[last] - steps[last - lags] == lags]
    past = [y[..., whole - lag, :] for lag in range(1, lags + 1)]
    ones = np.ones((*y.shape[:-2], whole.size, 1))
    return y[..., whole, :], np.concatenate([*past, ones], axis=-1)


def draw_responses(
    y: NDArray[np.float64], steps: NDArray[np.int64], seed: int = 0
) -> Responses:
    """Draw what each relation answers to the others' past.

    A Bayesian vector autoregression under a Minnesota prior whose tightness is
    averaged over by its evidence. Responses are generalised: a relation moves
    together with all that usually moves with it, so that no order of the
    relations has to be assumed, and the same period is reported apart.

    Parameters
    ----------
    y : float array, shape (n_periods, n)
        Series; at least one with variance.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Responses
        In standard deviations.

    Raises
    ------
    ValueError
        If fewer periods have a whole past than the past has columns.

    References
    ----------
    .. [1] Giannone, D., Lenza, M. and Primiceri, G. E. (2015). "Prior Selection
       for Vector Autoregressions". *Review of Economics and Statistics* 97(2),
       436-451. https://doi.org/10.1162/REST_a_00483
    .. [2] Pesaran, H. H. and Shin, Y. (1998). "Generalized Impulse Response
       Analysis in Linear Multivariate Models". *Economics Letters* 58(1),
       17-29. https://doi.org/10.1016/S0165-1765(97)00214-0
    """
    spread = y.std(axis=0)
    scaled = (y - y.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    now, past = lay_out_past(scaled, steps)
    if now.shape[0] <= past.shape[1]:
        raise ValueError(
            f"{now.shape[0]} periods with a whole past are too few for"
            f" {past.shape[1]} coefficients a relation."
        )
    rng = np.random.default_rng(seed)
    posteriors = [weigh_tightness(now, past, tightness) for tightness in TIGHTNESS]
    log = np.array([one.log_evidence for one in posteriors])
    weight = np.exp(log - log.max())
    chosen = rng.choice(len(posteriors), DRAWS, p=weight / weight.sum())
    drawn = [_draw(rng, posteriors[at]) for at in chosen]
    return Responses(*_add_up(*(np.array(each) for each in zip(*drawn, strict=True))))


def expect_responses(
    y: NDArray[np.float64], steps: NDArray[np.int64], tightness: float = 0.2
) -> NDArray[np.float64]:
    """Give the expected answer of the first series of each pair to the second.

    The posterior mean under one tightness, for screening all relations of the
    world by one rule.

    Parameters
    ----------
    y : float array, shape (n_pairs, n_periods, 2)
        Pairs of series.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    tightness : float, default 0.2
        As for `weigh_tightness`.

    Returns
    -------
    float array, shape (n_pairs,)
        Added up over `LAGS` periods, in standard deviations; 0 where either
        never moves.
    """
    spread = y.std(axis=1, keepdims=True)
    scaled = (y - y.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
    now, past = lay_out_past(scaled, steps)
    _, mean, scale = _update(now, past, _expect(now, past, tightness))
    freedom = now.shape[2] + 2 + now.shape[1]
    answers = _add_up(mean, scale / max(1, freedom - 3))[0][:, 0, 1]
    return np.where((spread > 0).all(axis=(1, 2)), answers, 0.0)


def weigh_tightness(
    now: NDArray[np.float64], past: NDArray[np.float64], tightness: float
) -> _Posterior:
    """Give the posterior under one tightness, and how well it foretold the record.

    Parameters
    ----------
    now : float array, shape (n_used, n)
        From `lay_out_past`.
    past : float array, shape (n_used, n * lags + 1)
        From `lay_out_past`.
    tightness : float
        Prior standard deviation of a relation's answer to its own last period.

    Returns
    -------
    _Posterior
        Matrix normal and inverse Wishart.
    """
    from scipy.special import multigammaln

    used, n = now.shape
    prior = _expect(now, past, tightness)
    precision, mean, scale = _update(now, past, prior)
    prior_freedom = n + 2
    freedom = prior_freedom + used
    log_evidence = (
        -used * n / 2 * np.log(np.pi)
        + multigammaln(freedom / 2, n)
        - multigammaln(prior_freedom / 2, n)
        - n / 2 * (np.log(prior.variance).sum() + np.linalg.slogdet(precision)[1])
        + prior_freedom / 2 * np.linalg.slogdet(prior.scale)[1]
        - freedom / 2 * np.linalg.slogdet(scale)[1]
    )
    return _Posterior(float(log_evidence), precision, mean, scale, freedom)


@dataclass(frozen=True, slots=True, eq=False)
class _Prior:
    """What is expected of the coefficients, by row, and of the noise."""

    variance: NDArray[np.float64]
    scale: NDArray[np.float64]


def _expect(now: NDArray[np.float64], past: NDArray[np.float64], tightness: float) -> _Prior:
    n = now.shape[-1]
    lags = (past.shape[-1] - 1) // n
    noise = np.maximum(np.diff(now, axis=-2).var(axis=-2), 1e-6)
    far = np.repeat(np.arange(1, lags + 1), n)
    loose = np.full((*noise.shape[:-1], 1), LOOSE)
    variance = np.concatenate([(tightness / far) ** 2 / np.tile(noise, lags), loose], axis=-1)
    return _Prior(variance, _diagonal(noise))


def _diagonal(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(values[..., :, None] * np.eye(values.shape[-1]), dtype=np.float64)


def _update(
    now: NDArray[np.float64], past: NDArray[np.float64], prior: _Prior
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give precision and mean of the coefficients, and scale of the noise."""
    before, turned = np.swapaxes(past, -1, -2), np.swapaxes(now, -1, -2)
    precision = before @ past + _diagonal(1 / prior.variance)
    mean = np.asarray(np.linalg.solve(precision, before @ now), dtype=np.float64)
    scale = prior.scale + turned @ now - np.swapaxes(mean, -1, -2) @ precision @ mean
    return precision, mean, (scale + np.swapaxes(scale, -1, -2)) / 2


def _draw(
    rng: np.random.Generator, posterior: _Posterior
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw coefficients and the covariance of the noise."""
    n = posterior.scale.shape[0]
    root = np.linalg.cholesky(np.linalg.inv(posterior.scale))
    wishart = rng.normal(size=(posterior.freedom, n)) @ root.T
    covariance = np.asarray(np.linalg.inv(wishart.T @ wishart), dtype=np.float64)
    shocks = rng.normal(size=posterior.mean.shape) @ np.linalg.cholesky(covariance).T
    upper = np.linalg.cholesky(posterior.precision).T
    return posterior.mean + np.linalg.solve(upper, shocks), covariance


def _add_up(
    coefficients: NDArray[np.float64], covariance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Follow each relation's move through the periods after it, and add up the answers."""
    n = covariance.shape[-1]
    lags = (coefficients.shape[-2] - 1) // n
    turned = np.swapaxes(coefficients, -1, -2)
    answer = [turned[..., n * lag : n * (lag + 1)] for lag in range(lags)]
    own = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    moved = [covariance / own[..., None, :]]
    for step in range(1, lags + 1):
        moved.append(
            np.asarray(sum(answer[lag] @ moved[step - 1 - lag] for lag in range(step)))
        )
    return np.asarray(sum(moved[1:])), moved[0]
