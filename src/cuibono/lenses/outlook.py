"""The outlook of one relation: forecasts that can be told later, and a fan of its level."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.asked import write_relation
from cuibono.lenses.histories import (
    HORIZONS,
    RECENT,
    measure_levels,
    measure_moves,
    unit_of_closeness,
)
from cuibono.lenses.likeness import LEVELS, Asked, Trial, foretell_levels
from cuibono.lenses.prose import say
from cuibono.model.dossier import Chart, Point, Series
from cuibono.model.estimate import Z90, Estimate
from cuibono.model.finding import Finding
from cuibono.model.forecast import Forecast
from cuibono.stats.fan import stay_put
from cuibono.stats.prognosis import Prognosis
from cuibono.stats.survival import Survival

LENS = "analogues"
LEVEL, HALF = 0.9, 0.5

LATEST = 30
"""Periods before the fan that are drawn."""

KEPT = {1: "warming", -1: "cooling"}

Speaker = Literal["like histories", "persistence"]


def look_ahead(finding: Finding, asked: Asked, prognosis: Prognosis, trial: Trial) -> Finding:
    """Add to what analogues found what it foretells.

    Like histories speak only where they did better than persistence on years
    that they had not seen; otherwise persistence does, and says so.

    Parameters
    ----------
    finding : Finding
        As measured.
    asked : Asked
        The relation among all histories.
    prognosis : Prognosis
        What was learned from all other relations.
    trial : Trial
        How such forecasts did on later histories.

    Returns
    -------
    Finding
        With a forecast for each horizon, and a fan of the level.
    """
    level, wide, half = _fan(asked, prognosis, trial)
    chart = Chart(
        f"{LENS}.{asked.panel.source}.fan.chart",
        "fan",
        "Where it may go from here",
        _caption(trial),
        (level.id, wide.id, half.id),
    )
    return replace(
        finding,
        forecasts=_forecasts(asked, prognosis, trial),
        series=(*finding.series, level, wide, half),
        charts=(*finding.charts, chart),
    )


def _caption(trial: Trial) -> str:
    if not trial.tested:
        return say(LENS, "fan_untested")
    key = "fan_alike" if trial.level_gain > 0 else "fan_still"
    facts = {"gain": abs(trial.level_gain), "held": trial.held}
    return say(LENS, key, tested=f"{trial.tested:,}", **facts)


def _forecasts(asked: Asked, prognosis: Prognosis, trial: Trial) -> tuple[Forecast, ...]:
    """Foretell at each horizon whether the course still holds."""
    features = asked.histories.features[asked.case]
    horizons = np.array(HORIZONS[asked.panel.grid], dtype=float)
    alike, usual = prognosis.forecast(features, horizons), prognosis.base(horizons)
    by: Speaker = "like histories" if trial.tested and trial.gain > 0 else "persistence"
    spoken, other = (alike, usual) if by == "like histories" else (usual, alike)
    return tuple(
        _forecast(asked, horizon, _estimate(spoken, n), float(other.share[n]), by)
        for n, horizon in enumerate(HORIZONS[asked.panel.grid])
    )


def _estimate(survival: Survival, n: int) -> Estimate:
    low, high = survival.interval(LEVEL)
    return Estimate(
        float(survival.share[n]), float(low[n]), float(high[n]), "probability", LEVEL
    )


def _forecast(
    asked: Asked, horizon: int, probability: Estimate, rival: float, by: Speaker
) -> Forecast:
    panel, histories, case = asked.panel, asked.histories, asked.case
    level, before = float(histories.level[case]), float(histories.before[case])
    low, high = _bounds(asked.way, level, before, histories.turn)
    made, resolves = _day(asked, 0), _day(asked, horizon)
    joined = write_relation(panel, asked.focal)
    key = "foretold_moved" if asked.way else "foretold_steady"
    last = {"made": made - timedelta(days=1), "resolves": resolves - timedelta(days=1)}
    facts = {"relation": joined, "source": panel.source, "kept": KEPT.get(asked.way, "")}
    name = f"{panel.source}.{'-'.join(asked.focal)}.{made}.{horizon}".replace(":", "-")
    return Forecast(
        id=name,
        text=say(LENS, key, **facts, **last),
        source=panel.source,
        measure=panel.measure,
        relation=asked.focal,
        grid=panel.grid,
        window=RECENT[panel.grid],
        low=low,
        high=high,
        made=made,
        resolves=resolves,
        probability=probability,
        rival=rival,
        by=by,
    )


def _bounds(way: int, level: float, before: float, turn: float) -> tuple[float, float]:
    """Give the levels between which the course still holds."""
    middle = (level + before) / 2
    if way == 0:
        return level - turn, level + turn
    return (middle, math.inf) if way > 0 else (-math.inf, middle)


def _day(asked: Asked, ahead: int) -> date:
    """Give the first day after so many periods from now on."""
    grid = asked.panel.grid
    day: date = asked.panel.starts[asked.histories.at[asked.case]].astype(date)
    for _ in range(ahead + 1):
        day = grid.next(day)
    return day


def _fan(asked: Asked, prognosis: Prognosis, trial: Trial) -> tuple[Series, Series, Series]:
    """Draw where the level was, and the wide and the narrow band of where it may go."""
    panel, relation = asked.panel, write_relation(asked.panel, asked.focal)
    fan, how = _foretell(asked, prognosis, trial)
    past = Series(
        id=f"{LENS}.{panel.source}.level",
        label=f"{relation}: closeness, mean of the last {RECENT[panel.grid]} {panel.grid}s",
        unit=unit_of_closeness(panel),
        how="mean of share alike less what both parties share with everybody; interval from"
        " counting",
        about=relation,
        source=panel.source,
        level=LEVEL,
        points=_past(asked),
        traces=(panel.trace(asked.focal),),
        day_column="",
    )
    wide, half = (
        replace(
            past,
            id=f"{LENS}.{panel.source}.{name}",
            label=f"{relation}: closeness to come",
            how=how,
            level=level,
            points=_ahead(asked, fan[:, quantiles]),
            traces=(panel.trace(), panel.trace(asked.focal)),
        )
        for name, level, quantiles in (("fan", LEVEL, [2, 0, 4]), ("half", HALF, [2, 1, 3]))
    )
    return past, wide, half


def _foretell(
    asked: Asked, prognosis: Prognosis, trial: Trial
) -> tuple[NDArray[np.float64], str]:
    """Give the quantiles of the level, period by period, and how they came about."""
    histories, panel = asked.histories, asked.panel
    ahead = np.arange(1, HORIZONS[panel.grid][-1] + 1)
    moves = measure_moves(histories, panel, asked.known, ahead)
    if trial.tested and trial.level_gain > 0:
        fan = foretell_levels(prognosis, moves, histories.features[[asked.case]])[0]
        how = "quantiles of how far the levels of like histories moved, weighed by likeness"
    else:
        fan = _still(moves)
        how = "persistence: the level stays, give or take as far as such relations moved"
    return float(histories.level[asked.case]) + fan[np.isfinite(fan).all(axis=1)], how


def _ahead(asked: Asked, band: NDArray[np.float64]) -> tuple[Point, ...]:
    """Date a band's values, lows and highs from now on."""
    days = [_day(asked, n) for n in range(len(band) + 1)]
    return tuple(
        Point(start, end, value, low, high, (0, 0))
        for start, end, (value, low, high) in zip(days, days[1:], band.tolist(), strict=False)
    )


def _still(moves: NDArray[np.float64]) -> NDArray[np.float64]:
    fan = np.full((moves.shape[1], LEVELS.size), np.nan)
    for step, column in enumerate(moves.T):
        if np.isfinite(column).any():
            fan[step] = stay_put(column[np.isfinite(column)], LEVELS)
    return fan


def _past(asked: Asked) -> tuple[Point, ...]:
    panel, row = asked.panel, asked.histories.row[asked.case]
    levels, errors = measure_levels(panel)
    last = int(asked.histories.at[asked.case])
    seen = np.flatnonzero(np.isfinite(levels[row, : last + 1]))[-LATEST:]
    return tuple(
        Point(day, panel.grid.next(day), value, value - slack, value + slack, (0,))
        for day, value, slack in zip(
            [panel.starts[at].astype(date) for at in seen],
            levels[row, seen].tolist(),
            (Z90 * errors[row, seen]).tolist(),
            strict=True,
        )
    )
