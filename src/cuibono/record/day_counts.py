"""Counts by group and day, in the order of both, added up over any days without a scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cuibono.model.period import Period


@dataclass(frozen=True, slots=True, eq=False)
class DayCounts:
    """Counts of groups, such as relations or actors, on the days on which they have any.

    Attributes
    ----------
    first : int array, shape (n_groups + 1,)
        Where the cells of each group begin.
    day : datetime64[D] array, shape (n_cells,)
        Ascending within a group.
    events, rows : int array, shape (n_cells,)
        What is counted, and the rows behind it.
    """

    first: NDArray[np.int64]
    day: NDArray[np.datetime64]
    events: NDArray[np.signedinteger]
    rows: NDArray[np.signedinteger]

    def cells(self, groups: slice) -> slice:
        """Give the cells of neighbouring groups.

        Parameters
        ----------
        groups : slice
            With a start and a stop.

        Returns
        -------
        slice
            Of the arrays of cells.
        """
        return slice(int(self.first[groups.start]), int(self.first[groups.stop]))

    def spans(self, groups: slice, within: Period) -> NDArray[np.int64]:
        """Find the cells of each group that lie within some days.

        Where a group's days begin and end is found by halving, for all groups at once.

        Parameters
        ----------
        groups : slice
            With a start and a stop.
        within : Period
            Days to use.

        Returns
        -------
        int array, shape (n_groups, 2)
            First cell and the one after the last, counted from the first of all the groups.
        """
        reached = [self._reach(groups, day) for day in (within.start, within.end)]
        spans: NDArray[np.int64] = np.column_stack(reached) - self.first[groups.start]
        return spans

    def put_together(self, borders: NDArray[np.int64]) -> DayCounts:
        """Add up neighbouring groups day by day.

        Parameters
        ----------
        borders : int array, shape (n_joined + 1,)
            First group of each that become one, and the number of groups at the end.

        Returns
        -------
        DayCounts
            One cell a day.
        """
        days, events, rows = [], [], []
        for begin, end in pairwise(self.first[borders].tolist()):
            day = self.day[begin:end].astype(np.int64)
            low = int(day.min()) if day.size else 0
            counted = np.bincount(day - low, self.rows[begin:end])
            held = np.flatnonzero(counted)
            days.append((held + low).astype("datetime64[D]"))
            rows.append(counted[held].astype(np.int64))
            did = np.bincount(day - low, self.events[begin:end])
            events.append(did[held].astype(np.int64))
        none = np.zeros(0, dtype=np.int64)
        return DayCounts(
            np.cumsum([0, *(one.size for one in days)]),
            np.concatenate([none.astype("datetime64[D]"), *days]),
            np.concatenate([none, *events]),
            np.concatenate([none, *rows]),
        )

    def _reach(self, groups: slice, day: date) -> NDArray[np.int64]:
        """Find the first cell of each group on a day or later."""
        low: NDArray[np.int64] = self.first[groups].copy()
        high = self.first[groups.start + 1 : groups.stop + 1].copy()
        wanted = np.datetime64(day, "D")
        while (open_ := np.flatnonzero(low < high)).size:
            middle = (low[open_] + high[open_]) // 2
            before = self.day[middle] < wanted
            low[open_[before]] = middle[before] + 1
            high[open_[~before]] = middle[~before]
        return low


def add_spans(values: NDArray[np.signedinteger], spans: NDArray[np.int64]) -> NDArray[np.int64]:
    """Add up the cells of each span.

    Parameters
    ----------
    values : int array, shape (n_cells,)
        A value for each cell.
    spans : int array, shape (n_groups, 2)
        From `DayCounts.spans`: ascending, none overlapping the next.

    Returns
    -------
    int array, shape (n_groups,)
        0 for an empty span.
    """
    held = spans[:, 0] < spans[:, 1]
    total = np.zeros(len(spans), dtype=np.int64)
    edges = spans[held].ravel()
    if edges.size:
        # A sum runs from one edge to the next; the last one runs to the end anyway.
        inner = edges[:-1] if edges[-1] == values.size else edges
        total[held] = np.add.reduceat(values, inner, dtype=np.int64)[::2]
    return total
