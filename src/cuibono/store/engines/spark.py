"""Spark: the same expressions on several processes or machines."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import ibis
import pyarrow as pa

from cuibono.errors import StoreError
from cuibono.store.engine import first_line
from cuibono.store.sql import compile_sql, fill_blanks

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONNECT = "sc://"
CONNECT_MARK = "SPARK_CONNECT_MODE_ENABLED"
CONNECT_PORT = 15002
CONNECT_PATIENCE_S = 10.0
# Everything else is left to the user's spark-defaults.conf.
QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
# A machine's host name need not lead back to it; its loopback address does.
LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


class Runner:
    """A Spark session, the one that a process may have.

    Its methods are those of `cuibono.store.engine.Engine`, documented there; what fails
    raises a StoreError of one line.

    Parameters
    ----------
    url : str
        `spark://` and a master: `local[2]`, `local-cluster[2,1,1024]` or
        `host:port` of a standalone one; or `sc://host:port` of a Spark
        Connect server, with its own settings behind it.

    Raises
    ------
    StoreError
        If Spark or Java is not there, the master does not answer, or this
        process already has a session with another master.
    """

    def __init__(self, url: str) -> None:
        try:
            from py4j.protocol import Py4JError
            from pyspark.errors import PySparkException
        except ImportError as error:
            raise StoreError(
                f"{url}: Spark is not installed ({error.name}). Install it with"
                " `pip install 'cuibono[spark]'`; it needs Java 17."
            ) from error
        self._failures = (PySparkException, Py4JError)
        self._served = url.startswith(CONNECT)
        try:
            self._session = _connect(url) if self._served else _start(url)
        except self._failures as error:
            raise StoreError(
                f"{url}: Spark did not start ({first_line(error)})."
                " It needs Java 17 and a master that answers: `java -version`."
            ) from error
        self._connection = ibis.pyspark.connect(self._session)
        self._known: set[str] = set()

    def read_parquet(self, path: Path) -> ibis.Table:
        """Open a Parquet file as a lazy table."""
        try:
            return self._connection.read_parquet(path.resolve().as_uri())
        except self._failures as error:
            raise StoreError(first_line(error)) from error

    def collect(self, expression: ibis.Table) -> pa.Table:
        """Run an expression and hold its rows.

        Rows come back through Arrow and not through pandas, which has no
        integer that may be null and would hand on a rounded float.
        """
        query, lookups = compile_sql(expression, "pyspark")
        try:
            for name, rows in lookups.items():
                self._register(name, rows)
            found = self._session.sql(query).toArrow()
        except self._failures as error:
            raise StoreError(first_line(error)) from error
        return found.cast(expression.schema().to_pyarrow())

    def ask(
        self,
        question: ibis.Table,
        values: Mapping[str, object],
        limit: int | None,
        offset: int,
    ) -> pa.Table:
        """Run an expression with its blanks filled in and hold some of its rows."""
        return self.collect(fill_blanks(question, values).limit(limit, offset=offset))

    def interrupt(self) -> None:
        """Stop every job of the session, from another thread."""
        if self._served:
            self._session.interruptAll()
        else:
            self._session.sparkContext.cancelAllJobs()

    def close(self) -> None:
        """Stop the session and its executors."""
        self._session.stop()
        # Connect's own stop leaves this behind, and a master would be refused ever after.
        os.environ.pop(CONNECT_MARK, None)

    def _register(self, name: str, rows: pa.Table) -> None:
        if name not in self._known:
            self._session.createDataFrame(rows).createOrReplaceTempView(name)
            self._known.add(name)


def _connect(url: str) -> SparkSession:
    """Open a session of a server, which is asked first whether it is there.

    Spark's own client goes on knocking for ten minutes.
    """
    from pyspark.sql import SparkSession

    address = urlsplit(url)
    try:
        where = (address.hostname or "", address.port or CONNECT_PORT)
        socket.create_connection(where, CONNECT_PATIENCE_S).close()
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{url}: no Spark Connect server answers ({error}). `start-connect-server.sh` of"
            f" Spark starts one; it listens on port {CONNECT_PORT} unless told otherwise."
        ) from error
    return SparkSession.builder.remote(url).getOrCreate()


def _start(url: str) -> SparkSession:
    from pyspark.sql import SparkSession

    rest = url.removeprefix("spark://")
    master = rest if rest.startswith("local") else url
    running = SparkSession.getActiveSession()
    if running is not None and running.sparkContext.master != master:
        raise StoreError(
            f"{url}: this process already runs on {running.sparkContext.master}, and Spark"
            " allows one master a process. Close that engine first."
        )
    settings = QUIET | (LOOPBACK if master is rest else {})
    builder = SparkSession.builder.master(master).appName("cuibono")
    return builder.config(map=settings).getOrCreate()
