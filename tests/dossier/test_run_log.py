"""Runs are logged before they look, and what was asked before is told from what came after."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.record.made_case import made

from cuibono.dossier.run_log import LOG, log_run, read_runs
from cuibono.errors import StoreError
from cuibono.model.case import Case
from cuibono.store.engine import Engine
from cuibono.store.store import Store

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
STORE = Store(Engine(), None, (), ())


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return made(tmp_path)


def test_the_first_run_has_none_before_it(tmp_path: Path, case: Case) -> None:
    assert log_run(tmp_path / "out", case, STORE, NOW) == ()


def test_a_run_is_kept_with_the_hash_of_what_was_asked(tmp_path: Path, case: Case) -> None:
    log_run(tmp_path, case, STORE, NOW)
    (run,) = log_run(tmp_path, case, STORE, NOW)
    assert (run.at, run.case, run.case_sha256) == (
        "2026-11-27T12:00:00+00:00",
        "made",
        case.sha256,
    )


def test_runs_of_other_cases_are_not_this_one_s(tmp_path: Path, case: Case) -> None:
    log_run(tmp_path, case, STORE, NOW)
    log = tmp_path / LOG
    log.write_text(log.read_text("utf-8").replace('"made"', '"other"'), "utf-8")
    assert log_run(tmp_path, case, STORE, NOW) == ()


def test_nothing_that_was_logged_is_ever_rewritten(tmp_path: Path, case: Case) -> None:
    log_run(tmp_path, case, STORE, NOW)
    before = (tmp_path / LOG).read_bytes()
    log_run(tmp_path, case, STORE, NOW)
    assert (tmp_path / LOG).read_bytes().startswith(before)


def test_the_embedded_files_are_part_of_what_was_known(
    tmp_path: Path, case: Case, pack_store: Store
) -> None:
    log_run(tmp_path, case, pack_store, NOW)
    (run,) = read_runs(tmp_path / LOG)
    assert len(run.snapshots) == len(pack_store.snapshots)


@pytest.mark.parametrize("line", ["{", "[]", json.dumps({"at": "now"})])
def test_a_damaged_log_is_named_by_its_line(line: str, tmp_path: Path, case: Case) -> None:
    log_run(tmp_path, case, STORE, NOW)
    with (tmp_path / LOG).open("a") as file:
        file.write(line + "\n")
    with pytest.raises(StoreError, match=r"runs\.jsonl:2: this line of the log is damaged"):
        log_run(tmp_path, case, STORE, NOW)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, case: Case) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot log the run"):
        log_run(tmp_path / "file", case, STORE, NOW)


def test_no_log_is_no_runs(tmp_path: Path) -> None:
    assert read_runs(tmp_path / LOG) == ()
