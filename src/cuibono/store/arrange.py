"""How rows lie in a file of the store: in stretches, within which a relation's lie together.

An engine that is asked about one relation then reads of each stretch only the groups of rows
that its parties fall into.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

ROW_GROUP = 20_480
# Held at once; the longer a stretch, the fewer groups of rows a relation is spread over.
STRETCH = 6 * ROW_GROUP
PARTIES = ("actor", "recipient")
# What groups of rows can be passed over by.
SOUGHT = (*PARTIES, "day", "start", "end", "measure")
# Nearly every row has one of its own, and a list of them would be as long as the rows.
OWN = ("row", "story")


class Arranged:
    """A Parquet file in the making, to be used in a `with` statement.

    Parameters
    ----------
    path : Path
        File to write.
    schema : pyarrow.Schema
        Its columns.
    order : Path, optional
        Gets the place in which each row came, an int64 for each in the order of the file.

    Raises
    ------
    OSError
        If a file cannot be written.
    """

    def __init__(self, path: Path, schema: pa.Schema, order: Path | None = None) -> None:
        self._schema = schema
        self._waiting: list[pa.RecordBatch] = []
        self._places: list[NDArray[np.int64]] = []
        self._order: BinaryIO | None = order.open("wb") if order else None
        listed = [name for name in schema.names if name not in OWN]
        self._writer = pq.ParquetWriter(
            path,
            pa.schema([_as_written(column) for column in schema]),
            compression="snappy",
            use_dictionary=listed,
            write_statistics=[name for name in schema.names if name in SOUGHT],
            # Whoever reads the file sees texts, not how they were written.
            store_schema=False,
        )

    def __enter__(self) -> Arranged:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._write()
        self._writer.close()
        if self._order:
            self._order.close()

    def add(self, batch: pa.RecordBatch, places: NDArray[np.int64]) -> None:
        """Take in rows, and write those that make a stretch.

        Parameters
        ----------
        batch : pyarrow.RecordBatch
            Rows of the schema.
        places : int64 array, shape (n_rows,)
            The place of each.
        """
        self._waiting.append(batch)
        self._places.append(places)
        if sum(waiting.num_rows for waiting in self._waiting) >= STRETCH:
            self._write()

    def _write(self) -> None:
        places = np.concatenate([*self._places, np.empty(0, np.int64)])
        columns = _take_apart(pa.Table.from_batches(self._waiting, self._schema), self._waiting)
        order = _by_parties(columns, places.size)
        if self._order:
            places[order].tofile(self._order)
        self._places = []
        # One group at a time, so that a stretch is never held twice; no rows are a group too.
        for first in range(0, max(places.size, 1), ROW_GROUP):
            chosen = order[first : first + ROW_GROUP]
            group = {name: _shorten(column.take(chosen)) for name, column in columns.items()}
            self._writer.write_table(pa.table(group), row_group_size=ROW_GROUP)


def _as_written(column: pa.Field) -> pa.Field:
    listed = column.type == pa.string() and column.name not in OWN
    return column.with_type(pa.dictionary(pa.int32(), pa.string())) if listed else column


def _take_apart(rows: pa.Table, batches: list[pa.RecordBatch]) -> dict[str, pa.Array]:
    """Give the columns of a stretch, and let go of the batches that it came in."""
    batches.clear()
    columns = {}
    for name in rows.column_names:
        columns[name] = _listed(rows.field(name), rows[name])
        rows = rows.drop([name])
    return columns


def _listed(field: pa.Field, column: pa.ChunkedArray) -> pa.Array:
    """Give a column as numbers into a list of its values, where these come again and again."""
    whole = column.combine_chunks()
    return whole if _as_written(field) == field else whole.dictionary_encode()


def _shorten(column: pa.Array) -> pa.Array:
    """List only values that a column has: a list is written, and read, with every group."""
    if not pa.types.is_dictionary(column.type):
        return column
    used = column.indices.dictionary_encode()
    return pa.DictionaryArray.from_arrays(used.indices, column.dictionary.take(used.dictionary))


def _by_parties(columns: dict[str, pa.Array], n_rows: int) -> NDArray[np.int64]:
    """Order rows by actor, then recipient; those of one relation stay as they came."""
    order = np.arange(n_rows)
    for name in reversed([party for party in PARTIES if party in columns]):
        order = order[np.argsort(_ranks(columns[name])[order], kind="stable")]
    return order


def _ranks(column: pa.DictionaryArray) -> NDArray[np.unsignedinteger]:
    """Give each row the rank of its value, from 1, in few bytes; 0 is null."""
    names = column.dictionary.to_pylist()
    rank = np.zeros(len(names) + 1, np.min_scalar_type(len(names)))
    rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(1, len(names) + 1)
    ranks: NDArray[np.unsignedinteger] = rank[column.indices.fill_null(len(names)).to_numpy()]
    return ranks
