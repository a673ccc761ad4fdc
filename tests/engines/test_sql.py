"""The same questions as SQL for engines that are not here: written down, and read back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pytest
import sqlglot

from cuibono.errors import StoreError
from cuibono.model.tables import TABLES
from cuibono.sources.base import read_with
from cuibono.store.engine import IN_MEMORY
from cuibono.store.sql import compile_sql, fill_blanks, leave_blank, name_lookups
from cuibono.store.store import Store
from cuibono.testing.canonical import open_written
from cuibono.testing.engines import QUESTIONS, same
from cuibono.testing.named import Filling, NamedTables, sql_of

GOLDEN = Path(__file__).parent / "golden"
ELSEWHERE = ("clickhouse", "bigquery", "trino")

every_dialect = pytest.mark.parametrize("dialect", ELSEWHERE)
every_question = pytest.mark.parametrize("question", QUESTIONS)


def packed_events() -> ibis.Table:
    """The reader of the embedded events, which looks event types up in memory."""
    columns = {"day": "date", "actor": "string", "recipient": "string"}
    columns |= {"event_type": "string", "goldstein_tenths": "int32", "events": "int16"}
    return read_with("icews", "embedded")({"events": ibis.table(columns, name="packed")})


def hold_to(path: Path, sql: str) -> None:
    """Compare with what was looked at and committed; a missing file is written first."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(sql, "utf-8")
        pytest.fail(f"{path.name} was missing and is written now: look at it, then commit it")
    assert sql == path.read_text("utf-8"), f"if this is right, delete {path.name} and run again"


@every_dialect
@every_question
def test_sql_is_what_was_looked_at(made: Path, question: str, dialect: str) -> None:
    sql = sql_of(QUESTIONS[question], open_written(made, IN_MEMORY), dialect)
    hold_to(GOLDEN / f"{question}.{dialect}.sql", sql)


@every_dialect
def test_sql_with_a_look_up_table_is_what_was_looked_at(dialect: str) -> None:
    query, _ = compile_sql(packed_events(), dialect)
    hold_to(GOLDEN / f"packed_events.{dialect}.sql", f"{query};\n")


class ReadBack(Filling):
    """Compiles for another engine, has a second parser read that, and runs what it read."""

    def __init__(self, rows: Store, dialect: str) -> None:
        self.url, self._dialect = f"{dialect}://", dialect
        self._connection = duckdb.connect()
        # Trino's FORMAT is printf; the parser keeps the name and loses the meaning.
        self._connection.execute("CREATE MACRO format(f, y, m, d) AS printf(f, y, m, d)")
        for name in ("events", "measures"):
            self._connection.register(f"{name}_", rows.engine.collect(rows.table(name)))
            self._connection.execute(f"CREATE TABLE {name} AS FROM {name}_")

    def collect(self, expression: ibis.Table) -> pa.Table:
        query, _ = compile_sql(expression, self._dialect)
        (read,) = sqlglot.transpile(query, read=self._dialect, write="duckdb")
        found = self._connection.execute(read).to_arrow_table()
        return found.cast(expression.schema().to_pyarrow())


@pytest.fixture(scope="module", params=["bigquery", "trino"])
def read_back(request: pytest.FixtureRequest, made: Path) -> NamedTables:
    reference = open_written(made, IN_MEMORY)
    engine = ReadBack(reference, request.param)
    return NamedTables(engine, made, (), reference.loaded)


@every_question
def test_sql_means_to_a_second_parser_what_was_asked(
    read_back: NamedTables, made: Path, question: str
) -> None:
    assert same(QUESTIONS[question], open_written(made, IN_MEMORY), read_back)


def test_a_question_that_reads_other_rows_is_told_apart(
    read_back: NamedTables, made: Path
) -> None:
    """The control of the claims above: a store that lacks one file answers otherwise."""
    whole = open_written(made, IN_MEMORY)
    lacking = replace(whole, loaded=whole.loaded[1:])
    assert not same(QUESTIONS["events_by_month"], lacking, read_back)


def test_the_same_lookup_has_the_same_name_in_every_run() -> None:
    first, second = (set(name_lookups(packed_events())[1]) for _ in range(2))
    assert first == second


def test_lookups_of_other_contents_have_other_names() -> None:
    one, other = (ibis.memtable(pa.table({"x": [x]})) for x in (1, 2))
    assert len(name_lookups(one.cross_join(other.view()))[1]) == 2


def test_lookups_are_handed_over_with_their_rows() -> None:
    (rows,) = name_lookups(packed_events())[1].values()
    assert {"event_type": "CONSULT", "quad": "verbal_cooperation"} in rows.to_pylist()


def test_an_expression_on_named_lookups_gives_the_same_rows() -> None:
    wanted = ibis.memtable(pa.table({"x": [1, 2, 3]})).filter(ibis._.x > 1)
    named, lookups = name_lookups(wanted)
    ((name, rows),) = lookups.items()
    connection = duckdb.connect()
    connection.register(name, rows)
    found = connection.execute(str(ibis.to_sql(named, dialect="duckdb"))).fetchall()
    assert found == [(2,), (3,)]


def test_days_before_1970_stay_days_for_clickhouse() -> None:
    rows = ibis.table(TABLES["measures"], name="measures")
    early = rows.filter(rows.start >= date(1946, 1, 1))
    assert "toDate32('1946-01-01')" in compile_sql(early, "clickhouse")[0]


def test_a_text_that_looks_like_a_function_stays_a_text() -> None:
    rows = ibis.table(TABLES["measures"], name="measures")
    named = rows.filter(rows.unit == "toDate")
    assert "= 'toDate'" in compile_sql(named, "clickhouse")[0]


def test_an_unknown_dialect_is_named_with_its_neighbour() -> None:
    rows = ibis.table(TABLES["measures"], name="measures")
    with pytest.raises(
        StoreError, match=r"No SQL dialect 'clickhose'\. Did you mean clickhouse"
    ):
        compile_sql(rows, "clickhose")


def test_blanks_are_filled_in_with_values_of_their_types() -> None:
    rows = ibis.table({"day": "date", "name": "string", "n": "int64"}, name="rows")
    question = rows.filter(
        rows.day >= leave_blank("b0", "date"),
        rows.name == leave_blank("b1", "string"),
        rows.n < leave_blank("b2", "float64"),
    )
    values = {"b0": date(2020, 1, 2), "b1": "O'Brien", "b2": 2.5}
    plain = rows.filter(
        rows.day >= ibis.literal(date(2020, 1, 2), "date"),
        rows.name == ibis.literal("O'Brien", "string"),
        rows.n < ibis.literal(2.5, "float64"),
    )
    assert fill_blanks(question, values).equals(plain)


def test_blanks_of_one_name_and_type_are_one_question() -> None:
    rows = ibis.table({"name": "string"}, name="rows")
    one, same, other = (
        rows.filter(rows.name == leave_blank(label, "string")) for label in ("b0", "b0", "b1")
    )
    assert one.equals(same)
    assert not one.equals(other)


@every_dialect
def test_a_question_with_blanks_is_written_for_no_engine_that_cannot_fill_them(
    dialect: str,
) -> None:
    rows = ibis.table({"name": "string"}, name="rows")
    with pytest.raises(Exception, match="Blank"):
        compile_sql(rows.filter(rows.name == leave_blank("b0", "string")), dialect)
