"""Measures of a table of one's own."""

from __future__ import annotations

import ibis

from cuibono.model.tables import MEASURES
from cuibono.sources.base import Tables
from cuibono.sources.own_rows import own_rows


def laid_out(raw: Tables) -> ibis.Table:
    """Read the lines that `cuibono.store.own_table` lays out from a user's file.

    Parameters
    ----------
    raw : Tables
        "measures": lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical measures with `line`, `text` and `reject`.
    """
    table = own_rows(raw, "own_measures")
    return table.mutate(
        source=ibis.literal("own_measures"),
        row=table.key,
        start=table.day_from,
        end=table.day_to,
        actor=table.actor_id,
        recipient=table.recipient_id,
        actor_name=table.actor.nullif(""),
        recipient_name=table.recipient.nullif(""),
        value=table.value.try_cast("float64"),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        n=ibis.literal(1, "int64"),
    ).select(*MEASURES, "line", "text", "reject")
