"""When: half-open spans of days and the grids that cut them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Grid(StrEnum):
    """How a span is cut: ISO weeks, calendar months or calendar years."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def floor(self, day: date) -> date:
        """Give the first day of the period that holds `day`.

        Parameters
        ----------
        day : date
            Any day.

        Returns
        -------
        date
            The Monday, the first of the month or the first of January.
        """
        if self is Grid.WEEK:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self is Grid.MONTH else day.replace(month=1, day=1)

    def next(self, day: date) -> date:
        """Give the first day of the period after the one that holds `day`.

        Parameters
        ----------
        day : date
            Any day.

        Returns
        -------
        date
            First day of the following period.
        """
        longest = {Grid.WEEK: 7, Grid.MONTH: 31, Grid.YEAR: 366}[self]
        return self.floor(self.floor(day) + timedelta(days=longest))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-open span of days: `start` belongs to it, `end` does not.

    Raises
    ------
    ValueError
        If the span holds no day.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError(
                f"A period must end after it starts; {self.start} to {self.end} holds no day."
            )

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start} to {self.end - timedelta(days=1)}"

    def overlap(self, other: Period) -> Period | None:
        """Give the days both spans share.

        Parameters
        ----------
        other : Period
            The other span.

        Returns
        -------
        Period or None
            The shared days; None where the spans do not meet.
        """
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def cut(self, grid: Grid) -> NDArray[np.datetime64]:
        """List the first days of the grid's periods that touch this span.

        Parameters
        ----------
        grid : Grid
            Week, month or year.

        Returns
        -------
        array of datetime64[D], shape (n_periods,)
            Ascending; the first may lie before `start`.

        Examples
        --------
        >>> Period(date(2021, 8, 30), date(2021, 10, 1)).cut(Grid.MONTH).tolist()
        [datetime.date(2021, 8, 1), datetime.date(2021, 9, 1)]
        """
        days = []
        day = grid.floor(self.start)
        while day < self.end:
            days.append(day)
            day = grid.next(day)
        return np.array(days, dtype="datetime64[D]")


def merge_periods(periods: list[Period]) -> list[Period]:
    """Join spans that touch or overlap.

    Parameters
    ----------
    periods : list of Period
        In any order.

    Returns
    -------
    list of Period
        Ascending, disjoint, with a gap between any two.

    Examples
    --------
    >>> january = Period(date(2021, 1, 1), date(2021, 2, 1))
    >>> february = Period(date(2021, 2, 1), date(2021, 3, 1))
    >>> [str(p) for p in merge_periods([february, january])]
    ['2021-01-01 to 2021-02-28']
    """
    merged: list[Period] = []
    for period in sorted(periods):
        if merged and period.start <= merged[-1].end:
            merged[-1] = Period(merged[-1].start, max(merged[-1].end, period.end))
        else:
            merged.append(period)
    return merged


def gaps(covered: list[Period], within: Period) -> list[Period]:
    """List the parts of a span that nothing covers.

    Parameters
    ----------
    covered : list of Period
        What is covered, in any order.
    within : Period
        The span asked about.

    Returns
    -------
    list of Period
        Uncovered parts, ascending; empty where all is covered.
    """
    missing, reached = [], within.start
    for period in merge_periods([p for c in covered if (p := c.overlap(within))]):
        if reached < period.start:
            missing.append(Period(reached, period.start))
        reached = period.end
    if reached < within.end:
        missing.append(Period(reached, within.end))
    return missing
