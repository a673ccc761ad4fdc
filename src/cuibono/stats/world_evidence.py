"""World evidence: the same Bayes factor for every driver there is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from cuibono.stats.cholesky import LANES, weigh_each
from cuibono.stats.evidence import SCALES, log_sign_factor
from cuibono.stats.noise import PRIOR, Noise

BLOCK = 256
"""Drivers per block; bounds the memory, not the result."""


DEPENDENT = 1e-12
"""Share of the largest variance below which a direction of the responses is rounding."""

ENOUGH = 0.6
"""Weight of the noise states that every driver meets. Those that it makes
likelier meet the others too: for the rest they move less than half a deciban."""


def scan_evidence(
    y: NDArray[np.float64],
    noise: Noise,
    levels: NDArray[np.float64],
    operators: NDArray[np.float64],
    used: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Give every driver the Bayes factor that a listed one would get alone.

    Parameters
    ----------
    y : float array, shape (n_used,)
        The relation.
    noise : Noise
        From `fit_noise` on the same periods.
    levels : float array, shape (n_drivers, n_steps)
        From `track`.
    operators : float array, shape (n_columns, n_steps, n_steps)
        From `response_operators`.
    used : int array, shape (n_used,)
        Steps at which the relation was observed.

    Returns
    -------
    float array, shape (n_drivers, 2)
        Natural logarithms, for a predicted sign of 1 and of -1; averaged over
        noise states and scales. Over drivers that have nothing to do with the
        relation their exponentials average at most about 1, so they are
        e-values.

    References
    ----------
    .. [1] Wang, R. and Ramdas, A. (2022). "False discovery rate control with
       e-values". *Journal of the Royal Statistical Society B* 84(3), 822-852.
       https://doi.org/10.1111/rssb.12489
    """
    faint = np.cumsum(noise.weight) - noise.weight >= ENOUGH
    even, basis = _span(operators[:, used])
    found = _scan_states(y, noise, levels, even, basis, np.flatnonzero(~faint))
    hopeful = np.flatnonzero(found.max(axis=1, initial=-np.inf) > 0)
    every = np.arange(noise.weight.size)
    found[hopeful] = _scan_states(y, noise, levels[hopeful], even, basis, every)
    return found


def _span(
    operators: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give as few operators as have the same sum of squares: the same prior, said shorter.

    Responses that fade are sums of those that do not and of one another: of
    twenty-five columns over six lags fourteen are independent.

    Returns
    -------
    even : float array, shape (n_basis,)
        The first operator in the basis.
    basis : float array, shape (n_basis, n_used, n_steps)
        `basis @ x` times its transpose is `operators @ x` times its own.
    """
    flat = operators.reshape(len(operators), -1)
    power, directions = np.linalg.eigh(flat @ flat.T)
    kept = directions[:, power > DEPENDENT * power.max(initial=0)]
    return kept[0], (kept.T @ flat).reshape(-1, *operators.shape[1:])


def _scan_states(
    y: NDArray[np.float64],
    noise: Noise,
    levels: NDArray[np.float64],
    even: NDArray[np.float64],
    basis: NDArray[np.float64],
    states: NDArray[np.int64],
) -> NDArray[np.float64]:
    log_weight = np.log(noise.weight[states] / noise.weight[states].sum())
    operator = noise.whitening.operator[states]
    target = operator @ y
    # Whitening and responding are both linear in the driver: one matrix each.
    white = np.einsum("htu,cus->hcts", operator, basis, optimize=True)
    columns, used, steps = basis.shape
    found = [np.empty((0, 2))]
    for start in range(0, levels.shape[0], BLOCK):
        block = levels[start : start + BLOCK]
        asked = (block @ basis.reshape(-1, steps).T).reshape(len(block), columns, used)
        evenly = even @ asked
        length = np.maximum(np.linalg.norm(evenly, axis=1), 1e-12)
        readout = (asked @ evenly[:, :, None])[:, :, 0] / length[:, None]
        parts = [
            _scan_state(target[h], white[h], block, readout, noise.whitening.freedom) + weight
            for h, weight in enumerate(log_weight)
        ]
        found.append(logsumexp(np.array(parts), axis=0))
    return np.vstack(found)


def _scan_state(
    target: NDArray[np.float64],
    white: NDArray[np.float64],
    block: NDArray[np.float64],
    readout: NDArray[np.float64],
    freedom: int,
) -> NDArray[np.float64]:
    columns, used, _ = white.shape
    n = block.shape[0]
    seen = (block @ white.reshape(columns * used, -1).T).reshape(n, columns, used)
    bordered = np.zeros((-n % LANES + n, columns + 2, columns))
    bordered[:n, :columns] = seen @ np.swapaxes(seen, 1, 2)
    bordered[:n, columns] = seen @ target
    bordered[:n, columns + 1] = readout
    power = np.einsum("dcc->d", bordered[:, :columns]) / used
    power = np.where(power > 1e-12, power, 1).reshape(-1, LANES)
    side_by_side = bordered.reshape(-1, LANES, columns + 2, columns).transpose(0, 2, 3, 1)
    found = np.empty((2, len(SCALES), *power.shape))
    weigh_each(
        np.ascontiguousarray(side_by_side),
        power,
        float(target @ target),
        PRIOR,
        freedom,
        np.array(SCALES),
        found,
    )
    log_bf, lean = found.reshape(2, len(SCALES), -1)[:, :, :n]
    both = [log_bf + log_sign_factor(lean, sign) for sign in (1, -1)]
    averaged: NDArray[np.float64] = logsumexp(np.array(both), axis=1).T - np.log(len(SCALES))
    return averaged
