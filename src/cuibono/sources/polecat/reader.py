"""POLECAT rows become canonical events; they speak PLOVER already."""

from __future__ import annotations

import ibis
import pyarrow as pa

from cuibono.model.tables import EVENTS
from cuibono.sources.base import Tables, read_card
from cuibono.sources.codes import resolve_in_year, steady_lookup, tenths
from cuibono.sources.days import iso_day
from cuibono.vocab.actors import code_table
from cuibono.vocab.events import event_types

# Where several states act as one party their numbers are joined by semicolons.
ONE_NUMBER = r"^\d+$"
NOTHING = ("", "None", "NA")
NOT_UTF_8 = "\ufffd"
READ = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Quad Code",
    "Actor Name",
    "Actor COW",
    "Recipient Name",
    "Recipient COW",
    "Publication Date",
)
# Files give a story no number: where and when it came out, and whom and what it names, must do.
STORY = (
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
)
INTENSITY = ("Intensity", "Event Intensity")


def weekly(raw: Tables) -> ibis.Table:
    """Read the 40-column text files.

    Parameters
    ----------
    raw : Tables
        "events": the file's lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical events with `line`, `text` and `reject`; Event ID is the key.
    """
    return _read(raw["events"], "weekly", INTENSITY[0])


def renamed(raw: Tables) -> ibis.Table:
    """Read the text files that call the intensity Event Intensity.

    Parameters
    ----------
    raw : Tables
        "events": the file's lines.

    Returns
    -------
    ibis.Table
        As `weekly`.
    """
    return _read(raw["events"], "renamed", INTENSITY[1])


def _read(lines: ibis.Table, layout: str, intensity: str) -> ibis.Table:
    (columns,) = (x.columns["events"] for x in read_card("polecat").layouts if x.name == layout)
    table = lines.filter(lines.line > 1)
    table = table.mutate(cells=table.text.split("\t"))
    # Not all of them: `Source` would be one with our `source` where case does not count.
    read = (*READ, intensity)
    table = table.mutate(**{name: table.cells[columns.index(name)] for name in read})
    kind, mode = table["Event Type"].upper(), table["Event Mode"]
    table = table.mutate(
        source=ibis.literal("polecat"),
        row=table["Event ID"],
        day=iso_day(table["Event Date"]),
        precision=ibis.literal("day"),
        event_type=kind,
        code=mode.isin(NOTHING).ifelse(kind, kind + ":" + mode),
        goldstein_tenths=ibis.null("int64"),
        events=ibis.literal(1, "int64"),
        available=iso_day(table["Publication Date"]),
        story=_story(table, columns),
        origins=ibis.null("int64"),
    )
    table = _add_parties(_add_quad(table))
    reject = ibis.cases(
        (table.text == "", "empty line"),
        (table.cells.length() != len(columns), f"not {len(columns)} fields"),
        (table.text.contains(NOT_UTF_8), "not UTF-8 text"),
        (table["Event ID"] == "", "no Event ID"),
        (table.day.isnull(), "Event Date is not a day"),
        (table.quad.isnull(), ibis.literal("unknown PLOVER type ") + table.event_type),
        (
            table["Quad Code"].lower().replace(" ", "_") != table.quad,
            "Quad Code does not fit Event Type",
        ),
        (tenths(table[intensity]).isnull(), f"{intensity} is no number from -10 to 10"),
        else_=None,
    )
    return table.mutate(reject=reject).select(*EVENTS, "line", "text", "reject")


def _story(table: ibis.Table, columns: tuple[str, ...]) -> ibis.Value:
    """Name a story by a digest of `STORY`; one that names nobody and nothing stays unnamed."""
    said = [table.cells[columns.index(name)] for name in STORY]
    whom = said[2] + said[3] + said[4]
    return (whom == "").ifelse(
        ibis.null("string"), ibis.literal("\t").join(said).hexdigest("md5")
    )


def _add_quad(table: ibis.Table) -> ibis.Table:
    kinds = list(event_types().values())
    quads = pa.table({"event_type": [k.name for k in kinds], "quad": [k.quad for k in kinds]})
    return table.left_join(ibis.memtable(quads), "event_type").drop("event_type_right")


def _add_parties(table: ibis.Table) -> ibis.Table:
    """Book a party under its state where it is one state and no more."""
    states = steady_lookup(code_table("cow"))
    for place, into in (("Actor", "actor"), ("Recipient", "recipient")):
        number = table[f"{place} COW"]
        one = number.re_search(ONE_NUMBER).ifelse(number, ibis.null("string"))
        table = resolve_in_year(table, states, one, table.day.year(), into)
        name = table[f"{place} Name"]
        table = table.mutate(
            **{f"{into}_name": name.isin(NOTHING).ifelse(ibis.null("string"), name)}
        )
    return table
