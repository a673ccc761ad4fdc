"""Load a source's files: every row is accepted, a duplicate, or quarantined with its reason."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq

from cuibono.errors import SourceError
from cuibono.sources.base import Card, Reader, read_card, read_with
from cuibono.store.commit import commit, sweep, tidy, workplace
from cuibono.store.days import covered_days
from cuibono.store.drift import find_drift, refuse_drift
from cuibono.store.engine import Engine
from cuibono.store.fingerprint import Fingerprint, hash_file, take_fingerprint
from cuibono.store.lock import WAIT_SECONDS, locked, unwritable
from cuibono.store.manifest import VERSION, Snapshot, read_versions
from cuibono.store.migrate import migrate
from cuibono.store.origins import origins_in
from cuibono.store.raw import TEXT, find_layout, open_raw, stream_lines
from cuibono.store.sorting import COPIES, KEPT, REJECTED, ROWS, sort_rows, write_rejected
from cuibono.store.store import Store

# Joins and sorts of ten million rows fit; what does not spills into the workplace.
MEMORY_BYTES = 96 * 2**20
# Tables that a reader joins with themselves are of a known size; the UN's votes take 1.4 GiB.
# DuckDB spills such a join badly: within less it may stop for want of memory.
TABLE_MEMORY_BYTES = 2 * 2**30
# Layouts that are read in turns without working out again how.
READINGS = 8
ODD = "odd.parquet"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of one input.

    Attributes
    ----------
    snapshot : Snapshot
        Its counts, coverage and hash.
    already : bool
        Whether the same content was loaded before, so that nothing was done.
    """

    snapshot: Snapshot
    already: bool

    def __str__(self) -> str:
        s = self.snapshot
        told = "" if s.origins is None else f"; origins: {s.origins:,}"
        done = " (already loaded)" if self.already else ""
        return (
            f"{s.input_name}: {s.rows_in:,} rows = {s.accepted:,} accepted"
            f" + {s.duplicates:,} duplicates + {s.quarantined:,} quarantined{told}{done}"
        )


def load(
    store: Store,
    source: str,
    path: Path,
    *,
    accept_drift: bool = False,
    wait_seconds: float = WAIT_SECONDS,
) -> LoadReport:
    """Load a file, or a folder of files that belong together, into a store.

    Loading runs on this machine, whatever engine the store is asked with, in
    memory that does not grow with the file.

    Parameters
    ----------
    store : Store
        With a folder to write to.
    source : str
        Which card describes the file.
    path : Path
        The file, plain or as .gz or .zip, or the folder.
    accept_drift : bool, default False
        Load a file that breaks the bounds of its card all the same.
    wait_seconds : float
        How long to wait while another process writes to the store.

    Returns
    -------
    LoadReport
        Counts that add up to the rows that came in.

    Raises
    ------
    SourceError
        If the path is missing, unreadable or of no known layout, or if the
        file breaks the bounds of its card; a report then lies in the store.
    StoreError
        If the store cannot be written; it is then as it was.
    """
    if store.folder is None:
        raise SourceError("Loading needs a store to write to; open the store with a folder.")
    card = read_card(source)
    if not path.exists():
        raise SourceError(f"{path}: no such file. To get it: {card.obtain}.")
    taken = take_fingerprint(path)
    if known := _find(store.loaded, source, taken):
        tidy(store.folder)
        return LoadReport(known, already=True)
    with locked(store.folder, wait_seconds):
        ours = prepare(store.folder)
        if known := _find(ours.loaded, source, taken):
            return LoadReport(known, already=True)
        return LoadReport(
            _load(ours, store.folder, card, path, taken, accept_drift), already=False
        )


