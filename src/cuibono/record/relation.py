"""The public record of a relation over time: shares with intervals, never bare counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.model.actor import DirectedDyad
from cuibono.model.dossier import Point, Series
from cuibono.model.period import Grid, Period
from cuibono.model.trace import Condition, Trace, equal
from cuibono.record.coverage import covered_periods
from cuibono.record.panel import period_start
from cuibono.record.sought import Sought
from cuibono.record.tally import Tally
from cuibono.stats.rates import share_interval
from cuibono.store.sql import leave_blank
from cuibono.store.store import Store

LEVEL = 0.9


def attention(
    store: Store,
    source: str,
    dyad: DirectedDyad,
    grid: Grid,
    within: Period,
    quad: str = "",
    event_types: tuple[str, ...] = (),
    tally: Tally | None = None,
) -> Series:
    """Measure what share of an actor's events goes to one recipient.

    The actor's own total is the exposure: media attention to the actor rises
    and falls, and cancels in the share.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of events.
    dyad : DirectedDyad
        The relation.
    grid : Grid
        Length of a period.
    within : Period
        Days to use.
    quad : str, optional
        One quad; all events by default.
    event_types : tuple of str, optional
        PLOVER types; all events by default.
    tally : Tally, optional
        The source's events, counted already; the engine counts them by default.

    Returns
    -------
    Series
        Jeffreys intervals at level 0.9; uncovered periods are absent.
    """
    starts = covered_periods(store, source, grid, within)
    everything = equal(actor=dyad.actor.id)
    everything += (Condition("recipient", "!=", dyad.actor.id),)
    mine = equal(actor=dyad.actor.id, recipient=dyad.recipient.id)
    mine += equal(quad=quad) if quad else ()
    mine += (Condition("event_type", "in", event_types),) if event_types else ()
    sought = Sought(
        source=source, within=within, actor=dyad.actor.id, recipient=dyad.recipient.id,
        quad=quad, event_types=event_types,
    )  # fmt: skip
    if tally is None:
        cells = _count(store, sought, grid)
    else:
        cells = tally.by_period(sought, grid, starts)
    points = _share_points(cells, starts, grid)
    kinds = [quad.replace("_", " "), ", ".join(event_types)]
    what = "; ".join(filter(None, kinds)) or "all events"
    return Series(
        id=f"record.{source}.{dyad.actor.id}-{dyad.recipient.id}.{quad or 'all'}",
        label=f"{dyad}: {what}",
        unit=f"share of {dyad.actor.id}'s events",
        how=f"events of {dyad} ({what}) divided by all cross-border events of {dyad.actor.id}",
        about=str(dyad),
        source=source,
        level=LEVEL,
        points=points,
        traces=_pinned(source, "events", points, mine, everything),
        day_column="day",
    )


def agreement(store: Store, source: str, dyad: DirectedDyad, within: Period) -> Series:
    """Measure in what share of joint votes two members agree, year by year.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of the measure "agreement".
    dyad : DirectedDyad
        The pair, in either order.
    within : Period
        Days to use.

    Returns
    -------
    Series
        Jeffreys intervals over the joint votes at level 0.9.
    """
    first, second = sorted(dyad.ids)
    where = equal(measure="agreement", actor=first, recipient=second)
    rows = store.table("measures", source)
    mine = rows.filter(
        (rows.measure == "agreement")
        & (rows.actor == first)
        & (rows.recipient == second)
        & (rows.start >= within.start)
        & (rows.end <= within.end)
    )
    cells = store.engine.collect(mine.order_by("start"))
    values, trials = _floats(cells, "value"), _floats(cells, "n")
    low, high = share_interval(values * trials, trials, LEVEL)
    points = tuple(
        Point(start, end, value, min(lo, value), max(hi, value), (1,))
        for start, end, value, lo, hi in zip(
            cells["start"].to_pylist(), cells["end"].to_pylist(),
            values.tolist(), low.tolist(), high.tolist(), strict=True,
        )
    )  # fmt: skip
    return Series(
        id=f"record.{source}.{first}-{second}.agreement",
        label=f"{first}–{second}: agreement",
        unit="share of joint votes",
        how=f"joint roll calls on which {first} and {second} voted alike, divided by all joint",
        about=f"{first}–{second}",
        source=source,
        level=LEVEL,
        points=points,
        traces=_pinned(source, "measures", points, where),
        day_column="start",
    )


def distance(store: Store, source: str, dyad: DirectedDyad, within: Period) -> Series:
    """Measure how far apart the ideal points of two states lie, year by year.

    The interval adds both states' bounds, so it is wider than a joint
    estimate would give; the source does not publish the joint one.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of the measure "ideal_point".
    dyad : DirectedDyad
        The pair, in either order.
    within : Period
        Days to use.

    Returns
    -------
    Series
        Absolute distance with summed bounds, level 0.9.
    """
    first, second = sorted(dyad.ids)
    rows = store.table("measures", source)
    rows = rows.filter(
        (rows.measure == "ideal_point")
        & (rows.start >= within.start)
        & (rows.end <= within.end)
    )
    one, two = (rows.filter(rows.actor == actor) for actor in (first, second))
    both = one.join(two, "start", rname="{name}_two").order_by("start")
    cells = store.engine.collect(both)
    apart = np.abs(_floats(cells, "value") - _floats(cells, "value_two"))
    widths = [_floats(cells, f"high{s}") - _floats(cells, f"low{s}") for s in ("", "_two")]
    slack = (widths[0] + widths[1]) / 2
    points = tuple(
        Point(start, end, value, max(0.0, value - error), value + error, (2,))
        for start, end, value, error in zip(
            cells["start"].to_pylist(), cells["end"].to_pylist(),
            apart.tolist(), slack.tolist(), strict=True,
        )
    )  # fmt: skip
    where = (*equal(measure="ideal_point"), Condition("actor", "in", (first, second)))
    return Series(
        id=f"record.{source}.{first}-{second}.distance",
        label=f"{first}–{second}: distance",
        unit="ideal points apart",
        how=f"absolute difference of the ideal points of {first} and {second}",
        about=f"{first}–{second}",
        source=source,
        level=LEVEL,
        points=points,
        traces=_pinned(source, "measures", points, where),
        day_column="start",
    )


def _count(store: Store, sought: Sought, grid: Grid) -> pa.Table:
    """Count a relation's events, and all of its actor's, period by period."""
    parts = {"actor": sought.actor, "recipient": sought.recipient, "quad": sought.quad}
    types = {f"type{number}": name for number, name in enumerate(sought.event_types)}
    named = {blank: value for blank, value in (parts | types).items() if value}
    question = _question(store, sought.source, grid, tuple(named))
    return store.engine.ask(question, named)


@lru_cache(maxsize=16)
def _question(store: Store, source: str, grid: Grid, named: tuple[str, ...]) -> ibis.Table:
    """Word the question once for all relations; kinds are asked for by what is named."""
    blanks = {name: leave_blank(name, "string") for name in named}
    types = [blank for name, blank in blanks.items() if name.startswith("type")]
    table = store.table("events", source)
    table = table.filter(table.actor == blanks["actor"], table.recipient != blanks["actor"])
    hit = table.recipient == blanks["recipient"]
    if "quad" in blanks:
        hit = hit & (table.quad == blanks["quad"]).fill_null(False)
    if types:
        hit = hit & table.event_type.isin(types).fill_null(False)
    table = table.mutate(period=period_start(table.day, grid), hit=hit)
    return table.group_by("period").agg(
        events=table.events.sum(where=table.hit).fill_null(0),
        rows=table.hit.sum(),
        total=table.events.sum(),
        total_rows=table.count(),
    )


def _share_points(
    cells: pa.Table, starts: NDArray[np.datetime64], grid: Grid
) -> tuple[Point, ...]:
    """Turn counts into shares; a covered period in which the actor is silent is left out."""
    by_start = {cell["period"]: cell for cell in cells.to_pylist()}
    known = [by_start[day] for day in starts.tolist() if day in by_start]
    events = np.array([cell["events"] for cell in known], dtype=float)
    totals = np.array([cell["total"] for cell in known], dtype=float)
    low, high = share_interval(events, totals, LEVEL)
    return tuple(
        Point(
            cell["period"], grid.next(cell["period"]), float(k / n), float(lo), float(hi),
            (int(cell["rows"]), int(cell["total_rows"])),
        )
        for cell, k, n, lo, hi in zip(known, events, totals, low, high, strict=True)
    )  # fmt: skip


def _pinned(
    source: str, table: str, points: Sequence[Point], *wheres: tuple[Condition, ...]
) -> tuple[Trace, ...]:
    """Give a series one trace per kind of row, each counting the rows of all its points."""
    return tuple(
        Trace(table, source, where, sum(point.rows[number] for point in points))
        for number, where in enumerate(wheres)
    )


def _floats(cells: pa.Table, column: str) -> NDArray[np.float64]:
    return np.array(cells[column].to_pylist(), dtype=float)
