"""Loaded events counted by relation and period from the codes that their files hold.

A file of the store names actors and kinds by numbers into short lists. With a number for each
relation and each period, a row is one addition at a place: no text is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cuibono.model.actor import Relation
from cuibono.model.period import Grid, Period
from cuibono.store.engine import first_line, unreadable

EPOCH = date(1970, 1, 1)
PARTIES = ("actor", "recipient")
# The party that is none, and the relation and the period of rows that do not count.
NOBODY = NOWHERE = 0
UNSEEN = -1
# Numbers kept free for parties that are not seen yet.
ROOM = 64
# Row groups read at once: a stretch.
GROUPS = 6
# Counts are held in four bytes until so many events have been counted.
SHORT = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is counted.

    Attributes
    ----------
    before : int
        The day before the first that counts, in days since 1970.
    place : int array, shape (n_days + 2,)
        Place of the period of each day, from 1; `NOWHERE` for days that do not count.
        The first and the last stand for all days before and after.
    n_periods : int
        How many periods there are.
    column : str
        Tells the kinds apart.
    classes : mapping of str to int
        Number of the class of each of its values; 0 for what is not named here.
    channels : sequence of tuple of int
        Classes that each channel adds up; those of the first are all there are.
    had_before : date or None
        Count only rows that could be had before this day.
    """

    before: int
    place: NDArray[np.int64]
    n_periods: int
    column: str
    classes: Mapping[str, int]
    channels: Sequence[tuple[int, ...]]
    had_before: date | None


def ask(
    starts: NDArray[np.datetime64],
    grid: Grid,
    column: str,
    kinds: Sequence[tuple[str, ...]],
    *,
    left_out: Sequence[Period] = (),
    had_before: date | None = None,
) -> Asked:
    """Put a question, with one class for all values that are of the same kinds.

    Parameters
    ----------
    starts : array of datetime64[D], shape (n_periods,)
        First days of the periods, ascending; at least one.
    grid : Grid
        Length of a period.
    column : str
        Tells the kinds apart.
    kinds : sequence of tuple of str
        Values of that column, kind by kind; a value may be of several.
    left_out : sequence of Period
        Days that do not count.
    had_before : date, optional
        Count only rows that could be had before this day.

    Returns
    -------
    Asked
        Its channels: events of all kinds, then each kind.
    """
    kinds_of: dict[str, tuple[int, ...]] = {}
    for kind, values in enumerate(kinds):
        for value in dict.fromkeys(values):
            kinds_of[value] = (*kinds_of.get(value, ()), kind)
    numbers = {same: n for n, same in enumerate(sorted({(), *kinds_of.values()}))}
    channels = [tuple(numbers.values())] + [
        tuple(number for same, number in numbers.items() if kind in same)
        for kind in range(len(kinds))
    ]
    before, place = _place_days(starts, grid, left_out)
    return Asked(
        before=before,
        place=place,
        n_periods=starts.size,
        column=column,
        classes={value: numbers[same] for value, same in kinds_of.items()},
        channels=channels,
        had_before=had_before,
    )


def _place_days(
    starts: NDArray[np.datetime64], grid: Grid, left_out: Sequence[Period]
) -> tuple[int, NDArray[np.int64]]:
    firsts = [_number(day) for day in starts.tolist()]
    ends = [_number(grid.next(day)) for day in starts.tolist()]
    before = firsts[0] - 1
    place = np.full(ends[-1] - before + 1, NOWHERE)
    for number, (first, end) in enumerate(zip(firsts, ends, strict=True), start=1):
        place[first - before : end - before] = number
    for span in left_out:
        first, end = _number(span.start) - before, _number(span.end) - before
        place[max(first, 0) : max(end, 0)] = NOWHERE
    return before, place


def _number(day: date) -> int:
    return (day - EPOCH).days


