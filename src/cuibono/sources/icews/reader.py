"""ICEWS rows in their three layouts become canonical events."""

from __future__ import annotations

import ibis
import pyarrow as pa

from cuibono.model.actor import Kind
from cuibono.sources.base import Tables, read_card
from cuibono.sources.days import iso_day
from cuibono.sources.resolve import code_lookup, resolve
from cuibono.vocab.corrections import load_corrections
from cuibono.vocab.events import cameo_codes, event_types

NOT_UTF_8 = "\ufffd"
NOTHING = ("", "NA", "NULL")


def native(raw: Tables) -> ibis.Table:
    """Read the provider's 20-column tab files, yearly and weekly alike.

    The key is Event ID with Event Date: the id alone repeats in the
    provider's own files.

    Parameters
    ----------
    raw : Tables
        "events": the file's lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical events with `line`, `text` and `reject`.
    """
    (layout,) = (x for x in read_card("icews").layouts if x.name == "native")
    columns = layout.columns["events"]
    lines = raw["events"].filter(raw["events"].line > 1)
    table = lines.mutate(cells=lines.text.split("\t")).mutate(
        **{name: ibis._.cells[place] for place, name in enumerate(columns)}
    )
    score = table["Intensity"].try_cast("float64")
    scored = score.between(-10, 10)
    table = table.mutate(
        row=table["Event ID"] + "|" + table["Event Date"],
        day=iso_day(table["Event Date"]),
        actor_name=table["Source Name"],
        recipient_name=table["Target Name"],
        code=table["CAMEO Code"],
        story=table["Story ID"].isin(NOTHING).ifelse(ibis.null("string"), table["Story ID"]),
        goldstein_tenths=scored.ifelse((score * 10).round(), ibis.null("float64")).cast(
            "int64"
        ),
        reject=ibis.cases(
            (lines.text == "", "empty line"),
            (table.cells.length() != len(columns), f"not {len(columns)} fields"),
            (lines.text.contains(NOT_UTF_8), "not UTF-8 text"),
            (table["Event ID"] == "", "no Event ID"),
            (
                ~scored.fill_null(table["Intensity"].isin(NOTHING)),
                "Intensity is no number from -10 to 10",
            ),
            else_=None,
        ),
    )
    table = _blank_artefacts(table, "Source Name", "Source Country")
    table = _blank_artefacts(table, "Target Name", "Target Country")
    states = code_lookup("icews", kinds=[Kind.STATE])
    for name, country, into in (
        ("actor_name", "Source Country", "actor"),
        ("recipient_name", "Target Country", "recipient"),
    ):
        table = _resolve_party(table, states, name, country, into)
    return _canonical(table)


def decoded(raw: Tables) -> ibis.Table:
    """Read ICEWS with its countries already decoded to ISO3.

    Rows have no id of their own, so the place in the file is the key.

    Parameters
    ----------
    raw : Tables
        "events": twelve columns from `date` to `target_how`.

    Returns
    -------
    ibis.Table
        Canonical events with `line`, `text` and `reject`.
    """
    table = raw["events"]
    table = table.mutate(
        line=ibis.row_number() + 1,
        text=ibis.null("string"),
        day=table.date,
        actor_name=table.source,
        recipient_name=table.target,
        code=table.cameo,
        story=ibis.null("string"),
        goldstein_tenths=(table.goldstein.cast("float64") * 10).round().cast("int64"),
        reject=ibis.null("string"),
    )
    table = table.mutate(row=table.day.cast("string") + "|" + table.line.cast("string"))
    states = code_lookup("iso3", kinds=[Kind.STATE])
    for name, country, into in (
        ("actor_name", "source_iso3", "actor"),
        ("recipient_name", "target_iso3", "recipient"),
    ):
        table = _resolve_party(table, states, name, country, into)
    return _canonical(table)


