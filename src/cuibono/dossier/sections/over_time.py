"""When each explanation is likely to have been at work."""

from __future__ import annotations

import math

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence
from cuibono.dossier.sections.explanations import bearing_on
from cuibono.model.dossier import Chart, Point, Section, Sentence, Series
from cuibono.model.weight import Lead, WeightPath

HOW = (
    "all evidence, dated, weighed at each period: what an item says of its own period reaches"
    " the others through the half-life; the band draws every judgement and the prior within"
    " their own bands"
)


def over_time(gathered: Gathered, numbers: Numbers) -> Section:
    """Write the section on weights over time.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the series that the section draws.

    Returns
    -------
    Section
        A small chart for each explanation, and who stood first when.
    """
    drawn = tuple(
        numbers.curve(_series(gathered, numbers, path)) for path in gathered.timeline.paths
    )
    chart = Chart(
        "over-time",
        "lines",
        "Probability of being at work, by period",
        "Line: every judgement at its centre; band: 90 % that the judged likelihoods and the"
        " prior leave open. A level line is a time of which no item says anything.",
        drawn,
    )
    return Section(
        id="over-time",
        title="The explanations over time",
        lead=(_how_to_read(gathered), *_leads(gathered)),
        charts=(chart,),
    )


def _how_to_read(gathered: Gathered) -> Sentence:
    years = gathered.timeline.half_life_years
    if math.isinf(years):
        return sentence(
            "The case takes motives never to change, so that every item bears on all periods"
            " alike."
        )
    return sentence(
        f"The case takes motives to last: after {years:g} years half of what was learnt of one"
        " still holds. An item bears in full on the time it is dated, and the less on other"
        " times the further off they are, earlier or later."
    )


def _leads(gathered: Gathered) -> list[Sentence]:
    """Say who stood first when, stretch by stretch."""
    names = gathered.case.names
    return [_lead(names[lead.explanation], lead) for lead in gathered.timeline.leads]


def _lead(name: str, lead: Lead) -> Sentence:
    apart = (
        "told apart from the second" if lead.told_apart else "not told apart from the second"
    )
    return sentence(f"{lead.span}: “{name}” stands first, {apart}.")


def _series(gathered: Gathered, numbers: Numbers, path: WeightPath) -> Series:
    (explained,) = (e for e in gathered.case.explanations if e.id == path.explanation)
    trace = numbers.judged(bearing_on(gathered.case, path.explanation))
    points = tuple(
        Point(period.start, period.end, at.value, at.low, at.high, (trace.n_rows,))
        for period, at in zip(gathered.timeline.periods, path.posterior, strict=True)
    )
    return Series(
        id=f"over_time.{path.explanation}",
        label=explained.name,
        unit="probability",
        how=HOW,
        about=str(gathered.case.relation),
        source=gathered.case.name,
        level=path.posterior[0].level,
        points=points,
        traces=(trace,),
        day_column="",
    )
