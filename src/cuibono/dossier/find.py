"""From the id of a number in a dossier to the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.errors import TraceError, suggest
from cuibono.model.dossier import Dossier, Series
from cuibono.model.trace import EVIDENCE, Condition, Trace
from cuibono.store.rows import count_rows, fetch_rows
from cuibono.store.store import Store

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that one trace leads to.

    Attributes
    ----------
    trace : Trace
        Where they lie, and how many there were when the number was computed.
    n_rows : int
        How many there are now.
    rows : tuple of dict
        The first of them.
    """

    trace: Trace
    n_rows: int
    rows: tuple[Row, ...]

    @property
    def unchanged(self) -> bool:
        """Whether as many rows are there as when the number was computed.

        Returns
        -------
        bool
            False where the store has changed since.
        """
        return self.n_rows == self.trace.n_rows

    def as_plain(self) -> dict[str, object]:
        """Lay it out for JSON.

        Returns
        -------
        dict of str to object
            The trace, the rows there were and are, and the first of them.
        """
        return {
            "trace": str(self.trace),
            "rows_then": self.trace.n_rows,
            "rows_now": self.n_rows,
            "rows": self.rows,
        }


def find(dossier: Dossier, store: Store, name: str, limit: int) -> tuple[Found, ...]:
    """Fetch the rows behind a number.

    Parameters
    ----------
    dossier : Dossier
        That shows the number.
    store : Store
        What is known now.
    name : str
        Id of a figure, a series, a point (`<series>@<first day>`), a
        distribution, or an evidence item (`evidence.<item>`).
    limit : int
        Rows to fetch for each trace.

    Returns
    -------
    tuple of Found
        One for each trace.

    Raises
    ------
    TraceError
        If the dossier has no such id.
    """
    return tuple(_follow(dossier, store, trace, limit) for trace in traces_of(dossier, name))


def traces_of(dossier: Dossier, name: str) -> tuple[Trace, ...]:
    """List the traces of a number.

    Parameters
    ----------
    dossier : Dossier
        That shows the number.
    name : str
        As for `find`.

    Returns
    -------
    tuple of Trace
        At least one.

    Raises
    ------
    TraceError
        If the dossier has no such id.
    """
    whole = {f.id: f.traces for f in dossier.figures}
    whole |= {d.id: d.traces for d in dossier.distributions}
    if name in whole:
        return whole[name]
    series = {s.id: s for s in dossier.series}
    about, _, start = name.partition("@")
    if about in series:
        return _points(series[about], start, name)
    item = name.removeprefix(f"{EVIDENCE}.")
    if item != name and any(row["id"] == item for row in dossier.evidence):
        return (Trace(EVIDENCE, dossier.name, (Condition("id", "in", (item,)),), 1),)
    known = [*whole, *series]
    raise TraceError(
        f"No number {name!r} in the dossier {dossier.name}.{suggest(name, known)}"
        " Every number in the HTML links to its id."
    )


def _points(series: Series, start: str, name: str) -> tuple[Trace, ...]:
    chosen = [p for p in series.points if start in ("", p.start.isoformat())]
    if not chosen:
        days = [f"{series.id}@{point.start}" for point in series.points]
        raise TraceError(f"No point {name!r} in the series.{suggest(name, days)}")
    return tuple(trace for point in chosen for trace in series.traces_at(point))


def _follow(dossier: Dossier, store: Store, trace: Trace, limit: int) -> Found:
    if trace.table != EVIDENCE:
        rows = fetch_rows(store, trace, limit).to_pylist()
        return Found(trace, count_rows(store, trace), tuple(rows))
    items: list[Row] = [{**row} for row in dossier.evidence if row["id"] in _wanted(trace)]
    return Found(trace, len(items), tuple(items[:limit]))


def _wanted(trace: Trace) -> tuple[str, ...]:
    """Read the items of a trace into the evidence, which names them and tests nothing else."""
    match trace.where:
        case (Condition("id", "in", tuple(items)),):
            return items
    raise TraceError(
        f"{trace}: evidence is traced by its items alone, as `id in {{E01, E02}}`."
        " Write the dossier again with `cuibono explain`."
    )
