"""Rows arrive with their manifest or not at all, and what was left behind is swept away."""

from pathlib import Path

import pytest
from tests.store.made_files import event, load_lines, snapshot

from cuibono.errors import StoreError
from cuibono.store.commit import commit, sweep, tidy, workplace
from cuibono.store.lock import locked
from cuibono.store.manifest import data_file, manifest_file, rejected_file
from cuibono.store.sorting import KEPT, REJECTED

NAME = "icews-0123456789abcdef"
MADE = snapshot(name=NAME, quarantined=1, rows_in=4)


def fill(work: Path) -> Path:
    for name in (KEPT, REJECTED):
        (work / name).write_bytes(name.encode())
    return work


def test_files_take_their_places_and_the_workplace_is_gone(tmp_path: Path) -> None:
    with workplace(tmp_path, NAME) as work:
        commit(tmp_path, MADE, fill(work))
    assert data_file(tmp_path, MADE).read_text() == KEPT
    assert rejected_file(tmp_path, MADE).read_text() == REJECTED
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "events",
        "manifest",
        "quarantine",
    ]


def test_a_missing_file_takes_the_others_back(tmp_path: Path) -> None:
    with workplace(tmp_path, NAME) as work:
        (work / KEPT).write_bytes(b"rows")
        with pytest.raises(FileNotFoundError):
            commit(tmp_path, MADE, work)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_workplace_starts_empty(tmp_path: Path) -> None:
    left = tmp_path / "unfinished" / NAME / "rows.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    with workplace(tmp_path, NAME) as work:
        assert list(work.iterdir()) == []


def leave(store: Path, *names: str) -> list[Path]:
    paths = [store / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left")
    return paths


def test_what_no_manifest_names_is_swept(tmp_path: Path) -> None:
    load_lines(tmp_path, [event(1), "short"])
    store = tmp_path / "store"
    before = sorted(path for path in store.rglob("*") if path.is_file())
    left = leave(
        store,
        f"events/{NAME}.parquet",
        f"quarantine/{NAME}.parquet",
        f"manifest/{NAME}.partial",
        f"unfinished/{NAME}/rows.parquet",
    )
    assert set(sweep(store)) == set(left[:3])
    assert sorted(path for path in store.rglob("*") if path.is_file()) == before


def test_a_file_that_is_known_is_swept_around_once_its_killed_load_is_over(
    tmp_path: Path,
) -> None:
    load_lines(tmp_path, [event(1)])
    store = tmp_path / "store"
    left = leave(store, "lock", f"unfinished/{NAME}/rows.parquet")
    load_lines(tmp_path, [event(1)])
    assert [path for path in left if path.exists()] == []


def test_nothing_is_swept_while_somebody_writes(tmp_path: Path) -> None:
    with locked(tmp_path):
        (left,) = leave(tmp_path, f"unfinished/{NAME}/rows.parquet")
        tidy(tmp_path)
        assert left.exists()


def test_a_store_that_nobody_holds_is_not_touched(tmp_path: Path) -> None:
    (left,) = leave(tmp_path, f"unfinished/{NAME}/rows.parquet")
    tidy(tmp_path)
    assert left.exists()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    mine = leave(tmp_path, "events/my-own.parquet", "notes.txt", f"damaged/{NAME}.parquet")
    assert sweep(tmp_path) == []
    assert all(path.exists() for path in mine)


def test_a_snapshot_that_is_there_is_not_taken_back(tmp_path: Path) -> None:
    with workplace(tmp_path, NAME) as work:
        commit(tmp_path, MADE, fill(work))
    with pytest.raises(StoreError, match="as it was"), workplace(tmp_path, NAME) as work:
        commit(tmp_path, MADE, work)
    assert manifest_file(tmp_path, MADE).exists()
    assert data_file(tmp_path, MADE).exists()
