"""Where expressions run: any engine of the capability table, chosen by its URL."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, runtime_checkable

import ibis
import pyarrow as pa
import pyarrow.csv

from cuibono.errors import StoreError
from cuibono.store.capabilities import find_engine

IN_MEMORY = "duckdb://"


class _Runner(Protocol):
    """What a file of `store/engines` offers as its `Runner`; `Engine` documents each method."""

    def read_parquet(self, path: Path) -> ibis.Table:
        """Open a Parquet file as a lazy table."""

    def collect(self, expression: ibis.Table) -> pa.Table:
        """Run an expression and hold its rows."""

    def ask(
        self,
        question: ibis.Table,
        values: Mapping[str, object],
        limit: int | None,
        offset: int,
    ) -> pa.Table:
        """Run an expression with its blanks filled in and hold some of its rows."""

    def interrupt(self) -> None:
        """Stop what runs, from another thread."""

    def close(self) -> None:
        """Give up the connection."""


@runtime_checkable
class _Loader(_Runner, Protocol):
    """What a runner offers beside that, where files can be loaded with it."""

    def write_parquet(self, expression: ibis.Table, path: Path) -> None:
        """Run an expression and write its rows as they come."""

    def read_numbered(self, path: Path) -> ibis.Table:
        """Open a Parquet file with the places of its rows."""

    def lay(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> ibis.Table:
        """Lay rows out as a table that can be streamed from once."""

    def stream(self, expression: ibis.Table) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows as they come."""

    def read_together(self, paths: Sequence[Path]) -> ibis.Table:
        """Open Parquet files of one kind as one lazy table."""

    def bound(self, memory_bytes: int, spill: Path) -> None:
        """Keep to so much memory, and put what is more into a folder."""


