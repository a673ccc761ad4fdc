"""What every level of a relation is dated on: periods, possible dates, adjustments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.channels import LONGEST_GAP, PER_YEAR, find_dealings, measure_world_volume
from cuibono.lenses.focal import find_visible
from cuibono.lenses.levels import Level, count_parts, measure_level
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.sources.base import seams, source_names
from cuibono.stats.controls import annual_cycle, gap_levels, independent_columns
from cuibono.stats.series import Series
from cuibono.stats.step_evidence import find_places

APART = {Grid.WEEK: 6, Grid.MONTH: 12, Grid.YEAR: 4}
"""Periods that a level lasts at least. What is undone sooner is an episode."""

LEAST_FREEDOM = 12
"""Periods less adjustments below which nothing is dated."""

SEASONS = 3
"""Years a record must last before a season can be told from a step."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One relation of a panel, its world, and where its level may change.

    Attributes
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation.
    rows : int array, shape (n_rows,)
        Visible relations of the panel, the focal one first.
    used : int array, shape (n_used,)
        Periods in which the focal relation was observed.
    steps : int array, shape (n_used,)
        Their grid steps.
    places : int array, shape (n_places,)
        Which of the used periods may be the first of a new level; none within
        a period of a break in the source.
    controls : float array, shape (n_used, n_controls)
        The world's volume, the season, and a new level after each gap and
        each known break of the source.
    world : float array, shape (n_periods,)
        Events of all other relations.
    """

    panel: Panel
    target: Relation
    rows: NDArray[np.int64]
    used: NDArray[np.int64]
    steps: NDArray[np.int64]
    places: NDArray[np.int64]
    controls: NDArray[np.float64]
    world: NDArray[np.float64]

    @property
    def can_date(self) -> bool:
        """Tell whether the record is long enough for two levels.

        Returns
        -------
        bool
            False where too few periods are left.
        """
        freedom = self.used.size - self.controls.shape[1]
        return bool(self.places.size) and freedom >= LEAST_FREEDOM

    def measure(self, level: Level) -> Series:
        """Measure one level of every relation in the used periods.

        Parameters
        ----------
        level : Level
            One of the panel's.

        Returns
        -------
        y : float array, shape (n_rows, n_used)
            The series; NaN where a relation was not observed.
        v : float array, shape (n_rows, n_used)
            Variance that counting puts on it.
        """
        y, v = measure_level(level, count_parts(self.panel, self.rows), self.world)
        return y[:, self.used], v[:, self.used]


def lay_ground(panel: Panel, target: Relation) -> Ground:
    """Lay out what is the same for every level.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        A relation of the panel.

    Returns
    -------
    Ground
        May be too short to date anything.
    """
    row = panel.index[target]
    visible = find_visible(panel)
    used = np.flatnonzero(
        panel.exposure[row] > 0 if panel.measure else panel.exposure[row] >= 0
    )
    steps, world = panel.steps[used], measure_world_volume(panel, target)
    broken = _find_breaks(panel, used)
    columns = [gap_levels(steps, LONGEST_GAP), *((np.arange(used.size) >= b) for b in broken)]
    if not panel.measure:
        columns.append(np.log(world[used] + 1))
    if panel.grid is not Grid.YEAR and np.ptp(steps) >= SEASONS * PER_YEAR[panel.grid]:
        columns.append(annual_cycle(steps, PER_YEAR[panel.grid]))
    places = find_places(steps, APART[panel.grid])
    near = [np.abs(places - b) <= 1 for b in broken]
    return Ground(
        panel=panel,
        target=target,
        rows=np.append(row, visible[visible != row]),
        used=used,
        steps=steps,
        places=places[~np.any(near, axis=0)] if near else places,
        controls=independent_columns(
            np.ones(used.size), *(np.asarray(c, float) for c in columns)
        ),
        world=world,
    )


def _find_breaks(panel: Panel, used: NDArray[np.int64]) -> list[int]:
    """Find the periods that begin with, or at the end of, a known break of the source."""
    if panel.source not in source_names():
        return []
    starts = panel.starts[used]
    days = [day for seam in seams(panel.source) for day in (seam.days.start, seam.days.end)]
    first = {int(np.searchsorted(starts, np.datetime64(day))) for day in days}
    return sorted(at for at in first if 0 < at < used.size)


def measure_others(ground: Ground, level: Level) -> tuple[Series, Series]:
    """Measure the actor's dealings with all others, and the recipient's.

    Parameters
    ----------
    ground : Ground
        One relation.
    level : Level
        One of its panel's.

    Returns
    -------
    actor : (float array, float array), each of shape (n_used,)
        Series and counting variance of the actor's other relations added up;
        in votes, of the first party with all others.
    recipient : (float array, float array), each of shape (n_used,)
        The same of all that others did with the recipient.
    """
    actor, recipient = (
        {k: np.nansum(p, axis=0) for k, p in count_parts(ground.panel, rows).items()}
        for rows in find_dealings(ground.panel, ground.target)
    )
    first, second = (measure_level(level, each, ground.world) for each in (actor, recipient))
    used = ground.used
    return (first[0][used], first[1][used]), (second[0][used], second[1][used])
