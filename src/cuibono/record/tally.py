"""Events counted once by relation, day and kind, and held: what a page asks again and again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.model.actor import Relation
from cuibono.model.period import Grid, Period
from cuibono.record.day_counts import DayCounts, add_spans
from cuibono.record.sought import Sought
from cuibono.store.store import Store

# About 14 bytes a cell, and never more cells than rows: at most 420 MB.
MOST_ROWS = 30_000_000

Kind = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tally:
    """Counts of one source's events between two known actors, in memory.

    Attributes
    ----------
    source : str
        Provider of events.
    relations : tuple of (str, str)
        Actor and recipient, sorted; an actor's own affairs are no relation.
    kinds : tuple of (str or None, str or None)
        Quad and PLOVER type.
    counts : DayCounts
        Of the relations; a day has a cell for each kind.
    kind : int array, shape (n_cells,)
        Index into `kinds`, for each cell.
    names : tuple of str
        Everyone who acts or is acted on, sorted.
    parties : int array, shape (n_relations, 2)
        Actor and recipient of each relation, as indices into `names`.
    totals : DayCounts
        Of everyone by name: all that they do, day by day.
    """

    source: str
    relations: tuple[Relation, ...]
    kinds: tuple[Kind, ...]
    counts: DayCounts
    kind: NDArray[np.int16]
    names: tuple[str, ...]
    parties: NDArray[np.int64]
    totals: DayCounts

    def by_period(self, sought: Sought, grid: Grid, starts: NDArray[np.datetime64]) -> pa.Table:
        """Count a relation's events, and all of its actor's, period by period.

        Parameters
        ----------
        sought : Sought
            Actor, recipient and kinds; its days are not used.
        grid : Grid
            Length of a period.
        starts : array of datetime64[D]
            First days of the periods, ascending.

        Returns
        -------
        pyarrow.Table
            Columns period, events, rows, total, total_rows; a period in which
            the actor is silent is absent.
        """
        cells = self.counts.cells(self._of(sought.actor, sought.recipient))
        hits = self._kinds_of(sought)[self.kind[cells]]
        own = self.totals.cells(self._actor(sought.actor))
        ends = np.array([grid.next(day) for day in starts.tolist()], dtype="datetime64[D]")

        def add(days: NDArray[np.datetime64], values: NDArray[Any]) -> NDArray[np.int64]:
            at = np.searchsorted(starts, days, side="right") - 1
            inside = at >= 0
            inside[inside] = days[inside] < ends[at[inside]]
            return np.bincount(at[inside], values[inside], starts.size).astype(np.int64)

        mine, whole = self.counts.day[cells][hits], self.totals.day[own]
        total_rows = add(whole, self.totals.rows[own])
        counted = {
            "period": starts,
            "events": add(mine, self.counts.events[cells][hits]),
            "rows": add(mine, self.counts.rows[cells][hits]),
            "total": add(whole, self.totals.events[own]),
            "total_rows": total_rows,
        }
        return pa.table(counted).filter(pa.array(total_rows > 0))

    def by_type(self, sought: Sought) -> dict[str | None, tuple[int, int]]:
        """Count a relation's events by PLOVER type.

        Parameters
        ----------
        sought : Sought
            Actor, recipient and days; its kinds are not used.

        Returns
        -------
        dict of str or None to (int, int)
            Events and rows; a type without a row is absent.
        """
        cells = self.counts.cells(self._of(sought.actor, sought.recipient))
        kept = self._within(cells, sought.within)
        kind, size = self.kind[cells][kept], len(self.kinds)
        events = np.bincount(kind, self.counts.events[cells][kept], size)
        rows = np.bincount(kind, self.counts.rows[cells][kept], size)
        found: dict[str | None, tuple[int, int]] = {}
        for (_, name), n, m in zip(self.kinds, events.tolist(), rows.tolist(), strict=True):
            if m:
                before = found.get(name, (0, 0))
                found[name] = (before[0] + int(n), before[1] + int(m))
        return found

    def by_day(self, sought: Sought) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
        """Count the rows of a relation day by day.

        Parameters
        ----------
        sought : Sought
            Actor, recipient, days and kinds.

        Returns
        -------
        array of datetime64[D], array of int
            Days with a row, ascending; rows of each.
        """
        cells = self.counts.cells(self._of(sought.actor, sought.recipient))
        kept = self._within(cells, sought.within) & self._kinds_of(sought)[self.kind[cells]]
        days, at = np.unique(self.counts.day[cells][kept], return_inverse=True)
        return days, np.bincount(at, self.counts.rows[cells][kept], days.size).astype(np.int64)

    def by_relation(self, sought: Sought) -> pa.Table:
        """Count events by relation, with all events of each relation's actor.

        Parameters
        ----------
        sought : Sought
            Days and kinds; an actor limits the count to its own relations.

        Returns
        -------
        pyarrow.Table
            Columns actor, recipient, events, actor_events, rows; sorted,
            relations without a row left out.
        """
        places = self._of(sought.actor)
        cells, wanted = self.counts.cells(places), self._kinds_of(sought)
        hits = None if wanted.all() else wanted[self.kind[cells]]
        spans = self.counts.spans(places, sought.within)
        events, rows = (
            add_spans(counted if hits is None else np.where(hits, counted, 0), spans)
            for counted in (self.counts.events[cells], self.counts.rows[cells])
        )
        did = self.totals.spans(slice(0, len(self.names)), sought.within)
        totals = add_spans(self.totals.events, did)
        kept = np.flatnonzero(rows)
        actors, recipients = self.parties[places][kept].T
        names = pa.array(self.names, pa.string())
        return pa.table(
            {
                "actor": names.take(pa.array(actors)),
                "recipient": names.take(pa.array(recipients)),
                "events": events[kept],
                "actor_events": totals[actors],
                "rows": rows[kept],
            }
        )

    def _actor(self, actor: str) -> slice:
        """Give the place of an actor."""
        low = bisect_left(self.names, actor)
        return slice(low, low + (self.names[low : low + 1] == (actor,)))

    def _of(self, actor: str, recipient: str = "") -> slice:
        """Give the places of an actor's relations, or of one; of all without an actor."""
        if not actor:
            return slice(0, len(self.relations))
        low = bisect_left(self.relations, (actor, recipient))
        if recipient:
            found = self.relations[low : low + 1] == ((actor, recipient),)
            return slice(low, low + found)
        return slice(low, bisect_left(self.relations, (actor + "\x00", "")))

    def _within(self, cells: slice, within: Period) -> NDArray[np.bool_]:
        start, end = np.datetime64(within.start, "D"), np.datetime64(within.end, "D")
        day = self.counts.day[cells]
        return (day >= start) & (day < end)

    def _kinds_of(self, sought: Sought) -> NDArray[np.bool_]:
        """Tell which kinds are asked for."""
        return np.array(
            [
                (not sought.quad or quad == sought.quad)
                and (not sought.event_types or name in sought.event_types)
                for quad, name in self.kinds
            ],
            dtype=bool,
        )


