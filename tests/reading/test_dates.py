"""What is said of time becomes the right span of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.dates import DateSpan, explicit_days, find_dates

WRITTEN = date(2016, 7, 18)  # a Monday


def only(text: str, anchor: date | None = WRITTEN) -> DateSpan:
    (found,) = find_dates(text, 0, len(text), anchor)
    return found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on July 14", "2016-07-14"),
        ("on 14 July", "2016-07-14"),
        ("on July 14, 2014", "2014-07-14"),
        ("on 3rd of May 2015", "2015-05-03"),
        ("2015-05-03", "2015-05-03"),
        ("accessed on 02.08. 2017", "2017-08-02"),
        ("on 25/12/2015", "2015-12-25"),
        ("on 12/25/2015", "2015-12-25"),
        ("on December 20", "2015-12-20"),
        ("on Friday", "2016-07-15"),
        ("on Monday", "2016-07-18"),
        ("last Monday", "2016-07-11"),
        ("next Friday", "2016-07-22"),
        ("yesterday", "2016-07-17"),
        ("today", "2016-07-18"),
        ("three days ago", "2016-07-15"),
    ],
)
def test_a_day_is_found(text: str, day: str) -> None:
    found = only(text)
    assert found.day_from == date.fromisoformat(day)
    assert found.day_to == date.fromisoformat(day) + timedelta(days=1)
    assert found.precision == "day"


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("in December 2016", "2016-12-01", "2017-01-01", "month"),
        ("in 2007", "2007-01-01", "2008-01-01", "year"),
        ("last week", "2016-07-11", "2016-07-18", "week"),
        ("last month", "2016-06-01", "2016-07-01", "month"),
        ("last year", "2015-01-01", "2016-01-01", "year"),
        ("next year", "2017-01-01", "2018-01-01", "year"),
        ("since 2013", "2013-01-01", "2016-07-18", "span"),
        ("between 2002 and 2014", "2002-01-01", "2015-01-01", "span"),
        ("in the 1990s", "1990-01-01", "2000-01-01", "span"),
        ("in early 2014", "2014-01-01", "2014-05-01", "span"),
        ("in late 2014", "2014-09-01", "2015-01-01", "span"),
        ("in autumn 2015", "2015-09-01", "2015-12-01", "span"),
        ("two years ago", "2014-01-01", "2015-01-01", "year"),
        ("after almost forty years", "1976-01-01", "2016-07-18", "span"),
        ("on 03/04/2015", "2015-01-01", "2016-01-01", "year"),
    ],
)
def test_a_span_is_found(text: str, first: str, last: str, precision: str) -> None:
    found = only(text)
    assert (str(found.day_from), str(found.day_to)) == (first, last)
    assert found.precision == precision


def test_until_opens_the_beginning() -> None:
    assert only("until recently").day_from is None
    assert only("until May 2014").day_to == date(2014, 6, 1)


@pytest.mark.parametrize("text", ["last week", "on Friday", "yesterday", "two years ago"])
def test_relative_words_without_a_day_to_count_from_stay_open(text: str) -> None:
    assert find_dates(text, 0, len(text), None) == []


@pytest.mark.parametrize("text", ["9999 ships", "May I?", "the 45th man", "at 10.30 sharp"])
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert list(explicit_days(find_dates(text, 0, len(text), None))) == []


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%Y-%m-%d"]),
)
def test_every_day_written_out_is_read_back(day: date, shape: str) -> None:
    text = f"On {day.strftime(shape)} talks began."
    assert only(text).day_from == day


@given(st.text(max_size=200))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    found = find_dates(text, 0, len(text), WRITTEN)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
