"""Attribution: how much of a relation's movement each driver carries, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.driver_sets import SetEvidence
from cuibono.stats.evidence import Candidates
from cuibono.stats.noise import PRIOR

WIDE = (0.1, 0.5, 2.0)
"""Prior variances of a contribution once it is taken to be there: wider than those it is
found with, which would shrink it towards nothing."""

TRIES = 16
"""Coefficients that are drawn until one has the predicted signs."""


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """How estimated shares of planted effects stood to the true ones.

    Attributes
    ----------
    slope : float
        What an estimate is multiplied by: below 1 where what is claimed is
        claimed for having come out large.
    stretch : float
        What a standard deviation is multiplied by, so that nine in ten of the
        planted shares lie within 1.645 of it.
    covered, trials : int
        Planted shares that their own interval would have held, had slope and
        stretch been learnt from the other half; of how many.
    """

    slope: float
    stretch: float
    covered: int
    trials: int


def draw_paths(
    candidates: Candidates,
    sets: SetEvidence,
    weight: NDArray[np.float64],
    signs: NDArray[np.int64],
    responses: NDArray[np.float64],
    n_draws: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw what each driver may have added to the relation, period by period.

    A set of drivers, the shapes of their responses and a noise state are drawn
    by their posterior, then the coefficients, then the level that the driver may
    have had: ignorances that an interval has to hold.

    Parameters
    ----------
    candidates : Candidates
        From `see_candidates`.
    sets : SetEvidence
        From `weigh_sets`, of the same candidates.
    weight : float array, shape (n_sets,)
        How probable each set is, from `average`.
    signs : int array, shape (k,)
        Predicted signs, in {-1, 0, 1}.
    responses : float array, shape (k, n_levels, n_shapes, n_columns, n_used)
        Responses to levels that each driver may have had.
    n_draws : int
        How many.
    rng : numpy.random.Generator
        Source of chance.

    Returns
    -------
    float array, shape (n_draws, k, n_used)
        Contributions in the units of the relation, each with mean 0; zeros
        where the driver is not in the set that was drawn.

    References
    ----------
    .. [1] Carroll, R. J. et al. (2006). *Measurement Error in Nonlinear Models*,
       2nd ed., ch. 9. Chapman & Hall. https://doi.org/10.1201/9781420010138
    """
    k, n_levels, _, _, n_used = responses.shape
    state = np.logaddexp.reduce(sets.log_evidence, axis=2)
    whole = np.logaddexp.reduceat(np.logaddexp.reduce(state, axis=1), sets.first)
    each = np.diff(sets.first, append=len(state))
    joint = np.exp(state - np.repeat(whole, each)[:, None]) * np.repeat(weight, each)[:, None]
    chosen = rng.multinomial(n_draws, (joint / joint.sum()).ravel())
    paths, at = np.zeros((n_draws, k, n_used)), 0
    for place in np.flatnonzero(chosen):
        n, (way, at_state) = int(chosen[place]), divmod(int(place), joint.shape[1])
        drivers = np.flatnonzero(sets.shape[way] >= 0)
        if drivers.size:
            shapes = sets.shape[way, drivers]
            found = _draw_coefficients(
                candidates, at_state, drivers, shapes, signs[drivers], n, rng
            )
            level = rng.integers(0, n_levels, (n, drivers.size))
            seen = responses[drivers[None, :], level, shapes[None, :]]
            paths[at : at + n, drivers] = (found[:, :, None, :] @ seen)[:, :, 0]
        at += n
    centred: NDArray[np.float64] = paths - paths.mean(axis=2, keepdims=True)
    return centred


