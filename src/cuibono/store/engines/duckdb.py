"""DuckDB, in memory: the engine that is always there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import count
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import duckdb
import ibis
import ibis.expr.operations as ops
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.datatypes import DuckDBType
from sqlglot import expressions as sge

from cuibono.errors import CuibonoError, StoreError
from cuibono.store.engine import first_line
from cuibono.store.sql import Blank

LAID = "rows_laid_out"
BATCH = 2**16
REORDERING = "join_order,build_side_probe_side"
# How DuckDB begins to say that a file could not be written.
DISK = "IO Error"
# Each thread holds row groups until they are whole, so both bound what a load holds.
ROW_GROUP = 20_480
THREADS = 2
# Expressions whose SQL is remembered: a few loads' worth. They hold on to their tables in
# memory, so that none with more than a list of codes is remembered.
REMEMBERED = 128
CODES_BYTES = 2**20


class LeavingBlanks(DuckDBCompiler):  # type: ignore[misc]
    """Writes a blank as one of DuckDB's own parameters, such as `$b1`."""

    def visit_Blank(self, op: Blank, **_: object) -> sge.Placeholder:
        """Give a blank its name.

        Parameters
        ----------
        op : Blank
            What is left open.
        **_ : object
            Its parts, once more.

        Returns
        -------
        sqlglot.expressions.Placeholder
            The name.
        """
        return sge.Placeholder(this=op.label)


class Remembering(Backend):  # type: ignore[misc]
    """DuckDB that works out the SQL of an expression once in a process.

    Files are opened under names that say no more than their order, and their
    tables belong to no connection, so that loading the next file of a layout
    asks what loading the last one asked. For a small file the working out
    takes most of the time.
    """

    compiler = LeavingBlanks()
    _tables_of: ClassVar[WeakKeyDictionary[ops.Node, tuple[ops.InMemoryTable, ...]]] = (
        WeakKeyDictionary()
    )

    def compile(
        self,
        expr: ibis.Expr,
        /,
        *,
        limit: int | str | None = None,
        params: Mapping[ibis.Expr, Any] | None = None,
        pretty: bool = False,
    ) -> str:
        """Give an expression as SQL.

        Parameters
        ----------
        expr : ibis.Expr
            What to compute.
        limit : int or str, optional
            Most rows to give.
        params : mapping of ibis.Expr to object, optional
            Values of parameters.
        pretty : bool, default False
            Whether a person will read it.

        Returns
        -------
        str
            For DuckDB.
        """
        held = (n.data.to_pyarrow(n.schema).nbytes for n in self._held(expr))
        if params or any(size > CODES_BYTES for size in held):
            return str(super().compile(expr, limit=limit, params=params, pretty=pretty))
        return _sql_of(expr.op(), limit, pretty)

    def know(self, expr: ibis.Expr) -> None:
        """Make an expression's tables in memory known to the connection.

        Parameters
        ----------
        expr : ibis.Expr
            What is to be computed.
        """
        self._register_in_memory_tables(expr)

    def _register_in_memory_tables(self, expr: ibis.Expr) -> None:
        # Ibis would walk the expression again, and keep every table until the process ends.
        for table in self._held(expr):
            if table not in self._memtables:
                self._register_in_memory_table(table)
                self._memtables.add(table)

    def _register_udfs(self, expr: ibis.Expr) -> None:
        """Walk no expression for functions of ours: there are none that an engine lacks."""

    def _held(self, expr: ibis.Expr) -> tuple[ops.InMemoryTable, ...]:
        """List the tables in memory of an expression, which is walked once."""
        operation = expr.op()
        if isinstance(operation, ops.InMemoryTable):
            return (operation,)
        if operation not in self._tables_of:
            self._tables_of[operation] = tuple(operation.find(ops.InMemoryTable))
        return self._tables_of[operation]


@lru_cache(REMEMBERED)
def _schema_of(described: tuple[tuple[str, str], ...]) -> ibis.Schema:
    """Read the types that DuckDB gives columns, once for all files of a kind."""
    return ibis.schema({name: DuckDBType.from_string(kind) for name, kind in described})


@lru_cache(REMEMBERED)
def _sql_of(operation: ops.Node, limit: int | str | None, pretty: bool) -> str:
    return str(Backend.compile(Remembering(), operation.to_expr(), limit=limit, pretty=pretty))


