"""Rows that were refused: counted, shown, mended and read again; never thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq

from cuibono.errors import SourceError, StoreError, suggest
from cuibono.model.period import Period
from cuibono.sources.base import read_card, read_with
from cuibono.store.commit import commit, workplace
from cuibono.store.days import covered_days
from cuibono.store.engine import Engine
from cuibono.store.fingerprint import hash_file, take_fingerprint
from cuibono.store.lines import write_lines
from cuibono.store.load import MEMORY_BYTES, LoadReport, prepare, take_in
from cuibono.store.lock import WAIT_SECONDS, locked
from cuibono.store.manifest import Snapshot, data_file, read_manifest, rejected_file
from cuibono.store.raw import TEXT
from cuibono.store.sorting import KEPT
from cuibono.store.store import Store


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that waits to be mended.

    Attributes
    ----------
    file : str
        The file it came in.
    line : int
        Its line there.
    reason : str
        Why it was refused.
    data : bytes
        The line as it came, without its line end; empty where the file was no
        text.
    """

    file: str
    line: int
    reason: str
    data: bytes


def waiting(folder: Path) -> tuple[Snapshot, ...]:
    """List the snapshots that have refused rows nobody has mended yet.

    Rows that were replayed and refused again wait under the replay.

    Parameters
    ----------
    folder : Path
        The store.

    Returns
    -------
    tuple of Snapshot
        By name.
    """
    loaded = read_manifest(folder)
    replayed = {snapshot.replays for snapshot in loaded}
    return tuple(s for s in loaded if s.quarantined and s.name not in replayed)


def count_reasons(folder: Path, snapshot: Snapshot) -> dict[str, int]:
    """Count a snapshot's refused rows by reason.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        One that `waiting` lists.

    Returns
    -------
    dict of str to int
        Most frequent first.
    """
    table = pq.read_table(rejected_file(folder, snapshot), columns=["reject"])
    counts = table["reject"].value_counts().to_pylist()
    ordered = sorted(counts, key=lambda cell: (-cell["counts"], cell["values"]))
    return {cell["values"]: cell["counts"] for cell in ordered}


def find_waiting(folder: Path, name: str) -> Snapshot:
    """Find a snapshot with refused rows by its name or its file's.

    Parameters
    ----------
    folder : Path
        The store.
    name : str
        Name of the snapshot, or of the file it was loaded from.

    Returns
    -------
    Snapshot
        The one.

    Raises
    ------
    StoreError
        If no snapshot of that name has rows that wait, or several have.
    """
    found = [s for s in waiting(folder) if name in (s.name, s.input_name)]
    if len(found) == 1:
        return found[0]
    names = [s.name for s in found or waiting(folder)]
    many = "Several snapshots have" if found else "No snapshot has"
    raise StoreError(
        f"{many} refused rows under the name {name!r}.{suggest(name, names)}"
        " List them with `cuibono quarantine list`."
    )


def read_refused(folder: Path, snapshot: Snapshot) -> Iterator[Refused]:
    """Read a snapshot's refused rows, a block at a time.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        One that `waiting` lists.

    Yields
    ------
    Refused
        In the order of their lines.
    """
    with pq.ParquetFile(rejected_file(folder, snapshot)) as file:
        for batch in file.iter_batches():
            for cell in batch.to_pylist():
                yield Refused(cell["file"], cell["line"], cell["reject"], _data(cell))


def write_refused(folder: Path, snapshot: Snapshot, target: Path) -> int:
    """Write a snapshot's refused lines to a file, byte for byte, to be mended there.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        One that `waiting` lists.
    target : Path
        File to write; it must not exist yet.

    Returns
    -------
    int
        Lines written.

    Raises
    ------
    SourceError
        If the file exists or cannot be written.
    """
    count = 0
    try:
        with target.open("xb") as file:
            for row in read_refused(folder, snapshot):
                file.write(row.data + b"\n")
                count += 1
    except OSError as error:
        raise SourceError(
            f"{target}: cannot be written ({error.strerror}). Name another file."
        ) from error
    return count


