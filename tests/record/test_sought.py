"""What is asked for, as a trace that leads to its rows."""

from datetime import date

from cuibono.model.period import Period
from cuibono.record.sought import Sought

DAYS = Period(date(2021, 1, 1), date(2021, 9, 1))


def test_what_is_left_open_is_no_condition() -> None:
    trace = Sought(source="icews", within=DAYS).trace
    assert str(trace).count("day") == 2
    assert [condition.column for condition in trace.where] == ["day", "day"]


def test_each_thing_asked_for_is_a_condition() -> None:
    sought = Sought(
        source="icews", within=DAYS, actor="TUR", recipient="GRC",
        quad="verbal_conflict", event_types=("ACCUSE", "THREATEN"),
    )  # fmt: skip
    columns = [condition.column for condition in sought.trace.where]
    assert columns == ["actor", "recipient", "quad", "event_type", "day", "day"]
    assert sought.trace.where[3].value == ("ACCUSE", "THREATEN")


def test_the_last_day_is_left_out() -> None:
    last = Sought(source="icews", within=DAYS).trace.where[-1]
    assert (last.operator, last.value) == ("<", "2021-09-01")
