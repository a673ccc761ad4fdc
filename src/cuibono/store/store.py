"""A store: the embedded pack and the user's own files under one set of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import ibis

import cuibono
from cuibono.errors import StoreError
from cuibono.model.tables import TABLES
from cuibono.sources.base import read_with
from cuibono.store.engine import Engine
from cuibono.store.manifest import Snapshot, data_file, read_manifest

PACK = Path(cuibono.__file__).parent / "data"


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
        What ships with the package, and what the user loaded.
    """

    engine: Engine
    folder: Path | None
    embedded: tuple[Snapshot, ...]
    loaded: tuple[Snapshot, ...]
    _opened: dict[tuple[str, str | None], ibis.Table] = field(default_factory=dict, repr=False)

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

        Where the user loaded a source's own files, embedded counts of the
        same source are left out for the days those files cover, so nothing
        is counted twice.

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
            parts = [
                self._open(snapshot)
                for snapshot in self.snapshots
                if snapshot.table == name and source in (None, snapshot.source)
            ]
            if not parts:
                raise StoreError(
                    f"No {name} of {source or 'any source'} in the store."
                    " List what is there with `cuibono coverage`."
                )
            self._opened[name, source] = reduce(lambda left, right: left.union(right), parts)
        return self._opened[name, source]

    def _open(self, snapshot: Snapshot) -> ibis.Table:
        columns = TABLES[snapshot.table]
        if snapshot in self.loaded and self.folder is not None:
            rows = self.engine.read_parquet(data_file(self.folder, snapshot))
        else:
            raw = self.engine.read_parquet(data_file(PACK, snapshot))
            rows = read_with(snapshot.source, snapshot.layout)({snapshot.table: raw})
            rows = self._unshadowed(rows, snapshot)
        return rows.select(*columns).cast(columns)

    def _unshadowed(self, rows: ibis.Table, snapshot: Snapshot) -> ibis.Table:
        day = rows.day if snapshot.table == "events" else rows.start
        for other in self.loaded:
            if other.source == snapshot.source:
                for span in other.covered:
                    rows = rows.filter(~((day >= span.start) & (day < span.end)))
        return rows


def open_store(folder: Path | None = None) -> Store:
    """Open the embedded pack together with a user's store.

    Parameters
    ----------
    folder : Path, optional
        The user's store; it need not exist yet.

    Returns
    -------
    Store
        Ready to be asked.

    Raises
    ------
    StoreError
        If a manifest is damaged or a data file is gone.
    """
    loaded: Sequence[Snapshot] = read_manifest(folder) if folder else ()
    return Store(Engine(), folder, read_manifest(PACK), tuple(loaded))
