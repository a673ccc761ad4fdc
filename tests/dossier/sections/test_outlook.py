"""The outlook says what is foretold, by whom, what the other says, and by when."""

import math
from dataclasses import replace

import pytest
from tests.dossier.sections.reading import all_refs, column, text, value
from tests.dossier.sections.test_findings import SEEN
from tests.weighing.made_forecast import MADE

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.findings import findings
from cuibono.dossier.sections.outlook import outlook
from cuibono.model.dossier import Chart, Section
from cuibono.model.finding import Finding

FAN = Chart("analogues.un_votes.fan.chart", "fan", "Where it may go", "", ())
LINES = replace(FAN, id="analogues.un_votes.closeness.chart", kind="lines")


def foretelling(gathered: Gathered) -> Finding:
    return Finding(
        lens="analogues",
        question="What followed?",
        about="PAK–RUS",
        source="un_votes",
        span=gathered.case.period,
        specifications=(),
        said=("It cooled.",),
        could_see="They were 7 % better.",
        measured=(SEEN,),
        charts=(LINES, FAN),
        forecasts=(MADE, replace(MADE, id="later", by="persistence")),
    )


@pytest.fixture
def section(gathered: Gathered, numbers: Numbers) -> Section:
    made = outlook(replace(gathered, findings=(foretelling(gathered),)), numbers)
    assert made is not None
    return made


def test_no_forecast_is_no_section(gathered: Gathered, numbers: Numbers) -> None:
    bare = replace(foretelling(gathered), forecasts=())
    assert outlook(replace(gathered, findings=(bare,)), numbers) is None


def test_a_forecast_stands_with_probability_speaker_and_day(
    section: Section, numbers: Numbers
) -> None:
    (table,) = section.tables
    assert text(column(table, "Probability")[0]) == "70 % (60–80 %)"
    assert value(numbers, column(table, "Probability")[0]) == 0.7
    assert [text(cell) for cell in column(table, "By")] == ["like histories", "persistence"]
    assert text(column(table, "Can be told from")[0]) == "2013-01-01"


def test_what_the_other_says_is_named(section: Section) -> None:
    other = [text(cell) for cell in column(section.tables[0], "The other says")]
    assert other == ["persistence: 50 %", "like histories: 50 %"]


def test_the_answer_is_the_middle_horizon_in_a_line(section: Section, numbers: Numbers) -> None:
    (span,) = section.answer
    assert span.text.endswith("70 % (60–80 %), by persistence.")
    assert set(all_refs(section)) <= set(numbers.figures)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-math.inf, 0.1, "stays below 0.1 from 2010-01-01"),
        (0.25, math.inf, "stays above 0.25 from 2010-01-01"),
        (0.25, 0.5, "stays above 0.25 and below 0.5 from"),
        (-math.inf, math.inf, "stays anywhere from"),
    ],
)
def test_the_rule_that_will_decide_stands_with_the_number(
    low: float, high: float, said: str, gathered: Gathered, numbers: Numbers
) -> None:
    one = replace(foretelling(gathered), forecasts=(replace(MADE, low=low, high=high),))
    assert outlook(replace(gathered, findings=(one,)), numbers) is not None
    how = numbers.figures[f"outlook.{MADE.id}"].how
    assert f"mean of the last 3 years {said}" in how


def test_the_fan_is_drawn_here_and_nowhere_else(
    section: Section, gathered: Gathered, numbers: Numbers
) -> None:
    (other,) = findings(replace(gathered, findings=(foretelling(gathered),)), numbers)
    assert [chart.id for chart in section.charts] == [FAN.id]
    assert [chart.id for chart in other.charts] == [LINES.id]


def test_persistence_that_speaks_says_why(gathered: Gathered, numbers: Numbers) -> None:
    still = replace(foretelling(gathered), forecasts=(replace(MADE, by="persistence"),))
    made = outlook(replace(gathered, findings=(still,)), numbers)
    assert made is not None
    assert "did not do better than persistence" in text(made.lead[0])
