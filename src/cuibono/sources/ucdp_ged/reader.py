"""UCDP events become fatalities between two sides, or of an attacker that is named."""

from __future__ import annotations

import csv
from functools import reduce
from importlib.resources import files

import ibis

from cuibono.sources.base import Tables
from cuibono.sources.resolve import code_lookup, resolve

BETWEEN = "fatalities"
NAMED = "fatalities:named_attacker"


def native(raw: Tables) -> ibis.Table:
    """Read the provider's layout of 49 columns.

    Parameters
    ----------
    raw : Tables
        "measures": one row per fatal event.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; `n` is 1.
    """
    table = raw["measures"]
    day = table.date_start.cast("date")
    table = table.mutate(
        line=ibis.row_number() + 1,
        start=day,
        end=table.date_end.cast("date") + ibis.interval(days=1),
    )
    table = _name_attacker(table)
    lookup = code_lookup("ucdp")
    for side in ("a", "b"):
        number = table[f"side_{side}_new_id"].cast("int64").cast("string")
        table = resolve(table, lookup, number, table.start, f"id_{side}")
    named = table.attacker_name.notnull()
    return table.select(
        source=ibis.literal("ucdp_ged"),
        row=table.id.cast("int64").cast("string"),
        start="start",
        end="end",
        actor=named.ifelse(table.attacker, table.id_a),
        recipient="id_b",
        actor_name=named.ifelse(table.attacker_name, table.side_a),
        recipient_name="side_b",
        measure=named.ifelse(NAMED, BETWEEN),
        value=table.best.cast("float64"),
        low=table.low.cast("float64"),
        high=table.high.cast("float64"),
        n=ibis.literal(1, "int64"),
        unit=ibis.literal("deaths"),
        line="line",
        text="source_headline",
        reject=ibis.cases(
            (table.start.isnull() | table.end.isnull(), "no date"),
            (table.end <= table.start, "ends before it starts"),
            (table.low > table.high, "low above high"),
            else_=None,
        ),
    )


def trimmed(raw: Tables) -> ibis.Table:
    """Read the layout of 41 columns, which differs only in columns not used here.

    Parameters
    ----------
    raw : Tables
        "measures": one row per fatal event.

    Returns
    -------
    ibis.Table
        As `native`.
    """
    return native(raw)


def embedded(raw: Tables) -> ibis.Table:
    """Open the monthly sums that ship with the package.

    Parameters
    ----------
    raw : Tables
        "measures": sums per month, measure and pair of sides.

    Returns
    -------
    ibis.Table
        Canonical measures; `n` counts events.
    """
    table = raw["measures"]
    parts = [table.measure, table.month.cast("string"), table.actor_name, table.recipient_name]
    return table.mutate(
        source=ibis.literal("ucdp_ged"),
        row=ibis.literal("|").join(parts),
        start=table.month,
        end=table.month + ibis.interval(months=1),
        value=table.best.cast("float64"),
        low=table.low.cast("float64"),
        high=table.high.cast("float64"),
        n=table.events.cast("int64"),
        unit=ibis.literal("deaths"),
    )


def pack(rows: ibis.Table) -> ibis.Table:
    """Sum canonical measures by month, measure and pair of sides.

    Parameters
    ----------
    rows : ibis.Table
        Canonical measures, as `native` gives them.

    Returns
    -------
    ibis.Table
        The layout that `embedded` opens, ordered.
    """
    rows = rows.mutate(month=ibis.date(rows.start.year(), rows.start.month(), 1))
    keys = ["month", "measure", "actor", "actor_name", "recipient", "recipient_name"]
    sums = rows.group_by(keys).agg(
        events=rows.n.sum().cast("int32"),
        best=rows.value.sum().cast("int32"),
        low=rows.low.sum().cast("int32"),
        high=rows.high.sum().cast("int32"),
    )
    return sums.order_by(keys)


def _name_attacker(table: ibis.Table) -> ibis.Table:
    """Book a government's strike under another attacker that the headline alone names."""
    text = files("cuibono.sources.ucdp_ged").joinpath("attackers.csv").read_text("utf-8")
    attackers = list(csv.DictReader(text.splitlines()))
    headline = table.source_headline.lower()
    hits = [headline.re_search(attacker["pattern"]).fill_null(False) for attacker in attackers]
    named = reduce(lambda total, hit: total + hit.cast("int64"), hits, ibis.literal(0))
    alone = (named == 1) & table.side_a.startswith("Government of")
    ids = [(alone & hit, a["actor"] or None) for hit, a in zip(hits, attackers, strict=True)]
    names = [(alone & hit, a["name"]) for hit, a in zip(hits, attackers, strict=True)]
    none = ibis.null("string")
    return table.mutate(
        attacker=ibis.cases(*ids, else_=none), attacker_name=ibis.cases(*names, else_=none)
    )
