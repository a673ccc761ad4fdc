"""Spark on two executors answers every question as DuckDB does, bit for bit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from cuibono.errors import StoreError
from cuibono.store.capabilities import engine_table
from cuibono.store.engine import IN_MEMORY, Engine
from cuibono.store.store import Store
from cuibono.testing.canonical import open_written
from cuibono.testing.engines import QUESTIONS, same


def marks(question: str) -> list[pytest.MarkDecorator]:
    """A question that the table declares as a gap has to fail."""
    gap = engine_table()["spark"].gaps.get(question)
    return [pytest.mark.xfail(reason=f"{gap.kind}: {gap.reason}")] if gap else []


every_question = pytest.mark.parametrize(
    "question", [pytest.param(name, marks=marks(name)) for name in QUESTIONS]
)


@every_question
def test_invented_rows_give_the_same_bits(spark: Engine, made: Path, question: str) -> None:
    reference = open_written(made, IN_MEMORY)
    assert same(QUESTIONS[question], reference, replace(reference, engine=spark))


@every_question
def test_the_embedded_pack_gives_the_same_bits(
    spark: Engine, pack_store: Store, question: str
) -> None:
    assert same(QUESTIONS[question], pack_store, replace(pack_store, engine=spark))


def test_a_large_integer_beside_a_null_is_not_rounded(spark: Engine) -> None:
    wide = pa.table({"n": pa.array([2**62 + 1, None], pa.int64())})
    found = spark.collect(ibis.memtable(wide).order_by(ibis.desc("n")))
    assert found["n"].to_pylist() == [2**62 + 1, None]


def test_days_of_all_time_come_back(spark: Engine) -> None:
    days = [date(1, 1, 1), date(1582, 10, 10), date(1946, 1, 1), date(9999, 1, 1)]
    found = spark.collect(ibis.memtable(pa.table({"day": days})).order_by("day"))
    assert found["day"].to_pylist() == days


def test_a_value_that_cannot_be_computed_is_one_line(spark: Engine) -> None:
    bad = ibis.memtable(pa.table({"x": ["no number"]})).mutate(y=ibis._.x.cast("int64"))
    with pytest.raises(StoreError, match="The engine stopped") as caught:
        spark.collect(bad)
    assert "\n" not in str(caught.value)


def test_a_damaged_parquet_file_is_one_line_with_a_next_step(
    spark: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"PAR1 and nothing that follows PAR1")
    with pytest.raises(StoreError, match=r"rows\.parquet: cannot be read as Parquet") as caught:
        spark.read_parquet(path)
    assert "\n" not in str(caught.value)


def test_a_second_master_in_one_process_is_refused(spark: Engine) -> None:
    with pytest.raises(StoreError, match=r"already runs on local-cluster\[2,1,1024\]"):
        Engine("spark://local[2]")