def replay(
    folder: Path,
    snapshot: Snapshot,
    mended: Path | None = None,
    *,
    wait_seconds: float = WAIT_SECONDS,
) -> LoadReport | None:
    """Read refused rows again, as they are or mended, and take in what passes now.

    What passes becomes a snapshot of its own, and what does not waits in its
    quarantine. The rows as they first came stay where they are.

    Parameters
    ----------
    folder : Path
        The store.
    snapshot : Snapshot
        One that `waiting` lists.
    mended : Path, optional
        Text with one line for each refused one, in their order; the refused
        rows themselves by default, for when code lists have learnt.
    wait_seconds : float
        How long to wait while another process writes to the store.

    Returns
    -------
    LoadReport or None
        None if nothing passes yet, and nothing was changed.

    Raises
    ------
    SourceError
        If the mended text has more or fewer lines than were refused.
    StoreError
        If the snapshot was not loaded from text.
    """
    layouts = {layout.name: layout for layout in read_card(snapshot.source).layouts}
    known = layouts.get(snapshot.input_layout)
    if known is None or known.format not in TEXT:
        raise StoreError(
            f"{snapshot.input_name}: its rows are no lines of text that could be read again."
            f" Mend the file and load it with `cuibono load {snapshot.source} FILE`."
        )
    if mended is not None and not mended.is_file():
        raise SourceError(f"{mended}: no such file. Write it with `cuibono quarantine show`.")
    with locked(folder, wait_seconds):
        return _replay(prepare(folder), folder, snapshot, mended)


def _replay(
    store: Store, folder: Path, snapshot: Snapshot, mended: Path | None
) -> LoadReport | None:
    refused = rejected_file(folder, snapshot)
    came = take_fingerprint(mended).content if mended else hash_file(refused)
    digest = hashlib.sha256(f"{snapshot.name} {came}".encode()).hexdigest()
    again = replace(
        snapshot,
        name=f"{snapshot.source}-{digest[:16]}",
        sha256=digest,
        content_sha256=digest,
        input_bytes=(mended or refused).stat().st_size,
        input_path="",
        command=f"cuibono quarantine replay {snapshot.name}",
        replays=snapshot.name,
    )
    with workplace(folder, again.name) as work:
        engine = store.engine
        engine.bound(MEMORY_BYTES, work / "spill")
        lines = engine.read_parquet(refused).select("line", "text", "bytes")
        if mended is not None:
            lines = _mended(engine, refused, mended, work)
        rows = read_with(snapshot.source, snapshot.input_layout)({snapshot.table: lines})
        made = take_in(store, again, rows, lines, work, snapshot.quarantined)
        if made.quarantined == made.rows_in:
            return None
        made = replace(made, covered=_covered(store, folder, made, work))
        commit(folder, made, work)
    return LoadReport(made, already=False)


def _mended(engine: Engine, refused: Path, mended: Path, work: Path) -> ibis.Table:
    """Read mended lines under the numbers of the lines in whose places they stand."""
    count = write_lines(mended, work / "mended.parquet")
    wanted = pq.read_metadata(refused).num_rows
    if count != wanted:
        raise SourceError(
            f"{mended}: {count:,} lines where {wanted:,} were refused. Leave a line that"
            " cannot be mended as it is; it stays in quarantine."
        )
    was = engine.read_numbered(refused).select(_line="line", _place="place")
    lines = engine.read_parquet(work / "mended.parquet")
    joined = lines.join(was, lines.line == was["_place"] + 1)
    return joined.select("text", "bytes", line=joined["_line"])


def _covered(store: Store, folder: Path, made: Snapshot, work: Path) -> tuple[Period, ...]:
    """Tell covered days by all rows of the file, of which the mended ones are a few."""
    loaded = {snapshot.name: snapshot for snapshot in store.loaded}
    rows = store.engine.read_parquet(work / KEPT)
    before = made
    while before.replays in loaded:
        before = loaded[before.replays]
        rows = rows.union(store.engine.read_parquet(data_file(folder, before)))
    return tuple(covered_days(store.engine, read_card(made.source), rows))


def _data(cell: Mapping[str, Any]) -> bytes:
    if cell["bytes"] is not None:
        return bytes(cell["bytes"])
    return (cell["text"] or "").encode()
