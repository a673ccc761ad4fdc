"""Rows told apart by key: new ones, ones already known, ones with a reason to refuse."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import ibis
import ibis.expr.operations as ops
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cuibono.model.tables import TABLES
from cuibono.sources.base import Card
from cuibono.store.arrange import Arranged
from cuibono.store.engine import Engine
from cuibono.store.manifest import data_file
from cuibono.store.store import Store

ROWS, COPIES, KEPT, REJECTED = (
    f"{name}.parquet" for name in ("rows", "copies", "kept", "rejected")
)
WHOLE, ORDER = "whole.parquet", "order"
# What is known of every row: its days, and what tells it apart.
DATED = ("day", "start", "end")
KNOWN = (
    pa.field("row", pa.string()),
    pa.field("line", pa.int64()),
    pa.field("reject", pa.string()),
    pa.field("text", pa.string()),
    pa.field("hashed", pa.int64()),
)
# Questions that are not put together again for the next file.
ASKED = 8

# So many hashes with their counts fit beside the rows under way, however large the file.
HASHES_AT_ONCE = 2_000_000


def sort_rows(store: Store, card: Card, rows: ibis.Table, work: Path) -> ibis.Table:
    """Write a reader's rows into a folder, sorted into kept, copies and rejected.

    Every step reads and writes files, so that no more rows are held at once than
    the engine is allowed and a stretch of a file takes. Of the rows of one key the one of
    the first line is kept. Rows are written once, as if none were a copy; only
    if some are, they are written again without. Repeated keys are first sought
    among hashes, which are small: only what shares its hash is then compared by key.

    Parameters
    ----------
    store : Store
        Its engine runs the steps; its loaded rows are known.
    card : Card
        The source's description.
    rows : ibis.Table
        As a reader gives them; asked for once.
    work : Path
        Gets the files `ROWS`, `COPIES`, `KEPT` and `REJECTED`.

    Returns
    -------
    ibis.Table
        Rows that were not refused, new or known, with what they are known by.
    """
    engine = store.engine
    _write_once(engine, card.table, rows, work)
    written = engine.read_numbered(work / ROWS)
    sound = written.filter(written.reject.isnull())
    engine.write_parquet(_copies(store, card, sound, work), work / COPIES)
    if pq.read_metadata(work / COPIES).num_rows:
        _leave_out_copies(work)
    return sound


def _write_once(engine: Engine, table: str, rows: ibis.Table, work: Path) -> None:
    """Write what is known of every row, and apart from it the rows that are not refused."""
    schema = ibis.schema(TABLES[table]).to_pyarrow()
    known = pa.schema([*(schema.field(day) for day in DATED if day in schema.names), *KNOWN])
    place = 0
    with (
        pq.ParquetWriter(
            work / ROWS, known, compression="none", use_dictionary=False, write_statistics=False
        ) as every,
        Arranged(work / KEPT, schema, work / ORDER) as kept,
    ):
        for batch in engine.stream(_asked(rows.op(), table)):
            every.write_batch(batch.select(known.names).cast(known))
            sound = pc.is_null(batch["reject"]).to_numpy(zero_copy_only=False)
            whole = batch.select(schema.names).cast(schema)
            whole = whole if sound.all() else whole.filter(pa.array(sound))
            kept.add(whole, place + np.flatnonzero(sound))
            place += batch.num_rows


@lru_cache(ASKED)
def _asked(rows: ops.Relation, name: str) -> ibis.Table:
    """Ask for what is written of rows, once for all files of a layout."""
    table = rows.to_expr()
    return table.select(
        *TABLES[name],
        "line",
        "reject",
        text=table.reject.notnull().ifelse(table.text, ibis.null("string")),
        hashed=table.row.hash(),
    ).cast(TABLES[name])


def _leave_out_copies(work: Path) -> None:
    """Write the kept rows again, without those that turned out to be copies."""
    new = np.ones(pq.read_metadata(work / ROWS).num_rows, bool)
    for batch in pq.ParquetFile(work / COPIES).iter_batches(columns=["place"]):
        new[batch["place"].to_numpy()] = False
    whole = (work / KEPT).replace(work / WHOLE)
    with (
        pq.ParquetFile(whole) as file,
        (work / ORDER).open("rb") as order,
        Arranged(work / KEPT, file.schema_arrow) as kept,
    ):
        for batch in file.iter_batches():
            places = np.fromfile(order, np.int64, batch.num_rows)
            kept.add(batch.filter(pa.array(new[places])), places[new[places]])


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
    often = _often(store.engine, keys, work)
    own = [s for s in store.loaded if s.source == card.name]
    if not own or store.folder is None:
        return _repeated(keys.op(), often.op())
    known = store.engine.read_together([data_file(store.folder, s) for s in own]).select("row")
    return _repeated(keys.op(), often.op(), known.op())


@lru_cache(ASKED)
def _repeated(
    keys: ops.Relation, often: ops.Relation, known: ops.Relation | None = None
) -> ibis.Table:
    """Ask for the places of keys that came before."""
    rows = keys.to_expr()
    alike = rows.semi_join(often.to_expr(), "hashed")
    # A reader's joins may permute rows, so the place in the file under way is no order.
    first = ibis.row_number().over(group_by="row", order_by=["line", "place"])
    alike = alike.mutate(copy=first)
    copies = alike.filter(alike["copy"] > 0).select("place")
    if known is None:
        return copies
    return copies.union(rows.semi_join(known.to_expr(), "row").select("place"), distinct=True)


def _often(engine: Engine, keys: ibis.Table, work: Path) -> ibis.Table:
    """Find hashes that come more than once, a slice of them at a time."""
    slices = 1 + pq.read_metadata(work / ROWS).num_rows // HASHES_AT_ONCE
    parts = []
    for number in range(slices):
        path = work / f"often-{number}.parquet"
        engine.write_parquet(_frequent(keys.op(), slices, number), path)
        parts.append(engine.read_parquet(path))
    return ibis.union(*parts) if slices > 1 else parts[0]


@lru_cache(ASKED)
def _frequent(operation: ops.Relation, slices: int, number: int) -> ibis.Table:
    """Ask for the hashes of a slice that come more than once."""
    keys = operation.to_expr()
    part = keys.filter((keys.hashed % slices).abs() == number)
    counted = part.group_by("hashed").agg(n=part.count())
    return counted.filter(counted.n > 1).select("hashed")
