"""One step in every series of the world at once: what else changed in the same days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.innovations import build_filters
from cuibono.stats.noise import PRIOR

STATES = ((0.6, 0.3), (0.85, 0.1), (0.85, 0.5))
"""Noise states: persistence, and the share of roughness that is movement.
Fewer than for one series, since everybody is scored by the same rule."""

BLOCK = 64
"""Relations filtered together: as many as a core's cache holds."""

SCALE = 1.0
"""Prior variance of a step, in noise variances."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Inner products of whitened steps, controls and series, relation by relation."""

    step: NDArray[np.float64]
    step_series: NDArray[np.float64]
    step_control: NDArray[np.float64]
    control: NDArray[np.float64]
    control_series: NDArray[np.float64]
    series: NDArray[np.float64]
    log_volume: NDArray[np.float64]


def scan_steps(
    y: NDArray[np.float64],
    v: NDArray[np.float64],
    steps: NDArray[np.int64],
    controls: NDArray[np.float64],
    places: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Weigh one step against none, in every series and at every place.

    Series are whitened by a Kalman filter, so that no matrix of periods by
    periods is ever formed and all relations go through it together.

    Parameters
    ----------
    y, v : float arrays, shape (n_relations, n_periods)
        Series and what counting puts on them; finite.
    steps : int array, shape (n_periods,)
        Whole grid steps, ascending.
    controls : float array, shape (n_periods, n_controls)
        Independent columns, the intercept among them, the same for all.
    places : int array, shape (n_places,)
        Periods that may be the first of a new level.

    Returns
    -------
    float array, shape (n_relations, n_places)
        Weights of evidence for a step, in decibans; 0 for a series that never
        moves.

    References
    ----------
    .. [1] Kalman, R. E. (1960). "A New Approach to Linear Filtering and
       Prediction Problems". *Journal of Basic Engineering* 82(1), 35-45.
       https://doi.org/10.1115/1.3662552
    """
    next_to = np.diff(steps) == 1
    rough = (np.diff(y, axis=1)[:, next_to] ** 2).mean(axis=1) / 2
    beyond = np.maximum(rough - v.mean(axis=1), rough / 10)
    still = rough <= 0
    beyond[still] = 1.0
    step = (np.arange(y.shape[1])[:, None] >= places).astype(float)
    level = np.full(y.shape[0], -np.inf)
    stepped = np.full((y.shape[0], places.size), -np.inf)
    columns = np.hstack([controls, step])
    for rho, moving in STATES:
        noise = v + ((1 - moving) * beyond)[:, None]
        movement = moving * beyond / (1 - rho)
        for start in range(0, y.shape[0], BLOCK):
            block = slice(start, start + BLOCK)
            sums = _filter(y[block], noise[block], movement[block], rho, steps, columns, places)
            without, with_one = _weigh(sums, y.shape[1] - controls.shape[1])
            level[block] = np.logaddexp(level[block], without)
            stepped[block] = np.logaddexp(stepped[block], with_one)
    decibans = 10 / np.log(10) * (stepped - level[:, None])
    decibans[still] = 0.0
    return np.asarray(decibans)


def _filter(
    y: NDArray[np.float64],
    noise: NDArray[np.float64],
    movement: NDArray[np.float64],
    rho: float,
    steps: NDArray[np.int64],
    columns: NDArray[np.float64],
    places: NDArray[np.int64],
) -> _Sums:
    """Filter each series beside controls and steps, and add up their products."""
    n, q = len(y), columns.shape[1] - places.size
    filters = build_filters(noise, steps, np.full(n, rho), movement, np.zeros(n))
    beside = np.column_stack([y[0], columns])
    new = np.empty((n, *beside.shape))
    for relation in range(n):
        beside[:, 0] = y[relation]
        filters.whiten_into(relation, beside, new[relation])
    step = new[:, :, 1 + q :]
    products = np.swapaxes(new[:, :, : 1 + q], 1, 2) @ new
    return _Sums(
        step=np.einsum("ntp,ntp->np", step, step),
        step_series=products[:, 0, 1 + q :],
        step_control=products[:, 1:, 1 + q :],
        control=products[:, 1:, 1 : 1 + q],
        control_series=products[:, 1:, 0],
        series=products[:, 0, 0],
        log_volume=filters.log_root,
    )


def _weigh(sums: _Sums, freedom: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take the controls out and integrate the step's size and the noise variance out."""
    inverse = np.linalg.inv(sums.control)
    fitted = (inverse @ sums.control_series[:, :, None])[:, :, 0]
    squares = sums.series - (fitted * sums.control_series).sum(axis=1)
    shift = inverse @ sums.step_control
    precision = sums.step - (sums.step_control * shift).sum(axis=1)
    pull = sums.step_series - (fitted[:, :, None] * sums.step_control).sum(axis=1)
    n = freedom + PRIOR
    base = -sums.log_volume + np.linalg.slogdet(inverse)[1] / 2
    without = base - n / 2 * np.log(PRIOR + squares)
    less = PRIOR + squares[:, None] - pull**2 / (precision + 1 / SCALE)
    occam = np.log1p(SCALE * precision) / 2
    return without, base[:, None] - occam - n / 2 * np.log(less)
