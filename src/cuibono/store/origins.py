"""How many independent reports stand behind the rows of a file."""

from __future__ import annotations

import ibis

from cuibono.sources.origins import collapse, count_origins
from cuibono.store.engine import Engine


def origins_in(engine: Engine, rows: ibis.Table, table: str) -> int | None:
    """Count the origins of rows.

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
    told = collapse(rows, table)
    return int(engine.collect(told.aggregate(n=count_origins(told)))["n"][0].as_py())
