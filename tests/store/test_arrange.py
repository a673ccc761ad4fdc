"""Rows of one relation lie together in a file, and not one is lost or changed on the way."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.store import arrange
from cuibono.store.arrange import Arranged

TEXTS = ("row", "actor", "recipient")
SCHEMA = pa.schema([*((name, pa.string()) for name in TEXTS), ("n", pa.int64())])
Row = tuple[str | None, str | None]
party = st.sampled_from([None, "RUS", "PAK", "AFG", ""])


def arranged(folder: Path, rows: list[Row], sizes: int = 3) -> tuple[Path, list[int]]:
    """Write rows in batches of a size, and give the file with the places that it noted."""
    path, order = folder / "rows.parquet", folder / "order"
    with Arranged(path, SCHEMA, order) as file:
        for start in range(0, len(rows), sizes):
            part = list(enumerate(rows))[start : start + sizes]
            batch = pa.RecordBatch.from_pylist(
                [{"row": f"r{n}", "actor": a, "recipient": r, "n": n} for n, (a, r) in part],
                SCHEMA,
            )
            file.add(batch, np.array([n for n, _ in part]))
    return path, np.fromfile(order, np.int64).tolist()


@propose
@given(rows=st.lists(st.tuples(party, party), max_size=40))
def test_every_row_is_written_once_as_it_came(tmp_path: Path, rows: list[Row]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(arrange, "STRETCH", 7)
        path, places = arranged(tmp_path, rows)
    written = pq.read_table(path).to_pylist()
    assert sorted(places) == list(range(len(rows)))
    assert [row["n"] for row in written] == places
    assert [(row["actor"], row["recipient"]) for row in written] == [rows[n] for n in places]


def test_a_stretch_is_in_the_order_of_its_parties_and_each_relation_in_its_own(
    tmp_path: Path,
) -> None:
    rows: list[Row] = [("RUS", "PAK"), (None, "PAK"), ("AFG", "RUS"), ("RUS", "AFG")] * 2
    path, _ = arranged(tmp_path, rows)
    written = pq.read_table(path).to_pylist()
    parties = [(row["actor"] or "", row["recipient"]) for row in written]
    assert parties == sorted(parties)
    assert [row["n"] for row in written] == [1, 5, 2, 6, 3, 7, 0, 4]


def test_groups_of_rows_say_which_parties_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrange, "ROW_GROUP", 2)
    rows: list[Row] = [("RUS", "PAK"), ("AFG", "RUS"), ("RUS", "AFG"), ("AFG", "PAK")]
    path, _ = arranged(tmp_path, rows)
    groups = [pq.read_metadata(path).row_group(n).column(1).statistics for n in range(2)]
    assert [(group.min, group.max) for group in groups] == [("AFG", "AFG"), ("RUS", "RUS")]


def test_a_group_of_rows_lists_the_values_that_it_has_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrange, "ROW_GROUP", 2)
    rows: list[Row] = [("RUS", "PAK"), ("AFG", None), ("RUS", "AFG"), (None, "PAK")]
    path, _ = arranged(tmp_path, rows)
    file = pq.ParquetFile(path, read_dictionary=["actor", "recipient"])
    listed = [
        [file.read_row_group(n)[name].chunk(0).dictionary.to_pylist() for n in range(2)]
        for name in ("actor", "recipient")
    ]
    assert listed == [[["AFG"], ["RUS"]], [["PAK"], ["AFG", "PAK"]]]


def test_a_table_without_parties_keeps_its_order(tmp_path: Path) -> None:
    schema = pa.schema([("row", pa.string()), ("medium", pa.string())])
    rows = pa.RecordBatch.from_pydict({"row": ["b", "a"], "medium": ["web", None]}, schema)
    with Arranged(tmp_path / "rows.parquet", schema) as file:
        file.add(rows, np.arange(2))
    assert pq.read_table(tmp_path / "rows.parquet").to_pylist() == rows.to_pylist()


def test_a_file_of_no_rows_has_its_columns(tmp_path: Path) -> None:
    path, places = arranged(tmp_path, [])
    assert pq.read_schema(path) == SCHEMA
    assert places == []
