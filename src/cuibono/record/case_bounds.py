"""Bounds of claimed numbers that are named by a series, and computed from its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cuibono.errors import CaseError
from cuibono.model.audit import Bound, Claim
from cuibono.model.case import Case
from cuibono.model.period import Period
from cuibono.model.tables import DAY_COLUMN
from cuibono.model.trace import Trace, equal, on_days
from cuibono.record.case_format import ClaimEntry
from cuibono.record.locate import Place
from cuibono.record.written import WrittenFile
from cuibono.sources.base import read_card, source_names
from cuibono.store.rows import fetch_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor
from cuibono.vocab.events import QUADS


def read_bound(file: WrittenFile, entry: ClaimEntry, place: Place) -> Bound | None:
    """Read which series a claimed number is held against.

    Parameters
    ----------
    file : WrittenFile
        Where it was written.
    entry : ClaimEntry
        The claim.
    place : tuple of str or int
        Its place in the file.

    Returns
    -------
    Bound or None
        None where the claim names no series.

    Raises
    ------
    CaseError
        If there is no number, the bounds are written down as well, a source,
        quad or actor is unknown, or the days run backwards.
    """
    named = entry.from_rows
    if named is None:
        return None
    here: Place = (*place, "from_rows")
    if entry.number is None or entry.plausible is not None:
        raise CaseError(
            f"{file.where(*here)}: {entry.id} takes its bounds from rows, so it needs `number`"
            " and no `plausible`."
        )
    file.known(named.source, source_names(), "source", *here)
    if bool(named.measure) == bool(named.quad) or named.start >= named.end:
        raise CaseError(
            f"{file.where(*here)}: a series of {entry.id} has a `measure` or a `quad`, and days"
            " that run from `from` to a later `to`."
        )
    if named.quad:
        file.known(named.quad, QUADS, "quad", *here)
    actor, recipient = (
        resolve_actor(code, file.where(*here)) if code else None
        for code in (named.actor, named.recipient)
    )
    return Bound(
        source=named.source,
        measure=named.measure,
        quad=named.quad,
        actor=actor,
        recipient=recipient,
        period=Period(named.start, named.end),
        statistic=named.statistic,
        within=named.within,
    )


def set_bounds(case: Case, store: Store) -> Case:
    """Compute the bounds of claims from the rows of the series that they name.

    Parameters
    ----------
    case : Case
        As it was written.
    store : Store
        What is known.

    Returns
    -------
    Case
        With bounds and the rows behind them; a series without a row sets none.
    """
    claims = tuple(_set(claim, claim.series, store) for claim in case.claims)
    return replace(case, claims=claims)


def _set(claim: Claim, series: Bound | None, store: Store) -> Claim:
    if series is None:
        return claim
    rows = trace_of(series)
    found = fetch_rows(store, rows)
    if not found.num_rows:
        return replace(claim, bound=f"{series}: no row")
    if read_card(series.source).table == "events":
        values = [found["events"].to_pylist()] * 2
    else:
        columns = [found[name].to_pylist() for name in ("value", "low", "high")]
        # a source without bounds of its own is taken at its value
        values = [
            [
                value if bound is None else bound
                for value, bound in zip(columns[0], column, strict=True)
            ]
            for column in columns[1:]
        ]
    low, high = (
        factor * _take(series.statistic, side)
        for factor, side in zip(series.within, values, strict=True)
    )
    return replace(
        claim,
        plausible=(low, high),
        bound=str(series),
        rows=replace(rows, n_rows=found.num_rows),
    )


def trace_of(series: Bound) -> Trace:
    """Lead to the rows of a series.

    Parameters
    ----------
    series : Bound
        Which.

    Returns
    -------
    Trace
        Not counted yet.
    """
    table = read_card(series.source).table
    parties = {"actor": series.actor, "recipient": series.recipient}
    tests = equal(**{column: actor.id for column, actor in parties.items() if actor})
    kind = equal(measure=series.measure) if series.measure else equal(quad=series.quad)
    days = on_days(DAY_COLUMN[table], series.period)
    return Trace(table, series.source, (*tests, *kind, *days), 0)


def _take(statistic: str, values: Sequence[float]) -> float:
    """Take the statistic of at least one value."""
    if statistic == "rows":
        return float(len(values))
    if statistic == "mean":
        return float(sum(values) / len(values))
    if statistic == "sum":
        return float(sum(values))
    return float(max(values) if statistic == "largest" else min(values))
