"""Claims, goals and added value are read as written, and every fault is one line."""

from datetime import date
from pathlib import Path

import pytest
from tests.record.made_case import TEXT, made, refused, write

AUDITS = """
[[claim]]
id = "C1"
text = "two thousand were killed"
speaker = "the ministry"
day = 2016-02-01
hedge = "about"
number = 2000
unit = "deaths"
plausible = [10, 900]
bound = "deaths that UCDP counts in those months"
supports = ["E1"]
later = [
  { day = 2017-01-01, speaker = "the ministry", text = "fewer than a thousand" },
  { day = 2016-06-01, speaker = "the ministry", text = "as many as before" },
]

[[goal]]
id = "G1"
text = "the group is beaten"
holder = "the ministry"
declared = 2015-09-30
due = 2016-03-14
outcome = "not met"
evidence = ["E1"]

[[added_value]]
id = "V1"
text = "warnings of attacks"
asked = ["E1"]
delivered = []
"""
WRITTEN = TEXT + AUDITS


def test_a_claim_keeps_its_words_number_and_bounds(tmp_path: Path) -> None:
    (claim,) = made(tmp_path, WRITTEN).claims
    assert (claim.speaker, claim.hedge, claim.day) == (
        "the ministry",
        "about",
        date(2016, 2, 1),
    )
    assert (claim.number, claim.unit, claim.plausible) == (2000.0, "deaths", (10.0, 900.0))


def test_what_was_said_since_stands_in_order_of_time(tmp_path: Path) -> None:
    (claim,) = made(tmp_path, WRITTEN).claims
    assert [one.day.year for one in claim.later] == [2016, 2017]


def test_a_goal_keeps_its_days_and_outcome(tmp_path: Path) -> None:
    (goal,) = made(tmp_path, WRITTEN).goals
    assert (goal.declared, goal.due) == (date(2015, 9, 30), date(2016, 3, 14))
    assert (goal.outcome, goal.evidence) == ("not met", ("E1",))


def test_an_added_value_keeps_its_three_columns(tmp_path: Path) -> None:
    (value,) = made(tmp_path, WRITTEN).added_values
    assert (value.asked, value.claimed, value.delivered) == (("E1",), (), ())


def test_a_case_need_not_audit_anything(tmp_path: Path) -> None:
    case = made(tmp_path)
    assert (case.claims, case.goals, case.added_values) == ((), (), ())


FAULTS = {
    "support that is not there": ('supports = ["E1"]', 'supports = ["E9"]', "no evidence 'E9'"),
    "bounds of no number": ('number = 2000\nunit = "deaths"\n', "", "C1 bounds a number"),
    "bounds from nowhere": ('bound = "deaths that UCDP counts in those months"\n', "", "C1 b"),
    "bounds that run down": ("[10, 900]", "[900, 10]", "runs downwards"),
    "a number of nothing": ('unit = "deaths"\n', "", "`number` and `unit` together"),
    "a number without end": ("number = 2000", "number = inf", "finite number"),
    "an outcome by nothing": ('"not met"\nevidence = ["E1"]', '"met"', "met by no evidence"),
    "an outcome of its own": ('outcome = "not met"', 'outcome = "nearly"', "outcome"),
    "due before declared": ("due = 2016-03-14", "due = 2015-03-14", "lies before 2015-09-30"),
    "a goal of no item": ('evidence = ["E1"]\n\n[[added', 'evidence = ["X"]\n\n[[added', "'X'"),
    "a value of no item": ('asked = ["E1"]', 'asked = ["E8"]', "no evidence 'E8'"),
    "a key misspelt": ('hedge = "about"', 'hegde = "about"', "Did you mean hedge"),
    "a saying of no day": ("{ day = 2017-01-01, speaker", "{ speaker", "later.0.day"),
    "a claim twice": ('[[goal]]\nid = "G1"', '[[claim]]\nid = "C1"\n[[goal]]\nid = "G1"', "C1"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_one_line_with_its_place(kind: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[kind]
    assert old in WRITTEN
    line = refused(write(tmp_path, WRITTEN.replace(old, new, 1)))
    if kind != "a claim twice":
        assert said in line
    assert line.split(":")[1].isdigit()


YARDSTICK = """measured_by = { relation = ["RUS", "PAK"], kind = "cooperation", aim = "more" }
"""


def measured(text: str = YARDSTICK) -> str:
    return WRITTEN.replace('holder = "the ministry"\n', f'holder = "the ministry"\n{text}')


def test_a_goal_may_be_measured_by_events(tmp_path: Path) -> None:
    (goal,) = made(tmp_path, measured()).goals
    assert goal.measured_by is not None
    assert str(goal.measured_by.relation) == "RUS→PAK"
    assert (goal.measured_by.kind, goal.measured_by.aim) == ("cooperation", "more")
    assert made(tmp_path, WRITTEN).goals[0].measured_by is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (YARDSTICK.replace("PAK", "PAKK"), "PAKK"),
        (YARDSTICK.replace("PAK", "RUS"), "acts on itself"),
        (YARDSTICK.replace("cooperation", "warmth"), "kind"),
        (YARDSTICK.replace('"RUS", ', ""), "relation"),
    ],
)
def test_a_yardstick_that_means_nothing_is_refused(
    wrong: str, said: str, tmp_path: Path
) -> None:
    assert said in refused(write(tmp_path, measured(wrong)))
