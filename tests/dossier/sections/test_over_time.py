"""The weights over time are drawn as they were weighed, and every point leads to its items."""

import math
from dataclasses import replace

from tests.dossier.sections.reading import text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.explanations import bearing_on
from cuibono.dossier.sections.over_time import over_time


def test_each_explanation_has_a_band_in_each_period(
    gathered: Gathered, numbers: Numbers
) -> None:
    (chart,) = over_time(gathered, numbers).charts
    assert len(chart.series) == len(gathered.case.explanations)
    for path in gathered.timeline.paths:
        drawn = numbers.series[f"over_time.{path.explanation}"].points
        assert [(p.value, p.low, p.high) for p in drawn] == [
            (at.value, at.low, at.high) for at in path.posterior
        ]


def test_a_point_leads_to_every_item_that_bears_on_the_explanation(
    gathered: Gathered, numbers: Numbers
) -> None:
    over_time(gathered, numbers)
    series = numbers.series["over_time.china-urging"]
    (trace,) = series.traces_at(series.points[3])
    assert trace.where[0].value == bearing_on(gathered.case, "china-urging")


def test_the_half_life_stands_beside_the_curves(gathered: Gathered, numbers: Numbers) -> None:
    assert "after 5 years half" in text(over_time(gathered, numbers).lead[0])
    forever = replace(gathered, timeline=replace(gathered.timeline, half_life_years=math.inf))
    assert "never to change" in text(over_time(forever, numbers).lead[0])


def test_who_stood_first_is_said_for_each_stretch(gathered: Gathered, numbers: Numbers) -> None:
    _, *said = (text(line) for line in over_time(gathered, numbers).lead)
    assert len(said) == len(gathered.timeline.leads)
    for line, lead in zip(said, gathered.timeline.leads, strict=True):
        assert line.startswith(str(lead.span))
        assert ("not told apart" in line) is not lead.told_apart
