"""A panel knows where each relation lies and where its source has holes."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period

RELATIONS = (("IND", "USA"), ("RUS", "PAK"))
AFTER = {Grid.WEEK: 7, Grid.MONTH: 31, Grid.YEAR: 366}


def panel(grid: Grid, starts: list[date]) -> Panel:
    """Build an empty panel over these periods."""
    cells = np.zeros((len(RELATIONS), len(starts)))
    return Panel(
        source="icews",
        grid=grid,
        starts=np.array(starts, "datetime64[D]"),
        relations=RELATIONS,
        channels={"all": cells},
        exposure=cells,
        rows=np.zeros(len(RELATIONS), np.int64),
        span=Period(starts[0], starts[-1] + timedelta(days=AFTER[grid])),
    )


def test_relation_is_found_where_it_lies() -> None:
    assert panel(Grid.YEAR, [date(2021, 1, 1)]).index == {("IND", "USA"): 0, ("RUS", "PAK"): 1}


def test_everybody_who_acts_or_is_acted_on_has_a_number() -> None:
    parties, ends = panel(Grid.YEAR, [date(2021, 1, 1)]).number_parties()
    assert parties == ("IND", "PAK", "RUS", "USA")
    assert ends.tolist() == [[0, 3], [2, 1]]


def test_nobody_has_a_number_where_there_is_no_relation() -> None:
    empty = replace(panel(Grid.YEAR, [date(2021, 1, 1)]), relations=())
    assert empty.number_parties()[1].shape == (0, 2)


@pytest.mark.parametrize(("measure", "column"), [("", "day"), ("agreement", "start")])
def test_rows_fall_into_periods_by_the_column_of_their_table(measure: str, column: str) -> None:
    asked = replace(panel(Grid.YEAR, [date(2021, 1, 1)]), measure=measure)
    assert asked.day_column == column
    assert [one.column for one in asked.trace().where][-2:] == [column, column]


@pytest.mark.parametrize(
    ("grid", "starts", "steps"),
    [
        (Grid.WEEK, [date(2021, 12, 20), date(2021, 12, 27), date(2022, 1, 10)], [0, 1, 3]),
        (Grid.MONTH, [date(2021, 8, 1), date(2022, 1, 1), date(2022, 2, 1)], [0, 5, 6]),
        (Grid.YEAR, [date(1962, 1, 1), date(1963, 1, 1), date(1965, 1, 1)], [0, 1, 3]),
    ],
)
def test_gap_is_a_jump_in_the_steps(grid: Grid, starts: list[date], steps: list[int]) -> None:
    assert panel(grid, starts).steps.tolist() == steps


def test_months_before_1970_count_on() -> None:
    assert panel(Grid.MONTH, [date(1969, 11, 1), date(1970, 2, 1)]).steps.tolist() == [0, 3]


@given(
    st.sampled_from(Grid),
    st.dates(date(1946, 1, 1), date(2020, 1, 1)),
    st.sets(st.integers(1, 60), max_size=12),
)
def test_steps_count_the_periods_that_a_calendar_walks(
    grid: Grid, first: date, chosen: set[int]
) -> None:
    calendar = [grid.floor(first)]
    for _ in range(60):
        calendar.append(grid.next(calendar[-1]))
    places = [0, *sorted(chosen)]
    assert panel(grid, [calendar[place] for place in places]).steps.tolist() == places


def test_a_trace_names_the_relation_and_the_days_of_the_panel() -> None:
    made = replace(panel(Grid.YEAR, [date(2021, 1, 1)]), rows=np.array([4, 7]))
    trace = made.trace(("RUS", "PAK"))
    assert str(trace) == (
        "7 rows of events from icews where actor = RUS and recipient = PAK"
        " and day >= 2021-01-01 and day < 2022-01-02"
    )
    assert made.trace().n_rows == 11
    assert made.trace(("USA", "IND")).n_rows == 0


def test_a_trace_of_a_measure_names_it() -> None:
    made = replace(panel(Grid.YEAR, [date(2021, 1, 1)]), measure="agreement")
    march = Period(date(2021, 3, 1), date(2021, 4, 1))
    assert str(made.trace(span=march)) == (
        "0 rows of measures from icews where measure = agreement"
        " and start >= 2021-03-01 and start < 2021-04-01"
    )
