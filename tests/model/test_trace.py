"""A trace reads as a sentence and is compared by what it selects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.trace import Condition, Operator, Trace

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
