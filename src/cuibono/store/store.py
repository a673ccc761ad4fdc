"""A store: the embedded pack and the user's own files under one set of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import ibis

import cuibono
from cuibono.errors import StoreError
from cuibono.model.period import Grid, Period, gaps, merge_periods
from cuibono.model.tables import TABLES
from cuibono.sources.base import read_with
from cuibono.store.engine import IN_MEMORY, Engine
from cuibono.store.manifest import Snapshot, data_file, read_manifest

PACK = Path(cuibono.__file__).parent / "data"


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A canonical table as files that this process can read, and the rest.

    Attributes
    ----------
    files : tuple of Path
        Loaded rows, as Parquet with canonical columns; those of earlier
        versions lack some.
    left_out : tuple of Period
        Days whose events in those files do not count: the pack tells them.
    rest : ibis.Table or None
        All rows that are in none of the files.
    """

    files: tuple[Path, ...]
    left_out: tuple[Period, ...]
    rest: ibis.Table | None


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """What is known: canonical tables over every snapshot.

    Attributes
    ----------
    engine : Engine
        Runs the expressions.
    folder : Path or None
        The user's store; None for the embedded pack alone.
    embedded, loaded : tuple of Snapshot
        What ships with the package, and what the user loaded. Of an event
        stream, the embedded part covers only weeks that no loaded file touches.
    """

    engine: Engine
    folder: Path | None
    embedded: tuple[Snapshot, ...]
    loaded: tuple[Snapshot, ...]
    _opened: dict[tuple[str, str | None], ibis.Table] = field(
        default_factory=dict, repr=False, init=False
    )

    @property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """Every snapshot, embedded ones first.

        Returns
        -------
        tuple of Snapshot
            In order of name within each part.
        """
        return self.embedded + self.loaded

    def table(self, name: str, source: str | None = None) -> ibis.Table:
        """Give a canonical table over all snapshots.

        Nothing is counted twice. An event stream is told for each day by one
        of two: by the user's files in every week that they cover in part or
        whole, weeks cut at month ends as the pack cuts them; elsewhere by the
        pack. An embedded measure gives way to loaded rows of the same measure,
        actors and span.

        Parameters
        ----------
        name : {"events", "measures"}
            Canonical table.
        source : str, optional
            Keep one provider's rows; all by default.

        Returns
        -------
        ibis.Table
            Columns as in `cuibono.model.tables`.

        Raises
        ------
        StoreError
            If no snapshot holds such a table.
        """
        if (name, source) not in self._opened:
            found = self._of(name, source)
            shipped = {each.name for each in self.embedded}
            parts = [self._open(each) for each in found if each.name in shipped]
            for own in dict.fromkeys(each.source for each in found):
                parts += self._open_loaded(name, own)
            self._opened[name, source] = _together(parts)
        return self._opened[name, source]

    def parts(self, name: str, source: str) -> Parts:
        """Give a canonical table as files to be read without an engine, and the rest.

        Parameters
        ----------
        name : {"events", "measures"}
            Canonical table.
        source : str
            Whose rows.

        Returns
        -------
        Parts
            Together the rows of `table`; all of them in the rest where other
            machines than this one read.

        Raises
        ------
        StoreError
            If no snapshot holds such a table.
        """
        if not self.engine.local or self.folder is None:
            return Parts((), (), self.table(name, source))
        wanted = {each.name for each in self._of(name, source)}
        loaded = [each for each in self.loaded if each.name in wanted]
        rest = [self._open(each) for each in self.embedded if each.name in wanted]
        return Parts(
            tuple(data_file(self.folder, each) for each in loaded),
            tuple(self._told(source)),
            _together(rest) if rest else None,
        )

    def _of(self, name: str, source: str | None) -> list[Snapshot]:
        found = [s for s in self.snapshots if s.table == name and source in (None, s.source)]
        if not found:
            raise StoreError(
                f"No {name} of {source or 'any source'} in the store."
                " List what is there with `cuibono coverage`."
            )
        return found

    def _told(self, source: str) -> list[Period]:
        """List the days that the pack tells of a source."""
        return [
            span for each in self.embedded if each.source == source for span in each.covered
        ]

    def _open(self, snapshot: Snapshot) -> ibis.Table:
        columns = TABLES[snapshot.table]
        raw = self.engine.read_parquet(data_file(PACK, snapshot))
        rows = read_with(snapshot.source, snapshot.layout)({snapshot.table: raw})
        rows = rows.select(*columns).cast(columns)
        if snapshot.table == "events":
            own = [other for other in self.loaded if other.source == snapshot.source]
            return _outside(rows, _weeks_of(own))
        for loaded in self._open_loaded(snapshot.table, snapshot.source):
            rows = _unmeasured(rows, loaded)
        return rows

    def _open_loaded(self, name: str, source: str) -> list[ibis.Table]:
        """Open the loaded files of a source: all as one where this process reads them."""
        own = [each for each in self.loaded if (each.table, each.source) == (name, source)]
        if not own or self.folder is None:
            return []
        files, engine = [data_file(self.folder, each) for each in own], self.engine
        opened = (
            [engine.read_together(files)] if engine.local else map(engine.read_parquet, files)
        )
        told = self._told(source) if name == "events" else []
        return [_outside(_of_today(each, TABLES[name]), told) for each in opened]


