"""Spans are half-open, grids meet without overlap, and gaps are what is left."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.period import Grid, Period, gaps, merge_periods

FIRST, LAST = date(1946, 1, 1), date(2030, 12, 31)
YEAR = Period(date(2021, 1, 1), date(2022, 1, 1))

days = st.dates(FIRST, LAST)
grids = st.sampled_from(Grid)
# Few days and short spans, so that they often touch, overlap and coincide.
near = st.builds(
    lambda start, length: Period(
        date(2021, 12, 1) + timedelta(days=start),
        date(2021, 12, 1) + timedelta(days=start + length),
    ),
    st.integers(0, 60),
    st.integers(1, 20),
)


def days_of(period: Period) -> set[date]:
    return {period.start + timedelta(days=n) for n in range((period.end - period.start).days)}


def days_of_all(periods: list[Period]) -> set[date]:
    return set().union(*map(days_of, periods))


@pytest.mark.parametrize(
    ("grid", "first", "following"),
    [
        (Grid.WEEK, date(2021, 12, 27), date(2022, 1, 3)),
        (Grid.MONTH, date(2022, 1, 1), date(2022, 2, 1)),
        (Grid.YEAR, date(2022, 1, 1), date(2023, 1, 1)),
    ],
)
def test_new_year_falls_into_its_period(grid: Grid, first: date, following: date) -> None:
    day = date(2022, 1, 1)
    assert (grid.floor(day), grid.next(day)) == (first, following)


def test_next_of_december_is_january() -> None:
    assert Grid.MONTH.next(date(2021, 12, 31)) == date(2022, 1, 1)


def test_leap_year_is_not_overshot() -> None:
    assert Grid.YEAR.next(date(2020, 12, 31)) == date(2021, 1, 1)


@given(grids, days)
def test_a_day_lies_in_its_own_period(grid: Grid, day: date) -> None:
    assert grid.floor(day) <= day < grid.next(day)


@given(grids, days)
def test_first_day_of_a_period_stays_itself(grid: Grid, day: date) -> None:
    assert grid.floor(grid.floor(day)) == grid.floor(day)


@given(grids, days)
def test_next_period_starts_the_day_after_this_one_ends(grid: Grid, day: date) -> None:
    last = grid.next(day) - timedelta(days=1)
    assert grid.floor(last) == grid.floor(day)


@given(days)
def test_a_week_starts_on_monday(day: date) -> None:
    assert Grid.WEEK.floor(day).isoweekday() == 1


def test_period_without_a_day_is_refused() -> None:
    day = date(2021, 1, 1)
    with pytest.raises(ValueError, match="2021-01-01 to 2021-01-01 holds no day"):
        Period(day, day)


def test_period_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(date(2022, 1, 1), date(2021, 1, 1))


def test_period_reads_with_its_last_day() -> None:
    assert str(YEAR) == "2021-01-01 to 2021-12-31"


def test_start_belongs_to_a_period() -> None:
    assert YEAR.start in YEAR


def test_end_does_not_belong_to_a_period() -> None:
    assert YEAR.end not in YEAR


def test_cut_starts_with_the_period_that_holds_the_first_day() -> None:
    weeks = Period(date(2022, 1, 1), date(2022, 1, 4)).cut(Grid.WEEK)
    assert weeks.tolist() == [date(2021, 12, 27), date(2022, 1, 3)]


def test_cut_leaves_out_the_period_that_starts_at_the_end() -> None:
    assert len(YEAR.cut(Grid.MONTH)) == 12


def test_cut_counts_days() -> None:
    assert YEAR.cut(Grid.YEAR).dtype == np.dtype("datetime64[D]")


@given(near, grids)
def test_cut_is_each_period_that_holds_a_day_of_the_span(period: Period, grid: Grid) -> None:
    assert period.cut(grid).tolist() == sorted({grid.floor(day) for day in days_of(period)})


@given(near, near)
def test_overlap_is_the_days_that_both_hold(one: Period, other: Period) -> None:
    shared = one.overlap(other)
    assert (days_of(shared) if shared else set()) == days_of(one) & days_of(other)


@given(near, near)
def test_overlap_is_the_same_from_both_sides(one: Period, other: Period) -> None:
    assert one.overlap(other) == other.overlap(one)


@given(st.lists(near, max_size=6))
def test_merging_keeps_every_day_and_adds_none(periods: list[Period]) -> None:
    assert days_of_all(merge_periods(periods)) == days_of_all(periods)


@given(st.lists(near, max_size=6))
def test_merged_periods_are_apart(periods: list[Period]) -> None:
    assert all(one.end < other.start for one, other in pairwise(merge_periods(periods)))


@given(st.lists(near, max_size=6), st.randoms(use_true_random=False))
def test_order_does_not_matter_to_merging(periods: list[Period], random: Random) -> None:
    shuffled = random.sample(periods, len(periods))
    assert merge_periods(shuffled) == merge_periods(periods)


def test_nothing_merges_to_nothing() -> None:
    assert merge_periods([]) == []


def test_uncovered_span_is_one_gap() -> None:
    assert gaps([], YEAR) == [YEAR]


def test_two_covered_summers_leave_the_winter() -> None:
    summers = [
        Period(date(2021, 1, 1), date(2021, 9, 1)),
        Period(date(2022, 1, 1), date(2022, 9, 1)),
    ]
    within = Period(date(2021, 1, 1), date(2022, 9, 1))
    assert gaps(summers, within) == [Period(date(2021, 9, 1), date(2022, 1, 1))]


@given(st.lists(near, max_size=6), near)
def test_gaps_and_coverage_share_out_the_span(covered: list[Period], within: Period) -> None:
    assert days_of_all(gaps(covered, within)) == days_of(within) - days_of_all(covered)


@given(st.lists(near, max_size=6), near)
def test_gaps_are_apart(covered: list[Period], within: Period) -> None:
    assert all(one.end < other.start for one, other in pairwise(gaps(covered, within)))
