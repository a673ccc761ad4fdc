"""By what means a relation was conducted: talked, promised, delivered, threatened, forced."""

from __future__ import annotations

from dataclasses import dataclass

import ibis

from cuibono.model.actor import DirectedDyad
from cuibono.model.estimate import Estimate
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.model.trace import Condition, Trace
from cuibono.record.panel import count_panel
from cuibono.record.sought import Sought
from cuibono.record.tally import Tally
from cuibono.stats.rates import share_interval
from cuibono.store.rows import ask_rows
from cuibono.store.store import Store
from cuibono.vocab.events import INSTRUMENTS, event_types

LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class InstrumentShare:
    """How much of a relation ran through one instrument.

    Attributes
    ----------
    dyad : DirectedDyad
        The relation.
    instrument : str
        One of the vocabulary's instruments.
    event_types : tuple of str
        PLOVER types that it comprises.
    share : Estimate
        Share of the relation's events, Jeffreys interval at level 0.9.
    traces : tuple of Trace
        Rows of the instrument, then of the whole relation.
    """

    dyad: DirectedDyad
    instrument: str
    event_types: tuple[str, ...]
    share: Estimate
    traces: tuple[Trace, Trace]


def instrument_shares(
    store: Store, source: str, dyad: DirectedDyad, within: Period, tally: Tally | None = None
) -> tuple[InstrumentShare, ...]:
    """Split a relation's events by instrument.

    Events whose code has no PLOVER type (statements and appeals) count in
    the whole and in no instrument, so the shares need not add up to one.

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
    tally : Tally, optional
        The source's events, counted already; the engine counts them by default.

    Returns
    -------
    tuple of InstrumentShare
        In the order of the vocabulary; empty where the relation has no event.
    """
    sought = Sought(
        source=source, within=within, actor=dyad.actor.id, recipient=dyad.recipient.id
    )
    cells = _count(store, sought) if tally is None else tally.by_type(sought)
    events = sum(n for n, _ in cells.values())
    if not events:
        return ()
    relation = sought.trace.where
    whole = Trace("events", source, relation, sum(rows for _, rows in cells.values()))
    shares = []
    for instrument in INSTRUMENTS:
        types = types_of(instrument)
        hits = [cells[name] for name in types if name in cells]
        where = (*relation, Condition("event_type", "in", types))
        trace = Trace("events", source, where, sum(rows for _, rows in hits))
        share = _share(sum(n for n, _ in hits), events)
        shares.append(InstrumentShare(dyad, instrument, types, share, (trace, whole)))
    return tuple(shares)


def _count(store: Store, sought: Sought) -> dict[str | None, tuple[int, int]]:
    """Count a relation's events and rows by PLOVER type."""
    cells = ask_rows(store, sought.trace, _by_type).to_pylist()
    return {cell["event_type"]: (int(cell["events"]), cell["rows"]) for cell in cells}


def _by_type(rows: ibis.Table) -> ibis.Table:
    return rows.group_by("event_type").agg(events=rows.events.sum(), rows=rows.count())


def types_of(instrument: str) -> tuple[str, ...]:
    """List the PLOVER types that an instrument comprises.

    Parameters
    ----------
    instrument : str
        One of the vocabulary's.

    Returns
    -------
    tuple of str
        In PLOVER's order.

    Examples
    --------
    >>> types_of("forced")
    ('COERCE', 'ASSAULT')
    """
    return tuple(t.name for t in event_types().values() if t.instrument == instrument)


def instrument_panel(store: Store, source: str, grid: Grid, within: Period) -> Panel:
    """Count events by instrument for every relation in the world.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of events.
    grid : Grid
        Length of a period.
    within : Period
        Days to use.

    Returns
    -------
    Panel
        Channels: "all" and the vocabulary's instruments.

    Raises
    ------
    NotCoveredError
        If the source covers none of the days.
    EmptyRecordError
        If no covered period has an event between two known actors.
    """
    kinds = {instrument: types_of(instrument) for instrument in INSTRUMENTS}
    return count_panel(store, source, grid, within, "event_type", kinds)


def _share(hits: int, total: int) -> Estimate:
    value = hits / total
    low, high = share_interval(hits, total, LEVEL)
    unit = "share of the relation's events"
    return Estimate(value, min(float(low), value), max(float(high), value), unit, LEVEL)
