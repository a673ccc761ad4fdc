"""Load a source's files: every row is accepted, a duplicate, or quarantined with its reason."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

import ibis
import pyarrow.parquet as pq

from cuibono.errors import DriftError, SourceError, StoreError
from cuibono.model.period import Period, merge_periods
from cuibono.model.tables import TABLES
from cuibono.sources.base import (
    Card,
    Layout,
    match_layout,
    numbered,
    provider_layouts,
    read_card,
    read_with,
)
from cuibono.store.engine import Engine
from cuibono.store.manifest import Snapshot, data_file, write_manifest
from cuibono.store.store import Store

# A day with fewer than this share of a usual day's rows holds only stragglers: back-dated
# events must not make a period look observed.
STRAGGLER_SHARE = 0.1
HEADER_BYTES = 2**16
SAMPLED_LINES = 1000


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of one input.

    Attributes
    ----------
    snapshot : Snapshot
        Its counts, coverage and hash.
    already : bool
        Whether the same bytes were loaded before, so that nothing was done.
    """

    snapshot: Snapshot
    already: bool

    def __str__(self) -> str:
        s = self.snapshot
        done = " (already loaded)" if self.already else ""
        return (
            f"{s.input_name}: {s.rows_in:,} rows = {s.accepted:,} accepted"
            f" + {s.duplicates:,} duplicates + {s.quarantined:,} quarantined{done}"
        )


def load(store: Store, source: str, path: Path) -> LoadReport:
    """Load a file, or a folder of files that belong together, into a store.

    Parameters
    ----------
    store : Store
        With a folder to write to.
    source : str
        Which card describes the file.
    path : Path
        The file or folder.

    Returns
    -------
    LoadReport
        Counts that add up to the rows that came in.

    Raises
    ------
    SourceError
        If the path is missing, unreadable or of no known layout.
    StoreError
        If the store cannot be written; it is then as it was.
    """
    if store.folder is None:
        raise SourceError("Loading needs a store to write to; open the store with a folder.")
    card = read_card(source)
    if not path.exists():
        raise SourceError(f"{path}: no such file. To get it: {card.obtain}.")
    digest, size = hash_of(path)
    for known in store.loaded:
        if (known.source, known.sha256) == (source, digest):
            return LoadReport(known, already=True)
    layout, raw = open_raw(store.engine, card, path)
    rows = store.engine.cache(read_with(source, layout.name)(raw))
    kept, duplicates, rejected = _sort_out(store, card, rows)
    name = f"{source}-{digest[:16]}"
    counts = [store.engine.collect(part.aggregate(n=part.count()))["n"][0].as_py()
              for part in (rows, kept, duplicates, rejected)]  # fmt: skip
    snapshot = Snapshot(
        source=source,
        table=card.table,
        name=name,
        layout="canonical",
        input_name=path.name,
        sha256=digest,
        input_bytes=size,
        rows_in=counts[0],
        accepted=counts[1],
        duplicates=counts[2],
        quarantined=counts[3],
        covered=tuple(covered_days(store.engine, card, kept.union(duplicates))),
        licence=card.licence,
        citation=card.citation,
        command=f"cuibono load {source} {path.name}",
    )
    with _all_or_nothing(store.folder, snapshot) as folder:
        columns = TABLES[card.table]
        write_parquet(
            store.engine,
            kept.order_by("line").select(*columns).cast(columns),
            folder / "rows.parquet",
        )
        write_parquet(store.engine, rejected.order_by("line"), folder / "rejected.parquet")
        accepted_file, rejected_file = _targets(store.folder, snapshot)
        _move(folder / "rows.parquet", accepted_file)
        _move(folder / "rejected.parquet", rejected_file)
        write_manifest(store.folder, snapshot)
    return LoadReport(snapshot, already=False)


def open_raw(engine: Engine, card: Card, path: Path) -> tuple[Layout, Mapping[str, ibis.Table]]:
    """Open an input as raw tables, in the layout its columns show.

    Parameters
    ----------
    engine : Engine
        Reads the files.
    card : Card
        The source's description.
    path : Path
        A file, or a folder that holds one file per table.

    Returns
    -------
    Layout, mapping of str to ibis.Table
        The layout found and its raw tables.

    Raises
    ------
    DriftError
        If the columns fit no layout of the card.
    """
    inputs = _inputs(card, path)
    columns = {table: _columns(engine, card, file) for table, file in inputs.items()}
    layout = match_layout(card, columns, str(path))
    read = {
        "lines": engine.read_lines,
        "fields": engine.read_lines,
        "csv": engine.read_csv,
        "parquet": engine.read_parquet,
    }
    return layout, {table: read[layout.format](file) for table, file in inputs.items()}


