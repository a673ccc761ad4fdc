"""Events of a table of one's own, in CAMEO or PLOVER."""

from __future__ import annotations

import ibis
import pyarrow as pa

from cuibono.model.tables import EVENTS
from cuibono.sources.base import Tables
from cuibono.sources.own_rows import own_rows
from cuibono.vocab.events import cameo_codes, event_types


def laid_out(raw: Tables) -> ibis.Table:
    """Read the lines that `cuibono.store.own_table` lays out from a user's file.

    Parameters
    ----------
    raw : Tables
        "events": lines, with columns `line` and `text`.

    Returns
    -------
    ibis.Table
        Canonical events with `line`, `text` and `reject`.
    """
    table = own_rows(raw, "own_events")
    kinds = event_types()
    known = [(f"cameo:{code}", each.event_type, each.goldstein_tenths)
             for code, each in cameo_codes().items()]  # fmt: skip
    known += [(f"plover:{name}", name, None) for name in kinds]
    codes = pa.table(
        {
            "system_code": [code for code, _, _ in known],
            "event_type": pa.array([kind for _, kind, _ in known], pa.string()),
            "quad": pa.array([kinds[k].quad if k else None for _, k, _ in known], pa.string()),
            "goldstein_tenths": pa.array([tenths for _, _, tenths in known], pa.int64()),
            "known": pa.array([True] * len(known)),
        }
    )
    table = table.mutate(system_code=table.code_system + ":" + table.code)
    table = table.left_join(ibis.memtable(codes), "system_code")
    strange = ibis.literal("unknown ") + table.code_system.upper() + " code " + table.code
    days = table.day_to.delta(table.day_from, unit="day")
    return table.mutate(
        source=ibis.literal("own_events"),
        row=table.key,
        day=table.day_from,
        precision=ibis.cases((days == 1, "day"), (days > 31, "year"), else_="month"),
        actor=table.actor_id,
        recipient=table.recipient_id,
        actor_name=table.actor.nullif(""),
        recipient_name=table.recipient.nullif(""),
        events=ibis.literal(1, "int64"),
        available=ibis.null("date"),
        story=ibis.null("string"),
        origins=ibis.null("int64"),
        reject=ibis.coalesce(
            table.reject, table.known.isnull().ifelse(strange, ibis.null("string"))
        ),
    ).select(*EVENTS, "line", "text", "reject")
