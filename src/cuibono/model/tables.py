"""The canonical tables every source is read into, column by column."""

from __future__ import annotations

EVENTS: dict[str, str] = {
    "source": "string",
    "row": "string",
    "day": "date",
    "precision": "string",
    "actor": "string",
    "recipient": "string",
    "actor_name": "string",
    "recipient_name": "string",
    "event_type": "string",
    "quad": "string",
    "code": "string",
    "goldstein_tenths": "int64",
    "events": "int64",
    "available": "date",
    "story": "string",
    "origins": "int64",
}
"""One coded event a row, or `events` of one kind where a source ships counts.

`actor` and `recipient` are null where no registry knows the name; `event_type`
and `quad` are null where PLOVER has no type for the code; `goldstein_tenths`
is summed over `events`. `available` is the first day on which the row could be
had, null where that is its own day; `story` is the document it was read from,
null where the source names none; `origins` counts the independent reports
behind a count, null where the row is a single event.
"""

REPORTS: dict[str, str] = {
    "source": "string",
    "row": "string",
    "day": "date",
    "event": "string",
    "added": "date",
    "publisher": "string",
    "story": "string",
    "medium": "string",
    "confidence_percent": "int64",
}
"""One report of one event a row: who told it, and when.

`event` is the key of the event in the source that has it, `added` the day on
which that event was first recorded; `story` is the document.
"""

MEASURES: dict[str, str] = {
    "source": "string",
    "row": "string",
    "start": "date",
    "end": "date",
    "actor": "string",
    "recipient": "string",
    "actor_name": "string",
    "recipient_name": "string",
    "measure": "string",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "n": "int64",
    "unit": "string",
}
"""One measured value a row, over the half-open span `start` to `end`.

`n` counts the observations behind the value; `low` and `high` are the
source's own bounds, null where it gives none; `recipient` is null for a
measure of one actor.
"""

DAY_COLUMN = {"events": "day", "measures": "start", "reports": "day"}
"""The column of each table by which its rows fall into a span of days."""

TABLES: dict[str, dict[str, str]] = {
    "events": EVENTS,
    "measures": MEASURES,
    "reports": REPORTS,
}
