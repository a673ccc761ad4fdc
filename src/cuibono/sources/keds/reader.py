"""KEDS streams in WEIS and early CAMEO become canonical events."""

from __future__ import annotations

import ibis
import pyarrow as pa

from cuibono.model.tables import EVENTS
from cuibono.sources.base import Tables
from cuibono.sources.codes import listed_codes, read_list, tenths
from cuibono.sources.resolve import code_lookup, resolve
from cuibono.vocab.events import cameo_codes, event_types, weis_goldstein

# The Turkey stream writes actors as CAMEO does; the others as KEDS did before.
CAMEO_ACTORS = ("turkey.cameo",)
WEIS, CAMEO = "weis", "cameo"
# Labelled CAMEO and scored so; all of its codes exist in WEIS, some of them only there.
WEIS_STREAMS = ("gulf.cameo",)
SIX_DIGITS = r"^\d{6}$"
WEIS_CODE = r"^(0[1-9]|1\d|2[0-2])\d$"
FIRST_YEAR = 40
NOT_UTF_8 = "\ufffd"


def streams(raw: Tables) -> ibis.Table:
    """Read the streams of one Parquet file, each in its own scheme of codes.

    Parameters
    ----------
    raw : Tables
        "events": one row per event, keyed by `event_id`.

    Returns
    -------
    ibis.Table
        Canonical events with `line`, `text` and `reject`.
    """
    table = raw["events"]
    table = table.mutate(scheme=table.stream.isin(WEIS_STREAMS).ifelse(WEIS, table.scheme))
    score = tenths(table.goldstein)
    return _canonical(
        table.mutate(
            line=ibis.row_number() + 1,
            text=table.desc.cast("string"),
            row=table.event_id,
            day=table.date.cast("date"),
            goldstein_tenths=score,
            cameo_actors=table.stream.isin(CAMEO_ACTORS),
            reject=ibis.cases(
                (~table.scheme.isin([WEIS, CAMEO]), ibis.literal("no scheme ") + table.scheme),
                (
                    table.goldstein.notnull() & score.isnull(),
                    "goldstein is no number from -10 to 10",
                ),
                else_=None,
            ),
        )
    )


def text(raw: Tables) -> ibis.Table:
    """Read one stream as text in WEIS, with six fields a line.

    Lines have no id: the key is what the line says, with a number where the
    same is said more than once.

    Parameters
    ----------
    raw : Tables
        "events": the file's lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical events with `line`, `text` and `reject`.
    """
    table = raw["events"].mutate(cells=raw["events"].text.split("\t"))
    names = ("yymmdd", "source", "target", "code", "label", "verb")
    table = table.mutate(**{name: table.cells[at] for at, name in enumerate(names)})
    same = [table[name] for name in ("yymmdd", "source", "target", "code")]
    number = ibis.row_number().over(group_by=same, order_by=[table.text, table.line])
    table = table.mutate(row=ibis.literal("|").join([*same, number.cast("string")]))
    return _canonical(
        table.mutate(
            scheme=ibis.literal(WEIS),
            goldstein_tenths=ibis.null("int64"),
            cameo_actors=ibis.literal(False),
            day=_day(table.yymmdd),
            reject=ibis.cases(
                (table.text == "", "empty line"),
                (table.cells.length() != len(names), f"not {len(names)} fields"),
                (table.text.contains(NOT_UTF_8), "not UTF-8 text"),
                (~table.yymmdd.re_search(SIX_DIGITS), "date is not a day"),
                else_=None,
            ),
        )
    )


def _day(text: ibis.Value) -> ibis.Value:
    """Read a day of two-digit year, null where there is none."""
    digits = text.re_search(SIX_DIGITS).ifelse(text, ibis.null("string"))
    year = digits.substr(0, 2).cast("int64")
    century = (year >= FIRST_YEAR).ifelse("19", "20")
    iso = ibis.literal("-").join(
        [century + digits.substr(0, 2), digits.substr(2, 2), digits.substr(4, 2)]
    )
    return iso.try_cast("date")


def _canonical(table: ibis.Table) -> ibis.Table:
    table = _score_weis(_add_types(table))
    for code, into in (("source", "actor"), ("target", "recipient")):
        table = _resolve_party(table, table[code], into)
    reject = ibis.cases(
        (table.reject.notnull(), table.reject),
        (table.day.isnull(), "date is not a day"),
        (
            table.known.isnull(),
            ibis.literal("unknown ")
            + table.scheme.upper()
            + " code "
            + table.code.fill_null(""),
        ),
        else_=None,
    )
    return table.mutate(
        actor_name=table.source,
        recipient_name=table.target,
        source=ibis.literal("keds"),
        precision=ibis.literal("day"),
        events=ibis.literal(1, "int64"),
        available=ibis.null("date"),
        story=ibis.null("string"),
        origins=ibis.null("int64"),
        reject=reject,
    ).select(*EVENTS, "line", "text", "reject")


def _add_types(table: ibis.Table) -> ibis.Table:
    """Add the PLOVER type of a code of either scheme; `known` is null for a strange code."""
    kinds = {(CAMEO, code): each.event_type for code, each in cameo_codes().items()}
    for row in read_list("keds", "older_cameo.csv"):
        kinds[CAMEO, row["code"]] = row["event_type"] or None
    for row in read_list("keds", "weis_types.csv"):
        kinds[WEIS, row["root"]] = row["event_type"] or None
    quads = {name: kind.quad for name, kind in event_types().items()}
    listed = pa.table(
        {
            "_scheme": [scheme for scheme, _ in kinds],
            "_key": [key for _, key in kinds],
            "event_type": pa.array(kinds.values(), pa.string()),
            "quad": pa.array([quads.get(kind or "") for kind in kinds.values()], pa.string()),
            "known": pa.array([True] * len(kinds)),
        }
    )
    root = table.code.re_search(WEIS_CODE).ifelse(table.code.substr(0, 2), ibis.null("string"))
    table = table.mutate(
        _scheme=table.scheme, _key=(table.scheme == WEIS).ifelse(root, table.code)
    )
    return table.left_join(ibis.memtable(listed), ["_scheme", "_key"])


def _score_weis(table: ibis.Table) -> ibis.Table:
    """Score WEIS codes on their own scale, whatever the file says."""
    scores = weis_goldstein()
    scale = pa.table({"code": list(scores), "_weis": list(scores.values())})
    table = table.left_join(ibis.memtable(scale), "code")
    own = (table.scheme == WEIS).ifelse(table["_weis"], table.goldstein_tenths)
    return table.mutate(goldstein_tenths=own)


def _resolve_party(table: ibis.Table, code: ibis.Value, into: str) -> ibis.Table:
    """Book a party under the group its whole code names, else under its first state."""
    state = code.substr(0, 3)
    table = resolve(table, listed_codes("keds", "groups.csv"), code, table.day, "_group")
    table = resolve(table, listed_codes("keds", "states.csv"), state, table.day, "_old")
    table = resolve(table, code_lookup("cameo"), state, table.day, "_new")
    own = table.cameo_actors.ifelse(table["_new"], table["_old"])
    return table.mutate(**{into: ibis.coalesce(table["_group"], own)}).drop(
        "_group", "_old", "_new"
    )
