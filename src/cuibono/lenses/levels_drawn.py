"""A dated level as series: the level itself, and when it may have changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.dating import Dating
from cuibono.lenses.ground import Ground
from cuibono.model.dossier import Bar, Point, Series
from cuibono.model.estimate import Z90

HOW_LEVEL = "{unit}; 90 % interval from counting alone, half an event added to each side"
HOW_CHANCE = (
    "probability that the level changed at the start of the {grid}, given the whole record"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One level as it is drawn.

    Attributes
    ----------
    series : tuple of Series
        The level, and the probability of a change at the start of each period.
    bars : tuple of Bar
        Date sets of its turning points; their row is the level's series.
    """

    series: tuple[Series, Series]
    bars: tuple[Bar, ...]


def draw_level(ground: Ground, dating: Dating, about: str) -> Drawn:
    """Lay a dated level out for drawing.

    Parameters
    ----------
    ground : Ground
        The relation.
    dating : Dating
        One of its levels.
    about : str
        The relation in ids.

    Returns
    -------
    Drawn
        Rows behind each period are the events or sessions counted in it, to
        be counted anew where the series is kept.
    """
    level, panel = dating.level, ground.panel
    name = f"turning_points.{panel.source}.{level.name}"
    width = Z90 * np.sqrt(dating.v)
    value, low, high = (level.shown(dating.y + by) for by in (0.0, -width, width))
    chance = np.zeros(ground.used.size)
    chance[dating.changes.places] = np.minimum(1.0, dating.changes.chance)
    level_series = Series(
        id=f"{name}.level",
        label=f"{about}: {level.label}",
        unit=level.unit,
        how=HOW_LEVEL.format(unit=level.unit),
        about=about,
        source=panel.source,
        level=0.9,
        points=_points(ground, value, low, high),
        traces=(panel.trace(ground.target),),
        day_column=panel.day_column,
    )
    chance_series = Series(
        id=f"{name}.chance",
        label=f"{about}: {level.label}, probability of a change",
        unit="probability",
        how=HOW_CHANCE.format(grid=panel.grid),
        about=about,
        source=panel.source,
        level=0.9,
        points=_points(ground, chance, chance, chance),
        traces=level_series.traces,
        day_column=level_series.day_column,
    )
    bars = tuple(
        Bar(level_series.id, _start(ground, turn.first), _end(ground, turn.last))
        for turn in dating.turns
    )
    return Drawn((level_series, chance_series), bars)


def _points(
    ground: Ground,
    value: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> tuple[Point, ...]:
    panel, row = ground.panel, ground.panel.index[ground.target]
    rows = (panel.exposure if panel.measure else panel.channels["all"])[row]
    return tuple(
        Point(
            _start(ground, t),
            _end(ground, t),
            float(value[t]),
            float(low[t]),
            float(high[t]),
            (int(rows[at]),),
        )
        for t, at in enumerate(ground.used)
    )


def _start(ground: Ground, period: int) -> date:
    day: date = ground.panel.starts[ground.used[period]].astype(date)
    return day


def _end(ground: Ground, period: int) -> date:
    return ground.panel.grid.next(_start(ground, period))
