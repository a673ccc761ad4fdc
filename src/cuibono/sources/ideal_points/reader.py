"""UN ideal points become measures of one actor, with the 90 % bounds of the estimate."""

from __future__ import annotations

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.resolve import code_lookup, resolve

OVERALL = "All"


def native(raw: Tables) -> ibis.Table:
    """Read the estimates by session.

    Parameters
    ----------
    raw : Tables
        "measures": one row per issue, state (COW number) and session.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`.
    """
    table = raw["measures"]
    table = table.mutate(line=ibis.row_number() + 1, votes=table.NVotes.cast("int64"))
    day = ibis.date(table.year.cast("int32"), 12, 31)
    table = resolve(table, code_lookup("cow"), table.ccode.cast("string"), day, "actor")
    rows = _canonical(
        table.mutate(
            value=table.IdealPoint, low=table.Q5, high=table.Q95, name=table.Countryname
        )
    )
    bad = ibis.cases(
        (
            table.actor.isnull(),
            ibis.literal("no such COW number that year: ") + table.Countryname,
        ),
        (table.IdealPoint.isnull(), "no estimate"),
        else_=None,
    )
    return rows.mutate(reject=bad)


def embedded(raw: Tables) -> ibis.Table:
    """Open the estimates that ship with the package, rounded to thousandths.

    Parameters
    ----------
    raw : Tables
        "measures": one row per issue, year and state.

    Returns
    -------
    ibis.Table
        Canonical measures.
    """
    table = raw["measures"]
    return _canonical(
        table.mutate(
            value=table.value_thousandths / 1000,
            low=table.low_thousandths / 1000,
            high=table.high_thousandths / 1000,
            name=table.actor,
            line=ibis.literal(0, "int64"),
        )
    )


def pack(rows: ibis.Table) -> ibis.Table:
    """Shorten canonical measures to integers.

    Parameters
    ----------
    rows : ibis.Table
        Canonical measures, as `native` gives them.

    Returns
    -------
    ibis.Table
        The layout that `embedded` opens, ordered.
    """
    issue = rows.measure.re_replace("^ideal_point:?", "")
    short = rows.select(
        issue=(issue == "").ifelse(OVERALL, issue),
        year=rows.start.year().cast("int16"),
        actor="actor",
        votes=rows.n.cast("int16"),
        value_thousandths=(rows.value * 1000).round().cast("int16"),
        low_thousandths=(rows.low * 1000).round().cast("int16"),
        high_thousandths=(rows.high * 1000).round().cast("int16"),
    )
    return short.order_by("issue", "year", "actor")


def _canonical(table: ibis.Table) -> ibis.Table:
    year = table.year.cast("int32")
    overall = table.issue == OVERALL
    return table.mutate(
        source=ibis.literal("ideal_points"),
        row=ibis.literal("|").join([table.issue, year.cast("string"), table.actor]),
        start=ibis.date(year, 1, 1),
        end=ibis.date(year + 1, 1, 1),
        recipient=ibis.null("string"),
        actor_name=table.name,
        recipient_name=ibis.null("string"),
        measure=overall.ifelse("ideal_point", ibis.literal("ideal_point:") + table.issue),
        n=table.votes.cast("int64"),
        unit=ibis.literal("ideal point"),
        text=ibis.null("string"),
        reject=ibis.null("string"),
    )
