"""Shares: how much of a relation's movement a driver carries, where it is at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.contest import Contest, Part
from cuibono.lenses.power import choose_alike, measure_movement, plant
from cuibono.model.panel import Panel
from cuibono.stats.attribution import Calibration, calibrate, draw_paths, share_out
from cuibono.stats.averaging import Averaged
from cuibono.stats.evidence import see_candidates
from cuibono.stats.response import respond_in_shapes
from cuibono.stats.track import Tracked, draw_levels

Floats = NDArray[np.float64]

PLANTED = (0.1, 0.2, 0.3, 0.45)
"""Shares of the movement that real relations are made to carry, in turn."""

SPIKES = 40
"""Real relations that are made to act."""

LEAST_FOUND = 12
"""Planted effects that have to be found before an interval is trusted."""

THOUGHT = 0.5
"""Probability from which a share is asked for."""

DRAWS, LEVELS = 400, 12
"""Paths that are drawn, and levels that each driver may have had."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What the drivers add to the focal relation, in one channel.

    Attributes
    ----------
    part : Part
        The channel in which the sets have the most evidence.
    value, deviation : float arrays, shape (n_groups,)
        Mean and standard deviation of each group's share of the movement,
        given that it is at work.
    path : float array, shape (n_groups, 3, n_used)
        Mean, 5th and 95th percentile of what it adds over time, likewise.
    calibration : Calibration or None
        None where too few planted effects were found.
    found : int
        How many of `SPIKES` were.
    """

    part: Part
    value: Floats
    deviation: Floats
    path: Floats
    calibration: Calibration | None
    found: int


def attribute(
    panel: Panel, contest: Contest, view: Averaged, groups: Sequence[tuple[int, ...]]
) -> Shares:
    """Ask how much of the movement each group of drivers carries.

    A share is a level, and levels are what such data tell least: whoever was
    found was found for having come out large. So real relations are made to
    carry known shares, the same is estimated of them, and estimates and
    intervals are corrected by what came of it.

    Parameters
    ----------
    panel : Panel
        One source.
    contest : Contest
        Its listed drivers.
    view : Averaged
        How probable each set of them is.
    groups : sequence of tuple of int
        Drivers whose shares are asked for together, by place.

    Returns
    -------
    Shares
        By group.
    """
    rng = np.random.default_rng(0)
    part = max(contest.parts, key=lambda one: np.logaddexp.reduce(one.sets.log_bayes_factor))
    places = [contest.relations.index(relation) for relation, _ in contest.drivers]
    signs = np.array([sign for _, sign in contest.drivers], dtype=np.int64)
    paths, movement = _draw(panel, part, places, signs, view, rng)
    value, deviation, path = [], [], []
    for group in groups:
        together = paths[:, list(group)].sum(axis=1)
        at_work = np.abs(together).max(axis=1) > 0
        shares = share_out(paths[at_work], movement, part.focal.controls)[:, list(group)]
        value.append(float(shares.sum(axis=1).mean()))
        deviation.append(float(shares.sum(axis=1).std()))
        low, high = np.quantile(together[at_work], (0.05, 0.95), axis=0)
        path.append([together[at_work].mean(axis=0), low, high])
    calibration, found = _calibrate(panel, contest, part, rng)
    return Shares(
        part, np.array(value), np.array(deviation), np.array(path), calibration, found
    )


def _draw(
    panel: Panel,
    part: Part,
    places: Sequence[int],
    signs: NDArray[np.int64],
    view: Averaged,
    rng: np.random.Generator,
) -> tuple[Floats, float]:
    """Draw paths of the drivers, and give the variance of the movement."""
    focal, steps = part.focal, panel.steps[part.focal.used]
    mean = respond_in_shapes(part.tracked.mean[list(places)], part.lags, steps)
    candidates = see_candidates(focal.y, focal.noise, mean)
    levels = np.array([_levels(part.tracked, at, rng) for at in places])
    responses = respond_in_shapes(levels, part.lags, steps)
    paths = draw_paths(candidates, part.sets, view.weight, signs, responses, DRAWS, rng)
    return paths, measure_movement(focal)


def _levels(tracked: Tracked, at: int, rng: np.random.Generator) -> Floats:
    return draw_levels(tracked, at, LEVELS, rng)


def _calibrate(
    panel: Panel, contest: Contest, part: Part, rng: np.random.Generator
) -> tuple[Calibration | None, int]:
    alike = choose_alike(panel, contest)
    # In an order that is theirs and not that of their names.
    alike = alike[np.argsort(part.tracked.log_density[alike], kind="stable")]
    chosen = rng.choice(alike, SPIKES, replace=True)
    tried = [_try(panel, part, int(at), PLANTED[i % 4], rng) for i, at in enumerate(chosen)]
    found = [one for one in tried if one]
    if len(found) < LEAST_FOUND:
        return None, len(found)
    return calibrate(*np.array(found).T), len(found)


def _try(
    panel: Panel, part: Part, at: int, share: float, rng: np.random.Generator
) -> tuple[float, float, float] | None:
    """Plant one share; give it with its estimate and deviation, or None where it is missed."""
    planted = plant(panel, part, at, share, rng)
    if planted.probability < THOUGHT:
        return None
    sign = np.ones(1, dtype=np.int64)
    paths, movement = _draw(panel, planted.part, [at], sign, planted.view, rng)
    at_work = np.abs(paths[:, 0]).max(axis=1) > 0
    shares = share_out(paths[at_work], movement, part.focal.controls)[:, 0]
    return share, float(shares.mean()), float(shares.std())
