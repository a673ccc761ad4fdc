"""Every relation in the world by how much of its actor's attention it draws."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.record.coverage import refuse_uncovered
from cuibono.record.sought import Sought
from cuibono.record.tally import Tally
from cuibono.stats.rates import share_high, share_low
from cuibono.store.rows import find_rows
from cuibono.store.store import Store

LEVEL = 0.9


def rank_relations(store: Store, sought: Sought, tally: Tally | None = None) -> pa.Table:
    """Rank relations by the share of their actor's events that they surely draw.

    The order is that of the lower bound: an actor with one event would
    otherwise stand above all, with the whole of its attention on one relation.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    sought : Sought
        Which events count as a hit; an actor limits the ranking to its own relations.
    tally : Tally, optional
        The source's events, counted already; the engine counts them by default.

    Returns
    -------
    pyarrow.Table
        Columns place, actor, recipient, events, actor_events, share, low, high, rows;
        largest lower bound first, Jeffreys intervals at level 0.9. An actor's own
        affairs are no relation and count nowhere.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    """
    return bound_above(order_relations(store, sought, tally))


def order_relations(store: Store, sought: Sought, tally: Tally | None = None) -> pa.Table:
    """Put relations in the order of `rank_relations`, for which their lower bounds are enough.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    sought : Sought
        As for `rank_relations`.
    tally : Tally, optional
        The source's events, counted already; the engine counts them by default.

    Returns
    -------
    pyarrow.Table
        The columns of `rank_relations`, but for `high`.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    """
    refuse_uncovered(store, sought.source, sought.within)
    return _ordered(_count(store, sought) if tally is None else tally.by_relation(sought))


def bound_above(ranking: pa.Table) -> pa.Table:
    """Give ranked relations their upper bounds.

    Parameters
    ----------
    ranking : pyarrow.Table
        From `order_relations`, or some rows of it.

    Returns
    -------
    pyarrow.Table
        The same rows with `high` after `low`.
    """
    high = np.maximum(
        share_high(_numbers(ranking, "events"), _numbers(ranking, "actor_events"), LEVEL),
        _numbers(ranking, "share"),
    )
    return ranking.add_column(ranking.column_names.index("low") + 1, "high", pa.array(high))


def _count(store: Store, sought: Sought) -> pa.Table:
    abroad = Sought(source=sought.source, within=sought.within, actor=sought.actor)
    events = find_rows(store, abroad.trace)
    events = events.filter(events.actor != events.recipient)
    hits = events
    if sought.quad:
        hits = hits.filter(hits.quad == sought.quad)
    if sought.event_types:
        hits = hits.filter(hits.event_type.isin(sought.event_types))
    counted: pa.Table = store.engine.collect(_shares(events, hits))
    return counted


def _shares(events: ibis.Table, hits: ibis.Table) -> ibis.Table:
    totals = events.group_by("actor").agg(actor_events=events.events.sum().cast("int64"))
    found = hits.group_by("actor", "recipient").agg(
        events=hits.events.sum().cast("int64"), rows=hits.count().cast("int64")
    )
    both = found.join(totals, "actor")
    order = ["actor", "recipient"]
    return both.order_by(order).select(*order, "events", "actor_events", "rows")


def _ordered(cells: pa.Table) -> pa.Table:
    events, totals = _numbers(cells, "events"), _numbers(cells, "actor_events")
    share = events / totals
    low = np.minimum(share_low(events, totals, LEVEL), share)
    order = np.argsort(-low, kind="stable")
    cells = cells.take(order)
    columns = {
        "place": np.arange(1, order.size + 1),
        **{name: cells[name] for name in ("actor", "recipient", "events", "actor_events")},
        "share": share[order],
        "low": low[order],
        "rows": cells["rows"],
    }
    return pa.table(columns)


def _numbers(table: pa.Table, column: str) -> NDArray[np.float64]:
    numbers: NDArray[np.float64] = table[column].to_numpy(zero_copy_only=False).astype(float)
    return numbers
