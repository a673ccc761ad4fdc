"""The same world under other names: what depends on a name shows up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from cuibono.model.actor import Actor
from cuibono.model.panel import Panel
from cuibono.model.trace import Trace
from cuibono.record.record import Record

T = TypeVar("T")

PARTIES = ("actor", "recipient")


def rename(actor: str) -> str:
    """Give an actor another name, such that the order of names is turned around.

    Parameters
    ----------
    actor : str
        A name.

    Returns
    -------
    str
        Another one.

    Examples
    --------
    >>> rename("A01") > rename("B01")
    True
    """
    return "".join(chr(0x17E - ord(letter)) for letter in actor)


def relabel(record: Record) -> Record:
    """Give the same record with every actor under another name.

    Parameters
    ----------
    record : Record
        A made record.

    Returns
    -------
    Record
        Relations stand in the order of their new names.
    """

    def by(panels: Callable[[str, Any], Panel]) -> Callable[[str, Any], Panel]:
        return cache(lambda source, kind: _rename_panel(panels(source, kind)))

    return replace(
        record,
        case=_rename_actors(record.case),
        events=by(record.events),
        instruments=by(record.instruments),
        measures=by(record.measures),
        history=by(record.history),
        rows=lambda trace: _rename_rows(record.rows(_rename_trace(trace))),
        count=lambda trace: record.count(_rename_trace(trace)),
    )


def _rename_trace(trace: Trace) -> Trace:
    """Name the parties of a trace as the record itself does; renamed twice is as before."""
    where = tuple(
        replace(test, value=rename(str(test.value))) if test.column in PARTIES else test
        for test in trace.where
    )
    return replace(trace, where=where)


def _rename_rows(rows: pa.Table) -> pa.Table:
    for column in PARTIES:
        if column in rows.column_names:
            names = [
                None if name is None else rename(name) for name in rows[column].to_pylist()
            ]
            at = rows.column_names.index(column)
            rows = rows.set_column(at, column, pa.array(names, rows[column].type))
    return rows


def _rename_actors(value: T) -> T:
    if isinstance(value, Actor):
        return replace(value, id=rename(value.id))
    if isinstance(value, tuple):
        return type(value)(_rename_actors(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _rename_actors(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **changed)
    return value


def _rename_panel(panel: Panel) -> Panel:
    named = [(rename(a), rename(b)) for a, b in panel.relations]
    if panel.measure or all(a <= b for a, b in panel.relations):
        named = [(min(pair), max(pair)) for pair in named]
    order = np.array(sorted(range(len(named)), key=named.__getitem__), np.intp)
    return replace(
        panel,
        relations=tuple(named[place] for place in order),
        channels={name: values[order] for name, values in panel.channels.items()},
        exposure=panel.exposure[order],
        rows=panel.rows[order],
    )
