"""`cuibono score` prints scores, calibration and the cells that pointed the wrong way."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call
from tests.dossier.small_case import small_case, write_case
from tests.weighing.made_forecast import MADE

from cuibono.dossier.forecast_log import log_forecasts
from cuibono.record.case_file import read_case

LOG = """\
case = "small"

[[forecast]]
id = "F1"
text = "They sign a treaty."
made = 2022-01-01
resolves = 2023-01-01
probability = 0.8
explanation = "trade"
outcome = "no"

[[forecast]]
id = "F2"
text = "They meet again."
made = 2022-01-01
resolves = 2090-01-01
probability = 0.6
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "forecasts.toml"
    path.write_text(LOG, "utf-8")
    return path


def test_score_calibration_and_what_waits_are_printed(log: Path) -> None:
    lines = call("score", log).out.splitlines()
    assert lines[0] == "1 resolved, 1 open, 0 of them overdue."
    assert lines[1].startswith("Brier score 0.640;")
    assert lines[3].startswith("  said 80%: came true 0% [0%, ")


def test_the_post_mortem_names_cells_and_judges(log: Path) -> None:
    case = write_case(log.parent, small_case())
    lines = call("score", log, "--case", case).out.splitlines()
    wrong = [line for line in lines if line.startswith("Wrong way for F1")]
    assert len(wrong) == 2
    assert wrong[0].endswith("judged by the tests")


def test_json_holds_the_same(log: Path) -> None:
    case = write_case(log.parent, small_case())
    plain = json.loads(call("score", log, "--case", case, "--json").out)
    assert plain["brier"] == pytest.approx(0.64)
    assert {one["explanation"] for one in plain["wrong_cells"]} == {"trade"}


def test_a_log_without_outcomes_says_so(log: Path) -> None:
    log.write_text(LOG.replace('outcome = "no"\n', ""), "utf-8")
    assert call("score", log).out == (
        "No forecast is resolved yet; 2 open, 1 of them overdue.\n"
    )
    assert json.loads(call("score", log, "--json").out)["brier"] is None


def test_a_faulty_log_is_one_line(log: Path) -> None:
    log.write_text(LOG.replace("probability = 0.8", "probability = 8"), "utf-8")
    assert_one_line_of_error(call("score", log), "forecasts.toml:8")


def test_a_log_of_another_case_is_one_line(log: Path) -> None:
    case = write_case(log.parent, small_case().replace('name = "small"', 'name = "other"'))
    assert_one_line_of_error(call("score", log, "--case", case), "not of 'other'")


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Log two forecasts of votes that the pack decides, and one that it does not reach."""
    case = read_case(write_case(tmp_path, small_case()))
    lost = replace(MADE, id="lost", low=2.0)
    waiting = replace(MADE, id="waiting", made=MADE.made.replace(year=2025),
                      resolves=MADE.made.replace(year=2090))  # fmt: skip
    log_forecasts(tmp_path, case, [MADE, lost, waiting], datetime(2026, 11, 27, tzinfo=UTC))
    return tmp_path / "runs.jsonl"


def test_what_runs_foretold_is_held_against_what_is_known(runs: Path) -> None:
    lines = call("score", runs, "--store", runs.parent / "store").out.splitlines()
    assert lines[0] == "2 resolved, 1 open, 0 of them overdue."
    # 0.3 squared and 0.7 squared; the other said one half of both
    assert lines[1].startswith("Brier score 0.290;")
    assert lines[2] == "The one that was not printed would have earned 0.250."


def test_runs_of_another_case_are_left_out(runs: Path) -> None:
    other = runs.parent / "other"
    other.mkdir()
    text = small_case().replace('name = "small"', 'name = "other"')
    said = call("score", runs, "--case", write_case(other, text))
    assert said.out == "No forecast is resolved yet; 0 open, 0 of them overdue.\n"


def test_json_of_runs_names_the_rival_s_score(runs: Path) -> None:
    plain = json.loads(call("score", runs, "--json").out)
    assert plain["brier_of_rival"] == 0.25


def test_a_missing_log_of_runs_is_one_line(tmp_path: Path) -> None:
    assert_one_line_of_error(call("score", tmp_path / "runs.jsonl"), "no such log of runs")
