"""A finding of any lens becomes a section whose numbers lead to rows."""

from dataclasses import replace

import pytest
from tests.dossier.sections.reading import column, text, value

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.findings import findings
from cuibono.model.dossier import Section
from cuibono.model.estimate import Estimate
from cuibono.model.finding import CheckResult, Finding, Measured, Rank
from cuibono.model.trace import Condition, Trace

VOTES = Trace("measures", "un_votes", (Condition("actor", "=", "PAK"),), 0)
SEEN = Measured(
    id="2014",
    label="change in 2014",
    estimate=Estimate(0.6, 0.4, 0.8, "probability"),
    how="share of draws",
    verdict="changed",
    said="it changed",
    traces=(VOTES,),
    ranks=(Rank(3, 60, "all visible relations"),),
)
UNSEEN = replace(SEEN, id="2016", label="change in 2016", estimate=None, said="too few votes")


@pytest.fixture
def section(gathered: Gathered, numbers: Numbers) -> Section:
    finding = Finding(
        lens="turning_points",
        question="When did the relation change?",
        about="RUS–PAK",
        source="un_votes",
        span=gathered.case.period,
        specifications=("a step in the level",),
        said=("It changed once.",),
        could_see="A step of a tenth would have been seen.",
        measured=(SEEN, UNSEEN),
        checks=(
            CheckResult(check="placebo_time", verdict="passed", said="no shift did as well"),
            CheckResult(check="thinning", verdict="failed", said="gone", about="2014"),
        ),
    )
    (made,) = findings(replace(gathered, findings=(finding,)), numbers)
    return made


def test_a_measured_number_is_quoted_with_its_rows(section: Section, numbers: Numbers) -> None:
    (table,) = section.tables
    assert value(numbers, column(table, "Measured")[0]) == 0.6
    figure = numbers.figures["turning_points.un_votes.2014"]
    assert [trace.n_rows for trace in figure.traces] == [numbers.pin(VOTES).n_rows]
    assert figure.traces[0].n_rows > 0


def test_what_cannot_be_told_is_said_and_has_no_number(section: Section) -> None:
    (table,) = section.tables
    assert text(column(table, "Measured")[1]) == "cannot be told"
    assert text(column(table, "Verdict")[1]) == "too few votes"


def test_a_rank_is_printed_with_what_it_is_among(section: Section) -> None:
    (table,) = section.tables
    assert text(column(table, "Place in the world")[0]) == "3 of 60 (all visible relations)"


def test_a_check_stands_with_what_it_tried_to_break(section: Section) -> None:
    (table,) = section.tables
    assert [text(cell) for cell in column(table, "Checks")] == ["thinning: failed", ""]
    lead = [text(one) for one in section.lead]
    assert "Check placebo_time: passed. No shift did as well." in lead


def test_the_section_opens_with_what_was_found_then_what_could_be_seen(
    section: Section,
) -> None:
    assert section.title == "When did the relation change?"
    assert text(section.lead[0]).endswith("It changed once.")
    assert text(section.lead[1]) == "A step of a tenth would have been seen."


def test_without_findings_there_is_no_section(gathered: Gathered, numbers: Numbers) -> None:
    assert findings(replace(gathered, findings=()), numbers) == ()
