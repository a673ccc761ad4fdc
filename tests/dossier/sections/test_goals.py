"""Goals stand with their outcome, and added value in three columns, every item linked."""

from dataclasses import replace
from datetime import date

from tests.dossier.sections.reading import column, refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.findings import findings
from cuibono.dossier.sections.goals import goals
from cuibono.model.audit import AddedValue, Goal
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured
from cuibono.model.trace import Condition, Trace

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


COUNTED = Measured(
    id="G1",
    label="G1: less verbal conflict from RUS to PAK",
    estimate=Estimate(0.7, 0.2, 1.2, "log ratio"),
    how="by hand",
    verdict="met",
    said="met by this count; the case judges it not met",
    traces=(Trace("events", "icews", (Condition("actor", "=", "RUS"),), 0),),
)


def with_audits(gathered: Gathered, *audits: Goal | AddedValue) -> Gathered:
    case = replace(
        gathered.case,
        goals=tuple(one for one in audits if isinstance(one, Goal)),
        added_values=tuple(one for one in audits if isinstance(one, AddedValue)),
    )
    return replace(gathered, case=case)


def test_a_case_that_audits_neither_has_no_section(
    gathered: Gathered, numbers: Numbers
) -> None:
    assert goals(with_audits(gathered), numbers) is None


def test_a_goal_stands_with_days_outcome_and_items(
    gathered: Gathered, numbers: Numbers
) -> None:
    section = goals(with_audits(gathered, GOAL), numbers)
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


def test_outcomes_are_counted(gathered: Gathered, numbers: Numbers) -> None:
    section = goals(with_audits(gathered, GOAL, replace(GOAL, id="G2", outcome="met")), numbers)
    assert section is not None
    assert text(section.lead[0]).endswith(": met 1, not met 1, unclear 0.")


def test_what_was_delivered_stands_beside_what_was_asked(
    gathered: Gathered, numbers: Numbers
) -> None:
    section = goals(with_audits(gathered, VALUE), numbers)
    assert section is not None
    (table,) = section.tables
    assert text(column(table, "Asked for")[0]) == "E03"
    assert text(column(table, "Claimed")[0]) == "E04"
    assert column(table, "Delivered")[0] == ()


def test_both_stand_in_one_section(gathered: Gathered, numbers: Numbers) -> None:
    section = goals(with_audits(gathered, GOAL, VALUE), numbers)
    assert section is not None
    assert (len(section.lead), len(section.tables)) == (2, 2)


def counted(gathered: Gathered) -> Gathered:
    finding = Finding(
        lens="goals",
        question="Did it come about?",
        about="RUS→PAK",
        source="icews",
        span=gathered.case.period,
        specifications=("as declared",),
        said=("G1 was met.",),
        could_see="Twice as much would have been seen.",
        measured=(COUNTED,),
    )
    return replace(with_audits(gathered, GOAL), findings=(finding,))


def test_what_events_tell_of_a_goal_stands_below_how_it_is_judged(
    gathered: Gathered, numbers: Numbers
) -> None:
    section = goals(counted(gathered), numbers)
    assert section is not None
    judged, told = section.tables
    assert text(column(judged, "Outcome")[0]) == "not met"
    assert refs(*told.rows[0]) == ["goals.icews.G1"]
    assert numbers.figures["goals.icews.G1"].value == 0.7
    assert "G1 was met." in text(section.answer)


def test_what_events_tell_of_a_goal_has_no_section_of_its_own(
    gathered: Gathered, numbers: Numbers
) -> None:
    assert findings(counted(gathered), numbers) == ()