class Runner:
    """A DuckDB connection of its own.

    Its methods are those of `cuibono.store.engine.Engine`, documented there; what fails
    raises a StoreError of one line.

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
        self._names = (f"parquet_{number}" for number in count())
        self._failure: BaseException | None = None

    @cached_property
    def _connection(self) -> Remembering:
        """Connect when first asked: a store may be opened only to be written to."""
        connection = Remembering()
        connection.do_connect()
        return connection

    def read_parquet(self, path: Path) -> ibis.Table:
        """Open a Parquet file as a lazy table."""
        try:
            return self._open([path])
        except duckdb.Error as error:
            raise StoreError(first_line(error)) from error

    def _open(self, paths: Sequence[Path], **options: bool) -> ibis.Table:
        name, connection = next(self._names), self._connection.con
        asked = "".join(f", {option} = {value}" for option, value in options.items())
        listed = ", ".join(map(_quote, paths))
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS FROM read_parquet([{listed}]{asked})"
        )
        described = connection.execute(f"DESCRIBE {name}").fetchall()
        return ibis.table(_schema_of(tuple(column[:2] for column in described)), name=name)

    def read_together(self, paths: Sequence[Path]) -> ibis.Table:
        """Open Parquet files of one kind as one lazy table."""
        with _told():
            return self._open(paths, union_by_name=True)

    def collect(self, expression: ibis.Table) -> pa.Table:
        """Run an expression and hold its rows."""
        with _told():
            return self._connection.to_pyarrow(expression)

    def ask(
        self,
        question: ibis.Table,
        values: Mapping[str, object],
        limit: int | None,
        offset: int,
    ) -> pa.Table:
        """Run an expression with its blanks filled in and hold some of its rows."""
        cut = f" OFFSET {offset}" if limit is None else f" LIMIT {limit} OFFSET {offset}"
        with _told():
            self._connection.know(question)
            found = self._connection.con.execute(
                self._connection.compile(question) + cut, values
            )
            return found.to_arrow_table().cast(question.schema().to_pyarrow())

    def write_parquet(self, expression: ibis.Table, path: Path) -> None:
        """Run an expression and write its rows as they come."""
        with _told(writing=True):
            self._connection.raw_sql(
                f"COPY ({self._query(expression)}) TO {_quote(path)}"
                f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
            )

    def lay(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> ibis.Table:
        """Lay rows out as a table that can be streamed from once.

        Handed over as a bare stream of Arrow's, of which DuckDB takes a batch when it wants
        one; anything that knows more it would have filtered, ahead of need and in memory.
        """
        reader = pa.RecordBatchReader.from_batches(schema, self._watched(batches))
        self._connection.con.register(LAID, reader.__arrow_c_stream__())
        # Nobody knows how many rows come, and the code lists must not wait for them.
        self._connection.raw_sql(f"SET disabled_optimizers = '{REORDERING}'")
        return ibis.table(ibis.Schema.from_pyarrow(schema), name=LAID)

    def stream(self, expression: ibis.Table) -> Iterator[pa.RecordBatch]:
        """Run an expression and give its rows as they come."""
        try:
            with _told(writing=True):
                rows = self._connection.raw_sql(self._query(expression))
                yield from rows.to_arrow_reader(BATCH)
        except (OSError, StoreError) as error:
            if self._failure:
                raise self._failure from None
            # On its way through Arrow every error becomes one of the disk.
            if isinstance(error, StoreError) or str(error).startswith(DISK):
                raise
            raise StoreError(first_line(error)) from error
        finally:
            self._connection.raw_sql("RESET disabled_optimizers")

    def _query(self, expression: ibis.Table) -> str:
        """Give the query of an expression whose tables in memory the engine then knows."""
        self._connection.know(expression)
        return (
            f"SELECT *{_true_dates(expression)} FROM ({self._connection.compile(expression)})"
        )

    def _watched(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Remember what goes wrong with rows: of an error, Arrow and DuckDB keep the words."""
        self._failure = None
        try:
            yield from batches
        except (CuibonoError, OSError, KeyboardInterrupt) as error:
            self._failure = error
            raise

    def read_numbered(self, path: Path) -> ibis.Table:
        """Open a Parquet file with the places of its rows."""
        return self._open([path], file_row_number=True).rename(place="file_row_number")

    def bound(self, memory_bytes: int, spill: Path) -> None:
        """Keep to so much memory, and put what is more into a folder."""
        self._connection.raw_sql(f"SET memory_limit = '{memory_bytes}B'")
        self._connection.raw_sql(f"SET threads = {THREADS}")
        self._connection.raw_sql(f"SET temp_directory = {_quote(spill)}")

    def interrupt(self) -> None:
        """Stop what runs, from another thread."""
        if "_connection" in vars(self):
            self._connection.con.interrupt()

    def close(self) -> None:
        """Give up the connection, if there is one."""
        if "_connection" in vars(self):
            self._connection.disconnect()


def _true_dates(expression: ibis.Table) -> str:
    """Hold to dates what Ibis takes for one: for DuckDB a date plus a day is a moment."""
    days = [name for name, kind in expression.schema().items() if kind.is_date()]
    casts = ", ".join(f'CAST("{name}" AS DATE) AS "{name}"' for name in days)
    return f" REPLACE ({casts})" if casts else ""


@contextmanager
def _told(*, writing: bool = False) -> Iterator[None]:
    """Raise as the store does what DuckDB raises; a disk that fails is told while writing."""
    try:
        yield
    except duckdb.Error as error:
        if writing and isinstance(error, duckdb.IOException):
            raise OSError(first_line(error)) from error
        raise StoreError(first_line(error)) from error
    except RuntimeError as error:
        raise _why_stopped(error) from None


def _why_stopped(error: RuntimeError) -> BaseException:
    """Tell a user who interrupts from a query that fails: DuckDB raises the same for both."""
    stopped = isinstance(error.__cause__, (KeyboardInterrupt, SystemExit))
    return error.__cause__ if error.__cause__ and stopped else error


def _quote(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
