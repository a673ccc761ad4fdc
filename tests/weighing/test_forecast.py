"""Forecasts are kept as made, scored when they are due, and wrong cells are named."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.weighing.made_cases import item, judged, made

from cuibono.errors import CaseError
from cuibono.model.evidence import Judgement
from cuibono.record.case_format import ForecastLog
from cuibono.weighing.forecast import (
    find_wrong_cells,
    read_forecasts,
    score_entries,
)

TODAY = date(2026, 11, 27)
LOG = """\
case = "made"

[[forecast]]
id = "F1"
text = "Russia sells Pakistan another combat aircraft within two years."
made = 2024-01-01
resolves = 2026-01-01
probability = 0.2
explanation = "gain"
outcome = "no"
why = "No row of the register."

[[forecast]]
id = "F2"
text = "The two hold a joint exercise."
made = 2024-01-01
resolves = 2025-01-01
probability = 0.7
explanation = "drift"
outcome = "yes"

[[forecast]]
id = "F3"
text = "India orders no Russian arms for a year."
made = 2025-01-01
resolves = 2026-06-01
probability = 0.4

[[forecast]]
id = "F4"
text = "The Taliban are recognised."
made = 2025-01-01
resolves = 2028-01-01
probability = 0.5
"""


def read(folder: Path, text: str = LOG) -> ForecastLog:
    path = folder / "forecasts.toml"
    path.write_text(text, "utf-8")
    return read_forecasts(path)


def test_a_forecast_keeps_its_words_days_and_probability(tmp_path: Path) -> None:
    first = read(tmp_path).forecast[0]
    assert (first.id, first.probability, first.outcome) == ("F1", 0.2, "no")
    assert first.resolves == date(2026, 1, 1)


def test_those_that_are_resolved_are_scored(tmp_path: Path) -> None:
    score = score_entries(read(tmp_path).forecast, TODAY)
    # (0.2 - 0)^2 = 0.04 and (0.7 - 1)^2 = 0.09; the base rate is one half
    assert score.brier == pytest.approx(0.065)
    assert score.brier_of_base == 0.25
    assert score.calibration_error == pytest.approx(0.25)


def test_those_that_wait_are_counted_and_the_overdue_named(tmp_path: Path) -> None:
    score = score_entries(read(tmp_path).forecast, TODAY)
    assert (score.resolved, score.open, score.overdue) == (2, 2, 1)


def test_a_log_without_outcomes_has_no_score(tmp_path: Path) -> None:
    waiting = LOG.replace('outcome = "no"\n', "").replace('outcome = "yes"\n', "")
    score = score_entries(read(tmp_path, waiting).forecast, TODAY)
    assert (score.resolved, score.bands) == (0, ())
    assert math.isnan(score.brier)
    assert math.isnan(score.calibration_error)


FAULTS = {
    "a certainty": ("probability = 0.2", "probability = 1.0", ":8: forecast.0.probability"),
    "an id twice": ('id = "F2"', 'id = "F1"', ":14: F1 stands twice"),
    "due before made": ("resolves = 2025-01-01", "resolves = 2023-01-01", ":17: 2023-01-01 is"),
    "due when made": ("resolves = 2025-01-01", "resolves = 2024-01-01", "is not after"),
    "an outcome of its own": ('outcome = "yes"', 'outcome = "partly"', ":20: forecast.1.out"),
    "a key misspelt": ("resolves = 2025", "resolve = 2025", "Did you mean resolves?"),
    "no case": ('case = "made"\n', "", "case: this key is missing"),
    "no day": ("made = 2024-01-01\nresolves = 2026", "resolves = 2026", "made: this key"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_one_line_with_its_place(kind: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[kind]
    assert old in LOG
    with pytest.raises(CaseError) as caught:
        read(tmp_path, LOG.replace(old, new, 1))
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


CASE = made(
    ["drift", "gain"],
    [
        item("E1", {"drift": judged(0.6, 0.3), "gain": judged(0.6, 0.2)}),
        item("E2", {"drift": judged(0.2, 0.6)}),
        item("E3", {"gain": judged(0.2, 0.3)}),
    ],
)


def test_cells_that_pointed_the_wrong_way_are_named_strongest_first(tmp_path: Path) -> None:
    wrong = find_wrong_cells(CASE, read(tmp_path))
    named = [(one.forecast, one.explanation, one.origin) for one in wrong]
    assert named == [("F1", "gain", "origin-E1"), ("F2", "drift", "origin-E2")] or named == [
        ("F2", "drift", "origin-E2"),
        ("F1", "gain", "origin-E1"),
    ]
    assert abs(wrong[0].weight_db) >= abs(wrong[1].weight_db)


def test_whoever_judged_them_is_named(tmp_path: Path) -> None:
    sceptic = Judgement(judge="Zoë", likelihoods={"gain": judged(0.5, 0.3)})
    first, *others = CASE.evidence
    both = replace(CASE, evidence=(replace(first, others=(sceptic,)), *others))
    wrong = {one.origin: one.judges for one in find_wrong_cells(both, read(tmp_path))}
    assert wrong["origin-E1"] == ("Zoë", "an analyst")


def test_a_forecast_that_hangs_on_nothing_blames_nobody(tmp_path: Path) -> None:
    free = LOG.replace('explanation = "gain"\n', "").replace('explanation = "drift"\n', "")
    assert find_wrong_cells(CASE, read(tmp_path, free)) == []


def test_an_open_forecast_blames_nobody(tmp_path: Path) -> None:
    waiting = LOG.replace('outcome = "no"\n', "").replace('outcome = "yes"\n', "")
    assert find_wrong_cells(CASE, read(tmp_path, waiting)) == []


def test_a_log_of_another_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="of 'other', not of 'made'"):
        find_wrong_cells(CASE, read(tmp_path, LOG.replace('"made"', '"other"')))


def test_an_explanation_that_the_case_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"F1 hangs on 'gian'.*drift, gain"):
        find_wrong_cells(CASE, read(tmp_path, LOG.replace('"gain"', '"gian"')))
