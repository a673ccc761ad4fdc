"""Turning points: when the level of a series changed, how surely, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.stats.step_evidence import SIZES, StepModel, weigh_additions
from cuibono.stats.step_sets import MOST, draw_sets

SPREAD = 2.0
"""Shape of the gamma by which relations differ in how often they turn."""

PEAK = 3
"""Places over which the evidence for one clear change is spread."""

POWER = 0.84
"""Standard deviations above the threshold that are reached four times in five."""


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Where a series may have changed its level.

    Attributes
    ----------
    places : int array, shape (n_places,)
        Periods that may be the first of a new level.
    chance : float array, shape (n_places,)
        Probability that the level changed there.
    number : float array, shape (MOST + 1,)
        Probability of 0, 1, 2, ... changes.
    size, spread : float arrays, shape (n_places,)
        Mean and standard deviation of a change there, in units of the series.
    """

    places: NDArray[np.int64]
    chance: NDArray[np.float64]
    number: NDArray[np.float64]
    size: NDArray[np.float64]
    spread: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One change that is more likely than not.

    Attributes
    ----------
    best, first, last : int
        Periods: the first one of the new level, as the one of the span about
        which the probability gathers within a quarter of the width that was
        asked for, and the shortest span that holds nine tenths of it, `last`
        included.
    chance : float
        Probability of a change around there.
    size, spread : float
        Mean and standard deviation of the change, in units of the series.
    """

    best: int
    first: int
    last: int
    chance: float
    size: float
    spread: float


def log_odds_of_change(rate: float, n_places: int) -> NDArray[np.float64]:
    """Give the odds of a change at one place, before looking, beside others.

    Relations differ in how often they turn, by a gamma: where one change is
    seen a second is likelier than it was, and none at all is likelier than if
    everybody turned equally often.

    Parameters
    ----------
    rate : float
        Changes expected in the series, if there could be any number.
    n_places : int
        Places at which it may change.

    Returns
    -------
    float array, shape (MOST,)
        Natural logarithm of the odds that one of `MOST` possible changes is at
        a place and not absent, beside 0, 1, 2, ... others.

    References
    ----------
    .. [1] Greenwood, M. and Yule, G. U. (1920). "An Inquiry into the Nature of
       Frequency Distributions". *Journal of the Royal Statistical Society* 83(2),
       255-279. https://doi.org/10.2307/2341080
    """
    others = np.arange(MOST)
    again = (SPREAD + others) / (MOST - others) * rate / (rate + SPREAD)
    return np.asarray(np.log(again / n_places))


def find_changes(model: StepModel, rate: float, apart: int, seed: int = 0) -> Changes:
    """Weigh every set of dates on which the level of a series may have changed.

    The series' own persistence looks like steps, so noise states and sizes of
    steps are summed over and never chosen. A change is a step of about one to
    five noise deviations, up or down: small lasting moves are what persistence
    is made of.

    Parameters
    ----------
    model : StepModel
        The series.
    rate : float
        Changes expected in it, before looking.
    apart : int
        Grid steps between two changes, at least: what is undone sooner is an
        episode and no turning point.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Changes
        Over the model's places.

    References
    ----------
    .. [1] Johnson, V. E. and Rossell, D. (2010). "On the Use of Non-Local Prior
       Densities in Bayesian Hypothesis Tests". *Journal of the Royal Statistical
       Society B* 72(2), 143-170. https://doi.org/10.1111/j.1467-9868.2009.00730.x
    """
    odds = log_odds_of_change(rate, model.places.size)
    sets = draw_sets(model.keep_likely(float(odds[0]), apart), odds, apart, seed)
    size, spread = sets.size * model.unit, sets.spread * model.unit
    return Changes(model.places, sets.chance, sets.number, size, spread)


def date_changes(changes: Changes, width: int, least: float = 0.5) -> tuple[Turn, ...]:
    """Read off the changes that are likelier than not, and when each took place.

    Parameters
    ----------
    changes : Changes
        From `find_changes`.
    width : int
        Places, at most, between the earliest and the latest date of one change.
    least : float, default 0.5
        Probability that a change must reach.

    Returns
    -------
    tuple of Turn
        In order of time; empty where nothing is likely enough, which is a
        result.
    """
    left = changes.chance.copy()
    found: list[Turn] = []
    while True:
        start, mass = _heaviest(left, width)
        if mass.sum() < least:
            return tuple(sorted(found, key=lambda turn: turn.best))
        found.append(_describe(changes, mass, start, width))
        left[start : start + mass.size] = 0.0


def likeliest_change(changes: Changes, width: int) -> Turn:
    """Describe the likeliest change, however unlikely it is.

    Parameters
    ----------
    changes : Changes
        From `find_changes`.
    width : int
        As for `date_changes`.

    Returns
    -------
    Turn
        The span of places with most probability.
    """
    start, mass = _heaviest(changes.chance, width)
    return _describe(changes, mass, start, width)


def _heaviest(chance: NDArray[np.float64], width: int) -> tuple[int, NDArray[np.float64]]:
    """Find the span of places with most probability, and copy it."""
    length = min(width + 1, chance.size)
    start = int(np.convolve(chance, np.ones(length), "valid").argmax())
    return start, chance[start : start + length].copy()


def _describe(changes: Changes, mass: NDArray[np.float64], start: int, width: int) -> Turn:
    total = mass.sum()
    low, high = _shortest(mass / total, 0.9)
    best = low + int(_gather(mass, width // 4)[low : high + 1].argmax())
    share, inside = mass / total, slice(start, start + mass.size)
    size = float(share @ changes.size[inside])
    square = float(share @ (changes.spread[inside] ** 2 + changes.size[inside] ** 2))
    return Turn(
        best=int(changes.places[start + best]),
        first=int(changes.places[start + low]),
        last=int(changes.places[start + high]),
        chance=float(min(1.0, total)),
        size=size,
        spread=float(np.sqrt(max(0.0, square - size**2))),
    )


def _gather(mass: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Give the probability about each place, the nearer counting a little more."""
    distance = np.abs(np.arange(mass.size)[:, None] - np.arange(mass.size))
    return np.asarray(np.where(distance <= reach, 1 - distance / (4 * reach + 4), 0.0) @ mass)


