"""Sets of drivers: the evidence of each, whatever shape their responses have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from cuibono.stats.averaging import average
from cuibono.stats.evidence import SCALES, Candidates, log_bayes_factor, log_sign_factor
from cuibono.stats.response import shape_shares

MOST = 10
"""Candidates that are weighed in every combination: four hundred sets."""

MANY = 40
"""Candidates that may be listed: beyond `MOST` all are weighed alone and in
pairs, and only the most probable in larger sets."""

LARGEST = 4
"""Drivers that may be at work at once. Sets of more have little of the prior
and would take most of the time; with them, of eight candidates, probabilities
were off by 0.041 instead of 0.045 on average."""

PAIRED = 2
"""Size up to which the sets of all drivers are weighed, however many are listed."""

KEPT = 2
"""Ways for a set to respond that are kept when a driver joins it: the best of
those with one driver less. What the others had is made good in proportion.
The largest sets are most of the work and have least of the weight: one for them."""

ENOUGH, NEAR = 0.6, 5.0
"""Weight of the noise states that every way meets, and nats below the best of
its size within which a way meets the others too."""


@dataclass(frozen=True, slots=True, eq=False)
class SetEvidence:
    """Evidence of every set of drivers, before any prior on drivers.

    A *way* says with which shape each driver of a set is responded to. A set's
    evidence is the sum over its ways.

    Attributes
    ----------
    member : bool array, shape (n_sets, k)
        Which drivers each set has; the empty set first.
    first : int array, shape (n_sets,)
        Each set's first way; they follow one another.
    shape : int array, shape (n_ways, k)
        The shape of each driver; -1 where it is not in the set.
    log_evidence : float array, shape (n_ways, n_states, n_scales)
        Natural logarithms; the noise states' own weights and the shapes' are in.
    """

    member: NDArray[np.bool_]
    first: NDArray[np.int64]
    shape: NDArray[np.int64]
    log_evidence: NDArray[np.float64]

    @property
    def log_bayes_factor(self) -> NDArray[np.float64]:
        """Compare each set with no driver at all.

        Returns
        -------
        float array, shape (n_sets,)
            Natural logarithms, averaged over noise states, scales and ways;
            the first is 0.
        """
        total = np.logaddexp.reduceat(logsumexp(self.log_evidence, axis=(1, 2)), self.first)
        against: NDArray[np.float64] = total - total[0]
        return against


@dataclass(frozen=True, slots=True, eq=False)
class _Grown:
    """One set: its ways, the best ones apart, and what those leave out.

    Attributes
    ----------
    ways : int array, shape (n_ways, size)
        Places of (driver, shape) among all.
    log_evidence : float array, shape (n_ways, n_states, n_scales)
        As in `SetEvidence`.
    total : float
        Of the whole set.
    best : int array, shape (n_kept, size)
        The best ways, as many as are kept.
    beyond : float
        Logarithm of how much more the whole set has than these.
    """

    ways: NDArray[np.int64]
    log_evidence: NDArray[np.float64]
    total: float
    best: NDArray[np.int64]
    beyond: float


def weigh_sets(
    candidates: Candidates, signs: NDArray[np.int64], core: Sequence[int] | None = None
) -> SetEvidence:
    """Compute the evidence of sets of drivers.

    Parameters
    ----------
    candidates : Candidates
        At most `MANY` drivers.
    signs : int array, shape (k,)
        Predicted sign of each, in {-1, 0, 1}.
    core : sequence of int, optional
        Places of those that are weighed in sets of more than two, at most
        `MOST`: see `choose_core`. All by default.

    Returns
    -------
    SetEvidence
        The empty set first, then by size up to `LARGEST`.

    Raises
    ------
    ValueError
        With more than `MANY` drivers, or more than `MOST` in the core.
    """
    k, core = signs.size, range(signs.size) if core is None else core
    for count, most in ((k, MANY), (len(core), MOST)):
        if count > most:
            raise ValueError(
                f"{count} candidate drivers are too many: at most {most} are weighed together."
            )
    gram = candidates.gram
    nobody = np.zeros((1, candidates.squares.size, len(SCALES)))
    nobody += candidates.log_weight[:, None] - np.log(len(SCALES))
    known: dict[tuple[int, ...], _Grown]
    known = {(): _settle(np.zeros((1, 0), dtype=np.int64), nobody, np.zeros(1), 0.0, 1)}
    for size in range(1, LARGEST + 1):
        among = range(k) if size <= PAIRED else core
        kept = KEPT if size < LARGEST - 1 else 1
        sets = list(combinations(among, size))
        known |= _weigh_size(candidates, gram, sets, signs, known, kept)
    return _join(known, k, candidates.readout.shape[2])


def choose_core(member: NDArray[np.bool_], log_bf: NDArray[np.float64]) -> tuple[int, ...]:
    """Choose the drivers that are worth weighing in larger sets.

    A driver that shows only beside another shows in a pair; one that shows in
    no pair is left to the pairs. That spares most of the sets, and searches
    none of them at random.

    Parameters
    ----------
    member : bool array, shape (n_sets, k)
        Which drivers each set has; all sets of one and of two among them.
    log_bf : float array, shape (n_sets,)
        Natural logarithms of Bayes factors against the empty set.

    Returns
    -------
    tuple of int
        Places, ascending; at most `MOST`.

    References
    ----------
    .. [1] Madigan, D. and Raftery, A. E. (1994). "Model Selection and Accounting for
       Model Uncertainty in Graphical Models Using Occam's Window". *Journal of the
       American Statistical Association* 89(428), 1535-1546.
       https://doi.org/10.1080/01621459.1994.10476894

    Examples
    --------
    >>> sets = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=bool)
    >>> choose_core(sets, np.zeros(4))
    (0, 1)
    """
    k = member.shape[1]
    inclusion = average(member, log_bf, np.full(k, min(0.5, PAIRED / k))).inclusion
    return tuple(sorted(int(at) for at in np.argsort(-inclusion, kind="stable")[:MOST]))


def _weigh_size(
    candidates: Candidates,
    gram: NDArray[np.float64],
    sets: Sequence[tuple[int, ...]],
    signs: NDArray[np.int64],
    known: dict[tuple[int, ...], _Grown],
    kept: int,
) -> dict[tuple[int, ...], _Grown]:
    """Let a driver join the best of the sets that lack one."""
    n_shapes = candidates.readout.shape[2]
    ways, beyond = [], []
    for drivers in sets:
        joins = min(drivers, key=lambda one: -known[_without(drivers, one)].total)
        before = known[_without(drivers, joins)]
        own = joins * n_shapes + np.arange(n_shapes)
        ways.append(
            np.column_stack([np.repeat(before.best, n_shapes, axis=0),
                             np.tile(own, len(before.best))])
        )  # fmt: skip
        beyond.append(before.beyond)
    if not ways:
        return {}
    ends = np.cumsum([len(each) for each in ways])[:-1]
    found = _weigh_ways(candidates, gram, np.concatenate(ways), signs)
    whole = logsumexp(found, axis=(1, 2))
    parts = zip(sets, ways, np.split(found, ends), np.split(whole, ends), beyond, strict=True)
    return {
        drivers: _settle(own, evidence, each, more, kept)
        for drivers, own, evidence, each, more in parts
    }


def _without(drivers: tuple[int, ...], one: int) -> tuple[int, ...]:
    return tuple(other for other in drivers if other != one)


def _settle(
    ways: NDArray[np.int64],
    log_evidence: NDArray[np.float64],
    each: NDArray[np.float64],
    beyond: float,
    kept: int,
) -> _Grown:
    """Keep the best ways of a set; `each` is what every way has over states and scales."""
    best = np.argsort(-each, kind="stable")[:kept]
    total = float(np.logaddexp.reduce(each))
    more = beyond + total - float(np.logaddexp.reduce(each[best]))
    return _Grown(ways, log_evidence + beyond, total + beyond, ways[best], more)


def _weigh_ways(
    candidates: Candidates,
    gram: NDArray[np.float64],
    ways: NDArray[np.int64],
    signs: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Weigh ways of one size, shape (n_ways, n_states, n_scales).

    All meet the likeliest noise states; the others only those that come near
    the best. For the rest these stand for the others as well.
    """
    weight = np.exp(candidates.log_weight)
    likely = np.cumsum(weight) - weight < ENOUGH
    found = np.empty((len(ways), likely.size, len(SCALES)))
    for state in np.flatnonzero(likely):
        found[:, state] = _weigh_state(candidates, gram, int(state), ways, signs)
    mean = logsumexp(
        found[:, likely], axis=1, b=(weight[likely] / weight[likely].sum())[:, None]
    )
    found[:, ~likely] = mean[:, None]
    whole = logsumexp(mean, axis=1)
    near = np.flatnonzero(whole >= whole.max(initial=-np.inf) - NEAR)
    for state in np.flatnonzero(~likely):
        found[near, state] = _weigh_state(candidates, gram, int(state), ways[near], signs)
    shares = np.log(shape_shares(candidates.readout.shape[2]))
    prior = shares[ways % shares.size].sum(axis=1) - np.log(len(SCALES))
    weighed: NDArray[np.float64] = found + prior[:, None, None] + candidates.log_weight[:, None]
    return weighed


