"""SIPRI orders, and what was delivered in a year, become measures of two parties."""

from __future__ import annotations

import ibis

from cuibono.model.tables import MEASURES
from cuibono.sources.base import Tables
from cuibono.sources.codes import listed_codes, name_lookup
from cuibono.sources.commas import split_commas
from cuibono.sources.resolve import resolve

UNIT = "TIV, millions"
YEAR = r"^(19|20)\d\d$"
FIELDS = (
    "recipient",
    "supplier",
    "order_year",
    "order_year_uncertain",
    "n_ordered",
    "n_ordered_uncertain",
    "weapon",
    "description",
    "n_delivered",
    "n_delivered_uncertain",
    "delivery_years",
    "status",
    "comments",
    "tiv_unit",
    "tiv_order",
    "tiv_delivered",
)
WANTED = (
    "line",
    "text",
    "recipient",
    "supplier",
    "order_year",
    "weapon",
    "delivery_years",
    "n_ordered",
    "n_delivered",
    "tiv_order",
    "tiv_delivered",
    "fault",
)


def exported_register(raw: Tables) -> ibis.Table:
    """Read the trade register as its site exports it, comma-separated.

    Parameters
    ----------
    raw : Tables
        "measures": the file's lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        As `register`.
    """
    return _orders(split_commas(raw["measures"], FIELDS).select(*WANTED))


def register(raw: Tables) -> ibis.Table:
    """Read the trade register as Parquet.

    A deal is booked to the year of its order: `value` is the TIV of what was
    ordered, `n` the number of weapons. What was delivered, year by year, is
    in the other table.

    Parameters
    ----------
    raw : Tables
        "measures": one row per deal.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`.
    """
    table = raw["measures"].mutate(
        line=ibis.row_number() + 1, text=raw["measures"].comments, fault=ibis.null("string")
    )
    return _orders(table.select(*WANTED))


def dyad_years(raw: Tables) -> ibis.Table:
    """Read the TIV delivered by dyad and year.

    Parameters
    ----------
    raw : Tables
        "measures": one row per supplier, recipient and year.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; `n` is 1.
    """
    table = raw["measures"]
    year = table.year.cast("int32")
    table = table.mutate(
        line=ibis.row_number() + 1,
        text=ibis.null("string"),
        start=ibis.date(year, 1, 1),
        end=ibis.date(year + 1, 1, 1),
        row=ibis.literal("|").join([table.supplier, table.recipient, year.cast("string")]),
        measure=ibis.literal("arms_delivered"),
        value=table.value.cast("float64"),
        n=ibis.literal(1, "int64"),
        reject=table.value.isnull().ifelse("no TIV", ibis.null("string")),
    )
    return _canonical(table)


def _orders(deals: ibis.Table) -> ibis.Table:
    """Book each deal to the year of its order: one row a line, so that lines can be counted."""
    numbers = ("n_ordered", "n_delivered", "tiv_order", "tiv_delivered")
    deals = deals.mutate(
        order_year=deals.order_year.cast("string"),
        delivery_years=deals.delivery_years.fill_null(""),
        **{name: deals[name].try_cast("float64") for name in numbers},
    )
    named = (deals.supplier != "") & (deals.recipient != "")
    year = deals.order_year.re_extract(YEAR, 0).try_cast("int32")
    rows = deals.mutate(
        row=_key(deals),
        measure=ibis.literal("arms_ordered"),
        start=ibis.date(year, 1, 1),
        end=ibis.date(year + 1, 1, 1),
        value=deals.tiv_order,
        n=deals.n_ordered.cast("int64"),
        reject=ibis.cases(
            (deals.fault.notnull(), deals.fault),
            (~named.fill_null(False), "no supplier or no recipient"),
            (~deals.order_year.re_search(YEAR).fill_null(False), "year of order is no year"),
            (deals.tiv_order.isnull(), "no TIV"),
            else_=None,
        ),
    )
    return _canonical(rows)


def _key(deals: ibis.Table) -> ibis.Value:
    """Name a deal, with a number where several share a name: the register has no id."""
    named = [deals.supplier, deals.recipient, deals.order_year, deals.weapon]
    rest = [deals.delivery_years, deals.n_ordered, deals.n_delivered, deals.tiv_delivered]
    number = ibis.row_number().over(group_by=named, order_by=[*rest, deals.line])
    return ibis.literal("|").join([*named, number.cast("string")])


def _canonical(table: ibis.Table) -> ibis.Table:
    table = table.mutate(actor_name=table.supplier, recipient_name=table.recipient)
    for name, into in (("actor_name", "actor"), ("recipient_name", "_recipient")):
        for lookup, part in (
            (listed_codes("sipri", "names.csv"), "_own"),
            (name_lookup(), "_registry"),
        ):
            table = resolve(table, lookup, table[name], table.start, part)
        table = table.mutate(**{into: ibis.coalesce(table["_own"], table["_registry"])})
        table = table.drop("_own", "_registry")
    return table.mutate(
        source=ibis.literal("sipri"),
        recipient=table["_recipient"],
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        unit=ibis.literal(UNIT),
    ).select(*MEASURES, "line", "text", "reject")
