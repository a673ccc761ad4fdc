"""Generated ICEWS files: the same for one seed, and every line of them loads."""

from pathlib import Path

import pytest
from tests.store.made_files import HEADER

from cuibono.store.load import load
from cuibono.store.store import open_store
from cuibono.testing import native
from cuibono.testing.native import write_native


def written(path: Path, rows: int, seed: int = 1) -> list[str]:
    write_native(path, rows, seed=seed)
    return path.read_text("utf-8").splitlines()


def test_a_file_has_a_header_and_as_many_rows_as_asked(tmp_path: Path) -> None:
    lines = written(tmp_path / "a.tab", 300)
    assert len(lines) == 301
    assert {len(line.split("\t")) for line in lines} == {len(HEADER)}


def test_one_seed_gives_one_file(tmp_path: Path) -> None:
    one, same, other = (written(tmp_path / "a.tab", 50, seed) for seed in (1, 1, 2))
    assert one == same != other


def test_chunks_leave_no_trace_in_ids_and_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "CHUNK", 7)
    rows = [line.split("\t") for line in written(tmp_path / "a.tab", 20)[1:]]
    assert [int(row[0]) for row in rows] == list(range(1, 21))
    assert {row[1] for row in rows} == {"1995-01-01"}


def test_every_row_is_accepted(tmp_path: Path) -> None:
    write_native(tmp_path / "a.tab", 2_000)
    done = load(open_store(tmp_path / "store"), "icews", tmp_path / "a.tab").snapshot
    assert (done.rows_in, done.accepted) == (2_000, 2_000)
