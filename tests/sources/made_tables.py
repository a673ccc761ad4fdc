"""Run one reader on tables made by hand."""

from collections.abc import Mapping
from importlib import import_module

import ibis
import pyarrow as pa

from cuibono.sources.base import read_with
from cuibono.store.engine import Engine

ENGINE = Engine()

Row = dict[str, object]


def read(source: str, layout: str, **tables: pa.Table) -> list[Row]:
    """Canonical rows that a reader gives, in the order of their keys."""
    rows = read_with(source, layout)(_lazy(tables))
    return _listed(rows.order_by("row"))


def packed(source: str, layout: str, **tables: pa.Table) -> pa.Table:
    """The compact layout of the rows that a reader accepts."""
    rows = ENGINE.cache(read_with(source, layout)(_lazy(tables)))
    return ENGINE.collect(
        import_module(f"cuibono.sources.{source}.reader").pack(
            rows.filter(rows.reject.isnull())
        )
    )


def lines(*texts: str) -> pa.Table:
    """Lines of a text file below its header."""
    numbers = range(2, len(texts) + 2)
    return pa.table(
        {"line": pa.array(numbers, pa.int64()), "text": pa.array(texts, pa.string())}
    )


def _lazy(tables: Mapping[str, pa.Table]) -> Mapping[str, ibis.Table]:
    return {name: ibis.memtable(table) for name, table in tables.items()}


def _listed(rows: ibis.Table) -> list[Row]:
    listed: list[Row] = ENGINE.collect(rows).to_pylist()
    return listed