def open_store(folder: Path | None = None, url: str = IN_MEMORY) -> Store:
    """Open the embedded pack together with a user's store.

    Parameters
    ----------
    folder : Path, optional
        The user's store; it need not exist yet.
    url : str, optional
        The engine to compute with.

    Returns
    -------
    Store
        Ready to be asked.

    Raises
    ------
    StoreError
        If a manifest is damaged, a data file is gone or the engine cannot be had.
    """
    loaded: Sequence[Snapshot] = read_manifest(folder) if folder else ()
    embedded = tuple(_yielding(snapshot, loaded) for snapshot in read_manifest(PACK))
    return Store(Engine(url), folder, embedded, tuple(loaded))


def _yielding(snapshot: Snapshot, loaded: Sequence[Snapshot]) -> Snapshot:
    """Leave to an embedded event stream the weeks that no loaded file touches."""
    if snapshot.table != "events":
        return snapshot
    taken = _weeks_of([other for other in loaded if other.source == snapshot.source])
    left = [part for span in snapshot.covered for part in gaps(taken, span)]
    return replace(snapshot, covered=tuple(left))


def _weeks_of(snapshots: Sequence[Snapshot]) -> list[Period]:
    """Widen what files cover to whole weeks, cut at month ends as embedded counts are."""
    spans = [span for snapshot in snapshots for span in snapshot.covered]
    grids = (Grid.WEEK, Grid.MONTH)
    return merge_periods(
        [
            Period(
                max(grid.floor(span.start) for grid in grids),
                min(grid.next(span.end - timedelta(days=1)) for grid in grids),
            )
            for span in spans
        ]
    )


def _together(tables: Sequence[ibis.Table]) -> ibis.Table:
    """Unite tables by halves: a question that is too deep cannot be written down."""
    if len(tables) == 1:
        return tables[0]
    half = (len(tables) + 1) // 2
    return _together(tables[:half]).union(_together(tables[half:]))


def _of_today(rows: ibis.Table, columns: Mapping[str, str]) -> ibis.Table:
    """Leave empty what rows of an earlier version did not keep."""
    missing = {name: ibis.null(kind) for name, kind in columns.items() if name not in rows}
    same = rows.columns == tuple(columns)
    return rows if same else rows.mutate(**missing).select(*columns)


def _outside(rows: ibis.Table, spans: Sequence[Period]) -> ibis.Table:
    """Keep events of days in none of the spans."""
    for span in spans:
        rows = rows.filter((rows.day < span.start) | (rows.day >= span.end))
    return rows


def _unmeasured(rows: ibis.Table, loaded: ibis.Table) -> ibis.Table:
    """Keep measures that no loaded row states for the same actors within the same span."""
    ours, theirs = (
        table.mutate(
            _by=ibis.coalesce(table.actor, table.actor_name, ""),
            _to=ibis.coalesce(table.recipient, table.recipient_name, ""),
        )
        for table in (rows, loaded.view())
    )
    same = [
        ours.measure == theirs.measure,
        ours["_by"] == theirs["_by"],
        ours["_to"] == theirs["_to"],
        theirs.start >= ours.start,
        theirs.start < ours.end,
    ]
    return ours.anti_join(theirs, same).drop("_by", "_to")