class Engine:
    """A connection that reads files as Ibis tables and runs expressions.

    What only loading asks for is refused by an engine that does not load.

    Parameters
    ----------
    url : str, optional
        Where to run: `duckdb://`, `spark://local[2]`, `spark://host:port`.

    Raises
    ------
    StoreError
        If the URL names no engine that runs, or the engine does not start.
    """

    def __init__(self, url: str = IN_MEMORY) -> None:
        self.url = url
        module = import_module(f"cuibono.store.engines.{find_engine(url).scheme}")
        self._runner: _Runner = module.Runner(url)

    @property
    def _loader(self) -> _Loader:
        if isinstance(self._runner, _Loader):
            return self._runner
        raise StoreError(
            f"{self.url} does not load: files are read line by line by the one machine that"
            f" holds them. Load with {IN_MEMORY}; this engine reads what was loaded."
        )

    @property
    def local(self) -> bool:
        """Whether this process reads the files itself.

        Returns
        -------
        bool
            False where other processes or machines do.
        """
        return self.url == IN_MEMORY

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
            If the file is damaged or is no Parquet.
        """
        try:
            return self._runner.read_parquet(path)
        except StoreError as error:
            raise unreadable(path, str(error)) from error

    def read_csv(self, path: Path) -> ibis.Table:
        """Open a comma-separated file with a header, every column as text.

        Parameters
        ----------
        path : Path
            UTF-8 text, fields quoted with double quotes where they need it;
            an empty field is an empty text, never null.

        Returns
        -------
        ibis.Table
            All of its columns.

        Raises
        ------
        StoreError
            If a line does not have as many fields as the header: the engine's
            own reader would guess, and drop lines to make its guess fit.
        """
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                names = next(csv.reader(file), [])
            types = dict.fromkeys(names, pa.string())
            convert = pa.csv.ConvertOptions(column_types=types, strings_can_be_null=False)
            parse = pa.csv.ParseOptions(newlines_in_values=True)
            table = pa.csv.read_csv(path, parse_options=parse, convert_options=convert)
        except (pa.ArrowInvalid, UnicodeDecodeError, csv.Error) as error:
            raise StoreError(f"{path}: cannot be read as CSV ({first_line(error)}).") from error
        return ibis.memtable(table)

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
            If the engine fails on the data.
        """
        with _stopping():
            return self._runner.collect(expression)

    def ask(
        self,
        question: ibis.Table,
        values: Mapping[str, object],
        limit: int | None = None,
        offset: int = 0,
    ) -> pa.Table:
        """Put a question again with other values: what it comes to as a query is kept.

        Parameters
        ----------
        question : ibis.Table
            An expression with blanks; its rows in order, where some are left out.
        values : mapping of str to object
            What each blank stands for this time.
        limit : int, optional
            At most so many rows; all by default.
        offset : int, optional
            So many rows are left out first.

        Returns
        -------
        pyarrow.Table
            Those rows.

        Raises
        ------
        StoreError
            If the engine fails on the data.
        """
        with _stopping():
            return self._runner.ask(question, values, limit, offset)

    def cache(self, expression: ibis.Table) -> ibis.Table:
        """Run an expression once and keep its rows for later expressions.

        Parameters
        ----------
        expression : ibis.Table
            What several later expressions will read.

        Returns
        -------
        ibis.Table
            The same rows, in memory.
        """
        return ibis.memtable(self.collect(expression))

    def write_parquet(self, expression: ibis.Table, path: Path) -> None:
        """Run an expression and write its rows as they come, never holding them all.

        Parameters
        ----------
        expression : ibis.Table
            What to compute.
        path : Path
            Target file; its folder exists.

        Raises
        ------
        StoreError
            If the engine fails on the data.
        OSError
            If the file cannot be written.
        """
        loader = self._loader
        with _stopping():
            loader.write_parquet(expression, path)

    def read_numbered(self, path: Path) -> ibis.Table:
        """Open a Parquet file that we wrote, with the place of each of its rows.

        Parameters
        ----------
        path : Path
            An existing file.

        Returns
        -------
        ibis.Table
            All of its columns, and `place`, from 0.
        """
        return self._loader.read_numbered(path)

    def lay(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> ibis.Table:
        """Lay rows that come one after the other out as a table, for one `stream`.

        Parameters
        ----------
        batches : iterator of pyarrow.RecordBatch
            The rows; asked for as the engine wants them, and what it raises is raised by
            `stream`.
        schema : pyarrow.Schema
            Their columns.

        Returns
        -------
        ibis.Table
            The same expression for all rows of a schema, true of the last that were laid out.
        """
        return self._loader.lay(batches, schema)

    def stream(self, expression: ibis.Table) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows as they come, never holding them all.

        Parameters
        ----------
        expression : ibis.Table
            What to compute.

        Yields
        ------
        pyarrow.RecordBatch
            Some rows; the engine is asked nothing else until the last.

        Raises
        ------
        StoreError
            If the engine fails on the data.
        OSError
            If what does not fit in memory cannot be written.
        """
        loader = self._loader
        with _stopping():
            yield from loader.stream(expression)

    def read_together(self, paths: Sequence[Path]) -> ibis.Table:
        """Open Parquet files of one kind as one lazy table, however many they are.

        Parameters
        ----------
        paths : sequence of Path
            Existing files; at least one.

        Returns
        -------
        ibis.Table
            The columns of all; where a file lacks one, its rows have null.

        Raises
        ------
        StoreError
            If one of them is damaged.
        """
        loader = self._loader
        try:
            return loader.read_together(paths)
        except StoreError:
            for path in paths:
                self.read_parquet(path)
            raise

    def bound(self, memory_bytes: int, spill: Path) -> None:
        """Keep to so much memory from now on.

        Parameters
        ----------
        memory_bytes : int
            Most that rows under way may take.
        spill : Path
            Folder for what does not fit; made when it is needed.
        """
        self._loader.bound(memory_bytes, spill)

    def interrupt(self) -> None:
        """Stop the expression that runs now; to be called from another thread.

        What was stopped raises a StoreError; where nothing runs, nothing happens.
        """
        self._runner.interrupt()

    def close(self) -> None:
        """Give up the connection; the engine cannot be asked again."""
        self._runner.close()


@contextmanager
def _stopping() -> Iterator[None]:
    """Say of what a runner raises that the engine stopped."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"The engine stopped: {error}.") from error


def unreadable(path: Path, why: str) -> StoreError:
    """Say that a file is no Parquet, and what to do about it.

    Parameters
    ----------
    path : Path
        The file.
    why : str
        What is wrong with it, without a full stop.

    Returns
    -------
    StoreError
        To be raised.
    """
    return StoreError(
        f"{path}: cannot be read as Parquet ({why})."
        " Get the file again; one inside a store is named in its `manifest` folder:"
        " delete both and load the input again."
    )


def first_line(error: Exception) -> str:
    """Cut an engine's message to its first line.

    Parameters
    ----------
    error : Exception
        What the engine raised.

    Returns
    -------
    str
        One line without a trailing full stop.
    """
    return str(error).strip().splitlines()[0].rstrip(".")
