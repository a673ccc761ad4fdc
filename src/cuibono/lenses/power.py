"""Power: how often a driver of known strength would have been claimed here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.contest import Contest, Part
from cuibono.lenses.focal import Focal
from cuibono.model.panel import Panel
from cuibono.stats.averaging import Averaged, average
from cuibono.stats.driver_sets import weigh_sets
from cuibono.stats.evidence import see_candidates
from cuibono.stats.response import respond_in_shapes, shape_shares
from cuibono.stats.track import draw_levels
from cuibono.stats.turned_noise import fit_turned_noise

TRIALS = 16
"""Real relations that are made to act, one at a time."""

USUAL = 0.25
"""Probability of a driver before the data."""

LEAST_MOVING = 0.1
"""Least share of a series' variance that is taken to be movement and not counting."""

STEEPEST = 0.3
"""Least part of a planted effect's deviation that the controls are taken to leave."""


@dataclass(frozen=True, slots=True, eq=False)
class Planted:
    """A focal relation with one more driver, in one channel.

    Attributes
    ----------
    part : Part
        As of a contest in which that driver alone is listed, as warming.
    """

    part: Part

    @property
    def view(self) -> Averaged:
        """Weigh the driver at work against the driver at rest.

        Returns
        -------
        Averaged
            From the prior `USUAL`.
        """
        sets = self.part.sets
        return average(sets.member, sets.log_bayes_factor, np.array([USUAL]))

    @property
    def probability(self) -> float:
        """Give the probability that the driver is at work.

        Returns
        -------
        float
            In [0, 1].
        """
        return float(self.view.inclusion[0])


def count_found(panel: Panel, contest: Contest, share: float, bar: float) -> int:
    """Let real relations of the world move the focal one, and count the claims.

    The focal series as recorded stays underneath, with whatever else moves it.
    What is added comes from a level the driver may have had, drawn given its
    counts, in a random shape: chance in counting hides it from the
    lens as it hides a true driver.

    Parameters
    ----------
    panel : Panel
        One source.
    contest : Contest
        Its listed drivers set how well known the relations are that act.
    share : float
        Share of the focal relation's movement that the driver carries, in
        (0, 1).
    bar : float
        Probability from which a driver is claimed.

    Returns
    -------
    int
        In how many of `TRIALS` it would be, from a prior of a quarter.

    References
    ----------
    .. [1] Schuemie, M. J. et al. (2018). "Empirical confidence interval
       calibration for population-level effect estimation studies in
       observational healthcare data". *PNAS* 115(11), 2571-2577.
       https://doi.org/10.1073/pnas.1708282114
    """
    part, rng = contest.parts[0], np.random.default_rng(0)
    chosen = rng.choice(choose_alike(panel, contest), TRIALS, replace=False)
    planted = (plant(panel, part, int(at), share, rng) for at in chosen)
    return sum(one.probability >= bar for one in planted)


def measure_movement(focal: Focal) -> float:
    """Measure how much the focal relation moves, counting apart.

    Parameters
    ----------
    focal : Focal
        One channel.

    Returns
    -------
    float
        Variance of what the controls leave of its series, less what counting
        puts on it; at least `LEAST_MOVING` of the whole. Positive.
    """
    left = focal.y - focal.controls @ (focal.controls.T @ focal.y)
    return float(max(left.var() - focal.counting.mean(), LEAST_MOVING * left.var(), 1e-12))


def choose_alike(panel: Panel, contest: Contest) -> NDArray[np.int64]:
    """Find the rivals about as often recorded as those that are listed.

    Parameters
    ----------
    panel : Panel
        One source.
    contest : Contest
        Its listed drivers.

    Returns
    -------
    int array
        Places among the visible relations; all rivals where fewer than `TRIALS`
        are alike.
    """
    at = panel.index
    rows = np.array([panel.rows[at[r]] for r in contest.relations])
    listed = rows[[contest.relations.index(r) for r, _ in contest.drivers]]
    alike = contest.rival & (rows >= listed.min()) & (rows <= listed.max())
    return np.flatnonzero(alike if alike.sum() >= TRIALS else contest.rival)


def plant(panel: Panel, part: Part, at: int, share: float, rng: np.random.Generator) -> Planted:
    """Let one relation of the world move the focal one, and look again.

    Parameters
    ----------
    panel : Panel
        One source.
    part : Part
        One channel of a contest.
    at : int
        Place of the driver among the visible relations.
    share : float
        Share of the focal relation's movement that it carries, in (0, 1): of
        what the controls leave of both.
    rng : numpy.random.Generator
        Draws the shape and the level that the driver may have had.

    Returns
    -------
    Planted
        Its noise is fitted anew.
    """
    focal, steps = part.focal, panel.steps[part.focal.used]
    shapes = respond_in_shapes(draw_levels(part.tracked, at, 1, rng)[0], part.lags, steps)
    added = shapes[rng.choice(len(shapes), p=shape_shares(len(shapes))), 0]
    own_way = added - focal.controls @ (focal.controls.T @ added)
    own = measure_movement(focal)
    # What runs along the controls cannot be made to count by making it huge.
    spread = max(own_way.std(), STEEPEST * added.std(), 1e-12)
    y = focal.y + added * np.sqrt(share / (1 - share) * own) / spread
    noise = fit_turned_noise(y, focal.counting, steps, focal.controls)
    responses = respond_in_shapes(part.tracked.mean[[at]], part.lags, steps)
    sets = weigh_sets(see_candidates(y, noise, responses), np.ones(1, dtype=np.int64))
    return Planted(replace(part, focal=replace(focal, y=y, noise=noise), sets=sets))
