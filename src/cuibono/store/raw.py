"""An input as the raw tables of one layout, told by its columns."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cuibono.errors import DriftError, SourceError
from cuibono.sources.base import Card, Layout, match_layout, numbered, provider_layouts
from cuibono.store.archive import read_files
from cuibono.store.engine import Engine
from cuibono.store.lines import SCHEMA, read_lines, write_lines

HEADER_BYTES = 2**16
SAMPLED_LINES = 1000
PARQUET = b"PAR1"
TEXT = ("lines", "fields")


def open_raw(
    engine: Engine, card: Card, path: Path, work: Path | None = None
) -> tuple[Layout, Mapping[str, ibis.Table]]:
    """Open an input as raw tables, in the layout its columns show.

    Parameters
    ----------
    engine : Engine
        Reads the files.
    card : Card
        The source's description.
    path : Path
        A file, packed or not, or a folder that holds one file per table.
    work : Path, optional
        Folder for the lines of a text; without one they are held in memory.

    Returns
    -------
    Layout, mapping of str to ibis.Table
        The layout found and its raw tables.

    Raises
    ------
    DriftError
        If the columns fit no layout of the card.
    """
    layout, inputs = find_layout(engine, card, path)
    if layout.format == "parquet":
        return layout, {name: engine.read_parquet(file) for name, file in inputs.items()}
    if work is not None:
        return layout, dict(_texts(engine, layout, inputs, work))
    with tempfile.TemporaryDirectory() as passing:
        texts = _texts(engine, layout, inputs, Path(passing))
        return layout, {name: engine.cache(table) for name, table in texts}


def find_layout(engine: Engine, card: Card, path: Path) -> tuple[Layout, Mapping[str, Path]]:
    """Tell the layout of an input by its columns.

    Parameters
    ----------
    engine : Engine
        Reads the columns of Parquet files.
    card : Card
        The source's description.
    path : Path
        A file, packed or not, or a folder that holds one file per table.

    Returns
    -------
    Layout, mapping of str to Path
        The layout found and the file of each raw table.

    Raises
    ------
    DriftError
        If the columns fit no layout of the card.
    """
    inputs = _inputs(card, path)
    columns = {table: _columns(engine, card, file) for table, file in inputs.items()}
    return match_layout(card, columns, str(path)), inputs


def stream_lines(engine: Engine, file: Path, odd: Path) -> ibis.Table:
    """Open a text as a raw table that can be streamed from once.

    Parameters
    ----------
    engine : Engine
        Takes the lines as it wants them.
    file : Path
        The text, packed or not.
    odd : Path
        Gets the lines that are not UTF-8, as `write_lines` writes them.

    Returns
    -------
    ibis.Table
        Columns as `write_lines` writes them.
    """
    return engine.lay(_keeping_odd(read_lines(file), odd), SCHEMA)


def _keeping_odd(blocks: Iterator[pa.Table], odd: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetWriter(odd, SCHEMA) as kept:
        for lines in blocks:
            if lines["bytes"].null_count < lines.num_rows:
                kept.write_table(lines.filter(pc.is_valid(lines["bytes"])))
            yield from lines.to_batches()


def _texts(
    engine: Engine, layout: Layout, inputs: Mapping[str, Path], work: Path
) -> Iterator[tuple[str, ibis.Table]]:
    for name, file in inputs.items():
        if layout.format in TEXT:
            write_lines(file, work / f"{name}.lines.parquet")
            yield name, engine.read_parquet(work / f"{name}.lines.parquet")
        else:
            yield name, engine.read_csv(_unpacked(file, work / f"{name}.csv"))


def _unpacked(file: Path, target: Path) -> Path:
    """Write a small table out plainly; within limits, and under a name of ours."""
    with target.open("wb") as plain:
        for stream in read_files(file):
            shutil.copyfileobj(stream, plain)
    return target


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
    with file.open("rb") as plain:
        if plain.read(len(PARQUET)) == PARQUET:
            return tuple(engine.read_parquet(file).columns)
    header = b""
    for stream in read_files(file):
        if any(layout.format == "fields" for layout in provider_layouts(card)):
            return _places(stream)
        header = stream.readline(HEADER_BYTES)
    names = header.decode("utf-8-sig", errors="replace").rstrip("\r\n")
    if not names:
        raise DriftError(
            f"{file}: no column names in its first line. To get it: {card.obtain}."
        )
    return tuple(names.split("\t" if "\t" in names else ","))


def _places(stream: IO[bytes]) -> tuple[str, ...]:
    """Name the fields of a file without a header after its usual line."""
    lines = islice(stream, SAMPLED_LINES)
    counts = Counter(line.count(b"\t") + 1 for line in lines)
    usual = max(counts, key=lambda fields: (counts[fields], fields), default=0)
    return numbered(usual)
