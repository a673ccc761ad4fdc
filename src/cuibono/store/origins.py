"""How many independent reports stand behind the rows of a file."""

from __future__ import annotations

from functools import lru_cache

import ibis
import ibis.expr.operations as ops

from cuibono.sources.origins import count_origins, happening
from cuibono.store.engine import Engine

# Questions that are not put together again for the next file.
ASKED = 8


def origins_in(engine: Engine, rows: ibis.Table, table: str) -> int | None:
    """Count the origins of rows, as `cuibono.sources.origins` does.

    Happenings are told apart by two 64-bit hashes, each of every other of their columns: to be
    taken for one, two would have to agree in both. It takes half the time.

    Parameters
    ----------
    engine : Engine
        Runs the count.
    rows : ibis.Table
        Canonical rows.
    table : str
        Canonical table.

    Returns
    -------
    int or None
        None for measures, which nobody reports.
    """
    if "story" not in rows.columns:
        return None
    return int(engine.collect(_counted(rows.op(), table))["n"][0].as_py())


@lru_cache(ASKED)
def _counted(operation: ops.Relation, table: str) -> ibis.Table:
    rows, columns = operation.to_expr(), happening(table)
    halves = {
        f"half_{start}": ibis.struct({name: rows[name] for name in columns[start::2]}).hash()
        for start in range(min(2, len(columns)))
    }
    counts = rows.origins if "origins" in rows.columns else ibis.null("int64")
    rows = rows.select("story", origins=counts, **halves)
    told = rows.group_by(list(halves)).agg(story=rows.story.min(), origins=rows.origins.sum())
    return told.aggregate(n=count_origins(told))
