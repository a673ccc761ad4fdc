"""ClickHouse, run inside this process where `chdb` is installed, answers as DuckDB does."""

import io
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cuibono.store.engine import IN_MEMORY
from cuibono.store.sql import compile_sql
from cuibono.store.store import Store
from cuibono.testing.canonical import open_written
from cuibono.testing.engines import QUESTIONS, same
from cuibono.testing.named import Filling, NamedTables

chdb = pytest.importorskip("chdb", reason="chdb is not installed: `pip install chdb` runs this")
every_question = pytest.mark.parametrize("question", QUESTIONS)


class ClickHouse(Filling):
    """Canonical tables in ClickHouse, and the compiled SQL over them."""

    def __init__(self, rows: Store, folder: Path) -> None:
        from chdb.session import Session

        self.url = "clickhouse://"
        self._session, self._folder = Session(str(folder / "session")), folder
        for name in ("events", "measures"):
            self._write(name, rows.engine.collect(rows.table(name)))

    def _write(self, name: str, rows: pa.Table) -> None:
        file = self._folder / f"{name}.parquet"
        pq.write_table(rows, file)
        self._session.query(
            f"CREATE TABLE {name} ENGINE = Memory AS SELECT * FROM file('{file}', Parquet)"
        )

    def collect(self, expression: ibis.Table) -> pa.Table:
        query, lookups = compile_sql(expression, "clickhouse")
        for name, rows in lookups.items():
            self._write(name, rows)
        found = pq.read_table(io.BytesIO(self._session.query(query, "Parquet").bytes()))
        return found.cast(expression.schema().to_pyarrow())

    def close(self) -> None:
        self._session.close()


def ask_both(reference: Store, question: str, folder: Path) -> bool:
    engine = ClickHouse(reference, folder)
    other = NamedTables(engine, reference.folder, reference.embedded, reference.loaded)
    try:
        return same(QUESTIONS[question], reference, other)
    finally:
        engine.close()


@every_question
def test_invented_rows_give_the_same_bits(made: Path, tmp_path: Path, question: str) -> None:
    assert ask_both(open_written(made, IN_MEMORY), question, tmp_path)


@every_question
def test_the_embedded_pack_gives_the_same_bits(
    pack_store: Store, tmp_path: Path, question: str
) -> None:
    assert ask_both(pack_store, question, tmp_path)
