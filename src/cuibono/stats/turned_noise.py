"""Noise of a relation whose level may also have turned, for reasons nobody listed."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.innovations import build_filters
from cuibono.stats.noise import (
    EXTRA,
    MOST,
    MOVEMENT,
    PERSISTENCE,
    REACH,
    Noise,
    settle,
    standardise,
)
from cuibono.stats.residuals import ResidualMaker, make_residuals
from cuibono.stats.step_evidence import SCALES, StepModel, find_places, weigh_additions

EXPECTED = 0.3
"""Turns expected in a record before looking, however long it is."""

MOST_TURNS = 2
"""Turns that a noise state may have: each is dated by what is left of the one before."""

APART = 6
"""Periods that a level lasts at least."""

PLACES = 80
"""Dates that are tried, at about even distances: a turn need not be dated to be allowed for."""


def fit_turned_noise(
    y: NDArray[np.float64],
    v: NDArray[np.float64],
    steps: NDArray[np.int64],
    controls: NDArray[np.float64],
) -> Noise:
    """Weigh noise states with no, one and two lasting turns of the level.

    A war, a treaty or a new government moves a relation once and for good. An
    autoregression has to be close to a random walk to allow for it, and then
    allows for everything else too: whatever drifts alongside the turn is
    credited with it. Here a state is a noise state of `fit_noise` and a number
    of turns. Their sizes are integrated out and their dates are left as vague
    as the record leaves them: each turn adds the covariance of a step whose
    date has its posterior. States are averaged over, so that a driver that
    explains the turn itself meets the states without one as well.

    Parameters
    ----------
    y, v, steps, controls : arrays
        As for `fit_noise`.

    Returns
    -------
    Noise
        At most `MOST` states within `REACH` nats of the best. A turn of its own
        counts as the relation's own movement.

    Raises
    ------
    ValueError
        If the controls explain the series completely.

    References
    ----------
    .. [1] Perron, P. (1989). "The Great Crash, the Oil Price Shock, and the Unit
       Root Hypothesis". *Econometrica* 57(6), 1361-1401.
       https://doi.org/10.2307/1913712
    """
    series, chance, unit = standardise(y, v, controls)
    rho, movement, extra = np.array(list(product(PERSISTENCE, MOVEMENT, EXTRA))).T
    places = find_places(steps, APART)
    places = places[:: max(1, places.size // PLACES)]
    maker = make_residuals(build_filters(chance, steps, rho, movement, extra), controls)
    model = _take_out(maker, series, places, steps)
    density, dated = _add_turns(model)
    kept = np.argsort(-density, axis=None, kind="stable")[:MOST]
    kept = kept[density.flat[kept] >= density.flat[kept[0]] - REACH]
    turns, at = np.unravel_index(kept, density.shape)
    turned = np.zeros((len(dated), steps.size))
    turned[:, places] = dated
    filters = build_filters(chance, steps, rho[at], movement[at], extra[at], turned[turns])
    return settle(density.flat[kept], filters, chance + extra[at, None], controls, unit)


def _take_out(
    maker: ResidualMaker,
    series: NDArray[np.float64],
    places: NDArray[np.int64],
    steps: NDArray[np.int64],
) -> StepModel:
    """Take noise and controls out of the series and of its possible steps."""
    after = (np.arange(steps.size)[:, None] >= places).astype(float)
    left = maker.apply(np.column_stack([series, after]))
    products = np.swapaxes(left, 1, 2) @ left
    return StepModel(
        places=places,
        steps=steps[places],
        gram=products[:, 1:, 1:],
        moment=products[:, 1:, 0],
        squares=products[:, 0, 0],
        log_volume=maker.log_volume,
        freedom=maker.freedom,
    )


def _add_turns(model: StepModel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Score every noise state with each number of turns, and date them.

    Returns
    -------
    density : float array, shape (n_turns + 1, n_states)
        Natural logarithms, up to a constant.
    turned : float array, shape (n_turns + 1, n_places)
        Variance by which the level may turn at each place, with that many turns.
    """
    without, added, _, _ = weigh_additions(model, [])
    density = [np.logaddexp.reduce(without, axis=1)]
    turned = [np.zeros(model.places.size)]
    chosen: list[int] = []
    for n in range(1, MOST_TURNS + 1):
        free = model.allowed(chosen, APART)
        if not free.any():
            break
        prior = n * np.log(EXPECTED / model.places.size)
        weighed = np.where(free, added, -np.inf) + prior
        density.append(np.logaddexp.reduce(weighed, axis=(1, 2)))
        dated = np.logaddexp.reduce(weighed, axis=0)
        dated = np.exp(dated - np.logaddexp.reduce(dated, axis=None))
        turned.append(turned[-1] + SCALES @ dated)
        chosen.append(int(dated.sum(axis=0).argmax()))
        added = weigh_additions(model, chosen)[1]
    return np.array(density), np.array(turned)
