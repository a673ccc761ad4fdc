"""Rivalries become measures of two states over all the years they lasted."""

from __future__ import annotations

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.numbered import measures_by_year, number_text


def handbook(raw: Tables) -> ibis.Table:
    """Read the rivalries of the Handbook of International Rivalries.

    Parameters
    ----------
    raw : Tables
        "measures": one row per rivalry.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; the order of the
        two states means nothing.
    """
    table = raw["measures"]
    return _rivals(
        table.rename(number="rivalryno", name="rivalryname", first="styear", last="endyear"),
        "rivalry:handbook",
    )


def strategic(raw: Tables) -> ibis.Table:
    """Read the strategic rivalries of Thompson, Sakuwa and Suhas.

    Parameters
    ----------
    raw : Tables
        "measures": one row per rivalry.

    Returns
    -------
    ibis.Table
        As `handbook`.
    """
    table = raw["measures"]
    return _rivals(
        table.rename(number="tssr_id", name="rivalry", first="start", last="end"),
        "rivalry:strategic",
    )


def _rivals(table: ibis.Table, measure: str) -> ibis.Table:
    rows = table.select(
        line=ibis.row_number() + 1,
        text=table.name,
        row=ibis.literal("|").join([ibis.literal(measure), number_text(table.number)]),
        first_year=table["first"].cast("int32"),
        last_year=table["last"].cast("int32"),
        actor_number=number_text(table.ccode1),
        recipient_number=number_text(table.ccode2),
        measure=ibis.literal(measure),
        value=ibis.literal(1.0),
        n=ibis.literal(1, "int64"),
        reject=ibis.null("string"),
    )
    return measures_by_year(rows, source="rivalries", system="cow", unit="rivalry")