def embedded(raw: Tables) -> ibis.Table:
    """Open the counts that ship with the package.

    Parameters
    ----------
    raw : Tables
        "events": dyad-week by event type, weeks cut at month ends.

    Returns
    -------
    ibis.Table
        Canonical events, `events` of one kind a row.
    """
    table = raw["events"]
    kinds = list(event_types().values())
    quads = ibis.memtable(
        pa.table({"event_type": [k.name for k in kinds], "quad": [k.quad for k in kinds]})
    )
    table = table.left_join(quads, "event_type").drop("event_type_right")
    row = [table.day.cast("string"), table.actor, table.recipient]
    return table.mutate(
        source=ibis.literal("icews"),
        row=ibis.literal("|").join([*row, table.event_type.fill_null("none")]),
        precision=ibis.literal("week"),
        actor_name=table.actor,
        recipient_name=table.recipient,
        code=ibis.null("string"),
        goldstein_tenths=table.goldstein_tenths.cast("int64"),
        events=table.events.cast("int64"),
        available=ibis.null("date"),
        story=ibis.null("string"),
        # The files it was made from tell an act between two named parties once a day.
        origins=table.events.cast("int64"),
    )


def _blank_artefacts(table: ibis.Table, name: str, country: str) -> ibis.Table:
    """Forget the country of names that the provider's dictionary takes for another."""
    artefacts = [c.key for c in load_corrections("icews") if c.action == "blank"]
    known = table[country].nullif("NA").nullif("")
    return table.mutate(
        **{country: table[name].isin(artefacts).ifelse(ibis.null("string"), known)}
    )


def _resolve_party(
    table: ibis.Table, states: ibis.Table, name: str, country: str, into: str
) -> ibis.Table:
    """Book a party under the group or organisation it names, else under its state.

    "Police (India)" names in brackets what it belongs to. No code of a group
    has brackets of its own, so that one look-up serves both ways of naming.
    """
    groups = code_lookup("icews", kinds=[Kind.NON_STATE, Kind.IGO])
    said = table[name]
    last = said.split("(")[-1]
    bracketed = said.endswith(")") & said.contains("(")
    named = bracketed.ifelse(last.substr(0, last.length() - 1), said)
    table = resolve(table, groups, named, table.day, "_group")
    table = resolve(table, states, table[country], table.day, "_state")
    return table.mutate(**{into: ibis.coalesce(table["_group"], table["_state"])}).drop(
        "_group", "_state"
    )


def _canonical(table: ibis.Table) -> ibis.Table:
    codes = list(cameo_codes().values())
    kinds = ibis.memtable(
        pa.table(
            {
                "code": pa.array([c.code for c in codes], pa.string()),
                "event_type": pa.array([c.event_type for c in codes], pa.string()),
                "quad": pa.array([c.quad for c in codes], pa.string()),
                "known": pa.array([True] * len(codes)),
            }
        )
    )
    table = table.left_join(kinds, "code")
    reject = ibis.cases(
        (table.reject.notnull(), table.reject),
        (table.day.isnull(), "date is not a day"),
        (table.known.isnull(), ibis.literal("unknown CAMEO code ") + table.code.fill_null("")),
        else_=None,
    )
    return table.mutate(
        source=ibis.literal("icews"),
        precision=ibis.literal("day"),
        events=ibis.literal(1, "int64"),
        available=ibis.null("date"),
        origins=ibis.null("int64"),
        reject=reject,
    )


def pack(rows: ibis.Table) -> ibis.Table:
    """Count cross-border events by week, relation and event type.

    Weeks are cut at month ends, so that weeks and months both add up
    exactly. Rows whose actor or recipient no registry knows are left out.

    Parameters
    ----------
    rows : ibis.Table
        Canonical events, as `native` or `decoded` give them.

    Returns
    -------
    ibis.Table
        The layout that `embedded` opens, ordered.
    """
    rows = rows.filter(rows.actor != rows.recipient)
    monday = rows.day.truncate("W").cast("date")
    first = ibis.date(rows.day.year(), rows.day.month(), 1)
    rows = rows.mutate(day=ibis.greatest(monday, first))
    keys = ["actor", "recipient", "day", "event_type"]
    counts = rows.group_by(keys).agg(
        goldstein_tenths=rows.goldstein_tenths.sum().cast("int32"),
        events=rows.events.sum().cast("int16"),
    )
    counts = counts.select(
        "day", "actor", "recipient", "event_type", "goldstein_tenths", "events"
    )
    return counts.order_by(keys)
