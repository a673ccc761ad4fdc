"""Origins counted for every relation: a report weighs one, however often it was copied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import ibis
import numpy as np
from numpy.typing import NDArray

from cuibono.model.actor import DirectedDyad, Relation
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.model.trace import Trace, equal, on_days
from cuibono.record.coverage import covered_periods, refuse_uncovered
from cuibono.record.panel import (
    ALL,
    period_start,
    refuse_empty,
    scatter,
    span_of,
)
from cuibono.sources.origins import collapse, count_origins
from cuibono.store.rows import ask_rows
from cuibono.store.store import Store
from cuibono.vocab.events import QUADS

CHANNELS = (ALL, *QUADS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How often a relation was told of, raw and collapsed.

    Attributes
    ----------
    dyad : DirectedDyad
        The relation.
    events : int
        Events as the source counts them.
    origins : int
        Independent reports that they go back to.
    trace : Trace
        Rows behind both.
    """

    dyad: DirectedDyad
    events: int
    origins: int
    trace: Trace

    def __str__(self) -> str:
        return f"events: {self.events:,}; origins: {self.origins:,}"


def count_told(store: Store, source: str, dyad: DirectedDyad, within: Period) -> Told:
    """Count a relation's events and the origins behind them.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of events.
    dyad : DirectedDyad
        The relation.
    within : Period
        Days to use.

    Returns
    -------
    Told
        Both counts, with the rows that they come from.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    """
    refuse_uncovered(store, source, within)
    where = equal(actor=dyad.actor.id, recipient=dyad.recipient.id) + on_days("day", within)
    trace = Trace("events", source, where, 0)
    (events,) = ask_rows(store, trace, _events).to_pylist()
    (origins,) = ask_rows(store, trace, _origins).to_pylist()
    return Told(
        dyad=dyad,
        events=int(events["events"]),
        origins=int(origins["n"]),
        trace=replace(trace, n_rows=events["rows"]),
    )


def _events(rows: ibis.Table) -> ibis.Table:
    return rows.aggregate(events=rows.events.sum().fill_null(0), rows=rows.count())


def _origins(rows: ibis.Table) -> ibis.Table:
    told = collapse(rows, "events")
    return told.aggregate(n=count_origins(told))


def origin_panel(store: Store, source: str, grid: Grid, within: Period) -> Panel:
    """Count the origins of a source's events for every relation in the world.

    A story that tells of many relations counts once in each of them, and
    once in its actor's total: a summit of twenty is one report about its host.
    Exposure therefore is the number of reports about the actor, and a cell
    divided by it the share of these that name the recipient.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of events.
    grid : Grid
        Length of a period.
    within : Period
        Days to use; periods the source covers by less than three quarters
        are left out.

    Returns
    -------
    Panel
        As `cuibono.record.panel.event_panel` gives it, in origins instead of
        events; `rows` are happenings.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    EmptyRecordError
        If no covered period has an event between two known actors.
    """
    refuse_uncovered(store, source, within)
    starts = covered_periods(store, source, grid, within)
    events = store.table("events", source)
    events = events.filter(events.actor != events.recipient)
    told = collapse(events, "events", ["quad"])
    told = told.mutate(start=period_start(told.day, grid))
    told = told.filter(told.start.isin(starts.tolist()))
    counted = told.group_by("actor", "recipient", "start").agg(
        rows=told.count(),
        **{ALL: count_origins(told)},
        **{quad: count_origins(told, told.quad == quad) for quad in QUADS},
    )
    relations, arrays, rows = scatter(store.engine.collect(counted), starts, CHANNELS, fill=0.0)
    refuse_empty(relations, source, within)
    return Panel(
        source=source,
        grid=grid,
        starts=starts,
        relations=relations,
        channels={name: arrays[name] for name in CHANNELS},
        exposure=_reports_about(store, told, relations, starts),
        rows=rows,
        span=span_of(starts, grid),
    )


def _reports_about(
    store: Store,
    told: ibis.Table,
    relations: tuple[Relation, ...],
    starts: NDArray[np.datetime64],
) -> NDArray[np.float64]:
    """Give each relation the number of origins about its actor."""
    totals = told.group_by("actor", "start").agg(origins=count_origins(told))
    cells = store.engine.collect(totals).to_pylist()
    found: dict[tuple[str, date], int] = {(c["actor"], c["start"]): c["origins"] for c in cells}
    days = starts.tolist()
    by_actor = {
        actor: [float(found.get((actor, day), 0)) for day in days]
        for actor in {actor for actor, _ in relations}
    }
    return np.array([by_actor[actor] for actor, _ in relations])
