"""Goals stand with their outcome, and added value in three columns, every item linked."""

from dataclasses import replace
from datetime import date

from tests.dossier.sections.reading import column, refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.sections.goals import goals
from cuibono.model.audit import AddedValue, Goal

GOAL = Goal(
    id="G1",
    text="The group is beaten.",
    holder="The ministry",
    declared=date(2015, 9, 30),
    due=date(2016, 3, 14),
    outcome="not met",
    evidence=("E01", "E02"),
)
VALUE = AddedValue(id="V1", text="Warnings", asked=("E03",), claimed=("E04",))


def with_audits(gathered: Gathered, *audits: Goal | AddedValue) -> Gathered:
    case = replace(
        gathered.case,
        goals=tuple(one for one in audits if isinstance(one, Goal)),
        added_values=tuple(one for one in audits if isinstance(one, AddedValue)),
    )
    return replace(gathered, case=case)


def test_a_case_that_audits_neither_has_no_section(gathered: Gathered) -> None:
    assert goals(with_audits(gathered)) is None


def test_a_goal_stands_with_days_outcome_and_items(gathered: Gathered) -> None:
    section = goals(with_audits(gathered, GOAL))
    assert section is not None
    (table,) = section.tables
    assert [text(cell) for cell in table.rows[0]] == [
        "The group is beaten.",
        "The ministry",
        "2015-09-30",
        "2016-03-14",
        "not met",
        "E01, E02",
    ]
    assert refs(*table.rows[0]) == ["evidence.E01", "evidence.E02"]


def test_outcomes_are_counted(gathered: Gathered) -> None:
    section = goals(with_audits(gathered, GOAL, replace(GOAL, id="G2", outcome="met")))
    assert section is not None
    assert text(section.lead[0]).endswith(": met 1, not met 1, unclear 0.")


def test_what_was_delivered_stands_beside_what_was_asked(gathered: Gathered) -> None:
    section = goals(with_audits(gathered, VALUE))
    assert section is not None
    (table,) = section.tables
    assert text(column(table, "Asked for")[0]) == "E03"
    assert text(column(table, "Claimed")[0]) == "E04"
    assert column(table, "Delivered")[0] == ()


def test_both_stand_in_one_section(gathered: Gathered) -> None:
    section = goals(with_audits(gathered, GOAL, VALUE))
    assert section is not None
    assert (len(section.lead), len(section.tables)) == (2, 2)
