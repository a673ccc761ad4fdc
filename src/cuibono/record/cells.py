"""Events counted into cells of a panel: by period, actor, recipient and channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.panel import ALL, actor_totals, refuse_empty, span_of
from cuibono.sources.gdelt.rows import Rows
from cuibono.vocab.events import QUADS

CHANNELS = 1 + len(QUADS)
WAITING = 2**20
FIRST_DAY = np.datetime64("1900-01-01")
DAYS_BEFORE_1970 = (date(1970, 1, 1) - date(1900, 1, 1)).days
DAYS = (date(2100, 1, 1) - date(1900, 1, 1)).days


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Events by cell, each cell once.

    Attributes
    ----------
    start : array of datetime64[D], shape (n_cells,)
        First day of the period.
    pair : int array, shape (n_cells,)
        Place of the actor times the number of parties, plus the recipient's.
    channel : int array, shape (n_cells,)
        1 + the place of the quad in `QUADS`; 0 for acts without one.
    events : int array, shape (n_cells,)
        How many.
    """

    start: NDArray[np.datetime64]
    pair: NDArray[np.int64]
    channel: NDArray[np.int64]
    events: NDArray[np.int64]


class Cells:
    """Counts that grow event by event, in the memory of the cells they fill.

    Parameters
    ----------
    grid : Grid
        Length of a period.
    parties : int
        How many actors there are.
    """

    def __init__(self, grid: Grid, parties: int) -> None:
        self._parties = parties
        self._periods = _period_starts(grid)
        self._waiting: list[NDArray[np.int64]] = []
        self._waiting_events = 0
        self._keys = np.empty(0, dtype=np.int64)
        self._events = np.empty(0, dtype=np.int64)

    def add(self, rows: Rows) -> None:
        """Count events.

        Parameters
        ----------
        rows : Rows
            Events between two known actors.
        """
        key = self._periods[rows.day + DAYS_BEFORE_1970]
        key = (key * self._parties + rows.actor) * self._parties + rows.recipient
        key = key * CHANNELS + rows.channel
        self._waiting.append(key)
        self._waiting_events += key.size
        if self._waiting_events >= WAITING:
            self._fold()

    def counts(self) -> Counts:
        """Give what was counted.

        Returns
        -------
        Counts
            Ordered by period, actor, recipient and channel.
        """
        self._fold()
        rest, channel = np.divmod(self._keys, CHANNELS)
        period, pair = np.divmod(rest, self._parties**2)
        return Counts(FIRST_DAY + period, pair, channel, self._events)

    def _fold(self) -> None:
        if not self._waiting:
            return
        new, events = np.unique(np.concatenate(self._waiting), return_counts=True)
        self._keys, place = np.unique(np.concatenate((self._keys, new)), return_inverse=True)
        sums = np.bincount(place, weights=np.concatenate((self._events, events)))
        self._events = sums.astype(np.int64)
        self._waiting, self._waiting_events = [], 0


def lay_out(
    counts: Counts,
    parties: tuple[str, ...],
    starts: NDArray[np.datetime64],
    source: str,
    grid: Grid,
    within: Period,
) -> Panel:
    """Lay counts out as relations by periods.

    Parameters
    ----------
    counts : Counts
        What was counted.
    parties : tuple of str
        Actor ids, sorted.
    starts : array of datetime64[D], shape (n_periods,)
        First days of the periods to keep, ascending.
    source : str
        Provider name.
    grid : Grid
        Length of a period.
    within : Period
        Days that were asked for.

    Returns
    -------
    Panel
        As `cuibono.record.panel.event_panel` describes it.

    Raises
    ------
    EmptyRecordError
        If none of the periods has an event.
    """
    kept = np.isin(counts.start, starts)
    pairs, row = np.unique(counts.pair[kept], return_inverse=True)
    actors, recipients = (
        [parties[place] for place in places.tolist()]
        for places in np.divmod(pairs, len(parties))
    )
    relations = tuple(zip(actors, recipients, strict=True))
    refuse_empty(relations, source, within)
    events = np.zeros((CHANNELS, len(relations), starts.size))
    column = np.searchsorted(starts, counts.start[kept])
    events[counts.channel[kept], row, column] = counts.events[kept]
    total = events.sum(axis=0)
    return Panel(
        source=source,
        grid=grid,
        starts=starts,
        relations=relations,
        channels={ALL: total, **dict(zip(QUADS, events[1:], strict=True))},
        exposure=actor_totals(relations, total),
        rows=total.sum(axis=1).astype(np.int64),
        span=span_of(starts, grid),
    )


def _period_starts(grid: Grid) -> NDArray[np.int64]:
    """Give for each day from 1900 on the first day of its period, as days since 1900."""
    days = FIRST_DAY + np.arange(DAYS)
    if grid is Grid.WEEK:
        monday = np.datetime64("1900-01-01")
        starts = monday + (days - monday).astype(np.int64) // 7 * 7
    else:
        starts = days.astype(f"datetime64[{'M' if grid is Grid.MONTH else 'Y'}]")
    return (starts.astype("datetime64[D]") - FIRST_DAY).astype(np.int64)
