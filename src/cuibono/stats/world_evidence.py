"""World evidence: the same Bayes factor for every driver there is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from cuibono.stats.cholesky import weigh_each
from cuibono.stats.evidence import SCALES, log_sign_factor
from cuibono.stats.noise import PRIOR, Noise
from cuibono.stats.residuals import ResidualMaker
from cuibono.stats.response import Parts, plan_parts, response_basis
from cuibono.stats.side_by_side import LANES, multiply_each, project_each, read_each

FAINT, STILL = 1e-10, 1e-12
"""Share of a driver that the controls leave, and variance of what is left in noise
variances, below which there is nothing but rounding. A series that never moves has a
level that does, by next to nothing."""

ENOUGH = 0.6
"""Weight of the noise states that every driver meets. Those that it makes
likelier meet the others too: for the rest they move less than half a deciban."""


def scan_evidence(
    y: NDArray[np.float64],
    noise: Noise,
    levels: NDArray[np.float64],
    lags: tuple[int, ...],
    used: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Give every driver the Bayes factor that a listed one would get alone.

    Neither whitening nor responding needs a matrix of periods: both follow a
    driver from step to step, in double precision, a few drivers at once.

    Parameters
    ----------
    y : float array, shape (n_used,)
        The relation.
    noise : Noise
        From `fit_noise` on the same periods.
    levels : float array, shape (n_drivers, n_steps)
        From `track`.
    lags : tuple of int
        Steps by which a driver may come first.
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
    basis, parts = response_basis(lags), plan_parts(levels.shape[1], lags, used)
    found = _scan_states(y, noise, levels, basis, parts, np.flatnonzero(~faint))
    hopeful = np.flatnonzero(found.max(axis=1, initial=-np.inf) > 0)
    every = np.arange(noise.weight.size)
    found[hopeful] = _scan_states(y, noise, levels[hopeful], basis, parts, every)
    return found


def _scan_states(
    y: NDArray[np.float64],
    noise: Noise,
    levels: NDArray[np.float64],
    basis: NDArray[np.float64],
    parts: Parts,
    states: NDArray[np.int64],
) -> NDArray[np.float64]:
    maker = noise.whitening.keep(states)
    log_weight = np.log(noise.weight[states] / noise.weight[states].sum())
    sides = np.concatenate([maker.basis, maker.apply(y)[:, :, None]], axis=2)
    n, blocks = len(levels), -(-len(levels) // LANES)
    found = np.empty((2, states.size, len(SCALES), blocks, LANES))
    for block in range(blocks):
        beside = np.zeros((levels.shape[1], LANES))
        here = levels[block * LANES : (block + 1) * LANES]
        beside[:, : len(here)] = here.T
        found[:, :, :, block] = _weigh_block(maker, sides, beside, basis, parts)
    if not n:
        return np.empty((0, 2))
    log_bf, lean = found.reshape(2, states.size, len(SCALES), -1)[..., :n]
    log_bf += log_weight[:, None, None] - np.log(len(SCALES))
    both = [logsumexp(log_bf + log_sign_factor(lean, s), axis=(0, 1)) for s in (1, -1)]
    return np.array(both).T


def _weigh_block(
    maker: ResidualMaker,
    sides: NDArray[np.float64],
    levels: NDArray[np.float64],
    basis: NDArray[np.float64],
    parts: Parts,
) -> NDArray[np.float64]:
    """Weigh `LANES` drivers under every state, shape (2, n_states, n_scales, LANES)."""
    states, used, n_sides = sides.shape
    columns, m = parts.lay_out(levels), basis.shape[1]
    n_parts, flat = columns.shape[1], (used, columns.shape[1] * LANES)
    white, products = np.empty(columns.shape), np.empty((n_parts + 2, n_parts, LANES))
    along = np.empty((n_sides, n_parts, LANES))
    mixed, found = np.empty((1, m + 2, m, LANES)), np.empty((states, 2, len(SCALES), 1, LANES))
    read_each(columns, parts.even, products[-1])
    for state in range(states):
        maker.filters.whiten_into(state, columns.reshape(flat), white.reshape(flat))
        project_each(white, sides[state], along)
        multiply_each(white, along[:-1], products[:-2])
        products[-2] = along[-1]
        turned = basis.T @ products
        mixed[0, :m] = (basis.T @ turned[:-2].reshape(n_parts, -1)).reshape(m, m, LANES)
        mixed[0, m:] = turned[-2:]
        left = np.einsum("ccl->l", mixed[0, :m]) / used
        whole = left + (along[:-1] ** 2).sum(axis=(0, 1)) / used
        power = np.where(left > np.maximum(FAINT * whole, STILL), left, np.inf)
        weigh_each(
            mixed,
            power[None],
            float(sides[state, :, -1] @ sides[state, :, -1]),
            PRIOR,
            maker.freedom,
            np.array(SCALES),
            found[state],
        )
    return np.swapaxes(found[:, :, :, 0], 0, 1)
