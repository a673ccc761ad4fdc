"""What was foretold stands in the log as it was made, beside the runs."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.record.made_case import made
from tests.weighing.made_forecast import MADE

from cuibono.dossier.forecast_log import log_forecasts, read_forecasts_logged
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


def test_a_forecast_is_read_back_as_it_was_made(tmp_path: Path, case: Case) -> None:
    bounded = replace(MADE, id="other", low=0.25)
    assert log_forecasts(tmp_path, case, [MADE, bounded], NOW) == 2
    assert read_forecasts_logged(tmp_path / LOG) == (MADE, bounded)


def test_what_was_foretold_is_never_foretold_again(tmp_path: Path, case: Case) -> None:
    log_forecasts(tmp_path, case, [MADE], NOW)
    bolder = replace(MADE, rival=0.9)
    assert log_forecasts(tmp_path, case, [bolder], NOW) == 0
    assert read_forecasts_logged(tmp_path / LOG) == (MADE,)


def test_runs_and_forecasts_share_a_log(tmp_path: Path, case: Case) -> None:
    log_run(tmp_path, case, STORE, NOW)
    log_forecasts(tmp_path, case, [MADE], NOW)
    log_run(tmp_path, case, STORE, NOW)
    assert len(read_runs(tmp_path / LOG)) == 2
    assert read_forecasts_logged(tmp_path / LOG) == (MADE,)


def test_forecasts_of_one_case_are_told_from_another_s(tmp_path: Path, case: Case) -> None:
    log_forecasts(tmp_path, case, [MADE], NOW)
    log_forecasts(tmp_path, replace(case, name="b"), [replace(MADE, id="b")], NOW)
    assert [one.id for one in read_forecasts_logged(tmp_path / LOG, "b")] == ["b"]
    assert len(read_forecasts_logged(tmp_path / LOG)) == 2


def test_the_log_is_json_without_infinities(tmp_path: Path, case: Case) -> None:
    log_forecasts(tmp_path, case, [MADE], NOW)
    (line,) = (tmp_path / LOG).read_text("utf-8").splitlines()
    foretold = json.loads(line, parse_constant=pytest.fail)["foretold"]
    assert (foretold["low"], foretold["resolves"]) == (None, "2013-01-01")


@pytest.mark.parametrize(
    "line", ['{"case": "made", "foretold": {}}', '{"case": "made", "foretold": 1}', "{"]
)
def test_a_damaged_forecast_is_named_by_its_line(line: str, tmp_path: Path, case: Case) -> None:
    log_forecasts(tmp_path, case, [MADE], NOW)
    with (tmp_path / LOG).open("a") as file:
        file.write(line + "\n")
    with pytest.raises(StoreError, match=r"runs\.jsonl:2: this line of the log is damaged"):
        read_forecasts_logged(tmp_path / LOG)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, case: Case) -> None:
    with pytest.raises(StoreError, match="cannot log the forecasts"):
        log_forecasts(tmp_path / "nowhere", case, [MADE], NOW)
