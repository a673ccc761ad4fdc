"""GDELT rows of 1.0 and 2.0 become canonical events."""

from __future__ import annotations

import ibis

from cuibono.model.tables import EVENTS
from cuibono.sources.base import Tables, read_card
from cuibono.sources.codes import listed_codes, read_list, tenths, type_events
from cuibono.sources.resolve import code_lookup, resolve

DAY = r"^(19|20)\d{6}$"
ADDED = r"^(19|20)\d{6}(\d{6})?$"
# Days are those of the place or the story, the day of adding is UTC's.
TIME_ZONES = ibis.interval(days=1)
NUMBER = r"^\d+$"
NOT_UTF_8 = "\ufffd"
LINK = "://"
# Daily files of 1.0 end with the link to a story; the back-file before April 2013 has none.
FIELDS_OF_VERSION_1 = (57, 58)
FIELDS_OF_VERSION_2 = (61,)


def history(raw: Tables) -> ibis.Table:
    """Read the back-file of 1.0, yearly and monthly files of 57 fields.

    Parameters
    ----------
    raw : Tables
        "events": the file's lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical events with `line`, `text` and `reject`; GLOBALEVENTID is
        the key.
    """
    return _read(raw["events"], "daily", FIELDS_OF_VERSION_1)


def daily(raw: Tables) -> ibis.Table:
    """Read the daily files of 1.0, with 58 fields.

    Parameters
    ----------
    raw : Tables
        "events": the file's lines.

    Returns
    -------
    ibis.Table
        As `history`.
    """
    return _read(raw["events"], "daily", FIELDS_OF_VERSION_1)


def quarter_hour(raw: Tables) -> ibis.Table:
    """Read the 15-minute files of 2.0, English and translingual, with 61 fields.

    Parameters
    ----------
    raw : Tables
        "events": the file's lines.

    Returns
    -------
    ibis.Table
        As `history`.
    """
    return _read(raw["events"], "quarter_hour", FIELDS_OF_VERSION_2)


def _read(lines: ibis.Table, layout: str, fields: tuple[int, ...]) -> ibis.Table:
    (columns,) = (x.columns["events"] for x in read_card("gdelt").layouts if x.name == layout)
    table = lines.mutate(cells=lines.text.split("\t"))
    table = table.mutate(**{name: table.cells[at] for at, name in enumerate(columns)})
    table = table.mutate(
        source=ibis.literal("gdelt"),
        row=table.GLOBALEVENTID,
        day=_day(table.SQLDATE),
        precision=ibis.literal("day"),
        code=table.EventCode,
        goldstein_tenths=tenths(table.GoldsteinScale),
        events=ibis.literal(1, "int64"),
        available=_day(table.DATEADDED),
        # A citation such as "BBC Monitoring" names no document.
        story=table.SOURCEURL.contains(LINK).ifelse(table.SOURCEURL, ibis.null("string")),
        origins=ibis.null("int64"),
    )
    table = _add_parties(type_events(table))
    return table.mutate(reject=_fault(table, fields)).select(*EVENTS, "line", "text", "reject")


def _day(text: ibis.Value) -> ibis.Value:
    """Read the day in the first eight digits, null where they are none."""
    iso = ibis.literal("-").join([text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)])
    return text.re_search(ADDED).ifelse(iso, ibis.null("string")).try_cast("date")


def _add_parties(table: ibis.Table) -> ibis.Table:
    """Book a party under the known group it names, else under its country."""
    groups, states = listed_codes("gdelt", "known_groups.csv"), code_lookup("gdelt")
    for place, into in (("Actor1", "actor"), ("Actor2", "recipient")):
        table = resolve(table, groups, table[f"{place}KnownGroupCode"], table.day, "_group")
        table = resolve(table, states, table[f"{place}CountryCode"], table.day, "_state")
        said = ibis.coalesce(
            table[f"{place}Name"].nullif(""), table[f"{place}Code"].strip().nullif("")
        )
        table = table.mutate(
            **{into: ibis.coalesce(table["_group"], table["_state"]), f"{into}_name": said}
        ).drop("_group", "_state")
    return table


def _fault(table: ibis.Table, fields: tuple[int, ...]) -> ibis.Value:
    """Say what is wrong with a line, if anything; the first reason counts."""
    quads = {row["root"]: row["quad_class"] for row in read_list("gdelt", "quad_classes.csv")}
    fits = table.QuadClass == table.EventRootCode.substitute(quads, else_="")
    return ibis.cases(
        (table.text == "", "empty line"),
        (~table.cells.length().isin(fields), f"not {' or '.join(map(str, fields))} fields"),
        (table.text.contains(NOT_UTF_8), "not UTF-8 text"),
        (~table.GLOBALEVENTID.re_search(NUMBER), "GLOBALEVENTID is no number"),
        (~table.SQLDATE.re_search(DAY) | table.day.isnull(), "SQLDATE is not a day"),
        (table.available.isnull(), "DATEADDED is not a day"),
        (table.day > table.available + TIME_ZONES, "dated after the day it was added"),
        (
            table.known.isnull(),
            ibis.literal("unknown CAMEO code ") + table.EventCode,
        ),
        (
            ~table.EventCode.startswith(table.EventBaseCode)
            | ~table.EventBaseCode.startswith(table.EventRootCode),
            "EventCode, EventBaseCode and EventRootCode disagree",
        ),
        (~fits, "QuadClass does not fit EventRootCode"),
        (
            table.goldstein_tenths.isnull() & (table.GoldsteinScale != ""),
            "GoldsteinScale is no number from -10 to 10",
        ),
        else_=None,
    )