def _draw_coefficients(
    candidates: Candidates,
    state: int,
    drivers: NDArray[np.int64],
    shapes: NDArray[np.int64],
    signs: NDArray[np.int64],
    n: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw coefficients of the response columns, shape (n, n_drivers, n_columns)."""
    n_shapes, rank = candidates.readout.shape[2:]
    way = drivers * n_shapes + shapes
    place = (way[:, None] * rank + np.arange(rank)).ravel()
    columns = candidates.columns[state][place]
    values, vectors = np.linalg.eigh(columns @ columns.T)
    toward, values = candidates.toward[state][place] @ vectors, np.maximum(values, 0)
    scale = np.array(WIDE)[:, None]
    left = PRIOR + candidates.squares[state] - (scale * toward**2 / (1 + scale * values)).sum(1)
    total = PRIOR + candidates.freedom
    log_bf = -np.log1p(scale * values).sum(axis=1) / 2 - total / 2 * np.log(left)
    chance = np.exp(log_bf - log_bf.max())
    which = rng.choice(len(WIDE), (n, TRIES), p=chance / chance.sum())
    spread = scale[which] / (1 + scale[which] * values)
    variance = left[which] / rng.chisquare(total, (n, TRIES))
    noise = rng.standard_normal((n, TRIES, place.size)) * np.sqrt(spread)
    drawn = (spread * toward + np.sqrt(variance)[..., None] * noise) @ vectors.T
    drawn = drawn.reshape(n, TRIES, drivers.size, rank)
    lean = np.einsum("ntdr,dr->ntd", drawn, candidates.readout[state, drivers, shapes])
    first = np.argmax((signs * lean >= 0).all(axis=2), axis=1)
    kept = drawn[np.arange(n), first]
    found: NDArray[np.float64] = np.einsum(
        "ndr,dcr->ndc", kept, candidates.back[state, drivers, shapes]
    )
    return found


def share_out(
    paths: NDArray[np.float64], movement: float, controls: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share the movement of a relation out between its drivers.

    The game is the variance of what a group of drivers adds together. Its
    Shapley values need no enumeration: they are covariances with the whole.

    Parameters
    ----------
    paths : float array, shape (n_draws, k, n_used)
        From `draw_paths`.
    movement : float
        Variance of the relation's movement, counting noise apart; positive.
    controls : float array, shape (n_used, n_controls)
        Orthonormal columns; what lies along them is nobody's doing.

    Returns
    -------
    float array, shape (n_draws, k)
        Shares; negative where a driver holds back what the others move. What
        is missing to 1 is not explained.

    References
    ----------
    .. [1] Owen, A. B. (2014). "Sobol' Indices and Shapley Value". *SIAM/ASA
       Journal on Uncertainty Quantification* 2(1), 245-251.
       https://doi.org/10.1137/130936233

    Examples
    --------
    Two that add the same half as the whole does share it evenly:

    >>> half = np.array([[[1.0, -1, 1, -1], [1, -1, 1, -1]]])
    >>> share_out(half, 4.0, np.full((4, 1), 0.5)).tolist()
    [[0.5, 0.5]]
    """
    left = paths - (paths @ controls) @ controls.T
    shares: NDArray[np.float64] = (left * left.sum(axis=1, keepdims=True)).mean(axis=2)
    return shares / movement


def calibrate(
    true: NDArray[np.float64], estimate: NDArray[np.float64], deviation: NDArray[np.float64]
) -> Calibration:
    """Learn from planted effects how far estimates may be trusted.

    Parameters
    ----------
    true : float array, shape (n_trials,)
        Shares that were planted, of the effects that were found.
    estimate, deviation : float arrays, shape (n_trials,)
        Posterior means and standard deviations of these shares.

    Returns
    -------
    Calibration
        What to multiply both by.

    Raises
    ------
    ValueError
        With fewer than four trials.

    References
    ----------
    .. [1] Schuemie, M. J. et al. (2018). "Empirical confidence interval
       calibration for population-level effect estimation studies in
       observational healthcare data". *PNAS* 115(11), 2571-2577.
       https://doi.org/10.1073/pnas.1708282114

    Examples
    --------
    Estimates twice as large as the truth are halved:

    >>> true = np.array([0.1, 0.2, 0.3, 0.4])
    >>> found = calibrate(true, 2 * true, np.full(4, 0.1))
    >>> found.slope, found.covered
    (0.5, 4)
    """
    n = true.size
    if n < 4:
        raise ValueError(f"{n} planted effects were found; an interval needs at least 4.")
    slope, stretch = _fit(true, estimate, deviation)
    fold, covered = np.arange(n) % 2, 0
    for half in (0, 1):
        learnt, asked = fold != half, fold == half
        by, wide = _fit(true[learnt], estimate[learnt], deviation[learnt])
        error = np.abs(true[asked] - by * estimate[asked])
        covered += int((error <= 1.645 * wide * deviation[asked] + 1e-12).sum())
    return Calibration(slope, stretch, covered, n)


def _fit(
    true: NDArray[np.float64], estimate: NDArray[np.float64], deviation: NDArray[np.float64]
) -> tuple[float, float]:
    slope = float(true @ estimate) / max(float(estimate @ estimate), 1e-12)
    error = np.abs(true - slope * estimate) / np.maximum(deviation, 1e-12)
    # The place among n is that of the next draw, not of those at hand.
    place = min(1.0, 0.9 * (true.size + 1) / true.size)
    return slope, float(np.quantile(error, place)) / 1.645
