"""Counts of filmed strike claims become measures of the state that made the claims."""

from __future__ import annotations

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.days import iso_day

CLAIMANT = "RUS"


def native(raw: Tables) -> ibis.Table:
    """Read the table of published figures.

    Parameters
    ----------
    raw : Tables
        "measures": one figure a row.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`.
    """
    table = raw["measures"]
    table = _canonical(
        table.mutate(
            batch=table.source,
            start=iso_day(table.period_from),
            end=iso_day(table.period_to) + ibis.interval(days=1),
            videos=table.n.try_cast("int64"),
        )
    )
    return table.mutate(
        reject=ibis.cases(
            (~(table.start < table.end).fill_null(False), "no period"),
            (table.videos.isnull(), "no number of videos"),
            else_=None,
        )
    )


def embedded(raw: Tables) -> ibis.Table:
    """Open the figures that ship with the package.

    Parameters
    ----------
    raw : Tables
        "measures": one figure a row.

    Returns
    -------
    ibis.Table
        Canonical measures.
    """
    return _canonical(raw["measures"])


def pack(rows: ibis.Table) -> ibis.Table:
    """Keep the columns that tell the figures apart.

    Parameters
    ----------
    rows : ibis.Table
        Canonical measures, as `native` gives them.

    Returns
    -------
    ibis.Table
        The layout that `embedded` opens, ordered.
    """
    short = rows.select(
        batch=rows.row.split("|")[0],
        start="start",
        end="end",
        category=rows.measure,
        videos=rows.value.cast("int16"),
        url=rows.text,
    )
    return short.order_by("batch", "category")


def _canonical(table: ibis.Table) -> ibis.Table:
    videos = table.videos.cast("float64")
    return table.mutate(
        source=ibis.literal("declared_vs_done"),
        row=table.batch + "|" + table.category,
        actor=ibis.literal(CLAIMANT),
        recipient=ibis.null("string"),
        actor_name=ibis.literal("Ministry of Defence (Russia)"),
        recipient_name=ibis.null("string"),
        measure=table.category,
        value=videos,
        low=videos,
        high=videos,
        n=ibis.literal(1, "int64"),
        unit=ibis.literal("videos"),
        line=ibis.row_number() + 2,
        text=table.url,
        reject=ibis.null("string"),
    )
