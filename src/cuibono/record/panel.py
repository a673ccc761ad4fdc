"""Rows of a source become arrays of relations by periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cuibono.errors import EmptyRecordError
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.counting import Counting, ask
from cuibono.record.coverage import covered_periods, refuse_uncovered
from cuibono.store.store import Store
from cuibono.vocab.events import QUADS

ALL = "all"
VALUE = "value"


def event_panel(
    store: Store, source: str, grid: Grid, within: Period, *, had_before: date | None = None
) -> Panel:
    """Count a source's events for every relation in the world.

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
    had_before : date, optional
        Use only rows that could be had before this day, so that nobody on it
        looks ahead; all by default.

    Returns
    -------
    Panel
        Channels: the four quads and "all"; exposure is the actor's own total.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    EmptyRecordError
        If no covered period has an event between two known actors.
    """
    kinds = {quad: (quad,) for quad in QUADS}
    return count_panel(store, source, grid, within, "quad", kinds, had_before=had_before)


def count_panel(
    store: Store,
    source: str,
    grid: Grid,
    within: Period,
    column: str,
    kinds: Mapping[str, tuple[str, ...]],
    *,
    had_before: date | None = None,
) -> Panel:
    """Count a source's events by kind for every relation in the world.

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
    column : str
        Column of the table "events" that tells the kinds apart.
    kinds : mapping of str to tuple of str
        Values of that column by channel.
    had_before : date, optional
        As for `event_panel`.

    Returns
    -------
    Panel
        Channels: "all" and the kinds; exposure is the actor's own total.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    EmptyRecordError
        If no covered period has an event between two known actors.
    """
    refuse_uncovered(store, source, within)
    starts = covered_periods(store, source, grid, within)
    if not starts.size:
        refuse_empty((), source, within)
    parts = store.parts("events", source)
    counting = Counting(
        ask(
            starts,
            grid,
            column,
            tuple(kinds.values()),
            left_out=parts.left_out,
            had_before=had_before,
        )
    )
    for path in parts.files:
        counting.add_file(path)
    if parts.rest is not None:
        counts = _count_cells(parts.rest, grid, column, kinds, had_before)
        cells = store.engine.collect(counts.filter(counts.start.isin(starts.tolist())))
        counting.add_cells(cells, starts, (ALL, *kinds))
    relations, arrays, rows = counting.lay_out()
    refuse_empty(relations, source, within)
    return Panel(
        source=source,
        grid=grid,
        starts=starts,
        relations=relations,
        channels=dict(zip((ALL, *kinds), arrays, strict=True)),
        exposure=actor_totals(relations, arrays[0]),
        rows=rows,
        span=span_of(starts, grid),
    )


def _count_cells(
    events: ibis.Table,
    grid: Grid,
    column: str,
    kinds: Mapping[str, tuple[str, ...]],
    had_before: date | None,
) -> ibis.Table:
    """Ask an engine for the counts of each relation and period."""
    events = events.filter(events.actor != events.recipient)
    if had_before is not None:
        events = events.filter(ibis.coalesce(events.available, events.day) < had_before)
    events = events.mutate(start=period_start(events.day, grid))
    return events.group_by("actor", "recipient", "start").agg(
        rows=events.count(),
        **{ALL: events.events.sum()},
        **{
            name: events.events.sum(where=events[column].isin(values))
            for name, values in kinds.items()
        },
    )


def measure_panel(
    store: Store, source: str, measure: str, within: Period, cells: pa.Table | None = None
) -> Panel:
    """Lay out one yearly measure for every relation in the world.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of the measure.
    measure : str
        Name of the measure ("agreement").
    within : Period
        Days to use.
    cells : pyarrow.Table, optional
        What `read_measure` gave for days that end with these and begin no
        later; by default it is asked.

    Returns
    -------
    Panel
        Channel "value", NaN where nothing was observed; exposure is the
        number of observations behind each value.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    EmptyRecordError
        If the source has no such measure in those days.
    """
    refuse_uncovered(store, source, within)
    if cells is None:
        cells = read_measure(store, source, measure, within)
    else:
        cells = cells.filter(pc.field("start") >= within.start)
    starts = np.unique(cells["start"].to_numpy(zero_copy_only=False)).astype("datetime64[D]")
    relations, arrays, n_rows = scatter(cells, starts, (VALUE, "exposure"), fill=np.nan)
    refuse_empty(relations, source, within)
    return Panel(
        source=source,
        grid=Grid.YEAR,
        starts=starts,
        relations=relations,
        channels={VALUE: arrays[VALUE]},
        exposure=np.nan_to_num(arrays["exposure"]),
        rows=n_rows,
        span=span_of(starts, Grid.YEAR),
        measure=measure,
    )


def read_measure(store: Store, source: str, measure: str, within: Period) -> pa.Table:
    """Read one yearly measure of every relation in the world, cell by cell.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of the measure.
    measure : str
        Name of the measure.
    within : Period
        Days to use.

    Returns
    -------
    pyarrow.Table
        Columns actor, recipient, start, rows, exposure and value, the mean of
        the rows' values, NaN where they have none.
    """
    rows = store.table("measures", source)
    rows = rows.filter(
        (rows.measure == measure) & (rows.start >= within.start) & (rows.end <= within.end)
    )
    rows = rows.filter(rows.actor.notnull() & rows.recipient.notnull())
    counts = rows.group_by("actor", "recipient", "start").agg(
        rows=rows.count(), values=rows.value.collect(), exposure=rows.n.sum()
    )
    cells = store.engine.collect(counts)
    means = pa.array(_means(cells["values"]))
    return cells.drop_columns("values").append_column(VALUE, means)


def period_start(day: ibis.Value, grid: Grid) -> ibis.Value:
    """Give the first day of the period that holds a day, inside the engine.

    Parameters
    ----------
    day : ibis.Value
        A day column.
    grid : Grid
        Length of a period.

    Returns
    -------
    ibis.Value
        As `Grid.floor`, row by row.
    """
    if grid is Grid.WEEK:
        return day.truncate("W").cast("date")
    month = day.month() if grid is Grid.MONTH else ibis.literal(1)
    return ibis.date(day.year(), month, 1)


def scatter(
    cells: pa.Table, starts: NDArray[np.datetime64], channels: tuple[str, ...], fill: float
) -> tuple[tuple[Relation, ...], dict[str, NDArray[np.float64]], NDArray[np.int64]]:
    """Put long cells into arrays, relations sorted by actor and recipient.

    Parameters
    ----------
    cells : pyarrow.Table
        One row a cell: `actor`, `recipient`, `start`, `rows` and the channels.
    starts : array of datetime64[D], shape (n_periods,)
        First days of the periods, ascending; every `start` is one of them.
    channels : tuple of str
        Columns to lay out.
    fill : float
        What a cell holds that no row is for: 0 for counts, NaN for values.

    Returns
    -------
    tuple of (str, str), dict of str to float array, int array
        Relations; the channels, each of shape (n_relations, n_periods); and
        source rows behind each relation.
    """
    actor, actors = _codes(cells["actor"])
    recipient, recipients = _codes(cells["recipient"])
    row, pairs = _codes(pa.chunked_array([actor * len(recipients) + recipient]))
    relations = tuple(
        (actors[pair // len(recipients)], recipients[pair % len(recipients)]) for pair in pairs
    )
    days = cells["start"].to_numpy(zero_copy_only=False).astype("datetime64[D]")
    column = np.searchsorted(starts, days)
    arrays = {}
    for name in channels:
        grid = np.full((len(relations), starts.size), fill)
        grid[row, column] = cells[name].to_numpy(zero_copy_only=False).astype(np.float64)
        arrays[name] = np.nan_to_num(grid) if fill == 0 else grid
    n_rows = np.bincount(
        row, weights=cells["rows"].to_numpy(zero_copy_only=False), minlength=len(relations)
    )
    return relations, arrays, n_rows.astype(np.int64)


def _means(lists: pa.ChunkedArray) -> NDArray[np.float64]:
    """Average each cell's values from the smallest up; NaN for none.

    An engine adds in whatever order its workers finish, and the last bits follow.
    """
    cells = lists.combine_chunks()
    sizes = cells.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    values: NDArray[np.float64] = cells.flatten().to_numpy(zero_copy_only=False)
    if (sizes == 1).all():
        return values
    cell = np.repeat(np.arange(sizes.size), sizes)
    order = np.lexsort((values, cell))
    sums = np.bincount(cell[order], weights=values[order], minlength=sizes.size)
    means = np.full(sizes.size, np.nan)
    np.divide(sums, sizes, out=means, where=sizes > 0)
    return means


def _codes(values: pa.ChunkedArray) -> tuple[NDArray[np.int64], list[Any]]:
    """Give each value its number in sorted order."""
    encoded = values.combine_chunks().dictionary_encode()
    known = encoded.dictionary.to_pylist()
    order = np.argsort(known, kind="stable")
    number = np.empty(order.size, dtype=np.int64)
    number[order] = np.arange(order.size)
    found = encoded.indices.to_numpy(zero_copy_only=False)
    return number[found], [known[place] for place in order]


def actor_totals(
    relations: tuple[Relation, ...], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give each relation its actor's total over all recipients.

    Parameters
    ----------
    relations : tuple of (str, str), length n_relations
        Actor and recipient ids, those of an actor beside each other; at least one.
    counts : float array, shape (n_relations, n_periods)
        Events of each relation.

    Returns
    -------
    float array, shape (n_relations, n_periods)
        Events of the relation's actor towards anybody.
    """
    own = list(Counter(map(itemgetter(0), relations)).values())
    totals = np.add.reduceat(counts, np.cumsum([0, *own[:-1]]), axis=0)
    return np.repeat(totals, own, axis=0)


def span_of(starts: NDArray[np.datetime64], grid: Grid) -> Period:
    """Give the span from the first period to the last.

    Parameters
    ----------
    starts : array of datetime64[D], shape (n_periods,)
        First days, ascending; at least one.
    grid : Grid
        Length of a period.

    Returns
    -------
    Period
        Gaps between the periods included.
    """
    first, last = starts[0].astype(date), starts[-1].astype(date)
    return Period(first, grid.next(last))


def refuse_empty(relations: tuple[Relation, ...], source: str, within: Period) -> None:
    """Refuse a panel without a relation.

    Parameters
    ----------
    relations : tuple of (str, str)
        What was found.
    source : str
        Provider name.
    within : Period
        Days that were used.

    Raises
    ------
    EmptyRecordError
        If nothing was found.
    """
    if not relations:
        raise EmptyRecordError(
            f"{source} has no row between two known actors from {within}."
            " See what is covered with `cuibono coverage`."
        )
