"""A trace reads as a sentence and is compared by what it selects."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.period import Period
from cuibono.model.trace import Condition, Operator, Trace, equal, on_days

RUS = Condition("actor", "=", "RUS")
operators: st.SearchStrategy[Operator] = st.sampled_from(("=", ">=", "<"))


@pytest.mark.parametrize(
    ("condition", "read"),
    [
        (RUS, "actor = RUS"),
        (Condition("recipient", "in", ("IND", "PAK")), "recipient in {IND, PAK}"),
        (Condition("day", ">=", "2021-01-04"), "day >= 2021-01-04"),
    ],
)
def test_condition_reads_as_it_is_compared(condition: Condition, read: str) -> None:
    assert str(condition) == read


def test_trace_reads_as_rows_of_a_table() -> None:
    day = Condition("day", "<", "2022-09-01")
    assert str(Trace("events", "icews", (RUS, day), 1750)) == (
        "1,750 rows of events from icews where actor = RUS and day < 2022-09-01"
    )


def test_trace_without_conditions_is_the_whole_source() -> None:
    assert str(Trace("measures", "un_votes", (), 5)).endswith("where all rows")


@given(st.text(min_size=1), operators, st.text())
def test_equal_traces_count_once(column: str, operator: Operator, value: str) -> None:
    twice = [Trace("events", "icews", (Condition(column, operator, value),), 1)] * 2
    assert len(set(twice)) == 1


def test_another_number_of_rows_is_another_trace() -> None:
    assert Trace("events", "icews", (RUS,), 1) != Trace("events", "icews", (RUS,), 2)


@given(st.dates(date(1946, 1, 1), date(2022, 1, 1)), st.integers(1, 400))
def test_days_are_asked_for_from_the_first_and_before_the_end(day: date, length: int) -> None:
    span = Period(day, day + timedelta(days=length))
    first, last = on_days("start", span)
    assert (first, last) == (
        Condition("start", ">=", day.isoformat()),
        Condition("start", "<", span.end.isoformat()),
    )


def test_columns_are_asked_for_in_the_order_given() -> None:
    assert equal(recipient="PAK", actor="RUS") == (Condition("recipient", "=", "PAK"), RUS)


def test_a_narrower_trace_keeps_its_tests_and_is_not_counted() -> None:
    day = Condition("day", "<", "2022-09-01")
    whole = Trace("events", "icews", (day,), 1750)
    assert whole.narrow(RUS) == Trace("events", "icews", (day, RUS), 0)
