"""From a trace back to the rows."""

from __future__ import annotations

import operator as op
from collections.abc import Sequence
from datetime import date

import ibis
import pyarrow as pa

from cuibono.errors import TraceError, suggest
from cuibono.model.tables import TABLES
from cuibono.model.trace import Condition, Trace
from cuibono.store.store import Store

COMPARE = {"=": op.eq, "!=": op.ne, ">=": op.ge, "<": op.lt}
REBUILD = "Write the dossier again with `cuibono explain`."


def count_rows(store: Store, trace: Trace) -> int:
    """Count the rows that a trace leads to now.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    trace : Trace
        Where to look; its own `n_rows` is not used.

    Returns
    -------
    int
        Rows found.
    """
    found = find_rows(store, trace)
    return int(store.engine.collect(found.aggregate(n=found.count()))["n"][0].as_py())


def count_relations(store: Store, trace: Trace) -> dict[tuple[str, str], int]:
    """Count the rows that a trace leads to, relation by relation, in one question.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    trace : Trace
        Where to look, no relation named.

    Returns
    -------
    dict of (str, str) to int
        Rows by (actor id, recipient id); a relation without a row is absent.
    """
    found = find_rows(store, trace)
    cells = store.engine.collect(found.group_by("actor", "recipient").agg(n=found.count()))
    parties = zip(cells["actor"].to_pylist(), cells["recipient"].to_pylist(), strict=True)
    return dict(zip(parties, cells["n"].to_pylist(), strict=True))


def fetch_rows(
    store: Store,
    trace: Trace,
    limit: int | None = None,
    offset: int = 0,
    order: Sequence[str] = ("row",),
) -> pa.Table:
    """Fetch the rows that a trace leads to, in the order of their keys.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    trace : Trace
        Where to look.
    limit : int, optional
        At most so many rows; all by default.
    offset : int, optional
        So many rows are left out first.
    order : sequence of str, optional
        Columns to order by; the key alone by default.

    Returns
    -------
    pyarrow.Table
        Canonical columns.
    """
    found = find_rows(store, trace).order_by(list(order))
    return store.engine.collect(found.limit(limit, offset=offset))


def find_rows(store: Store, trace: Trace) -> ibis.Table:
    """Narrow a canonical table to the rows of a trace.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    trace : Trace
        Table, source and conditions.

    Returns
    -------
    ibis.Table
        Lazy.

    Raises
    ------
    TraceError
        If the table or a column does not exist.
    """
    if trace.table not in TABLES:
        raise TraceError(
            f"No table {trace.table!r} in a store.{suggest(trace.table, TABLES)}"
            " Evidence rows are in the dossier itself."
        )
    rows = store.table(trace.table, trace.source)
    for condition in trace.where:
        rows = rows.filter(_test(rows, condition))
    return rows


def _test(rows: ibis.Table, condition: Condition) -> ibis.Value:
    if condition.column not in rows.columns:
        raise TraceError(
            f"No column {condition.column!r} to trace by."
            f"{suggest(condition.column, rows.columns)}"
        )
    column, value = rows[condition.column], condition.value
    values = value if isinstance(value, tuple) else (value,)
    operands = [_operand(column, text, condition) for text in values]
    if condition.operator == "in":
        return column.isin(operands)
    if isinstance(value, tuple) or condition.operator not in COMPARE:
        raise TraceError(f"{condition}: this test compares with nothing. {REBUILD}")
    return COMPARE[condition.operator](column, operands[0])


def _operand(column: ibis.Value, text: str, condition: Condition) -> str | date | float:
    """Read a condition's value as the column's type has it."""
    try:
        text.encode()
        if column.type().is_string():
            return text
        return date.fromisoformat(text) if column.type().is_date() else float(text)
    except ValueError as error:
        raise TraceError(
            f"{condition}: {text!r} is no {column.type()}, as this column holds. {REBUILD}"
        ) from error
