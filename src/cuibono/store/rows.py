"""From a trace back to the rows."""

from __future__ import annotations

import operator as op
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import TypeAlias

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.datatypes import DataType
from numpy.typing import NDArray

from cuibono.errors import TraceError, suggest
from cuibono.model.tables import TABLES
from cuibono.model.trace import Condition, Operator, Trace
from cuibono.store.sql import leave_blank
from cuibono.store.store import Store

Operand = str | date | float
Asked: TypeAlias = Callable[[ibis.Table], ibis.Table]
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
    return int(ask_rows(store, trace, _number)["n"][0].as_py())


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
    cells = ask_rows(store, trace, _number_by_relation)
    parties = zip(cells["actor"].to_pylist(), cells["recipient"].to_pylist(), strict=True)
    return dict(zip(parties, cells["n"].to_pylist(), strict=True))


def ask_rows(store: Store, trace: Trace, asked: Asked) -> pa.Table:
    """Ask something of the rows that a trace leads to.

    It is worded once for all traces whose conditions differ in their values alone.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    trace : Trace
        Where to look.
    asked : callable (rows) -> ibis.Table
        Makes a question of the rows; what is worded is kept by this function, so give the
        same one again.

    Returns
    -------
    pyarrow.Table
        The answer.
    """
    question, named = _put(store, trace, asked)
    return store.engine.ask(question, named)


def fetch_days(store: Store, trace: Trace, column: str) -> NDArray[np.datetime64]:
    """Fetch the days of the rows that a trace leads to.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    trace : Trace
        Where to look.
    column : str
        Which of the table's days.

    Returns
    -------
    array of datetime64[D], shape (n_rows,)
        Ascending.
    """
    days = ask_rows(store, trace, _only(column))[column].to_numpy(zero_copy_only=False)
    return np.sort(days.astype("datetime64[D]"))


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
    question, named = _put(store, trace, _in_order(tuple(order)))
    return store.engine.ask(question, named, limit, offset)


def _number(rows: ibis.Table) -> ibis.Table:
    return rows.aggregate(n=rows.count())


def _number_by_relation(rows: ibis.Table) -> ibis.Table:
    return rows.group_by("actor", "recipient").agg(n=rows.count())


@lru_cache
def _only(column: str) -> Asked:
    return lambda rows: rows.select(column)


@lru_cache
def _in_order(order: tuple[str, ...]) -> Asked:
    return lambda rows: rows.order_by(list(order))


def _put(store: Store, trace: Trace, asked: Asked) -> tuple[ibis.Table, dict[str, Operand]]:
    """Word a question about the rows of a trace, and name the values that it is put with."""
    schema = _open(store, trace).schema()
    values = [_operands(schema, condition) for condition in trace.where]
    shape = tuple(
        (condition.column, condition.operator, tuple(map(_kind, operands)))
        for condition, operands in zip(trace.where, values, strict=True)
    )
    filled = [value for operands in values for value in operands]
    named = {f"b{number}": value for number, value in enumerate(filled)}
    return _question(store, trace.table, trace.source, shape, asked), named


@lru_cache(maxsize=64)
def _question(
    store: Store,
    table: str,
    source: str,
    shape: tuple[tuple[str, Operator, tuple[str, ...]], ...],
    asked: Asked,
) -> ibis.Table:
    """Word a question once for all values that it may be put with."""
    rows, number = store.table(table, source), count()
    for column, operator, kinds in shape:
        blanks = [leave_blank(f"b{next(number)}", kind) for kind in kinds]
        rows = rows.filter(_compare(rows[column], operator, blanks))
    return asked(rows)


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
    rows = _open(store, trace)
    schema = rows.schema()
    for condition in trace.where:
        operands = _operands(schema, condition)
        rows = rows.filter(_compare(rows[condition.column], condition.operator, operands))
    return rows


def _open(store: Store, trace: Trace) -> ibis.Table:
    if trace.table not in TABLES:
        raise TraceError(
            f"No table {trace.table!r} in a store.{suggest(trace.table, TABLES)}"
            " Evidence rows are in the dossier itself."
        )
    return store.table(trace.table, trace.source)


def _compare(
    column: ibis.Value, operator: Operator, operands: Sequence[ibis.Scalar | Operand]
) -> ibis.Value:
    if operator == "in":
        return column.isin(operands)
    return COMPARE[operator](column, operands[0])


def _operands(schema: ibis.Schema, condition: Condition) -> list[Operand]:
    """Read what a condition compares a column with."""
    if condition.column not in schema:
        raise TraceError(
            f"No column {condition.column!r} to trace by."
            f"{suggest(condition.column, schema.names)}"
        )
    several = isinstance(condition.value, tuple)
    if condition.operator != "in" and (several or condition.operator not in COMPARE):
        raise TraceError(f"{condition}: this test compares with nothing. {REBUILD}")
    texts = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return [_operand(schema[condition.column], text, condition) for text in texts]


def _operand(kind: DataType, text: str, condition: Condition) -> Operand:
    """Read a condition's value as the column's type has it."""
    try:
        text.encode()
        if kind.is_string():
            return text
        return date.fromisoformat(text) if kind.is_date() else float(text)
    except ValueError as error:
        raise TraceError(
            f"{condition}: {text!r} is no {kind}, as this column holds. {REBUILD}"
        ) from error


def _kind(operand: Operand) -> str:
    return {str: "string", date: "date", float: "float64"}[type(operand)]