def prepare(folder: Path) -> Store:
    """Open a store for writing: swept, of this version, and as it is now.

    Parameters
    ----------
    folder : Path
        The store, held against other writers.

    Returns
    -------
    Store
        What is loaded, on an engine of its own.

    Raises
    ------
    StoreError
        If a manifest is damaged, or the store cannot be written.
    """
    found = read_versions(folder)
    try:
        if any(version < VERSION for _, version in found):
            migrate(folder)
            found = read_versions(folder)
        sweep(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    return Store(Engine(), folder, (), tuple(snapshot for snapshot, _ in found))


def _load(
    store: Store, folder: Path, card: Card, path: Path, taken: Fingerprint, accept_drift: bool
) -> Snapshot:
    snapshot = Snapshot(
        source=card.name,
        table=card.table,
        name=f"{card.name}-{taken.content[:16]}",
        layout="canonical",
        input_name=path.name,
        sha256=taken.sha256,
        input_bytes=taken.size,
        rows_in=0,
        accepted=0,
        duplicates=0,
        quarantined=0,
        covered=(),
        licence=card.licence,
        citation=card.citation,
        command=f"cuibono load {card.name} {path.name}",
        content_sha256=taken.content,
        input_path=_seen_from(folder, path),
    )
    with workplace(folder, snapshot.name) as work:
        store.engine.bound(MEMORY_BYTES, work / "spill")
        layout, inputs = find_layout(store.engine, card, path)
        if layout.format == "parquet":
            store.engine.bound(TABLE_MEMORY_BYTES, work / "spill")
        wanted = None
        if layout.format != "parquet":
            wanted = taken.lines - (layout.format != "fields")
        read = replace(snapshot, input_layout=layout.name)
        reader = read_with(card.name, layout.name)
        raw: Mapping[str, ibis.Table]
        if layout.format in TEXT:
            # Every file of a layout is asked for in the same words.
            raw = {card.table: stream_lines(store.engine, inputs[card.table], work / ODD)}
            rows, lines = _reading(reader, tuple(_operations(raw))), None
        else:
            _, raw = open_raw(store.engine, card, path, work)
            # A folder of several tables has none of the name.
            rows, lines = reader(raw), raw.get(card.table)
        made = take_in(store, read, rows, lines, work, wanted)
        if drift := find_drift(store.engine, card, layout, made, work):
            if not accept_drift:
                refuse_drift(folder, made, drift, work)
            made = replace(made, command=f"{made.command} --accept-drift")
        commit(folder, made, work)
    return made


def take_in(
    store: Store,
    snapshot: Snapshot,
    rows: ibis.Table,
    raw: ibis.Table | None,
    work: Path,
    wanted: int | None,
) -> Snapshot:
    """Sort what a reader made of an input into files.

    Parameters
    ----------
    store : Store
        As `prepare` gives it.
    snapshot : Snapshot
        What is known of the input; its counts are filled in here.
    rows : ibis.Table
        As the reader of the layout gives them.
    raw : ibis.Table or None
        The raw table that it read, if that was one and can be read again.
    work : Path
        A workplace; gets the files that `commit` moves.
    wanted : int or None
        Rows that the input has by another count; None where there is none.

    Returns
    -------
    Snapshot
        With its counts, covered days and hashes.

    Raises
    ------
    StoreError
        If the reader gave more or fewer rows than came in.
    """
    card, engine = read_card(snapshot.source), store.engine
    sound = sort_rows(store, card, rows, work)
    counts = {name: pq.read_metadata(work / name).num_rows for name in (ROWS, COPIES, KEPT)}
    refused = counts[ROWS] - counts[KEPT] - counts[COPIES]
    if refused:
        if raw is None and (work / ODD).exists():
            raw = engine.read_parquet(work / ODD)
        lines = raw if raw is not None and "bytes" in raw.columns else None
        write_rejected(engine, lines, snapshot.name, snapshot.input_name, work)
    return replace(
        snapshot,
        rows_in=counts[ROWS] if wanted is None else wanted,
        accepted=counts[KEPT],
        duplicates=counts[COPIES],
        quarantined=pq.read_metadata(work / REJECTED).num_rows if refused else 0,
        covered=tuple(covered_days(engine, card, sound)),
        origins=origins_in(engine, engine.read_parquet(work / KEPT), card.table),
        rows_sha256=hash_file(work / KEPT),
        rejected_sha256=hash_file(work / REJECTED) if refused else "",
    )


def _operations(raw: Mapping[str, ibis.Table]) -> Iterator[tuple[str, Any]]:
    """Give tables as Ibis compares them: a table as such is no key."""
    return ((name, table.op()) for name, table in raw.items())


@lru_cache(READINGS)
def _reading(reader: Reader, raw: tuple[tuple[str, Any], ...]) -> ibis.Table:
    """Work out how a layout is read, once for all files that the engine gives equal names."""
    return reader({name: operation.to_expr() for name, operation in raw})


def _find(loaded: tuple[Snapshot, ...], source: str, taken: Fingerprint) -> Snapshot | None:
    """Find what was loaded from the same content, however it was packed."""
    same = (s for s in loaded if (s.source, s.content_sha256) == (source, taken.content))
    return next(same, None)


def _seen_from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        # On another drive there is no way from one to the other.
        return ""