def _weigh_state(
    candidates: Candidates,
    gram: NDArray[np.float64],
    state: int,
    ways: NDArray[np.int64],
    signs: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Compare ways with no driver under one noise state, shape (n_ways, n_scales)."""
    n_ways, size = ways.shape
    n_shapes, rank = candidates.readout.shape[2:]
    place = (ways[:, :, None] * rank + np.arange(rank)).reshape(n_ways, size * rank)
    driver, shape = np.divmod(ways, n_shapes)
    readout = np.zeros((n_ways, size, size, rank))
    for at in range(size):
        readout[:, at, at] = candidates.readout[state, driver[:, at], shape[:, at]]
    log_bf, lean = log_bayes_factor(
        gram[state][place[:, :, None], place[:, None, :]],
        candidates.toward[state][place],
        np.full(n_ways, candidates.squares[state]),
        readout.reshape(n_ways, size, size * rank),
        candidates.freedom,
    )
    signed: NDArray[np.float64] = log_sign_factor(lean, signs[driver][:, :, None]).sum(axis=1)
    return log_bf + signed


def _join(known: dict[tuple[int, ...], _Grown], k: int, n_shapes: int) -> SetEvidence:
    member = np.zeros((len(known), k), dtype=bool)
    ways = [grown.ways for grown in known.values()]
    shape = np.full((sum(map(len, ways)), k), -1)
    first = np.cumsum([0, *map(len, ways)])[:-1]
    for at, (drivers, each) in enumerate(zip(known, ways, strict=True)):
        member[at, list(drivers)] = True
        rows = np.arange(first[at], first[at] + len(each))[:, None]
        shape[rows, each // n_shapes] = each % n_shapes
    evidence = np.concatenate([grown.log_evidence for grown in known.values()])
    return SetEvidence(member, first, shape, evidence)
