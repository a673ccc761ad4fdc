"""ATOP obligations become measures of who promised what to whom."""

from __future__ import annotations

from functools import reduce

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.numbered import measures_by_year, number_text

OBLIGATIONS = {
    "atop_defense": "alliance:defense",
    "atop_offense": "alliance:offense",
    "atop_neutral": "alliance:neutrality",
    "atop_nonagg": "alliance:nonaggression",
    "atop_consul": "alliance:consultation",
}
OTHER = "alliance:other"


def dyad_years(raw: Tables) -> ibis.Table:
    """Read the directed dyad-years: one measure, of value 1, for each obligation.

    Parameters
    ----------
    raw : Tables
        "measures": one row per state, ally and year.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; allies without
        one of the five obligations have `alliance:other`.
    """
    table = raw["measures"]
    table = table.mutate(line=ibis.row_number() + 1)
    held = {measure: table[column] == 1 for column, measure in OBLIGATIONS.items()}
    held[OTHER] = ~reduce(lambda one, other: one | other, held.values())
    rows = [_holding(table.filter(flag.fill_null(False)), name) for name, flag in held.items()]
    return measures_by_year(
        reduce(lambda one, other: one.union(other), rows),
        source="alliances",
        system="cow",
        unit="obligation in force",
    )


def _holding(table: ibis.Table, measure: str) -> ibis.Table:
    year = table.year.cast("int32")
    numbers = [number_text(table[name]) for name in ("ccode1", "ccode2", "year")]
    unknown = [~table[name].isin([0, 1]).fill_null(False) for name in OBLIGATIONS]
    return table.select(
        line=table.line,
        text=ibis.null("string"),
        row=ibis.literal("|").join([*numbers, measure]),
        first_year=year,
        last_year=year,
        actor_number=numbers[0],
        recipient_number=numbers[1],
        measure=ibis.literal(measure),
        value=ibis.literal(1.0),
        n=ibis.literal(1, "int64"),
        reject=reduce(lambda one, other: one | other, unknown).ifelse(
            "an obligation is neither 0 nor 1", ibis.null("string")
        ),
    )