class Counting:
    """Counts of relations by periods that grow row by row.

    Parameters
    ----------
    asked : Asked
        What to count.
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._names = pa.array([None], pa.string())
        self._relations = np.full((ROOM, ROOM), UNSEEN)
        # Of relation 0, which is none, and of the relations seen so far.
        self._pairs = [np.zeros((2, 1), np.int64)]
        self._n_relations = 1
        # What neighbouring rows add to lies together: relation, period, class.
        self._counts = np.zeros((1, asked.n_periods + 1, len(asked.channels[0])), np.int32)
        # What a relation has of rows beyond its events.
        self._beyond = np.zeros(1, np.int64)
        self._events = 0.0
        self._cells: list[tuple[NDArray[np.int64], NDArray[np.int64], list[Any]]] = []

    def add_file(self, path: Path) -> None:
        """Count the rows of a file between two known actors.

        Parameters
        ----------
        path : Path
            Canonical events.

        Raises
        ------
        StoreError
            If the file is damaged.
        """
        try:
            for batch in _batches(path, self._asked):
                self._add(batch)
        except (pa.ArrowException, OSError) as error:
            raise unreadable(path, first_line(error)) from error

    def _add(self, batch: pa.RecordBatch) -> None:
        relation = self._relations_of(*(batch[name] for name in PARTIES))
        place = _places(batch, self._asked)
        values = batch[self._asked.column].dictionary.to_pylist()
        classes = [self._asked.classes.get(value, 0) for value in values]
        _, n_places, n_classes = self._counts.shape
        cell = _looked_up(batch[self._asked.column], np.array([*classes, 0]))
        cell += relation * (n_places * n_classes)
        cell += place * n_classes
        events = _whole(batch["events"], 0)
        if events.min() == events.max() == 1:
            self._add_events(cell, 1, batch.num_rows)
        else:
            self._add_events(cell, events, np.abs(events).sum(dtype=np.float64))
            np.add.at(self._beyond, relation, np.where(place == NOWHERE, 0, 1 - events))

    def add_cells(
        self, cells: pa.Table, starts: NDArray[np.datetime64], channels: Sequence[str]
    ) -> None:
        """Count what an engine has counted.

        Parameters
        ----------
        cells : pyarrow.Table
            One row a cell: `actor`, `recipient`, `start`, `rows` and the channels.
        starts : array of datetime64[D], shape (n_periods,)
            First days of the periods, ascending; every `start` is one of them.
        channels : sequence of str
            Columns with events of all kinds, then of each kind.
        """
        parties = (cells[name].combine_chunks().dictionary_encode() for name in PARTIES)
        relation = self._relations_of(*parties)
        days = cells["start"].to_numpy(zero_copy_only=False).astype("datetime64[D]")
        rows, *events = (
            _whole(cells[name].combine_chunks().cast(pa.int64()), 0)
            for name in ("rows", *channels)
        )
        self._cells.append((relation, np.searchsorted(starts, days), events))
        np.add.at(self._beyond, relation, rows)

    def lay_out(
        self,
    ) -> tuple[tuple[Relation, ...], list[NDArray[np.float64]], NDArray[np.int64]]:
        """Lay out what was counted, relations sorted by actor and recipient.

        Returns
        -------
        tuple of (str, str), list of float array, int array
            Relations with a row in one of the periods; each channel, of shape
            (n_relations, n_periods), exact as long as a cell stays below 2^53; and rows
            behind each relation.
        """
        names = self._names.to_pylist()
        by_name = sorted(range(1, len(names)), key=names.__getitem__)
        rank = np.zeros(len(names), np.int64)
        rank[by_name] = np.arange(len(by_name))
        actor, recipient = rank[np.concatenate(self._pairs, axis=1)]
        rows = self._beyond + self._counts[:, 1:].sum(axis=(1, 2), dtype=np.int64)
        with_rows = 1 + np.flatnonzero(rows[1 : self._n_relations])
        order = with_rows[np.lexsort((recipient[with_rows], actor[with_rows]))]
        sorted_names = [names[number] for number in by_name]
        sides = ([sorted_names[k] for k in side[order]] for side in (actor, recipient))
        channels = [np.zeros((order.size, self._asked.n_periods)) for _ in self._asked.channels]
        counts = self._counts.take(order, axis=0)
        for number in self._asked.channels[0]:
            part = counts[:, 1:, number].astype(np.float64)
            for channel, classes in zip(channels, self._asked.channels, strict=True):
                if number in classes:
                    channel += part
        row = np.empty(self._n_relations, np.int64)
        row[order] = np.arange(order.size)
        for relation, column, events in self._cells:
            cell = row[relation] * self._asked.n_periods + column
            for channel, counted in zip(channels, events, strict=True):
                np.add.at(channel.ravel(), cell, counted.astype(np.float64))
        return tuple(zip(*sides, strict=True)), channels, rows[order]

    def _relations_of(
        self, actors: pa.DictionaryArray, recipients: pa.DictionaryArray
    ) -> NDArray[np.int64]:
        """Give each row its relation's number, and make room for relations not seen before."""
        actor, recipient = self._numbers_of(actors), self._numbers_of(recipients)
        size = len(self._relations)
        if len(self._names) > size:
            size = len(self._names) + ROOM
            larger = np.full((size, size), UNSEEN)
            larger[: len(self._relations), : len(self._relations)] = self._relations
            self._relations = larger
        self._relations[NOBODY] = self._relations[:, NOBODY] = NOWHERE
        np.fill_diagonal(self._relations, NOWHERE)
        pair = actor * size + recipient
        relation = self._relations.ravel().take(pair)
        if relation.min(initial=0) == UNSEEN:
            self._see(np.unique(pair[relation == UNSEEN]))
            relation = self._relations.ravel().take(pair)
        return relation

    def _see(self, pairs: NDArray[np.int64]) -> None:
        """Give pairs of actors numbers, and rows among the counts."""
        first, self._n_relations = self._n_relations, self._n_relations + pairs.size
        self._relations.ravel()[pairs] = np.arange(first, self._n_relations)
        self._pairs.append(np.array(np.divmod(pairs, len(self._relations))))
        held = len(self._counts)
        if self._n_relations > held:
            more = max(held, self._n_relations - held)
            counts = np.zeros((held + more, *self._counts.shape[1:]), self._counts.dtype)
            counts[:held] = self._counts
            self._counts = counts
            self._beyond = np.append(self._beyond, np.zeros(more, np.int64))

    def _numbers_of(self, column: pa.DictionaryArray) -> NDArray[np.int64]:
        """Give each row the number of its party, a new one where it has none; 0 is null."""
        named = pc.index_in(column.dictionary, value_set=self._names)
        if named.null_count:
            new = pc.unique(column.dictionary.filter(named.is_null()))
            self._names = pa.concat_arrays([self._names, new])
            named = pc.index_in(column.dictionary, value_set=self._names)
        return _looked_up(column, np.append(named.to_numpy(), NOBODY))

    def _add_events(
        self, cell: NDArray[np.int64], events: int | NDArray[np.int64], total: float
    ) -> None:
        self._events += total
        if self._events >= SHORT and self._counts.dtype == np.int32:
            self._counts = self._counts.astype(np.int64)
        np.add.at(self._counts.ravel(), cell, np.asarray(events, self._counts.dtype))


