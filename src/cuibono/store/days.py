"""Which days a file covers: those with a usual number of rows, not those of a straggler."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate

import ibis

from cuibono.model.period import Period, merge_periods
from cuibono.sources.base import Card
from cuibono.store.engine import Engine

# A day with fewer than this share of a usual day's rows holds only stragglers: back-dated
# events must not make a period look observed.
STRAGGLER_SHARE = 0.1


def covered_days(engine: Engine, card: Card, rows: ibis.Table) -> list[Period]:
    """Tell which days a file covers.

    An event stream covers a day that has at least a tenth of the usual
    number of rows; a measure covers the spans it states, or all days from
    its first row to its last.

    Parameters
    ----------
    engine : Engine
        Runs the count.
    card : Card
        Says which rule holds.
    rows : ibis.Table
        Accepted canonical rows.

    Returns
    -------
    list of Period
        Disjoint, ascending.
    """
    if card.coverage == "span":
        ends = engine.collect(rows.aggregate(start=rows.start.min(), end=rows.end.max()))
        start, end = ends["start"][0].as_py(), ends["end"][0].as_py()
        return [Period(start, end)] if start else []
    if card.coverage == "rows":
        spans = engine.collect(rows.select("start", "end").distinct())
        pairs = zip(spans["start"].to_pylist(), spans["end"].to_pylist(), strict=True)
        return merge_periods([Period(start, end) for start, end in pairs])
    daily = engine.collect(rows.group_by("day").agg(n=rows.count()))
    counts = dict(zip(daily["day"].to_pylist(), daily["n"].to_pylist(), strict=True))
    return busy_days(counts)


def busy_days(counts: Mapping[date, int]) -> list[Period]:
    """Keep the days with a usual number of rows, and join neighbours.

    The usual number is that of the day on which the middle row falls, so that
    a week's file keeps its seven days however many back-dated events it holds.

    Parameters
    ----------
    counts : mapping of date to int
        Rows per day.

    Returns
    -------
    list of Period
        Disjoint, ascending.

    Examples
    --------
    >>> week = {date(2021, 1, day): 900 for day in range(4, 11)}
    >>> [str(p) for p in busy_days({**week, date(2011, 3, 1): 2})]
    ['2021-01-04 to 2021-01-10']
    """
    if not counts:
        return []
    sizes = sorted(counts.values())
    half = sum(sizes) / 2
    usual = next(
        n for n, so_far in zip(sizes, accumulate(sizes), strict=True) if so_far >= half
    )
    busy = [day for day, n in counts.items() if n >= STRAGGLER_SHARE * usual]
    return merge_periods([Period(day, day + timedelta(days=1)) for day in busy])
