"""The engine reads what is there, whatever it is, and fails in one line."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cuibono.errors import SourceError, StoreError
from cuibono.store.engine import Engine, first_line
from cuibono.store.engines import duckdb as duckdb_engine
from cuibono.store.sql import fill_blanks, leave_blank

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


def test_a_day_and_a_day_is_written_as_a_day(tmp_path: Path) -> None:
    days = ibis.memtable(pa.table({"text": ["2015-09-30"]}))
    ends = days.select(end=days.text.cast("date") + ibis.interval(days=1))
    ENGINE.write_parquet(ends, tmp_path / "rows.parquet")
    assert pq.read_schema(tmp_path / "rows.parquet").field("end").type == pa.date32()


@pytest.mark.parametrize("name", ["it's", 'a "name"', "C:\\rows", "semi;colon --"])
def test_a_file_of_any_name_is_written(tmp_path: Path, name: str) -> None:
    rows = ibis.memtable(pa.table({"n": [1, 2]}))
    ENGINE.write_parquet(rows, tmp_path / name)
    assert ENGINE.collect(ENGINE.read_parquet(tmp_path / name)) == ENGINE.collect(rows)


def test_rows_are_numbered_by_their_places(tmp_path: Path) -> None:
    pq.write_table(pa.table({"n": [7, 8, 9]}), tmp_path / "rows.parquet")
    rows = ENGINE.collect(ENGINE.read_numbered(tmp_path / "rows.parquet")).to_pylist()
    assert rows == [{"n": 7, "place": 0}, {"n": 8, "place": 1}, {"n": 9, "place": 2}]


def one_column(folder: Path, name: str, values: list[object]) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.parquet"
    pq.write_table(pa.table({name: values}), path)
    return path


def doubled(engine: Engine, path: Path) -> pa.Table:
    (name,) = (rows := engine.read_parquet(path)).columns
    return engine.collect(rows.select(twice=rows[name] + rows[name]))


def test_what_another_engine_was_asked_is_not_worked_out_again(tmp_path: Path) -> None:
    asked = []
    for values in ([1, 2], [3, 4]):
        rows = doubled(Engine(), one_column(tmp_path, "x", values))
        asked.append((rows["twice"].to_pylist(), duckdb_engine._sql_of.cache_info().misses))
    assert [twice for twice, _ in asked] == [[2, 4], [6, 8]]
    assert asked[0][1] == asked[1][1]


@pytest.mark.parametrize(
    ("name", "values", "twice"), [("y", [5], [10]), ("x", ["5"], ["55"]), ("x", [2.5], [5.0])]
)
def test_files_of_other_columns_are_other_questions(
    tmp_path: Path, name: str, values: list[object], twice: list[object]
) -> None:
    doubled(Engine(), one_column(tmp_path, "x", [1]))
    assert doubled(Engine(), one_column(tmp_path, name, values))["twice"].to_pylist() == twice


def test_files_of_one_engine_are_told_apart(tmp_path: Path) -> None:
    engine = Engine()
    first, second = (engine.read_parquet(one_column(tmp_path, "x", [n])) for n in (1, 2))
    assert sorted(engine.collect(first.union(second))["x"].to_pylist()) == [1, 2]
    assert engine.collect(first)["x"].to_pylist() == [1]


def test_an_expression_that_holds_many_rows_is_not_remembered() -> None:
    many = ibis.memtable(pa.table({"x": range(200_000)}))
    before = duckdb_engine._sql_of.cache_info().misses
    assert Engine().collect(many.filter(many.x < 2)).num_rows == 2
    assert duckdb_engine._sql_of.cache_info().misses == before


def test_many_rows_in_memory_are_let_go_of_with_their_expression() -> None:
    many = ibis.memtable(pa.table({"x": range(200_001)}))
    asked = many.filter(many.x < 2)
    before = len(duckdb_engine.Remembering._tables_of)
    Engine().collect(asked)
    assert len(duckdb_engine.Remembering._tables_of) > before
    del asked
    gc.collect()
    assert len(duckdb_engine.Remembering._tables_of) <= before


def laid(engine: Engine, batches: Iterator[pa.RecordBatch]) -> ibis.Table:
    """One column of numbers that come as they are asked for."""
    return engine.lay(batches, pa.schema([("x", pa.int64())]))


def numbers(n_batches: int, size: int = 3_000) -> Iterator[pa.RecordBatch]:
    for start in range(0, n_batches * size, size):
        yield pa.record_batch({"x": pa.array(range(start, start + size), pa.int64())})


def test_rows_laid_out_are_streamed_in_the_order_in_which_they_come() -> None:
    engine = Engine()
    rows = laid(engine, numbers(50))
    batches = engine.stream(rows.filter(rows.x % 2 == 0))
    found = [x for batch in batches for x in batch["x"].to_pylist()]
    assert found == list(range(0, 150_000, 2))


def test_the_next_rows_laid_out_are_asked_for_in_the_same_words() -> None:
    engine = Engine()
    first, second = laid(engine, numbers(1, 2)), laid(engine, numbers(1, 4))
    assert first.equals(second)
    assert sum(batch.num_rows for batch in engine.stream(first)) == 4


def test_what_goes_wrong_with_rows_on_their_way_is_raised_as_it_was() -> None:
    def torn() -> Iterator[pa.RecordBatch]:
        yield from numbers(2)
        raise SourceError("events.tab: the archive ends too soon.")

    engine = Engine()
    with pytest.raises(SourceError, match=r"^events\.tab: the archive ends too soon\.$"):
        list(engine.stream(laid(engine, torn())))


def test_a_streamed_value_the_engine_cannot_compute_is_one_line() -> None:
    engine = Engine()
    rows = laid(engine, numbers(200))
    bad = rows.select(y=ibis.cases((rows.x > 500_000, "no number"), else_="1").cast("int64"))
    with pytest.raises(StoreError, match="The engine stopped") as caught:
        list(engine.stream(bad))
    assert "\n" not in str(caught.value)


def test_a_day_and_a_day_is_streamed_as_a_day() -> None:
    days = ibis.memtable(pa.table({"text": ["2015-09-30"]}))
    ends = days.select(end=days.text.cast("date") + ibis.interval(days=1))
    (batch,) = ENGINE.stream(ends)
    assert batch.schema.field("end").type == pa.date32()


def test_keys_are_read_from_files_with_other_columns_too(tmp_path: Path) -> None:
    pq.write_table(pa.table({"row": ["a"], "day": [1]}), tmp_path / "1.parquet")
    pq.write_table(pa.table({"story": ["s"], "row": ["b"]}), tmp_path / "it's 2.parquet")
    keys = ENGINE.read_together(sorted(tmp_path.iterdir())).select("row")
    assert ENGINE.collect(keys.order_by("row")).to_pydict() == {"row": ["a", "b"]}


def test_keys_of_a_damaged_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_bytes(b"PAR1 and nothing that follows PAR1")
    with pytest.raises(StoreError, match=r"rows\.parquet"):
        ENGINE.read_together([tmp_path / "rows.parquet"])


class Answering:
    """What answers and does not load."""

    read_parquet = collect = interrupt = close = None


@pytest.mark.parametrize(
    "asked",
    [
        lambda engine: engine.write_parquet(ibis.memtable(pa.table({"n": [1]})), Path("none")),
        lambda engine: engine.read_numbered(Path("none")),
        lambda engine: engine.lay(iter(()), pa.schema([])),
        lambda engine: next(engine.stream(ibis.memtable(pa.table({"n": [1]})))),
        lambda engine: engine.read_together([Path("none")]),
        lambda engine: engine.bound(2**20, Path("none")),
    ],
)
def test_an_engine_that_only_answers_says_what_to_load_with(
    asked: Callable[[Engine], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine()
    monkeypatch.setattr(engine, "_runner", Answering())
    with pytest.raises(StoreError, match=r"does not load: .* Load with duckdb://"):
        asked(engine)


def test_a_table_in_memory_is_known_to_every_connection_that_is_asked() -> None:
    table = ibis.memtable(pa.table({"n": [2, 3]}))
    asked = table.filter(table.n > 2)
    assert [Engine().collect(asked)["n"].to_pylist() for _ in range(2)] == [[3], [3]]


def test_no_connection_is_made_before_something_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(duckdb_engine.Remembering, "do_connect", refuse)
    engine = Engine()
    engine.interrupt()
    engine.close()


PEOPLE = pa.table({"name": ["a", "b", "c", "d"], "born": [4, 3, 2, 1]})


def ask_people(engine: Engine, **asked: object) -> list[str]:
    """Ask for those born from a year on, the eldest first."""
    people = ibis.memtable(PEOPLE)
    question = people.filter(people.born >= leave_blank("year", "int64")).order_by("born")
    values = {"year": asked.pop("year")}
    found = engine.ask(question, values, **asked)  # type: ignore[arg-type]
    return [str(name) for name in found["name"].to_pylist()]


@pytest.mark.parametrize(("year", "names"), [(1, "dcba"), (3, "ba"), (9, "")])
def test_a_question_is_put_again_with_other_values(year: int, names: str) -> None:
    assert "".join(ask_people(ENGINE, year=year)) == names


@pytest.mark.parametrize(
    ("limit", "offset", "names"),
    [(None, 0, "dcba"), (2, 0, "dc"), (2, 1, "cb"), (None, 3, "a")],
)
def test_a_question_can_be_cut(limit: int | None, offset: int, names: str) -> None:
    asked = ask_people(ENGINE, year=0, limit=limit, offset=offset)
    assert "".join(asked) == names


def test_a_question_with_its_blanks_filled_in_is_the_same() -> None:
    people = ibis.memtable(PEOPLE)
    question = people.filter(people.name.isin([leave_blank("one", "string")]))
    for name in ("a", "' OR ''='", "nobody"):
        filled = ENGINE.collect(fill_blanks(question, {"one": name}))
        assert ENGINE.ask(question, {"one": name}).equals(filled)


def test_a_blank_without_a_value_is_one_line() -> None:
    people = ibis.memtable(PEOPLE)
    question = people.filter(people.born == leave_blank("year", "int64"))
    with pytest.raises(StoreError, match="The engine stopped") as caught:
        ENGINE.ask(question, {})
    assert "\n" not in str(caught.value)
