"""What is known for a case, laid out as panels when a lens first asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

import pyarrow as pa

from cuibono.errors import EmptyRecordError, NotCoveredError
from cuibono.model.case import Case
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.model.trace import Trace
from cuibono.record.instruments import instrument_panel
from cuibono.record.panel import event_panel, measure_panel, read_measure
from cuibono.store.rows import count_rows, fetch_rows
from cuibono.store.store import Store

T = TypeVar("T", str, Grid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that a lens may look at: a case, and the world's record in its days.

    Attributes
    ----------
    case : Case
        What is asked.
    sources : callable (table) -> tuple of str
        Providers with rows in "events" or "measures", sorted; the rows may lie
        outside the case's days.
    events : callable (source, grid) -> Panel
        Counted events of all relations, as from `event_panel`; raises
        NotCoveredError or EmptyRecordError as that does.
    instruments : callable (source, grid) -> Panel
        The same by instrument, as from `instrument_panel`.
    measures : callable (source, measure) -> Panel
        A yearly measure of all relations, as from `measure_panel`; raises alike.
    history : callable (source, measure) -> Panel
        The same from the source's first day to the case's last.
    rows : callable (trace) -> pyarrow.Table
        The rows that a trace leads to, in the order of their keys.
    count : callable (trace) -> int
        How many they are.
    """

    case: Case
    sources: Callable[[str], tuple[str, ...]]
    events: Callable[[str, Grid], Panel]
    instruments: Callable[[str, Grid], Panel]
    measures: Callable[[str, str], Panel]
    history: Callable[[str, str], Panel]
    rows: Callable[[Trace], pa.Table]
    count: Callable[[Trace], int]


def _once(ask: Callable[[str, T], Panel]) -> Callable[[str, T], Panel]:
    """Ask once, and remember a refusal as well as an answer: both cost a query."""

    @cache
    def known(source: str, kind: T) -> Panel | EmptyRecordError | NotCoveredError:
        try:
            return ask(source, kind)
        except (EmptyRecordError, NotCoveredError) as error:
            return error

    def answer(source: str, kind: T) -> Panel:
        found = known(source, kind)
        if isinstance(found, Panel):
            return found
        raise found.with_traceback(None)

    return answer


def open_record(case: Case, store: Store) -> Record:
    """Give the record of a case in a store; each panel is laid out once.

    Parameters
    ----------
    case : Case
        What is asked.
    store : Store
        What is known.

    Returns
    -------
    Record
        Nothing is read before it is asked for.
    """
    so_far = Period(date.min, case.period.end)

    def sources(table: str) -> tuple[str, ...]:
        return tuple(sorted({s.source for s in store.snapshots if s.table == table}))

    @cache
    def measured(source: str, name: str) -> pa.Table:
        return read_measure(store, source, name, so_far)

    def lay_out(source: str, name: str, within: Period) -> Panel:
        return measure_panel(store, source, name, within, measured(source, name))

    return Record(
        case=case,
        sources=sources,
        events=_once(lambda source, grid: event_panel(store, source, grid, case.period)),
        instruments=_once(
            lambda source, grid: instrument_panel(store, source, grid, case.period)
        ),
        measures=_once(lambda source, name: lay_out(source, name, case.period)),
        history=_once(lambda source, name: lay_out(source, name, so_far)),
        rows=lambda trace: fetch_rows(store, trace),
        count=lambda trace: count_rows(store, trace),
    )
