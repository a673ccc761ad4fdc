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
}
"""One coded event a row, or `events` of one kind where a source ships counts.

`actor` and `recipient` are null where no registry knows the name; `event_type`
and `quad` are null where PLOVER has no type for the code; `goldstein_tenths`
is summed over `events`.
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

TABLES: dict[str, dict[str, str]] = {"events": EVENTS, "measures": MEASURES}
