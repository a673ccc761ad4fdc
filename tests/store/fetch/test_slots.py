from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.errors import CaseError
from cuibono.sources.publication import FilePattern
from cuibono.store.fetch.slots import Slot, named_slot, read_moment, uncovered

NAME = FilePattern(name=".")
START = datetime(2015, 2, 18, tzinfo=UTC)
hours = st.integers(0, 200)


def slot(start: int, end: int) -> Slot:
    return Slot(START + timedelta(hours=start), START + timedelta(hours=end))


slots = st.tuples(hours, hours).filter(lambda pair: pair[0] < pair[1]).map(lambda p: slot(*p))


@pytest.mark.parametrize(
    ("stamp", "span"),
    [
        ("2012", "2012-01-01 to 2012-12-31"),
        ("2013", "2013-01-01 to 2013-12-31"),
        ("201202", "2012-02-01 to 2012-02-29"),
        ("201312", "2013-12-01 to 2013-12-31"),
        ("2023-01", "2023-01-01 to 2023-01-31"),
        ("20130401", "2013-04-01"),
        ("20150218234500", "2015-02-18 23:45 to 2015-02-19 00:00 UTC"),
    ],
)
def test_digits_tell_how_long_a_span_is(stamp: str, span: str) -> None:
    assert str(named_slot(NAME, stamp)) == span


def test_a_weekly_file_is_about_the_days_that_end_with_its_own() -> None:
    weekly = FilePattern(name=".", days=7)
    assert str(named_slot(weekly, "20200517")) == "2020-05-11 to 2020-05-17"


@pytest.mark.parametrize("stamp", ["20251399", "0000", "20150230", "12", "9999", "20150218231"])
def test_digits_that_are_no_date_are_refused(stamp: str) -> None:
    with pytest.raises(ValueError, match=stamp):
        named_slot(NAME, stamp)


@pytest.mark.parametrize("text", ["12", "2012-9", "201209", "2012-09-31", "next year", "٢٠١٢"])
def test_what_is_no_year_month_or_day_is_refused_with_a_pattern(text: str) -> None:
    with pytest.raises(CaseError, match=r"--from .* Write 2012, 2012-09 or 2012-09-03"):
        read_moment(text, "--from")


def test_a_day_that_is_typed_is_that_whole_day() -> None:
    assert read_moment("2012-09-03", "--to").end == datetime(2012, 9, 4, tzinfo=UTC)


def test_spans_that_touch_do_not_overlap() -> None:
    assert slot(0, 5).overlap(slot(5, 9)) is None


@given(covered=st.lists(slots), within=slots)
def test_holes_and_covered_parts_make_up_the_whole(covered: list[Slot], within: Slot) -> None:
    holes = uncovered(covered, within)
    hour = timedelta(hours=1)
    at = within.start
    while at < within.end:
        in_hole = any(hole.start <= at < hole.end for hole in holes)
        in_slot = any(each.start <= at < each.end for each in covered)
        assert in_hole != in_slot
        at += hour


@given(covered=st.lists(slots), within=slots)
def test_holes_are_ascending_and_apart(covered: list[Slot], within: Slot) -> None:
    holes = uncovered(covered, within)
    assert all(left.end < right.start for left, right in pairwise(holes))
