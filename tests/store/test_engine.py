"""The engine reads what is there, whatever it is, and fails in one line."""

from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from cuibono.errors import StoreError
from cuibono.store.engine import Engine, first_line

ENGINE = Engine()


def test_a_damaged_parquet_file_is_one_line_with_a_next_step(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"PAR1 and nothing that follows PAR1")
    with pytest.raises(StoreError, match=r"rows\.parquet: cannot be read as Parquet") as caught:
        ENGINE.read_parquet(path)
    assert "\n" not in str(caught.value)
    assert "load the input again" in str(caught.value)


@pytest.mark.parametrize("text", ["a,b\n1,2\n1,2,3\n", "a,b\n1\n", "", "a,b\n\xff\n"])
def test_a_csv_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(StoreError, match="cannot be read as CSV"):
        ENGINE.read_csv(path)


def test_csv_cells_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text('code,name\n010,NA\n040,"a, b"\n')
    rows = ENGINE.collect(ENGINE.read_csv(path)).to_pylist()
    assert rows == [{"code": "010", "name": "NA"}, {"code": "040", "name": "a, b"}]


def test_a_value_the_engine_cannot_compute_is_one_line() -> None:
    bad = ibis.memtable(pa.table({"x": ["no number"]})).mutate(y=ibis._.x.cast("int64"))
    with pytest.raises(StoreError, match="The engine stopped") as caught:
        ENGINE.collect(bad)
    assert "\n" not in str(caught.value)


def test_a_cached_expression_keeps_its_rows() -> None:
    rows = ENGINE.cache(ibis.memtable(pa.table({"x": [3, 1, 2]})))
    assert sorted(ENGINE.collect(rows)["x"].to_pylist()) == [1, 2, 3]


def test_only_the_first_line_of_a_message_is_kept() -> None:
    assert first_line(ValueError("\nthis.\nthat\n")) == "this"
