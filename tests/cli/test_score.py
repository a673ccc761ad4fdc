"""`cuibono score` prints scores, calibration and the cells that pointed the wrong way."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import assert_one_line_of_error, call
from tests.dossier.small_case import small_case, write_case

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
