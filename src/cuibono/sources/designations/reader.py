"""Listings become measures of who designated whom, on the day it began."""

from __future__ import annotations

import calendar

import ibis

from cuibono.model.tables import MEASURES
from cuibono.sources.base import Tables, read_card
from cuibono.sources.codes import listed_codes, name_lookup
from cuibono.sources.commas import split_commas
from cuibono.sources.resolve import resolve

LISTER = "igo:eu"
LISTER_NAME = "European Union"
NUMBERED = r"^(\d{1,2})\.(\d{1,2})\.((19|20)\d\d)$"
SPELT = r"^(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.? ((19|20)\d\d)$"
MONTHS = {name: str(number) for number, name in enumerate(calendar.month_abbr) if name}
# The annexes name persons besides these.
GROUPS = ("Organization", "LegalEntity")
SCHEMAS = (*GROUPS, "Person")
RENAMED = {"measure": "sanction", "schema": "kind"}


def annex(raw: Tables) -> ibis.Table:
    """Read the annex of one act: each listing, on the one day it began.

    Parameters
    ----------
    raw : Tables
        "measures": the file's lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`; the measure is
        `designation:group` or `designation:person`.
    """
    (layout,) = read_card("designations").layouts
    columns = [RENAMED.get(name, name) for name in layout.columns["measures"]]
    table = split_commas(raw["measures"], columns)
    table = table.mutate(start=_day(table.startDate))
    table = _resolve_listed(table)
    group = table.kind.isin(GROUPS)
    return table.mutate(
        source=ibis.literal("designations"),
        row=ibis.literal("|").join(
            [table.celex, table.programKey, table.name, table.startDate]
        ),
        end=(table.start.cast("timestamp") + ibis.interval(days=1)).cast("date"),
        actor=ibis.literal(LISTER),
        recipient=group.ifelse(table.listed, ibis.null("string")),
        actor_name=ibis.literal(LISTER_NAME),
        recipient_name=table.name,
        measure=group.ifelse("designation:group", ibis.literal("designation:person")),
        value=ibis.literal(1.0),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        n=ibis.literal(1, "int64"),
        unit=ibis.literal("listing"),
        reject=ibis.cases(
            (table.fault.notnull(), table.fault),
            (table.name == "", "no name"),
            (~table.kind.isin(SCHEMAS), ibis.literal("unknown schema ") + table.kind),
            (table.startDate == "", "no start date"),
            (table.start.isnull(), "start date is not a day"),
            else_=None,
        ),
    ).select(*MEASURES, "line", "text", "reject")


def _day(text: ibis.Value) -> ibis.Value:
    """Read `6.10.2001` or `21 Oct. 2013`, null for anything else."""
    spelt = text.re_search(SPELT)
    pattern = spelt.ifelse(SPELT, NUMBERED)
    year, day = (text.re_extract(pattern, group) for group in (3, 1))
    month = text.re_extract(pattern, 2)
    month = spelt.ifelse(month.substitute(MONTHS, else_=""), month)
    parts = [year, month.lpad(2, "0"), day.lpad(2, "0")]
    return ibis.literal("-").join(parts).try_cast("date")


def _resolve_listed(table: ibis.Table) -> ibis.Table:
    """Tell whom a name in the annex means, by our own list or else by the registry's names."""
    own = listed_codes("designations", "names.csv")
    table = resolve(table, own, table.name, table.start, "_own")
    table = resolve(table, name_lookup(), table.name, table.start, "_registry")
    return table.mutate(listed=ibis.coalesce(table["_own"], table["_registry"]))
