"""Every row goes to one place only: kept, a copy of an earlier one, or refused."""

from collections.abc import Sequence
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import event, load_lines, loaded_only, propose_few

from cuibono.model.tables import TABLES
from cuibono.sources.base import read_card
from cuibono.store import sorting
from cuibono.store.engine import Engine
from cuibono.store.sorting import (
    COPIES,
    KEPT,
    REJECTED,
    ROWS,
    sort_rows,
    write_rejected,
)
from cuibono.store.store import Store

CARD = read_card("icews")
Made = tuple[int, str, str | None]


def rows_from(made: Sequence[Made]) -> ibis.Table:
    """What a reader gives: line, key and reason of each row, every other cell empty."""
    columns = ibis.schema(TABLES["events"]).to_pyarrow()
    for name, kind in (("line", "int64"), ("text", "string"), ("reject", "string")):
        columns = columns.append(pa.field(name, kind))
    cells = [
        {"source": "icews", "line": line, "row": key, "text": f"text of {key}", "reject": why}
        for line, key, why in made
    ]
    return ibis.memtable(pa.Table.from_pylist(cells, schema=columns))


def empty_store(folder: Path) -> Store:
    return Store(Engine(), folder, (), ())


def sorted_into(store: Store, folder: Path, made: Sequence[Made]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    sort_rows(store, CARD, rows_from(made), folder)
    return folder


def keys(path: Path) -> list[str]:
    return sorted(pq.read_table(path)["row"].to_pylist())


def counts(folder: Path) -> list[int]:
    return [pq.read_metadata(folder / name).num_rows for name in (ROWS, KEPT, COPIES)]


def test_of_one_key_the_row_of_the_first_line_is_kept(tmp_path: Path) -> None:
    made = [(4, "a", None), (2, "a", None), (3, "b", None), (9, "a", None)]
    work = sorted_into(empty_store(tmp_path), tmp_path / "work", made)
    places = pq.read_table(work / COPIES)["place"].to_pylist()
    assert keys(work / KEPT) == ["a", "b"]
    assert sorted(made[place][0] for place in places) == [4, 9]


def test_a_refused_row_is_no_copy_and_makes_none(tmp_path: Path) -> None:
    made = [(2, "a", "bad"), (3, "a", None), (4, "a", "bad")]
    work = sorted_into(empty_store(tmp_path), tmp_path / "work", made)
    assert keys(work / KEPT) == ["a"]
    assert counts(work) == [3, 1, 0]


def test_only_the_text_of_refused_rows_is_written(tmp_path: Path) -> None:
    made = [(2, "a", None), (3, "b", "bad")]
    work = sorted_into(empty_store(tmp_path), tmp_path / "work", made)
    assert pq.read_table(work / ROWS)["text"].to_pylist() == [None, "text of b"]


def test_kept_rows_have_the_columns_of_the_table_and_no_more(tmp_path: Path) -> None:
    work = sorted_into(empty_store(tmp_path), tmp_path / "work", [(2, "a", None)])
    assert pq.read_schema(work / KEPT).names == list(TABLES["events"])


def test_a_row_that_the_store_knows_is_a_copy(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(1), event(2)])
    store = loaded_only(tmp_path)
    (known, other) = keys(next((store.folder or tmp_path).glob("events/*.parquet")))
    made = [(2, known, None), (3, "new", None), (4, other, None), (5, known, "bad")]
    work = sorted_into(store, tmp_path / "work", made)
    assert keys(work / KEPT) == ["new"]
    assert counts(work) == [4, 1, 2]


def test_keys_that_share_a_hash_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ibis.expr.types.Column, "hash", lambda column: column.length().cast("int64")
    )
    made = [(2, "a", None), (3, "b", None), (4, "a", None)]
    work = sorted_into(empty_store(tmp_path), tmp_path / "work", made)
    assert pq.read_table(work / ROWS)["hashed"].to_pylist() == [1, 1, 1]
    assert keys(work / KEPT) == ["a", "b"]


@propose_few
@given(
    made=st.lists(
        st.tuples(
            st.integers(1, 99), st.sampled_from("abcdef"), st.sampled_from([None, None, "bad"])
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_is_kept_a_copy_or_refused_however_hashes_are_sliced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: list[Made]
) -> None:
    monkeypatch.setattr(sorting, "HASHES_AT_ONCE", 4)
    work = sorted_into(empty_store(tmp_path), tmp_path / "work", made)
    rows, kept, copies = counts(work)
    refused = sum(why is not None for _, _, why in made)
    assert rows == len(made) == kept + copies + refused
    assert keys(work / KEPT) == sorted({key for _, key, why in made if why is None})


def test_a_refused_row_has_the_bytes_of_its_line_and_comes_in_order(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    made = [(9, "a", "late"), (3, "b", "odd"), (4, "c", None)]
    work = sorted_into(store, tmp_path / "work", made)
    lines = pa.table({"line": [3, 4, 9], "bytes": pa.array([b"\xff", b"\xfe", None])})
    write_rejected(store.engine, ibis.memtable(lines), "snapshot", "file.tab", work)
    refused = pq.read_table(work / REJECTED).to_pylist()
    assert [(row["line"], row["reject"], row["bytes"]) for row in refused] == [
        (3, "odd", b"\xff"),
        (9, "late", None),
    ]
    assert {(row["file"], row["snapshot"]) for row in refused} == {("file.tab", "snapshot")}


def test_what_is_no_text_has_no_bytes_to_keep(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    work = sorted_into(store, tmp_path / "work", [(1, "a", "bad")])
    write_rejected(store.engine, None, "snapshot", "file.parquet", work)
    schema = pq.read_schema(work / REJECTED)
    assert pa.types.is_binary(schema.field("bytes").type)
    assert pq.read_table(work / REJECTED)["bytes"].to_pylist() == [None]