def _shortest(share: NDArray[np.float64], level: float) -> tuple[int, int]:
    """Find the shortest run of places that holds a share, the likelier of two as short."""
    below = np.append(0.0, np.cumsum(share))
    for length in range(1, share.size + 1):
        held = below[length:] - below[:-length]
        if held.max() >= level - 1e-12:
            return int(held.argmax()), int(held.argmax()) + length - 1
    return 0, share.size - 1


def detectable_size(model: StepModel, rate: float) -> float:
    """Work out the lasting change that would be found four times in five.

    Of an ordinary date: the median over all places of how well a step there
    is told from the noise.

    Parameters
    ----------
    model : StepModel
        The series.
    rate : float
        Changes expected in it, before looking.

    Returns
    -------
    float
        Size in units of the series, under the noise state that fits best.
    """
    prior = log_odds_of_change(rate, model.places.size)[0] + np.log(MOST * PEAK)
    without = weigh_additions(model, ())[0].max(axis=1)
    known = float(np.median(np.diagonal(model.gram[int(without.argmax())])))
    seen = np.linspace(0.0, 10.0, 1001)
    needed = seen[int((_log_bayes_factor(seen, known) > -prior).argmax())]
    return float(needed + POWER / np.sqrt(known)) * model.unit


def _log_bayes_factor(seen: NDArray[np.float64], known: float) -> NDArray[np.float64]:
    """Weigh a step that is seen with a given precision, against none."""
    parts = []
    for mean, variance in SIZES:
        wide = variance + 1 / known
        away = np.minimum((seen - mean) ** 2, (seen + mean) ** 2) / wide
        parts.append(seen**2 * known / 2 - away / 2 - np.log(wide * known) / 2)
    return np.asarray(np.logaddexp.reduce(parts) - np.log(2 * len(SIZES)))