def hash_of(path: Path) -> tuple[str, int]:
    """Hash an input's bytes, a folder's files in the order of their names.

    Parameters
    ----------
    path : Path
        File or folder.

    Returns
    -------
    str, int
        SHA-256 in hexadecimal, and the number of bytes.

    Raises
    ------
    SourceError
        If a file cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            with file.open("rb") as stream:
                while block := stream.read(2**20):
                    digest.update(block)
                    size += len(block)
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read ({error.strerror}). A folder holds files only."
        ) from error
    return digest.hexdigest(), size


def covered_days(engine: Engine, card: Card, rows: ibis.Table) -> list[Period]:
    """Tell which days a file covers.

    An event stream covers a day that has at least a tenth of the usual
    number of rows; a measure covers the spans it states, or all days from
    its first row to its last.

    Parameters
    ----------
    engine : Engine
        Runs the count.
    card : Card
        Says which rule holds.
    rows : ibis.Table
        Accepted canonical rows.

    Returns
    -------
    list of Period
        Disjoint, ascending.
    """
    if card.coverage == "span":
        ends = engine.collect(rows.aggregate(start=rows.start.min(), end=rows.end.max()))
        start, end = ends["start"][0].as_py(), ends["end"][0].as_py()
        return [Period(start, end)] if start else []
    if card.coverage == "rows":
        spans = engine.collect(rows.select("start", "end").distinct())
        pairs = zip(spans["start"].to_pylist(), spans["end"].to_pylist(), strict=True)
        return merge_periods([Period(start, end) for start, end in pairs])
    daily = engine.collect(rows.group_by("day").agg(n=rows.count()))
    counts = dict(zip(daily["day"].to_pylist(), daily["n"].to_pylist(), strict=True))
    return busy_days(counts)


def busy_days(counts: Mapping[date, int]) -> list[Period]:
    """Keep the days with a usual number of rows, and join neighbours.

    The usual number is that of the day on which the middle row falls, so that
    a week's file keeps its seven days however many back-dated events it holds.

    Parameters
    ----------
    counts : mapping of date to int
        Rows per day.

    Returns
    -------
    list of Period
        Disjoint, ascending.

    Examples
    --------
    >>> week = {date(2021, 1, day): 900 for day in range(4, 11)}
    >>> [str(p) for p in busy_days({**week, date(2011, 3, 1): 2})]
    ['2021-01-04 to 2021-01-10']
    """
    if not counts:
        return []
    sizes = sorted(counts.values())
    half = sum(sizes) / 2
    usual = next(
        n for n, so_far in zip(sizes, accumulate(sizes), strict=True) if so_far >= half
    )
    busy = [day for day, n in counts.items() if n >= STRAGGLER_SHARE * usual]
    return merge_periods([Period(day, day + timedelta(days=1)) for day in busy])


def write_parquet(engine: Engine, rows: ibis.Table, path: Path) -> None:
    """Write rows, the same bytes for the same rows in the same order.

    Parameters
    ----------
    engine : Engine
        Runs the expression.
    rows : ibis.Table
        What to write.
    path : Path
        Target file; its folder exists.
    """
    pq.write_table(engine.collect(rows), path, compression="zstd")


def _sort_out(
    store: Store, card: Card, rows: ibis.Table
) -> tuple[ibis.Table, ibis.Table, ibis.Table]:
    """Split rows into new ones, ones already known, and ones with a reason to refuse."""
    rejected = rows.filter(rows.reject.notnull())
    sound = rows.filter(rows.reject.isnull())
    sound = sound.mutate(copy=ibis.row_number().over(group_by="row", order_by="line"))
    if any(s.source == card.name for s in store.loaded):
        own = replace(store, embedded=())
        seen = own.table(card.table, card.name).select(_row="row").distinct()
        sound = sound.left_join(seen, sound["row"] == seen["_row"])
    else:
        sound = sound.mutate(_row=ibis.null("string"))
    new = (sound["copy"] == 0) & sound["_row"].isnull()
    return sound.filter(new), sound.filter(~new), rejected


def _inputs(card: Card, path: Path) -> dict[str, Path]:
    """Name the file behind each raw table."""
    if path.is_file():
        return {card.table: path}
    for layout in provider_layouts(card):
        found = {table: sorted(path.glob(pattern)) for table, pattern in layout.files.items()}
        if all(len(files) == 1 for files in found.values()):
            return {table: files[0] for table, files in found.items()}
    wanted = " or ".join(", ".join(layout.files.values()) for layout in provider_layouts(card))
    raise SourceError(f"{path}: a folder of {card.name} holds one file each of {wanted}.")


def _columns(engine: Engine, card: Card, file: Path) -> tuple[str, ...]:
    with file.open("rb") as stream:
        header = stream.readline(HEADER_BYTES)
    if header.startswith(b"PAR1"):
        return tuple(engine.read_parquet(file).columns)
    if any(layout.format == "fields" for layout in provider_layouts(card)):
        return _places(file)
    names = header.decode("utf-8-sig", errors="replace").rstrip("\r\n")
    if not names:
        raise DriftError(
            f"{file}: no column names in its first line. To get it: {card.obtain}."
        )
    return tuple(names.split("\t" if "\t" in names else ","))


def _places(file: Path) -> tuple[str, ...]:
    """Name the fields of a file without a header after its usual line."""
    with file.open("rb") as stream:
        counts = Counter(line.count(b"\t") + 1 for line in islice(stream, SAMPLED_LINES))
    usual = max(counts, key=lambda fields: (counts[fields], fields), default=0)
    return numbered(usual)


def _targets(store: Path, snapshot: Snapshot) -> tuple[Path, Path]:
    """Say where accepted and rejected rows lie once their snapshot is real."""
    return data_file(store, snapshot), store / "quarantine" / f"{snapshot.name}.parquet"


@contextmanager
def _all_or_nothing(store: Path, snapshot: Snapshot) -> Iterator[Path]:
    folder = store / "unfinished" / snapshot.name
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        with suppress(OSError):
            for target in _targets(store, snapshot):
                target.unlink(missing_ok=True)
        raise StoreError(
            f"{store}: the store cannot be written ({error.strerror or error}) and is as it"
            " was. Free the disk, or name another folder with `--store`, and load again."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _move(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)
