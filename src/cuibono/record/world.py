"""Every relation in the world by how much of its actor's attention it draws."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa

from cuibono.model.period import Period
from cuibono.model.trace import Condition, Trace
from cuibono.record.coverage import refuse_uncovered
from cuibono.stats.rates import share_interval
from cuibono.store.rows import find_rows
from cuibono.store.store import Store

LEVEL = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which events are asked for.

    Attributes
    ----------
    source : str
        Provider of events.
    within : Period
        Days to use.
    actor, recipient : str
        Ids; empty for anybody.
    quad : str
        One quad; empty for all events.
    event_types : tuple of str
        PLOVER types; empty for all events.
    """

    source: str
    within: Period
    actor: str = ""
    recipient: str = ""
    quad: str = ""
    event_types: tuple[str, ...] = ()

    @property
    def trace(self) -> Trace:
        """Where the rows lie, not counted yet.

        Returns
        -------
        Trace
            Into the table "events", with 0 rows.
        """
        tests = (("actor", self.actor), ("recipient", self.recipient), ("quad", self.quad))
        where = tuple(Condition(column, "=", value) for column, value in tests if value)
        if self.event_types:
            where += (Condition("event_type", "in", self.event_types),)
        where += (
            Condition("day", ">=", self.within.start.isoformat()),
            Condition("day", "<", self.within.end.isoformat()),
        )
        return Trace("events", self.source, where, 0)


def rank_relations(store: Store, sought: Sought) -> pa.Table:
    """Rank relations by the share of their actor's events that they surely draw.

    The order is that of the lower bound: an actor with one event would
    otherwise stand above all, with the whole of its attention on one relation.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    sought : Sought
        Which events count as a hit; an actor limits the ranking to its own relations.

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
    refuse_uncovered(store, sought.source, sought.within)
    abroad = Sought(source=sought.source, within=sought.within, actor=sought.actor)
    events = find_rows(store, abroad.trace)
    events = events.filter(events.actor != events.recipient)
    hits = events
    if sought.quad:
        hits = hits.filter(hits.quad == sought.quad)
    if sought.event_types:
        hits = hits.filter(hits.event_type.isin(sought.event_types))
    cells = store.engine.collect(_shares(events, hits))
    return _ranked(cells)


def _shares(events: ibis.Table, hits: ibis.Table) -> ibis.Table:
    totals = events.group_by("actor").agg(actor_events=events.events.sum().cast("int64"))
    found = hits.group_by("actor", "recipient").agg(
        events=hits.events.sum().cast("int64"), rows=hits.count().cast("int64")
    )
    both = found.join(totals, "actor")
    order = ["actor", "recipient"]
    return both.order_by(order).select(*order, "events", "actor_events", "rows")


def _ranked(cells: pa.Table) -> pa.Table:
    events, totals = (
        cells[name].to_numpy(zero_copy_only=False).astype(float)
        for name in ("events", "actor_events")
    )
    low, high = share_interval(events, totals, LEVEL)
    share = events / totals
    low, high = np.minimum(low, share), np.maximum(high, share)
    order = np.argsort(-low, kind="stable")
    cells = cells.take(order)
    columns = {
        "place": np.arange(1, order.size + 1),
        **{name: cells[name] for name in ("actor", "recipient", "events", "actor_events")},
        "share": share[order],
        "low": low[order],
        "high": high[order],
        "rows": cells["rows"],
    }
    return pa.table(columns)
