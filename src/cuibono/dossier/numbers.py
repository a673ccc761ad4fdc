"""Every number of a dossier passes here, so that none is printed without its rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import TraceError
from cuibono.model.case import Case
from cuibono.model.dossier import Distribution, Figure, Point, Series, Span
from cuibono.model.estimate import Estimate
from cuibono.model.trace import EVIDENCE, Condition, Trace
from cuibono.store.rows import count_relations, count_rows, fetch_days
from cuibono.store.store import Store

UNKNOWN = "an unknown amount"
ROLES = ("actor", "recipient")


class Numbers:
    """Collects the figures, series and distributions of one dossier.

    Parameters
    ----------
    case : Case
        Whose evidence the judged figures trace to.
    store : Store
        Where the measured ones do.
    """

    def __init__(self, case: Case, store: Store) -> None:
        self._case, self._store = case, store
        self._counts: dict[Trace, int] = {}
        self._days: dict[tuple[Trace, str], NDArray[np.datetime64]] = {}
        self._relations: dict[Trace, dict[tuple[str, str], int]] = {}
        self.figures: dict[str, Figure] = {}
        self.series: dict[str, Series] = {}
        self.distributions: dict[str, Distribution] = {}

    def rows(self, table: str, source: str, *where: Condition) -> Trace:
        """Make a trace into the store, with the rows it leads to now.

        Parameters
        ----------
        table, source : str
            Canonical table and provider.
        *where : Condition
            Tests that all hold.

        Returns
        -------
        Trace
            Counted once, however often it is asked for.
        """
        unpinned = Trace(table, source, where, 0)
        if unpinned not in self._counts:
            self._counts[unpinned] = self._count(unpinned)
        return replace(unpinned, n_rows=self._counts[unpinned])

    def _count(self, trace: Trace) -> int:
        """Count the rows of a trace; those of one relation along with all others alike."""
        parties = {c.column: c for c in trace.where if c.column in ROLES and c.operator == "="}
        if len(parties) < len(ROLES):
            return count_rows(self._store, trace)
        where = tuple(test for test in trace.where if test not in parties.values())
        whole = replace(trace, where=where)
        if whole not in self._relations:
            self._relations[whole] = count_relations(self._store, whole)
        relation = str(parties["actor"].value), str(parties["recipient"].value)
        return self._relations[whole].get(relation, 0)

    def pin(self, trace: Trace) -> Trace:
        """Count the rows of a trace that something further left made.

        Parameters
        ----------
        trace : Trace
            Into the store.

        Returns
        -------
        Trace
            The same, with the rows it leads to now.
        """
        return self.rows(trace.table, trace.source, *trace.where)

    def recount(self, series: Series) -> Series:
        """Count the rows of a series that something further left made, point by point.

        Parameters
        ----------
        series : Series
            With traces into the store.

        Returns
        -------
        Series
            The same, with the rows that each of its points leads to now.
        """
        if not series.day_column:
            traces = tuple(self.pin(trace) for trace in series.traces)
            rows = tuple(trace.n_rows for trace in traces)
            points = tuple(replace(point, rows=rows) for point in series.points)
            return replace(series, points=points, traces=traces)
        starts = np.array([point.start for point in series.points], dtype="datetime64[D]")
        ends = np.array([point.end for point in series.points], dtype="datetime64[D]")
        counts = []
        for trace in series.traces:
            days = self._days_of(trace, series.day_column)
            counts.append(np.searchsorted(days, ends) - np.searchsorted(days, starts))
        points = tuple(
            replace(point, rows=tuple(int(count[at]) for count in counts))
            for at, point in enumerate(series.points)
        )
        traces = tuple(
            replace(trace, n_rows=int(count.sum()))
            for trace, count in zip(series.traces, counts, strict=True)
        )
        return replace(series, points=points, traces=traces)

    def _days_of(self, trace: Trace, column: str) -> NDArray[np.datetime64]:
        """List the days of a trace's rows, ascending; asked for once."""
        unpinned = replace(trace, n_rows=0)
        if (unpinned, column) not in self._days:
            self._days[unpinned, column] = fetch_days(self._store, unpinned, column)
        return self._days[unpinned, column]

    def judged(self, items: Sequence[str] | None = None) -> Trace:
        """Make a trace to evidence items of the case.

        Parameters
        ----------
        items : sequence of str, optional
            Ids of items, of which there may be none; all items by default.

        Returns
        -------
        Trace
            Into the dossier's own table "evidence".
        """
        ids = tuple(item.id for item in self._case.evidence) if items is None else tuple(items)
        return Trace(EVIDENCE, self._case.name, (Condition("id", "in", ids),), len(ids))

    def figure(
        self,
        name: str,
        label: str,
        value: float | Estimate,
        unit: str,
        how: str,
        *traces: Trace,
        text: str,
        said: str = "",
    ) -> Span:
        """Keep a number and quote it.

        Parameters
        ----------
        name, label : str
            Id and what it is; the same name twice is the same figure.
        value : float or Estimate
            The number, with its interval if it has one.
        unit, how : str
            As in `Figure`.
        *traces : Trace
            Rows behind it.
        text : str
            How it reads in the sentence.
        said : str, optional
            The number in words, for charts and the appendix.

        Returns
        -------
        Span
            Text that points at the figure; of a number that could not be
            computed nothing is kept, and the text says so.

        Raises
        ------
        TraceError
            If another number has this name already: a reader who follows it
            would land on the wrong rows.
        """
        if not math.isfinite(value.value if isinstance(value, Estimate) else value):
            return Span(UNKNOWN)
        if isinstance(value, Estimate):
            point, low, high, level = value.value, value.low, value.high, value.level
            kept = Figure(name, label, point, low, high, level, unit, how, traces, said)
        else:
            kept = Figure(name, label, float(value), None, None, None, unit, how, traces, said)
        if self.figures.setdefault(name, kept) != kept:
            raise TraceError(
                f"The id {name!r} stands for two numbers. Give the origins and explanations of"
                " the case ids that do not run together when joined by a dot."
            )
        return Span(text, name)

    def curve(self, series: Series) -> str:
        """Keep a series.

        Parameters
        ----------
        series : Series
            With at least one point.

        Returns
        -------
        str
            Its id.
        """
        self.series[series.id] = series
        return series.id

    def distribution(self, distribution: Distribution) -> str:
        """Keep a distribution that something further left made.

        Parameters
        ----------
        distribution : Distribution
            Its traces are counted anew.

        Returns
        -------
        str
            Its id.
        """
        traces = tuple(self.pin(trace) for trace in distribution.traces)
        self.distributions[distribution.id] = replace(distribution, traces=traces)
        return distribution.id

    def point(self, series: Series, point: Point, text: str) -> Span:
        """Quote one period of a series.

        Parameters
        ----------
        series : Series
            A series that is kept.
        point : Point
            One of its points.
        text : str
            How it reads in the sentence.

        Returns
        -------
        Span
            Text that points at it.
        """
        return Span(text, f"{series.id}@{point.start.isoformat()}")
