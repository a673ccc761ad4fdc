"""Rows told apart by key: new ones, ones already known, ones with a reason to refuse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import ibis
import pyarrow.parquet as pq

from cuibono.model.tables import TABLES
from cuibono.sources.base import Card
from cuibono.store.engine import Engine
from cuibono.store.store import Store

ROWS, COPIES, KEPT, REJECTED = (
    f"{name}.parquet" for name in ("rows", "copies", "kept", "rejected")
)

# So many hashes with their counts fit beside the rows under way, however large the file.
HASHES_AT_ONCE = 2_000_000


def sort_rows(store: Store, card: Card, rows: ibis.Table, work: Path) -> ibis.Table:
    """Write a reader's rows into a folder, sorted into kept, copies and rejected.

    Every step reads and writes files, so that the engine holds no more rows
    at once than it is allowed to. Of the rows of one key the one of the first line is kept.
    Repeated keys are first sought among hashes, which are small: only what
    shares its hash is then compared by key.

    Parameters
    ----------
    store : Store
        Its engine runs the steps; its loaded rows are known.
    card : Card
        The source's description.
    rows : ibis.Table
        As a reader gives them.
    work : Path
        Gets the files `ROWS`, `COPIES`, `KEPT` and `REJECTED`.

    Returns
    -------
    ibis.Table
        Rows that were not refused, new or known.
    """
    engine, columns = store.engine, TABLES[card.table]
    refused = rows.reject.notnull()
    engine.write_parquet(
        rows.select(
            *columns,
            "line",
            "reject",
            text=refused.ifelse(rows.text, ibis.null("string")),
            hashed=rows.row.hash(),
        ).cast(columns),
        work / ROWS,
    )
    written = engine.read_numbered(work / ROWS)
    sound = written.filter(written.reject.isnull())
    engine.write_parquet(_copies(store, card, sound, work), work / COPIES)
    copies = engine.read_parquet(work / COPIES)
    engine.write_parquet(
        sound.anti_join(copies, "place").select(*columns).cast(columns), work / KEPT
    )
    return sound


def write_rejected(
    engine: Engine, lines: ibis.Table | None, snapshot: str, file: str, work: Path
) -> None:
    """Write refused rows with all it takes to find, mend and read them again.

    Parameters
    ----------
    engine : Engine
        Runs the step.
    lines : ibis.Table or None
        Lines of the input with the `bytes` of those that are not UTF-8; None
        where the input is no text.
    snapshot, file : str
        Name of the snapshot, and of the file the rows came in.
    work : Path
        Holds `ROWS`; gets `REJECTED`.
    """
    rows = engine.read_parquet(work / ROWS)
    refused = rows.filter(rows.reject.notnull()).select("line", "reject", "text")
    if lines is None:
        refused = refused.mutate(bytes=ibis.null("binary"))
    else:
        odd = lines.filter(lines.bytes.notnull()).select(_line="line", bytes="bytes")
        refused = refused.left_join(odd, refused.line == odd["_line"]).drop("_line")
    refused = refused.mutate(file=ibis.literal(file), snapshot=ibis.literal(snapshot))
    engine.write_parquet(refused.order_by("line"), work / REJECTED)


def _copies(store: Store, card: Card, sound: ibis.Table, work: Path) -> ibis.Table:
    """Name the places of rows whose key came before, in this input or another."""
    keys = sound.select("row", "place", "line", "hashed")
    alike = keys.semi_join(_often(store.engine, keys, work), "hashed")
    # A reader's joins may permute rows, so the place in the file under way is no order.
    first = ibis.row_number().over(group_by="row", order_by=["line", "place"])
    alike = alike.mutate(copy=first)
    copies = alike.filter(alike["copy"] > 0).select("place")
    if not any(s.source == card.name for s in store.loaded):
        return copies
    own = replace(store, embedded=())
    known = own.table(card.table, card.name).select("row")
    return copies.union(keys.semi_join(known, "row").select("place"), distinct=True)


def _often(engine: Engine, keys: ibis.Table, work: Path) -> ibis.Table:
    """Find hashes that come more than once, a slice of them at a time."""
    slices = 1 + pq.read_metadata(work / ROWS).num_rows // HASHES_AT_ONCE
    parts = []
    for number in range(slices):
        part = keys.filter((keys.hashed % slices).abs() == number)
        counted = part.group_by("hashed").agg(n=part.count())
        path = work / f"often-{number}.parquet"
        engine.write_parquet(counted.filter(counted.n > 1).select("hashed"), path)
        parts.append(engine.read_parquet(path))
    return ibis.union(*parts) if slices > 1 else parts[0]