def _batches(path: Path, asked: Asked) -> Iterator[pa.RecordBatch]:
    """Read the columns that it takes, a stretch at a time, names as numbers into lists."""
    with pq.ParquetFile(path, read_dictionary=[*PARTIES, asked.column]) as file:
        wanted = [*PARTIES, asked.column, "day", "events"]
        if asked.had_before and "available" in file.schema_arrow.names:
            wanted.append("available")
        for first in range(0, file.num_row_groups, GROUPS):
            groups = range(first, min(first + GROUPS, file.num_row_groups))
            table = file.read_row_groups(list(groups), columns=wanted, use_threads=False)
            yield from (batch for batch in table.to_batches() if batch.num_rows)


def _places(batch: pa.RecordBatch, asked: Asked) -> NDArray[np.int64]:
    """Give each row the place of its period."""
    day = batch["day"]
    place = asked.place.take(_whole(day, EPOCH) - asked.before, mode="clip")
    if day.null_count:
        place[day.is_null().to_numpy(zero_copy_only=False)] = NOWHERE
    if asked.had_before:
        had = pc.coalesce(batch["available"], day) if "available" in batch.schema.names else day
        place[_whole(had, EPOCH) >= _number(asked.had_before)] = NOWHERE
    return place


def _looked_up(column: pa.DictionaryArray, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each row the number of its value; the last is that of null."""
    found = column.indices
    if found.null_count:
        found = found.fill_null(numbers.size - 1)
    looked_up: NDArray[np.int64] = numbers.take(found.to_numpy())
    return looked_up


def _whole(column: pa.Array, null: Any) -> NDArray[Any]:
    """Give a column of days or counts as whole numbers."""
    if column.null_count:
        column = column.fill_null(null)
    if pa.types.is_date32(column.type):
        column = column.view(pa.int32())
    whole: NDArray[Any] = column.to_numpy()
    return whole
