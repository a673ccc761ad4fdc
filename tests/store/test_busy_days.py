"""Which days an event stream covers: a thin day is a gap, a straggler covers nothing."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.store.made_files import propose

from cuibono.model.period import Period
from cuibono.store.days import busy_days

MONDAY = date(2021, 1, 4)
WEEK = {MONDAY + timedelta(days=n): 900 for n in range(7)}
ALL_WEEK = [Period(MONDAY, MONDAY + timedelta(days=7))]


def test_no_row_covers_no_day() -> None:
    assert busy_days({}) == []


def test_one_day_with_one_row_is_covered() -> None:
    assert busy_days({MONDAY: 1}) == [Period(MONDAY, MONDAY + timedelta(days=1))]


def test_a_day_with_less_than_a_tenth_of_the_usual_rows_is_a_gap() -> None:
    thursday = MONDAY + timedelta(days=3)
    covered = busy_days({**WEEK, thursday: 89})
    assert covered == [
        Period(MONDAY, thursday),
        Period(thursday + timedelta(days=1), MONDAY + timedelta(days=7)),
    ]


def test_a_day_with_a_tenth_of_the_usual_rows_is_covered() -> None:
    assert busy_days({**WEEK, MONDAY + timedelta(days=3): 90}) == ALL_WEEK


def test_a_day_without_rows_is_a_gap() -> None:
    without = {day: n for day, n in WEEK.items() if day.weekday() != 3}
    assert len(busy_days(without)) == 2


def test_a_week_keeps_its_days_however_many_back_dated_events_it_holds() -> None:
    stragglers = {date(2011, 1, 1) + timedelta(days=9 * n): 2 for n in range(60)}
    assert busy_days({**stragglers, **WEEK}) == ALL_WEEK


@propose
@given(
    st.dictionaries(
        st.dates(date(2015, 1, 1), date(2015, 4, 1)), st.integers(1, 500), min_size=1
    )
)
def test_the_fullest_day_is_covered_and_no_empty_one_is(counts: dict[date, int]) -> None:
    covered = busy_days(counts)
    fullest = max(counts, key=lambda day: counts[day])
    assert any(fullest in span for span in covered)
    days = {
        span.start + timedelta(days=n)
        for span in covered
        for n in range((span.end - span.start).days)
    }
    assert days <= set(counts)


@propose
@given(
    st.dictionaries(
        st.dates(date(2015, 1, 1), date(2015, 4, 1)), st.integers(1, 500), min_size=1
    )
)
def test_ten_times_the_news_covers_the_same_days(counts: dict[date, int]) -> None:
    assert busy_days({day: 10 * n for day, n in counts.items()}) == busy_days(counts)
