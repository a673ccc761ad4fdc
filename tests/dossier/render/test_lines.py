"""A line stops where coverage stops, and neighbours share their axes."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.sample import weekly, yearly

from cuibono.dossier.render.lines import (
    Frame,
    build_panel,
    frame_of,
    name_source,
    not_covered,
    number_runs,
    seams_in,
)
from cuibono.dossier.render.theme import GAP, Spec
from cuibono.model.dossier import Point, Series
from cuibono.model.period import Period
from cuibono.model.trace import Trace
from cuibono.sources.base import read_card

SERIES = weekly("RUS→PAK", 0.005)
FRAME = frame_of([SERIES])
assert FRAME is not None
YEARS = st.lists(st.integers(1950, 2030), min_size=1, unique=True).map(sorted)


def year(start: int) -> Point:
    return Point(date(start, 1, 1), date(start + 1, 1, 1), 1.0, 0.5, 1.5, (3,))


def layers(spec: Spec, mark: str) -> list[Spec]:
    return [one for one in spec["layer"] if one["mark"]["type"] == mark]


def test_a_line_is_broken_at_a_gap() -> None:
    assert number_runs([year(2001), year(2002), year(2005)]) == [0, 0, 1]


def test_no_points_have_no_runs() -> None:
    assert number_runs([]) == []


@given(YEARS)
def test_two_points_share_a_run_exactly_where_nothing_lies_between(years: list[int]) -> None:
    runs = number_runs([year(start) for start in years])
    joined = [b == a + 1 for a, b in pairwise(years)]
    assert joined == [b == a for a, b in pairwise(runs)]


def test_a_source_is_named_by_its_label_and_what_was_judged_by_the_ledger() -> None:
    judged = Trace("evidence", "russia-pakistan", (), 17)
    weighed = replace(SERIES, source="russia-pakistan", traces=(judged,))
    mixed = replace(SERIES, source="un_votes", traces=(judged, *SERIES.traces))
    known = [weighed, mixed, replace(SERIES, source="no card")]
    said = ["ledger of the case file", read_card("un_votes").label, "no card"]
    assert [name_source(one) for one in known] == said
    for one, name in zip(known, said, strict=True):
        assert f"· {name}" in " ".join(build_panel(one, FRAME).spec["title"]["subtitle"])


def test_the_gap_of_the_weekly_series_is_found() -> None:
    assert not_covered(SERIES, FRAME.span) == [Period(date(2021, 9, 6), date(2022, 1, 3))]


def test_what_lies_before_the_first_point_is_not_covered_either() -> None:
    span = Period(date(2020, 1, 1), FRAME.span.end)
    assert not_covered(SERIES, span)[0] == Period(date(2020, 1, 1), date(2021, 1, 4))


def test_the_gap_is_shaded() -> None:
    (shade,) = layers(build_panel(SERIES, FRAME).spec, "rect")
    assert (shade["mark"]["color"], len(shade["data"]["values"])) == (GAP, 1)


def test_a_wide_gap_says_what_it_is() -> None:
    texts = layers(build_panel(SERIES, FRAME).spec, "text")
    assert texts[0]["data"]["values"][0]["said"] == "not\ncovered"


def test_axes_hold_every_bound_and_zero() -> None:
    other = weekly("RUS→CHN", 0.03)
    frame = frame_of([SERIES, other])
    assert frame is not None
    assert (frame.low, frame.high) == (0.0, max(point.high for point in other.points))


def test_series_without_points_have_no_axes() -> None:
    assert frame_of([replace(SERIES, points=())]) is None


def test_shares_are_drawn_in_percents() -> None:
    (line,) = layers(build_panel(SERIES, FRAME).spec, "line")
    drawn = [row["value"] for row in line["data"]["values"]]
    assert drawn == [100 * point.value for point in SERIES.points]


def test_a_point_stands_in_the_middle_of_its_period() -> None:
    votes = yearly("RUS→PAK", 0.6)
    frame = frame_of([votes])
    (line,) = layers(build_panel(votes, frame).spec, "line")
    assert line["data"]["values"][0]["day"] == "1992-07-02"


def test_few_periods_are_drawn_as_dots_too() -> None:
    votes = yearly("RUS→PAK", 0.6)
    dots = layers(build_panel(votes, frame_of([votes])).spec, "circle")[0]
    assert len(dots["data"]["values"]) == len(votes.points)


def test_days_are_drawn_as_utc_whatever_the_clock() -> None:
    (line,) = layers(build_panel(SERIES, FRAME).spec, "line")
    assert line["encoding"]["x"]["scale"]["type"] == "utc"


def test_the_alternative_names_first_last_highest_and_gap() -> None:
    told = build_panel(SERIES, FRAME).alternative
    assert all(
        word in told for word in ("First 2021-01-04", "highest", "not covered 2021-09-06")
    )


def test_a_series_without_points_says_so() -> None:
    empty = build_panel(replace(SERIES, points=()), None)
    assert empty.alternative == "Russia → Pakistan: not covered."


def test_an_empty_series_beside_others_is_shaded_all_over() -> None:
    (shade,) = layers(build_panel(replace(SERIES, points=()), FRAME).spec, "rect")
    assert isinstance(FRAME, Frame)
    assert shade["data"]["values"][0]["day"] == FRAME.span.start.isoformat()


GDELT = replace(
    SERIES, source="gdelt", points=tuple(year(start) for start in range(2010, 2020))
)


def drawn_seams(series: Series) -> dict[str, str]:
    """List the words of the seams in a panel, by day."""
    spec = build_panel(series, frame_of([series])).spec
    days = {row["day"] for one in layers(spec, "rule") for row in one["data"]["values"]}
    return {
        row["day"]: row["said"]
        for one in layers(spec, "text")
        for row in one["data"]["values"]
        if row.get("day") in days
    }


def test_a_source_that_changed_is_marked_where_it_did() -> None:
    assert drawn_seams(GDELT) == {
        "2013-04-01": "daily files begin",
        "2015-02-18": "GDELT 2.0 begins",
    }
    said = build_panel(GDELT, frame_of([GDELT])).alternative
    assert "its source changed 2015-02-18, GDELT 2.0 begins" in said


def test_a_change_beyond_the_axis_is_not_drawn() -> None:
    late = replace(GDELT, points=GDELT.points[5:])
    assert drawn_seams(late) == {"2015-02-18": "GDELT 2.0 begins"}
    assert drawn_seams(replace(GDELT, points=GDELT.points[6:])) == {}


@pytest.mark.parametrize("source", ["un_votes", "a source of somebody else's"])
def test_a_source_without_a_known_change_is_drawn_without_one(source: str) -> None:
    assert drawn_seams(replace(GDELT, source=source)) == {}


def test_a_change_on_the_first_day_parts_nothing() -> None:
    assert seams_in("gdelt", Period(date(2015, 2, 18), date(2016, 1, 1))) == []
