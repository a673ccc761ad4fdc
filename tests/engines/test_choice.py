"""An engine is chosen by its URL, and says in one line why it cannot be had."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from tests.cli.calling import assert_one_line_of_error, call

from cuibono.errors import StoreError
from cuibono.model.period import Grid
from cuibono.store.capabilities import Capability, Gap, engine_table, find_engine
from cuibono.store.engine import IN_MEMORY, Engine
from cuibono.store.store import Store
from cuibono.testing import engines
from cuibono.testing.engines import QUESTIONS, bits, check_engine

CASE = Path(__file__).parents[2] / "cases" / "russia-pakistan.toml"


@pytest.mark.parametrize("url", ["spak://local[2]", "duck", "", "postgres://host"])
def test_an_unknown_engine_is_refused_with_those_that_run(url: str) -> None:
    with pytest.raises(StoreError, match=r"Engines that run: duckdb://, spark://local\[2\]"):
        Engine(url)


def test_a_misspelt_engine_is_recognised() -> None:
    with pytest.raises(StoreError, match=r"Did you mean spark\?"):
        Engine("spak://local[2]")


def test_an_engine_only_compiled_for_says_where_its_sql_is() -> None:
    with pytest.raises(StoreError, match=r"ClickHouse is compiled for.*compile_sql"):
        Engine("clickhouse://me@host/db")


def test_a_duckdb_file_is_refused_as_a_place_for_truth() -> None:
    with pytest.raises(StoreError, match="Write duckdb:// and no more"):
        Engine("duckdb://store.duckdb")


def test_spark_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py4j.protocol", None)
    with pytest.raises(StoreError, match=r"pip install 'cuibono\[spark\]'"):
        Engine("spark://local[2]")


def test_the_command_line_refuses_an_unknown_engine_in_one_line() -> None:
    said = call("explain", CASE, "--engine", "spak://local[2]")
    assert_one_line_of_error(said, "No engine 'spak://local[2]'", "duckdb://")


def test_the_environment_may_name_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUIBONO_ENGINE", "trino://me@host/catalog/schema")
    assert_one_line_of_error(call("explain", CASE), "Trino is compiled for")


def test_duckdb_is_what_runs_where_nothing_is_said() -> None:
    assert Engine().url == IN_MEMORY == engine_table()["duckdb"].urls[0]


@pytest.mark.parametrize("scheme", [s for s, row in engine_table().items() if row.runs])
def test_every_url_in_the_table_finds_its_engine(scheme: str) -> None:
    row = engine_table()[scheme]
    assert {find_engine(url).scheme for url in row.urls} == {scheme}


@pytest.mark.parametrize("row", engine_table().values(), ids=lambda row: row.scheme)
def test_every_gap_is_about_something_that_is_asked(row: Capability) -> None:
    assert row.gaps.keys() <= {*QUESTIONS, "load"}


@pytest.mark.parametrize(("kind", "reason"), [("never", ""), ("notyet", ""), ("later", "why")])
def test_a_gap_without_a_reason_is_refused(kind: str, reason: str) -> None:
    with pytest.raises(StoreError, match="a gap is written"):
        Gap(kind, reason)


def test_the_engine_that_is_the_measure_passes_its_own_check() -> None:
    check_engine(IN_MEMORY, 500)


class Forgetful(Engine):
    """Another engine, which loses the last row of every answer."""

    @property
    def local(self) -> bool:
        return False

    def collect(self, expression: ibis.Table) -> pa.Table:
        rows = super().collect(expression)
        return rows.slice(0, rows.num_rows - 1) if rows.num_rows > 1 else rows


def test_an_engine_that_loses_a_row_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    truthful = engines.open_written
    opened: list[Store] = []

    def open_second_forgetful(folder: Path, url: str) -> Store:
        store = truthful(folder, url)
        opened.append(store)
        return replace(store, engine=Forgetful()) if len(opened) == 2 else store

    monkeypatch.setattr(engines, "open_written", open_second_forgetful)
    with pytest.raises(AssertionError, match="events_by_week"):
        check_engine(IN_MEMORY, 500)


def test_a_gap_that_is_none_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps: Mapping[str, Gap] = {"agreement": Gap("notimpl", "")}
    row = Capability(scheme="duckdb", title="", urls=(), dialect="duckdb", runs=True, gaps=gaps)
    monkeypatch.setattr(engines, "find_engine", lambda _: row)
    with pytest.raises(AssertionError, match="not as the capability table says: agreement"):
        check_engine(IN_MEMORY, 500)


@given(arrays(np.float64, st.integers(1, 5)), st.data())
def test_one_flipped_bit_in_an_array_shows(
    values: NDArray[np.float64], data: st.DataObject
) -> None:
    raw = bytearray(values.tobytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert bits(values) != bits(np.frombuffer(bytes(raw)))


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, 1.0), (True, 1), ([1], [1, 1]), ({"a": 1}, {"b": 1}), (Grid.WEEK, "week"), ("1", 1)],
)
def test_values_that_python_takes_for_equal_are_told_apart(one: object, other: object) -> None:
    assert bits(one) != bits(other)


def test_a_table_of_another_type_is_told_apart() -> None:
    short, long = (pa.table({"n": pa.array([1], kind)}) for kind in (pa.int32(), pa.int64()))
    assert bits(short) != bits(long)
