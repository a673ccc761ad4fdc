"""One level of a relation dated, beside every other relation of the world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.base import place_among
from cuibono.lenses.ground import APART, Ground, measure_others
from cuibono.lenses.levels import Level
from cuibono.model.finding import Rank
from cuibono.model.period import Grid
from cuibono.stats.series import Series
from cuibono.stats.step_evidence import build_step_model
from cuibono.stats.step_scan import scan_steps
from cuibono.stats.turning import (
    Changes,
    Turn,
    date_changes,
    detectable_size,
    find_changes,
    likeliest_change,
)

EXPECTED = {Grid.WEEK: 1.5, Grid.MONTH: 4.0, Grid.YEAR: 1.5}
"""Changes expected in a record before looking, however long it is: a longer
one does not make a given week or year likelier to be the one. One record of
weeks or years in three has none, of months one in nine."""

WIDTH = {Grid.WEEK: 12, Grid.MONTH: 12, Grid.YEAR: 4}
"""Periods, at most, from the earliest to the latest date of one change."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A change beside what one party did with all others.

    Attributes
    ----------
    left : float
        Probability of a change in the same days when the level is measured
        from theirs; NaN where there are no others.
    theirs : float
        Probability that theirs changed in the same days.
    """

    left: float
    theirs: float


@dataclass(frozen=True, slots=True, eq=False)
class Dating:
    """What one level came to.

    Attributes
    ----------
    level : Level
        Which one.
    y, v : float arrays, shape (n_used,)
        The focal relation's series and its counting variance.
    changes : Changes
        Over all places of the ground.
    turns : tuple of Turn
        Changes that are likelier than not.
    likeliest : Turn
        The likeliest change, however unlikely.
    beside : tuple of (Beside, Beside)
        For each turn, how it stands beside the actor's other relations, and
        the recipient's.
    scores : float array, shape (n_rows, n_places)
        Decibans for one step against none, the focal relation first; NaN for
        a relation that was not observed throughout.
    detectable : float
        Lasting change half-way that would be found four times in five.
    """

    level: Level
    y: NDArray[np.float64]
    v: NDArray[np.float64]
    changes: Changes
    turns: tuple[Turn, ...]
    likeliest: Turn
    beside: tuple[tuple[Beside, Beside], ...]
    scores: NDArray[np.float64]
    detectable: float

    def rank(self, turn: Turn | None) -> Rank:
        """Rank the focal relation's step among those of the world in the same days.

        Parameters
        ----------
        turn : Turn or None
            The days of its date set; all days where there is none.

        Returns
        -------
        Rank
            Among the relations that were observed throughout.
        """
        places = self.changes.places
        inside = np.ones(places.size, bool)
        if turn:
            inside = (places >= turn.first) & (places <= turn.last)
        best = self.scores[:, inside].max(axis=1)
        others = best[1:][np.isfinite(best[1:])]
        days = "steps in the same days" if turn else "strongest steps"
        return Rank(*place_among(float(best[0]), others), f"{days} of all visible relations")


def date_level(ground: Ground, level: Level) -> Dating | None:
    """Date the changes of one level.

    Parameters
    ----------
    ground : Ground
        A relation that can be dated.
    level : Level
        One of its panel's.

    Returns
    -------
    Dating or None
        None where the level never moves.
    """
    y, v = ground.measure(level)
    if not np.diff(y[0]).any():
        return None
    even = level.even_out(v)
    changes, turns, detectable = _date(ground, (y[0], even[0]), ground.controls)
    return Dating(
        level=level,
        y=y[0],
        v=v[0],
        changes=changes,
        turns=turns,
        likeliest=likeliest_change(changes, WIDTH[ground.panel.grid]),
        beside=_date_beside(ground, level, (y[0], even[0]), turns),
        scores=_scan(ground, y, even),
        detectable=detectable,
    )


def _date(
    ground: Ground, series: Series, controls: NDArray[np.float64]
) -> tuple[Changes, tuple[Turn, ...], float]:
    grid = ground.panel.grid
    rate = EXPECTED[grid]
    model = build_step_model(*series, ground.steps, controls, ground.places)
    changes = find_changes(model, rate, APART[grid])
    return changes, date_changes(changes, WIDTH[grid]), detectable_size(model, rate)


def _date_beside(
    ground: Ground, level: Level, series: Series, turns: tuple[Turn, ...]
) -> tuple[tuple[Beside, Beside], ...]:
    """Date the level again, measured from that of each party's other relations.

    The difference and not a regression: others' dealings are counted too, and
    what is measured with noise never takes a shared step out whole.
    """
    if not turns:
        return ()
    chances: list[list[Beside]] = []
    for their_y, their_v in measure_others(ground, level):
        others = (their_y, level.even_out(their_v))
        apart = (series[0] - others[0], series[1] + others[1])
        if not np.isfinite(apart).all():
            chances.append([Beside(np.nan, np.nan)] * len(turns))
            continue
        left, theirs = (_chances(ground, each, turns) for each in (apart, others))
        chances.append([Beside(*each) for each in zip(left, theirs, strict=True)])
    actor, recipient = chances
    return tuple(zip(actor, recipient, strict=True))


def _chances(ground: Ground, series: Series, turns: tuple[Turn, ...]) -> list[float]:
    """Give each turn's probability in another series; one that never moves has no change."""
    if not np.diff(series[0]).any():
        return [0.0] * len(turns)
    changes, _, _ = _date(ground, series, ground.controls)
    return [_near(changes, turn) for turn in turns]


def _near(changes: Changes, turn: Turn) -> float:
    """Give the probability of a change about the same days."""
    reach = max(2, turn.best - turn.first, turn.last - turn.best)
    near = np.abs(changes.places - turn.best) <= reach
    return float(min(1.0, changes.chance[near].sum()))


def _scan(
    ground: Ground, y: NDArray[np.float64], v: NDArray[np.float64]
) -> NDArray[np.float64]:
    whole = np.isfinite(y).all(axis=1)
    scores = np.full((y.shape[0], ground.places.size), np.nan)
    scores[whole] = scan_steps(y[whole], v[whole], ground.steps, ground.controls, ground.places)
    return scores
