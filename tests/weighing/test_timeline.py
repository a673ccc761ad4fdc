"""Weights over time, by hand, by property and against the weighing of the whole."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import (
    PLAIN,
    QUICK,
    cases,
    explained,
    item,
    judged,
    made,
    propose,
)

from cuibono.model.case import Case
from cuibono.model.evidence import Evidence, Judgement
from cuibono.model.period import Period
from cuibono.model.weight import Timeline
from cuibono.weighing.timeline import weigh_over_time
from cuibono.weighing.weigh import weigh

FOREVER = math.inf


def centres(timeline: Timeline, explanation: str) -> list[float]:
    (path,) = (p for p in timeline.paths if p.explanation == explanation)
    return [at.value for at in path.posterior]


def dated(year: int, ratio: float = 8.0, name: str = "E1", **keys: str) -> Evidence:
    return item(name, {"a": judged(0.08 * ratio, 0.08)}, day=date(year, 6, 1), **keys)


def test_an_item_says_most_of_its_own_year() -> None:
    path = centres(weigh_over_time(made(["a", "b"], [dated(2015)]), QUICK), "a")
    assert max(path) == path[5]
    assert path[:6] == sorted(path[:6])
    assert path[5:] == sorted(path[5:], reverse=True)


def test_one_item_by_hand() -> None:
    # 8 to 1 at even odds; half kept after a half-life: (3/4 * 8 + 1/4) / (1/4 * 8 + 3/4).
    case = replace(made(["a", "b"], [dated(2013)]), half_life_years=1.0)
    path = centres(weigh_over_time(case, PLAIN), "a")
    assert path[3] == pytest.approx(8 / 9)
    assert path[4] == pytest.approx(6.25 / (6.25 + 2.75), abs=2e-4)


@propose
@given(cases())
def test_motives_that_never_change_are_weighed_as_the_whole_is(case: Case) -> None:
    timeline = weigh_over_time(replace(case, half_life_years=FOREVER), QUICK)
    for weight in weigh(case, QUICK).weights:
        path = centres(timeline, weight.explanation)
        np.testing.assert_allclose(path, weight.posterior.value, atol=1e-6)


@propose
@given(cases())
def test_the_order_of_items_does_not_matter(case: Case) -> None:
    turned = replace(case, evidence=case.evidence[::-1])
    assert weigh_over_time(turned, QUICK) == weigh_over_time(case, QUICK)


@propose
@given(cases(), st.floats(1.0, 4.0))
def test_a_stronger_item_lowers_its_explanation_in_no_year_of_its_own(
    case: Case, times: float
) -> None:
    first, *others = case.evidence
    name = case.explanations[0].id
    weaker = replace(first, likelihoods={**first.likelihoods, name: judged(0.2, 0.2)})
    stronger = replace(first, likelihoods={**first.likelihoods, name: judged(0.2 * times, 0.2)})
    before, after = (
        centres(weigh_over_time(replace(case, evidence=(one, *others)), QUICK), name)
        for one in (weaker, stronger)
    )
    year = first.day.year - case.period.start.year
    assert after[year] >= before[year] - 1e-9


def test_copies_change_no_period() -> None:
    once = made(["a", "b"], [dated(2015, origin="wire")])
    copies = [dated(2015, name=f"E{k}", origin="wire") for k in range(1, 30)]
    assert weigh_over_time(made(["a", "b"], copies), QUICK) == weigh_over_time(once, QUICK)


def test_an_item_before_the_period_reaches_it_weakened() -> None:
    path = centres(weigh_over_time(made(["a", "b"], [dated(2001)]), QUICK), "a")
    assert 0.5 < path[0] < 8 / 9
    assert path == sorted(path, reverse=True)


def test_a_year_known_only_as_a_year_is_spread_over_its_months() -> None:
    short = Period(date(2015, 1, 1), date(2016, 1, 1))
    vague = replace(dated(2015), precision="year")
    case = replace(made(["a", "b"], [vague]), period=short, half_life_years=1e-3)
    path = centres(weigh_over_time(case, QUICK), "a")
    assert len(path) == 12
    assert max(path) - min(path) < 0.01


def test_who_leads_is_said_by_stretch() -> None:
    early = item("E1", {"a": judged(0.9, 0.01)}, day=date(2010, 6, 1))
    late = item("E2", {"b": judged(0.9, 0.01)}, day=date(2021, 6, 1))
    timeline = weigh_over_time(
        replace(made(["a", "b"], [early, late]), half_life_years=1.0), QUICK
    )
    assert [lead.explanation for lead in timeline.leads if lead.told_apart] == ["a", "b"]
    assert timeline.leads[0].span.start == date(2010, 1, 1)
    assert timeline.leads[-1].span.end == date(2022, 1, 1)


def test_without_evidence_on_it_an_explanation_keeps_its_prior() -> None:
    case = made([explained("a", prior=(0.2, 0.2)), explained("b")], [dated(2015)])
    quiet = made([explained("a"), explained("b", prior=(0.2, 0.2))], [dated(2015)])
    assert centres(weigh_over_time(quiet, QUICK), "b") == pytest.approx([0.2] * 12)
    assert centres(weigh_over_time(case, QUICK), "b") == pytest.approx([0.5] * 12)


@propose
@given(cases())
def test_every_band_holds_its_centre_and_is_a_probability(case: Case) -> None:
    for path in weigh_over_time(case, QUICK).paths:
        assert all(0 < at.low <= at.value <= at.high < 1 for at in path.posterior)


def test_without_evidence_every_period_is_the_prior() -> None:
    timeline = weigh_over_time(made(["a", explained("b", prior=(0.3, 0.3))], []), QUICK)
    assert centres(timeline, "a") == pytest.approx([0.5] * 12)
    assert centres(timeline, "b") == pytest.approx([0.3] * 12)
    assert [lead.told_apart for lead in timeline.leads] == [True]


def spread(timeline: Timeline, explanation: str) -> float:
    path = centres(timeline, explanation)
    return max(path) - min(path)


def test_the_longer_motives_last_the_flatter_the_path() -> None:
    one = made(["a", "b"], [dated(2015)])
    spreads = [
        spread(weigh_over_time(replace(one, half_life_years=years), QUICK), "a")
        for years in (0.5, 2.0, 10.0, 1000.0)
    ]
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[-1] < 0.01


def test_a_short_case_is_cut_into_months_and_a_long_one_into_years() -> None:
    one = made(["a", "b"], [dated(2015)])
    short = replace(one, period=Period(date(2014, 1, 1), date(2016, 1, 1)))
    assert len(weigh_over_time(short, QUICK).periods) == 24
    assert len(weigh_over_time(one, QUICK).periods) == 12


def test_the_periods_cover_the_days_asked_about() -> None:
    period = Period(date(2014, 3, 15), date(2015, 9, 2))
    timeline = weigh_over_time(replace(made(["a"], [dated(2015)]), period=period), QUICK)
    assert timeline.periods[0].start <= period.start
    assert timeline.periods[-1].end >= period.end
    for one, other in zip(timeline.periods, timeline.periods[1:], strict=False):
        assert one.end == other.start


def test_evidence_for_one_time_and_against_another_bends_the_path() -> None:
    early = item("E1", {"a": judged(0.6, 0.1)}, day=date(2011, 6, 1))
    late = item("E2", {"a": judged(0.1, 0.6)}, day=date(2020, 6, 1))
    path = centres(
        weigh_over_time(replace(made(["a"], [early, late]), half_life_years=2.0), QUICK), "a"
    )
    assert path[1] == max(path) > 0.7
    assert path[10] == min(path) < 0.3
    assert path[1:11] == sorted(path[1:11], reverse=True)


def test_names_do_not_matter() -> None:
    one = made(["a", "b"], [dated(2015)])
    (cell,) = one.evidence[0].likelihoods.values()
    swapped = made(["b", "a"], [replace(one.evidence[0], likelihoods={"b": cell})])
    assert centres(weigh_over_time(one, QUICK), "a") == centres(
        weigh_over_time(swapped, QUICK), "b"
    )


def test_four_reports_of_one_author_in_four_years_weigh_as_little_more_than_one() -> None:
    together = [dated(2012 + k, 4.0, f"E{k}", cluster="author") for k in range(4)]
    alone = [dated(2012 + k, 4.0, f"E{k}") for k in range(4)]
    forever = [
        centres(
            weigh_over_time(replace(made(["a"], seen), half_life_years=FOREVER), QUICK), "a"
        )[0]
        for seen in (together, alone)
    ]
    assert forever[0] < 0.78 < forever[1]


def test_what_lasted_counts_in_every_year_it_lasted() -> None:
    lasting = replace(dated(2013), day=date(2013, 1, 1), until=date(2017, 1, 1))
    case = replace(made(["a"], [lasting]), half_life_years=0.05)
    path = centres(weigh_over_time(case, QUICK), "a")
    assert all(value > 0.55 for value in path[3:7])
    assert all(value < 0.52 for value in path[:3] + path[7:])


def test_a_second_judge_widens_the_band_of_a_period() -> None:
    alone = made(["a"], [dated(2015)])
    sceptic = Judgement(judge="Zoë", likelihoods={"a": judged(0.2, 0.2)})
    both = made(["a"], [replace(dated(2015), others=(sceptic,))])
    widths = []
    for case in (alone, both):
        (path,) = weigh_over_time(case, QUICK).paths
        widths.append(path.posterior[5].high - path.posterior[5].low)
    assert widths[1] > widths[0] + 0.1
