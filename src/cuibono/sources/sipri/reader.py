"""SIPRI orders, deliveries and yearly totals become measures of a supplier and a recipient."""

from __future__ import annotations

import ibis

from cuibono.model.tables import MEASURES
from cuibono.sources.base import Tables
from cuibono.sources.codes import listed_codes, name_lookup
from cuibono.sources.commas import split_commas
from cuibono.sources.resolve import resolve

UNIT = "TIV, millions"
YEAR = r"^(19|20)\d\d$"
YEARS = r"^(19|20)\d\d(; (19|20)\d\d)*$"
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
    return _orders_and_deliveries(split_commas(raw["measures"], FIELDS).select(*WANTED))


def register(raw: Tables) -> ibis.Table:
    """Read the trade register as Parquet.

    Each deal gives one row for the order and, once something was delivered,
    one for the deliveries: `value` is the TIV, `n` the number of weapons.

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
    return _orders_and_deliveries(table.select(*WANTED))


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
        measure=ibis.literal("arms_transfers"),
        value=table.value.cast("float64"),
        n=ibis.literal(1, "int64"),
        reject=table.value.isnull().ifelse("no TIV", ibis.null("string")),
    )
    return _canonical(table)


def _orders_and_deliveries(deals: ibis.Table) -> ibis.Table:
    deals = _keyed(
        deals.mutate(
            order_year=deals.order_year.cast("string"),
            delivery_years=deals.delivery_years.fill_null(""),
            **{
                name: deals[name].try_cast("float64")
                for name in ("n_ordered", "n_delivered", "tiv_order", "tiv_delivered")
            },
        )
    )
    ordered, delivered = deals.order_year, deals.delivery_years
    rows = [
        _measured(deals, "arms_ordered", ordered, ordered, deals.tiv_order, deals.n_ordered),
        _measured(
            deals.filter(deals.fault.isnull() & delivered.re_search(YEARS)),
            "arms_delivered",
            delivered.substr(0, 4),
            delivered.right(4),
            deals.tiv_delivered,
            deals.n_delivered,
        ),
    ]
    return _canonical(rows[0].union(rows[1]))


def _fault(deals: ibis.Table) -> ibis.Value:
    """Say why a deal is none; one that is none has no deliveries either."""
    named = (deals.supplier != "") & (deals.recipient != "")
    return ibis.cases(
        (deals.fault.notnull(), deals.fault),
        (~named.fill_null(False), "no supplier or no recipient"),
        (~deals.order_year.re_search(YEAR).fill_null(False), "year of order is no year"),
        else_=None,
    )


def _keyed(deals: ibis.Table) -> ibis.Table:
    """Give deals a key and number those that share it: the register has no id of its own."""
    named = [deals.supplier, deals.recipient, deals.order_year, deals.weapon]
    rest = [deals.delivery_years, deals.n_ordered, deals.n_delivered, deals.tiv_delivered]
    number = ibis.row_number().over(group_by=named, order_by=[*rest, deals.line])
    return deals.mutate(
        fault=_fault(deals), deal=ibis.literal("|").join([*named, number.cast("string")])
    )


def _measured(
    deals: ibis.Table,
    measure: str,
    first: ibis.Value,
    last: ibis.Value,
    value: ibis.Value,
    number: ibis.Value,
) -> ibis.Table:
    """Give one side of each deal, from the first day of a year to the last of another."""
    reject = ibis.coalesce(deals.fault, value.isnull().ifelse("no TIV", ibis.null("string")))
    start, end = (year.re_extract(YEAR, 0).try_cast("int32") for year in (first, last))
    return deals.select(
        "line",
        "text",
        "supplier",
        "recipient",
        row=deals.deal + f"|{measure}",
        measure=ibis.literal(measure),
        start=ibis.date(start, 1, 1),
        end=ibis.date(end + 1, 1, 1),
        value=value,
        n=number.cast("int64"),
        reject=reject,
    )


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
