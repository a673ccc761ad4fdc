"""What the events and the measures of a table of one's own have in common."""

from __future__ import annotations

from collections.abc import Iterator

import ibis

from cuibono.sources.base import Tables, read_card
from cuibono.sources.codes import spoken_names, steady_lookup
from cuibono.sources.commas import split_commas
from cuibono.sources.resolve import resolve
from cuibono.vocab.actors import Code, load_codes


def own_rows(raw: Tables, source: str) -> ibis.Table:
    """Split laid-out lines and resolve both parties, each in the code system of its line.

    Parameters
    ----------
    raw : Tables
        The lines that `cuibono.store.own_table` laid out, under the source's
        canonical table.
    source : str
        `own_events` or `own_measures`.

    Returns
    -------
    ibis.Table
        The columns of the layout as text, `actor_id`, `recipient_id`, `start`
        and `reject`.
    """
    card = read_card(source)
    table = split_commas(raw[card.table], card.layouts[0].columns[card.table])
    table = table.mutate(
        day_from=table.start.try_cast("date"), day_to=table.end.try_cast("date")
    )
    lookup = steady_lookup(_every_code())
    for side in ("actor", "recipient"):
        code = table[f"{side}_system"] + ":" + table[side]
        table = resolve(table, lookup, code, table.day_from, f"{side}_id")
    unknown = [
        (
            (table[side] != "") & table[f"{side}_id"].isnull(),
            ibis.literal("no one is ") + table[side] + " in " + table[f"{side}_system"],
        )
        for side in ("actor", "recipient")
    ]
    return table.mutate(
        reject=ibis.cases(
            (table.fault.notnull(), table.fault),
            (table.trouble != "", table.trouble),
            *unknown,
            else_=None,
        )
    )


def _every_code() -> Iterator[Code]:
    """Give the codes of all systems, and names, each behind the name of its system."""
    for system, codes in load_codes().items():
        for c in codes:
            yield Code(c.actor, system, f"{system}:{c.code}", c.start, c.end, c.source)
    for c in spoken_names():
        yield Code(c.actor, c.system, f"{c.system}:{c.code}", c.start, c.end, c.source)
