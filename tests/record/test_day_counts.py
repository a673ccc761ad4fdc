"""Counts by group and day: what is added up without a scan is what a recount gives."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cuibono.model.period import Period
from cuibono.record.day_counts import DayCounts, add_spans

START = date(2020, 1, 1)
DAY = timedelta(days=1)
Cells = list[list[tuple[int, int, int]]]
# Of each group: day, events and rows of its cells.
GROUPS = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(1, 3)), max_size=6),
    max_size=6,
).map(lambda groups: [sorted(group) for group in groups])


def held(groups: Cells) -> DayCounts:
    cells = [cell for group in groups for cell in group]
    columns = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    return DayCounts(
        np.cumsum([0, *map(len, groups)]),
        np.datetime64(START) + columns[0].astype("timedelta64[D]"),
        columns[1].astype(np.int32),
        columns[2].astype(np.int32),
    )


def events(groups: Cells, within: Period) -> list[int]:
    low, high = (within.start - START).days, (within.end - START).days
    return [sum(n for day, n, _ in group if low <= day < high) for group in groups]


@settings(deadline=None, derandomize=True, max_examples=80)
@given(GROUPS, st.integers(-2, 9), st.integers(1, 12), st.data())
def test_any_days_of_any_groups_add_up_as_recounted(
    groups: Cells, first: int, length: int, data: st.DataObject
) -> None:
    within = Period(START + first * DAY, START + (first + length) * DAY)
    low = data.draw(st.integers(0, len(groups)))
    some = slice(low, data.draw(st.integers(low, len(groups))))
    counts = held(groups)
    spans = counts.spans(some, within)
    added = add_spans(counts.events[counts.cells(some)], spans)
    assert added.tolist() == events(groups[some], within)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(GROUPS, st.data())
def test_groups_that_are_put_together_have_one_cell_a_day(
    groups: Cells, data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(groups)), max_size=3).map(sorted))
    borders = [0, *cuts, len(groups)]
    joined = held(groups).put_together(np.array(borders))
    for number, (low, high) in enumerate(pairwise(borders)):
        cells = [cell for group in groups[low:high] for cell in group]
        days = sorted({day for day, _, _ in cells})
        whole = [[cell[1:] for cell in cells if cell[0] == day] for day in days]
        at = joined.cells(slice(number, number + 1))
        assert days_of(joined.day[at]) == days
        assert joined.events[at].tolist() == [sum(n for n, _ in cell) for cell in whole]
        assert joined.rows[at].tolist() == [sum(m for _, m in cell) for cell in whole]


def days_of(day: NDArray[np.datetime64]) -> list[int]:
    return [(one - START).days for one in day.tolist()]


@pytest.mark.parametrize(("spans", "sums"), [([], []), ([[0, 0], [3, 3]], [0, 0])])
def test_empty_spans_add_up_to_nothing(spans: list[list[int]], sums: list[int]) -> None:
    three = np.array([1, 2, 3], dtype=np.int32)
    assert add_spans(three, np.array(spans, dtype=np.int64).reshape(-1, 2)).tolist() == sums
