"""A record made of panels at hand, so that a lens can look at a simulated world."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from cuibono.errors import EmptyRecordError
from cuibono.model.case import Case
from cuibono.model.panel import Panel
from cuibono.model.trace import Trace
from cuibono.record.record import Record


def make_record(
    case: Case,
    panels: Mapping[tuple[str, str], Panel],
    rows: Mapping[Trace, pa.Table] | None = None,
) -> Record:
    """Make a record without a store.

    Parameters
    ----------
    case : Case
        What is asked.
    panels : mapping of (str, str) to Panel
        By provider, and grid or measure: ("simulated", "week"); a panel by
        instrument is under the grid's name and " by instrument".
    rows : mapping of Trace to pyarrow.Table, optional
        Rows that a lens will ask for.

    Returns
    -------
    Record
        Raises EmptyRecordError for all else; a trace without rows counts what
        it says itself.
    """
    given = rows or {}

    def panel(source: str, kind: str) -> Panel:
        if (source, kind) not in panels:
            raise EmptyRecordError(f"{source}: this record was made without {kind!r}.")
        return panels[source, kind]

    def fetch(trace: Trace) -> pa.Table:
        if trace not in given:
            raise EmptyRecordError(f"{trace.source}: this record was made without {trace}.")
        return given[trace]

    def sources(table: str) -> tuple[str, ...]:
        found = {p.source for p in panels.values() if bool(p.measure) is (table == "measures")}
        return tuple(sorted(found))

    return Record(
        case=case,
        sources=sources,
        events=lambda source, grid: panel(source, grid.value),
        instruments=lambda source, grid: panel(source, f"{grid} by instrument"),
        measures=panel,
        history=panel,
        rows=fetch,
        count=lambda trace: given[trace].num_rows if trace in given else trace.n_rows,
    )
