"""GDELT mentions become reports: one document that tells one event."""

from __future__ import annotations

import ibis

from cuibono.model.tables import REPORTS
from cuibono.sources.base import Tables, read_card
from cuibono.sources.codes import read_list

MOMENT = r"^(19|20)\d{12}$"
NUMBER = r"^\d+$"
PERCENT = r"^(\d{1,2}|100)$"
NOT_UTF_8 = "\ufffd"


def quarter_hour(raw: Tables) -> ibis.Table:
    """Read the 15-minute files of mentions, English and translingual, with 16 fields.

    The key is the event with the document: one that tells an event in two
    sentences, or is read again later, is one report of it.

    Parameters
    ----------
    raw : Tables
        "reports": the file's lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical reports with `line`, `text` and `reject`.
    """
    (layout,) = read_card("gdelt_mentions").layouts
    columns = layout.columns["reports"]
    table = raw["reports"].mutate(cells=raw["reports"].text.split("\t"))
    table = table.mutate(**{name: table.cells[at] for at, name in enumerate(columns)})
    media = {row["number"]: row["medium"] for row in read_list("gdelt_mentions", "media.csv")}
    sure = table.Confidence.re_search(PERCENT)
    table = table.mutate(
        source=ibis.literal("gdelt_mentions"),
        row=table.GLOBALEVENTID + "|" + table.MentionIdentifier,
        day=_day(table.MentionTimeDate),
        event=table.GLOBALEVENTID,
        added=_day(table.EventTimeDate),
        publisher=table.MentionSourceName.nullif(""),
        story=table.MentionIdentifier.nullif(""),
        medium=table.MentionType.substitute(media, else_=ibis.null("string")),
        confidence_percent=sure.ifelse(table.Confidence, ibis.null("string")).cast("int64"),
    )
    reject = ibis.cases(
        (table.text == "", "empty line"),
        (table.cells.length() != len(columns), f"not {len(columns)} fields"),
        (table.text.contains(NOT_UTF_8), "not UTF-8 text"),
        (~table.GLOBALEVENTID.re_search(NUMBER), "GLOBALEVENTID is no number"),
        (table.day.isnull(), "MentionTimeDate is no moment"),
        (table.added.isnull(), "EventTimeDate is no moment"),
        (table.added > table.day, "mentioned before the event was recorded"),
        (table.story.isnull(), "MentionIdentifier names no document"),
        (table.medium.isnull(), ibis.literal("unknown MentionType ") + table.MentionType),
        (table.confidence_percent.isnull(), "Confidence is no percentage"),
        else_=None,
    )
    return table.mutate(reject=reject).select(*REPORTS, "line", "text", "reject")


def _day(text: ibis.Value) -> ibis.Value:
    """Read the day of a moment of fourteen digits, null where it is none."""
    iso = ibis.literal("-").join([text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)])
    return text.re_search(MOMENT).ifelse(iso, ibis.null("string")).try_cast("date")
