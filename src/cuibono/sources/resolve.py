"""Codes and names in raw columns become actor ids, inside the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import pairwise
from typing import TypeAlias

import ibis
import pyarrow as pa

from cuibono.model.actor import Kind
from cuibono.model.period import Period, merge_periods
from cuibono.vocab.actors import Code, code_table, load_actors

Meaning: TypeAlias = tuple[str, str, date, date]

ALWAYS = (date(1, 1, 1), date(9999, 1, 1))
LOOKUP = ("lookup_code", "lookup_id", "lookup_from", "lookup_to")


def code_lookup(system: str, *, kinds: Collection[Kind] = tuple(Kind)) -> ibis.Table:
    """Build the look-up from a code system to actor ids.

    Parameters
    ----------
    system : str
        Code system of the registry ("icews", "cow", "un").
    kinds : collection of Kind, optional
        Sorts of actor to keep; all by default.

    Returns
    -------
    ibis.Table
        Columns `LOOKUP`: code, actor id, and the half-open span in which the
        code holds; all time where the system does not date its codes.
    """
    actors = load_actors()
    return lookup_table(c for c in code_table(system) if actors[c.actor].kind in kinds)


def lookup_table(codes: Iterable[Code]) -> ibis.Table:
    """Lay codes out as a table that raw columns can be joined to.

    A code that means two actors on one day is left out: a row is never booked
    twice, nor to a guess.

    Parameters
    ----------
    codes : iterable of Code
        Codes of one system.

    Returns
    -------
    ibis.Table
        Columns `LOOKUP`.
    """
    rows = [row for meanings in _by_code(codes).values() for row in _unambiguous(meanings)]
    names = LOOKUP
    types = (pa.string(), pa.string(), pa.date32(), pa.date32())
    columns = list(zip(*rows, strict=True)) or [()] * 4
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return ibis.memtable(pa.table(dict(zip(names, arrays, strict=True))))


def _by_code(codes: Iterable[Code]) -> dict[str, list[Meaning]]:
    meanings: dict[str, list[Meaning]] = {}
    for c in codes:
        meaning = (c.code, c.actor, c.start or ALWAYS[0], c.end or ALWAYS[1])
        meanings.setdefault(c.code, []).append(meaning)
    return meanings


def _unambiguous(meanings: list[Meaning]) -> list[Meaning]:
    """Join one actor's spans; give nothing where two actors share a day."""
    actors = {actor for _, actor, _, _ in meanings}
    joined = [
        (meanings[0][0], actor, span.start, span.end)
        for actor in sorted(actors)
        for span in merge_periods([Period(m[2], m[3]) for m in meanings if m[1] == actor])
    ]
    spans = sorted((start, end) for _, _, start, end in joined)
    clash = any(later[0] < earlier[1] for earlier, later in pairwise(spans))
    return [] if clash else joined


def resolve(
    table: ibis.Table, lookup: ibis.Table, code: ibis.Value, day: ibis.Value, into: str
) -> ibis.Table:
    """Add the actor id that a code stood for on a day.

    Parameters
    ----------
    table : ibis.Table
        Raw rows.
    lookup : ibis.Table
        From `code_lookup`.
    code, day : ibis.Value
        The code as the source writes it, and the day it was used, both as
        expressions over `table`.
    into : str
        Name of the new column.

    Returns
    -------
    ibis.Table
        The same rows with `into`: an id, or null where nothing matches.
    """
    table = table.mutate(_code=code, _day=day)
    matched = table.left_join(
        lookup,
        [
            table["_code"] == lookup["lookup_code"],
            table["_day"] >= lookup["lookup_from"],
            table["_day"] < lookup["lookup_to"],
        ],
    )
    return matched.mutate(**{into: matched["lookup_id"]}).drop("_code", "_day", *LOOKUP)
