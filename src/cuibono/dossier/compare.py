"""What changed between two dossiers of one case, and which rows did it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cuibono.errors import TraceError
from cuibono.model.dossier import Dossier, Figure
from cuibono.model.trace import EVIDENCE, Trace

FIRST = ("posterior.", "weight.", "flip.", "order.")
"""Numbers of which a reader asks first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two dossiers.

    Attributes
    ----------
    kind : {"provenance", "evidence", "number", "new number", "number gone"}
        What differs.
    id : str
        Of the figure or item, or the key of the provenance.
    said : str
        Before and after.
    rows : tuple of str
        For a number, what moved it: items, or traces with their counts of rows;
        empty where its rows are the same and something else did.
    """

    kind: str
    id: str
    said: str
    rows: tuple[str, ...] = ()


def compare_dossiers(old: Dossier, new: Dossier) -> tuple[Change, ...]:
    """List what changed between two dossiers of one case.

    Parameters
    ----------
    old, new : Dossier
        Earlier and later.

    Returns
    -------
    tuple of Change
        What the case and the store hold first, then numbers, those of which a
        reader asks first before the others.

    Raises
    ------
    TraceError
        If they are of two cases.
    """
    if old.name != new.name:
        raise TraceError(
            f"These are dossiers of two cases, {old.name!r} and {new.name!r}."
            " Compare two runs of one."
        )
    items = _items(old, new)
    touched = {change.id for change in items}
    before = {figure.id: figure for figure in old.figures}
    after = {figure.id: figure for figure in new.figures}
    numbers = [
        Change("number", name, _said(before[name], after[name]), rows)
        for name in before.keys() & after.keys()
        if _moved(before[name], after[name])
        for rows in [_causes(before[name], after[name], touched)]
    ]
    numbers += [
        Change("new number", name, _shown(after[name]), _causes(None, after[name], touched))
        for name in after.keys() - before.keys()
    ]
    numbers += [
        Change("number gone", name, _shown(before[name]), _causes(before[name], None, touched))
        for name in before.keys() - after.keys()
    ]
    return (*_provenance(old, new), *items, *sorted(numbers, key=_order))


def _order(change: Change) -> tuple[int, str]:
    asked = [n for n, prefix in enumerate(FIRST) if change.id.startswith(prefix)]
    return (asked[0] if asked else len(FIRST), change.id)


def _provenance(old: Dossier, new: Dossier) -> list[Change]:
    keys = dict.fromkeys([*old.provenance, *new.provenance])
    return [
        Change("provenance", key, f"{old.provenance.get(key, 'none')} → {now}")
        for key in keys
        if (now := new.provenance.get(key, "none")) != old.provenance.get(key, "none")
    ]


def _items(old: Dossier, new: Dossier) -> list[Change]:
    before = {row["id"]: row for row in old.evidence}
    after = {row["id"]: row for row in new.evidence}
    found = []
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            said = "entered: " if one is None else "taken out: "
            found.append(Change(EVIDENCE, name, said + (one or other or {})["text"]))
            continue
        changed = [key for key in {**one, **other} if one.get(key) != other.get(key)]
        if changed:
            said = "; ".join(f"{k}: {one.get(k, '')} → {other.get(k, '')}" for k in changed)
            found.append(Change(EVIDENCE, name, said))
    return found


def _moved(one: Figure, other: Figure) -> bool:
    pairs = ((one.value, other.value), (one.low, other.low), (one.high, other.high))
    return any(
        (a is None) != (b is None)
        or (a is not None and b is not None and not math.isclose(a, b, rel_tol=1e-9))
        for a, b in pairs
    )


def _shown(figure: Figure) -> str:
    band = "" if figure.low is None else f" [{figure.low:.3g}, {figure.high:.3g}]"
    return f"{figure.value:.3g}{band} {figure.unit}"


def _said(one: Figure, other: Figure) -> str:
    return f"{_shown(one)} → {_shown(other)}"


def _causes(one: Figure | None, other: Figure | None, touched: set[str]) -> tuple[str, ...]:
    """Name the items and the rows that are not the same before and after."""
    before = one.traces if one else ()
    after = other.traces if other else ()
    items = {name for trace in (*before, *after) for name in _named(trace)} & touched
    causes = sorted(items)
    counts = {(t.table, t.source, t.where): t.n_rows for t in before if t.table != EVIDENCE}
    for trace in after:
        if trace.table == EVIDENCE:
            continue
        then = counts.pop((trace.table, trace.source, trace.where), 0)
        if then != trace.n_rows:
            causes.append(f"{then:,} → {trace}")
    causes += [
        f"{n:,} rows of {table} from {source} gone" for (table, source, _), n in counts.items()
    ]
    return tuple(causes)


def _named(trace: Trace) -> tuple[str, ...]:
    if trace.table != EVIDENCE:
        return ()
    values = (condition.value for condition in trace.where if condition.column == "id")
    return tuple(
        name for value in values for name in ((value,) if isinstance(value, str) else value)
    )
