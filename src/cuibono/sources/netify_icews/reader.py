"""Four counts of a directed dyad-year become four measures."""

from __future__ import annotations

from functools import reduce

import ibis

from cuibono.model.tables import MEASURES
from cuibono.sources.base import Tables
from cuibono.sources.codes import resolve_in_year
from cuibono.sources.resolve import code_lookup

# ICEWS's own quads, statements included: not the quads of our events, hence measures.
COUNTS = {
    "verbCoop": "icews_events:verbal_cooperation",
    "matlCoop": "icews_events:material_cooperation",
    "verbConf": "icews_events:verbal_conflict",
    "matlConf": "icews_events:material_conflict",
}


def dyad_years(raw: Tables) -> ibis.Table:
    """Read the counts of events by directed dyad, year and quad; zero is a count.

    Parameters
    ----------
    raw : Tables
        "measures": one row per state, recipient and year.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`.
    """
    table = raw["measures"]
    year = table.year.cast("int32")
    table = table.mutate(line=ibis.row_number() + 1, year=year)
    lookup = code_lookup("iso3")
    table = resolve_in_year(table, lookup, table.i_iso3c, table.year, "actor")
    table = resolve_in_year(table, lookup, table.j_iso3c, table.year, "recipient")
    rows = [_counted(table, column, measure) for column, measure in COUNTS.items()]
    return reduce(lambda one, other: one.union(other), rows)


def _counted(table: ibis.Table, column: str, measure: str) -> ibis.Table:
    count = table[column]
    return table.mutate(
        source=ibis.literal("netify_icews"),
        row=ibis.literal("|").join(
            [table.i_iso3c, table.j_iso3c, table.year.cast("string"), ibis.literal(column)]
        ),
        start=ibis.date(table.year, 1, 1),
        end=ibis.date(table.year + 1, 1, 1),
        actor_name=table.i,
        recipient_name=table.j,
        measure=ibis.literal(measure),
        value=count.cast("float64"),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        n=count.cast("int64"),
        unit=ibis.literal("events"),
        text=ibis.null("string"),
        reject=ibis.cases(
            (table.year.isnull(), "no year"),
            (table.actor.isnull(), ibis.literal("no such ISO3 code: ") + table.i_iso3c),
            (table.recipient.isnull(), ibis.literal("no such ISO3 code: ") + table.j_iso3c),
            (~(count >= 0).fill_null(False), f"{column} is no count"),
            else_=None,
        ),
    ).select(*MEASURES, "line", "text", "reject")
