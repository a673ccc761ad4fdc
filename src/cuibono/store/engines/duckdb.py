"""DuckDB, in memory: the engine that is always there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import ibis
import pyarrow as pa

from cuibono.errors import StoreError
from cuibono.store.engine import first_line


class Runner:
    """A DuckDB connection of its own.

    Parameters
    ----------
    url : str
        `duckdb://`.

    Raises
    ------
    StoreError
        If the URL names a file: what is true lies in Parquet, never in one.
    """

    def __init__(self, url: str) -> None:
        if url != "duckdb://":
            raise StoreError(f"{url}: DuckDB runs in memory here. Write duckdb:// and no more.")
        self._connection = ibis.duckdb.connect()

    def read_parquet(self, path: Path) -> ibis.Table:
        """Open a Parquet file as a lazy table.

        Parameters
        ----------
        path : Path
            An existing file.

        Returns
        -------
        ibis.Table
            All of its columns.

        Raises
        ------
        StoreError
            If the file is no Parquet.
        """
        try:
            return self._connection.read_parquet(path)
        except duckdb.Error as error:
            raise StoreError(first_line(error)) from error

    def collect(self, expression: ibis.Table) -> pa.Table:
        """Run an expression and hold its rows.

        Parameters
        ----------
        expression : ibis.Table
            What to compute.

        Returns
        -------
        pyarrow.Table
            All rows.

        Raises
        ------
        StoreError
            If the data cannot be computed with.
        """
        try:
            return self._connection.to_pyarrow(expression)
        except duckdb.Error as error:
            raise StoreError(first_line(error)) from error

    def close(self) -> None:
        """Give up the connection."""
        self._connection.disconnect()
