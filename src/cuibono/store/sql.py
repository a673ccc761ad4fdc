"""An expression as SQL, with its in-memory tables under names of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
from ibis.expr.datashape import scalar
from ibis.expr.datatypes import DataType
from sqlglot.dialects.dialect import Dialect

from cuibono.errors import StoreError, suggest
from cuibono.store.capabilities import Capability, engine_table


def compile_sql(expression: ibis.Table, dialect: str) -> tuple[str, Mapping[str, pa.Table]]:
    """Compile an expression to the SQL of one engine.

    Parameters
    ----------
    expression : ibis.Table
        What to compute.
    dialect : str
        Ibis's name of the SQL ("clickhouse", "bigquery", "trino").

    Returns
    -------
    str, mapping of str to pyarrow.Table
        The query, and the look-up tables that it names: they must be in the
        engine under these names before the query runs.

    Raises
    ------
    StoreError
        If no engine of the capability table speaks this dialect.
    """
    engines = {engine.dialect: engine for engine in engine_table().values()}
    if dialect not in engines:
        known = f"Known dialects: {', '.join(engines)}."
        raise StoreError(f"No SQL dialect {dialect!r}.{suggest(dialect, engines)} {known}")
    named, lookups = name_lookups(expression)
    query = str(ibis.to_sql(named, dialect=dialect))
    return _rename_functions(query, engines[dialect]), lookups


def name_lookups(expression: ibis.Table) -> tuple[ibis.Table, Mapping[str, pa.Table]]:
    """Name each in-memory table of an expression after its contents.

    Ibis names them at random, so that the same question would never give the
    same SQL twice, and an engine could not know a table it already has.

    Parameters
    ----------
    expression : ibis.Table
        Any expression.

    Returns
    -------
    ibis.Table, mapping of str to pyarrow.Table
        The same expression over named tables, and those tables.
    """
    lookups: dict[str, pa.Table] = {}
    replaced: dict[ops.Node, ops.Node] = {}
    for node in expression.op().find(ops.InMemoryTable):
        rows = node.data.to_pyarrow(node.schema).combine_chunks()
        name = f"lookup_{_digest(rows)}"
        lookups[name] = rows
        replaced[node] = ops.UnboundTable(name=name, schema=node.schema)
    return expression.op().replace(replaced).to_expr(), lookups


class Blank(ops.Scalar):  # type: ignore[misc]
    """What a question leaves open until it is put.

    Attributes
    ----------
    dtype : ibis type
        Of what it will stand for.
    label : str
        A letter and what else a name is made of.
    shape : ibis shape
        One value, whatever the rows.
    """

    dtype: DataType
    label: str
    shape = scalar


def leave_blank(label: str, kind: str) -> ibis.Scalar:
    """Leave a place in an expression open.

    Parameters
    ----------
    label : str
        Its name within the expression.
    kind : str
        Ibis's name of the type that it will have.

    Returns
    -------
    ibis.Scalar
        To be compared with.
    """
    return Blank(dtype=kind, label=label).to_expr()


def fill_blanks(question: ibis.Table, values: Mapping[str, object]) -> ibis.Table:
    """Write values into the blanks of an expression.

    Parameters
    ----------
    question : ibis.Table
        An expression with blanks.
    values : mapping of str to object
        What each stands for.

    Returns
    -------
    ibis.Table
        The expression without blanks.
    """
    filled: dict[ops.Node, ops.Node] = {
        blank: ibis.literal(values[blank.label], blank.dtype).op()
        for blank in question.op().find(Blank)
    }
    return question.op().replace(filled).to_expr()


def _rename_functions(query: str, engine: Capability) -> str:
    """Rename by token, so that the same letters inside a text stay as they are."""
    if not engine.functions:
        return query
    tokens = Dialect.get_or_raise(engine.dialect).tokenize(query)
    for token in reversed(tokens):
        written = query[token.start : token.end + 1]
        if written in engine.functions:
            query = query[: token.start] + engine.functions[written] + query[token.end + 1 :]
    return query


def _digest(rows: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return hashlib.sha256(sink.getvalue()).hexdigest()[:12]