def tally_events(store: Store, source: str) -> Tally | None:
    """Count a source's events by relation, day and kind, and hold the counts.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider of events.

    Returns
    -------
    Tally or None
        None where the source has too many rows to hold.
    """
    own = [s for s in store.snapshots if s.source == source and s.table == "events"]
    if sum(s.accepted for s in own) > MOST_ROWS:
        return None
    ids: dict[str, int] = {}
    kinds: dict[Kind, int] = {}
    parts = [_encode(cells, ids, kinds) for cells in _pieces(store, source)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return _sorted(source, tuple(ids), tuple(kinds), columns)


def _pieces(store: Store, source: str) -> Iterator[pa.Table]:
    """Count year by year, so that no more than a year's cells are text at once."""
    events = store.table("events", source)
    known = events.filter(
        events.actor.notnull() & events.recipient.notnull() & (events.actor != events.recipient)
    )
    edges = store.engine.collect(known.agg(low=known.day.min(), high=known.day.max()))
    low, high = (edges[name][0].as_py() for name in ("low", "high"))
    years = range(low.year, high.year + 1) if low else range(1900, 1901)
    for year in years:
        first, end = date(year, 1, 1), date(year + 1, 1, 1)
        part = known.filter((known.day >= first) & (known.day < end))
        counts = part.group_by("actor", "recipient", "day", "quad", "event_type").agg(
            events=part.events.sum().cast("int64"), rows=part.count().cast("int64")
        )
        yield store.engine.collect(counts)


def _encode(
    cells: pa.Table, ids: dict[str, int], kinds: dict[Kind, int]
) -> dict[str, NDArray[Any]]:
    """Turn the texts of cells into numbers, and number what is new."""
    actor, recipient = (_numbers(cells[name], ids) for name in ("actor", "recipient"))
    quads: dict[str | None, int] = {}
    types: dict[str | None, int] = {}
    quad, name = _numbers(cells["quad"], quads), _numbers(cells["event_type"], types)
    pairs, at = np.unique(quad * len(types) + name, return_inverse=True)
    both = [(q, t) for q in quads for t in types]
    codes = [kinds.setdefault(both[int(pair)], len(kinds)) for pair in pairs]
    return {
        "actor": actor,
        "recipient": recipient,
        "day": cells["day"].to_numpy(zero_copy_only=False).astype("datetime64[D]"),
        "kind": np.array(codes, dtype=np.int16)[at],
        "events": cells["events"].to_numpy(zero_copy_only=False).astype(np.int32),
        "rows": cells["rows"].to_numpy(zero_copy_only=False).astype(np.int32),
    }


def _numbers(texts: pa.ChunkedArray, known: dict[Any, int]) -> NDArray[np.int64]:
    encoded = texts.combine_chunks().dictionary_encode(null_encoding="encode")
    codes = [known.setdefault(text, len(known)) for text in encoded.dictionary.to_pylist()]
    found: NDArray[np.int64] = encoded.indices.to_numpy(zero_copy_only=False)
    return np.array(codes, dtype=np.int64)[found]


def _sorted(
    source: str,
    ids: tuple[str, ...],
    kinds: tuple[Kind, ...],
    columns: dict[str, NDArray[Any]],
) -> Tally:
    """Put the cells in order of actor, recipient and day, and find where relations begin."""
    named = sorted(ids)
    place = np.array([named.index(one) for one in ids], dtype=np.int64)
    relation = place[columns["actor"]] * len(named) + place[columns["recipient"]]
    days = columns["day"].astype(np.int64)
    span = int(days.max(initial=0) - days.min(initial=0)) + 1
    order = np.argsort(relation * span + (days - days.min(initial=0)), kind="stable")
    pairs, first = np.unique(relation[order], return_index=True)
    parties = np.column_stack(np.divmod(pairs, max(len(named), 1)))
    day, events, rows = (columns[name][order] for name in ("day", "events", "rows"))
    counts = DayCounts(np.append(first, order.size).astype(np.int64), day, events, rows)
    return Tally(
        source=source,
        relations=tuple((named[actor], named[recipient]) for actor, recipient in parties),
        kinds=kinds,
        counts=counts,
        kind=columns["kind"][order],
        names=tuple(named),
        parties=parties,
        totals=counts.put_together(np.searchsorted(parties[:, 0], range(len(named) + 1))),
    )
