"""Militarized disputes become the hostility of one state towards another, year by year."""

from __future__ import annotations

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.numbered import measures_by_year, number_text

HIGHEST_LEVEL = 5


def cow(raw: Tables) -> ibis.Table:
    """Read the directed disputes of the Correlates of War.

    Parameters
    ----------
    raw : Tables
        "measures": one row per dispute, state, opponent and year.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`: the hostility
        level of the actor, from 1 (none) to 5 (war).
    """
    return _hostility(raw["measures"], "cow", raw["measures"].disponset)


def gml(raw: Tables) -> ibis.Table:
    """Read the directed disputes of Gibler, Miller and Little.

    Parameters
    ----------
    raw : Tables
        "measures": one row per dispute, state, opponent and year.

    Returns
    -------
    ibis.Table
        As `cow`.
    """
    return _hostility(raw["measures"], "gml", raw["measures"].midonset)


def _hostility(table: ibis.Table, collection: str, onset: ibis.Value) -> ibis.Table:
    year, level = table.year.cast("int32"), table.hostlev1
    numbers = [number_text(table[name]) for name in ("dispnum", "ccode1", "ccode2", "year")]
    rows = table.select(
        line=ibis.row_number() + 1,
        text=ibis.null("string"),
        row=ibis.literal("|").join([ibis.literal(collection), *numbers]),
        first_year=year,
        last_year=year,
        actor_number=numbers[1],
        recipient_number=numbers[2],
        measure=(onset == 1).ifelse(
            f"dispute_onset:{collection}", ibis.literal(f"dispute_ongoing:{collection}")
        ),
        value=level.cast("float64"),
        n=ibis.literal(1, "int64"),
        reject=ibis.cases(
            (~level.between(1, HIGHEST_LEVEL), f"hostility level is not 1 to {HIGHEST_LEVEL}"),
            (~onset.isin([0, 1]).fill_null(False), "onset is neither 0 nor 1"),
            else_=None,
        ),
    )
    return measures_by_year(
        rows, source="disputes", system="cow", unit="hostility level, 1 to 5"
    )
