"""A provider's files again: with their rows in another order, or with a column too many."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cuibono.sources.base import Layout

UNKNOWN = "column_of_next_year"
SEED = 20150218


def copy_shuffled(path: Path, layout: Layout, target: Path) -> None:
    """Write a file or folder again with its rows in another order.

    Parameters
    ----------
    path : Path
        File, or folder of files.
    layout : Layout
        Its layout.
    target : Path
        Where to write; does not exist yet.
    """
    _copy(path, layout, target, _shuffle_text, _shuffle_table)


def copy_widened(path: Path, layout: Layout, target: Path) -> None:
    """Write a file or folder again with a column that no card knows.

    Parameters
    ----------
    path : Path
        File, or folder of files.
    layout : Layout
        Its layout.
    target : Path
        Where to write; does not exist yet.
    """
    _copy(path, layout, target, _widen_text, _widen_table)


def _copy(
    path: Path,
    layout: Layout,
    target: Path,
    text: Callable[[list[bytes], bool], list[bytes]],
    table: Callable[[pa.Table], pa.Table],
) -> None:
    if path.is_dir():
        for file in sorted(path.iterdir()):
            _copy(file, layout, target / file.name, text, table)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if layout.format == "parquet":
        pq.write_table(table(pq.read_table(path)), target)
        return
    lines = text(path.read_bytes().splitlines(), layout.format != "fields")
    target.write_bytes(b"".join(line + b"\n" for line in lines))


def _order(rows: int) -> list[int]:
    """Draw an order that is not the one given."""
    return random.Random(SEED).sample(range(rows), rows)[::-1]


def _shuffle_text(lines: list[bytes], header: bool) -> list[bytes]:
    rows = lines[header:]
    return [*lines[:header], *(rows[at] for at in _order(len(rows)))]


def _shuffle_table(table: pa.Table) -> pa.Table:
    return table.take(_order(table.num_rows))


def _widen_text(lines: list[bytes], header: bool) -> list[bytes]:
    """Add a named column, or two fields: one more may be another known layout."""
    if not header:
        return [line + b"\t1\t1" for line in lines]
    comma = b"\t" if b"\t" in lines[0] else b","
    return [lines[0] + comma + UNKNOWN.encode(), *(line + comma + b"1" for line in lines[1:])]


def _widen_table(table: pa.Table) -> pa.Table:
    return table.append_column(UNKNOWN, pa.array([1] * table.num_rows))
