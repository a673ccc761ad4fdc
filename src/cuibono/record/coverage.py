"""What a source covers for an actor: zero is not missing, and asking past it raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import NotCoveredError
from cuibono.model.actor import Actor
from cuibono.model.period import Grid, Period, gaps, merge_periods
from cuibono.sources.base import Card, read_card
from cuibono.store.store import Store
from cuibono.vocab.actors import code_table

# A week may miss one thin day and still count; one that misses two of seven may not.
COVERED_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one source knows of one actor within the days asked about.

    Attributes
    ----------
    source : str
        Provider name.
    actor : Actor
        Whose coverage.
    asked : Period
        The days asked about.
    covered, missing : tuple of Period
        Disjoint, ascending; together they are `asked`.
    remedy : str
        How the missing days could be had.
    """

    source: str
    actor: Actor
    asked: Period
    covered: tuple[Period, ...]
    missing: tuple[Period, ...]
    remedy: str


def coverage_of(store: Store, source: str, actor: Actor, asked: Period) -> Coverage:
    """Tell what a source covers of an actor.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider name.
    actor : Actor
        Whose coverage.
    asked : Period
        The days asked about.

    Returns
    -------
    Coverage
        Covered and missing spans.
    """
    card = read_card(source)
    known = _spans(store, card, actor)
    covered = merge_periods([p for span in known if (p := span.overlap(asked))])
    missing = gaps(covered, asked)
    return Coverage(source, actor, asked, tuple(covered), tuple(missing), card.obtain)


def require(store: Store, source: str, actors: Sequence[Actor], asked: Period) -> None:
    """Refuse a question that a source cannot answer.

    Single thin days inside the span of a source are its own gaps and show in
    the coverage table; days before its first or after its last are refused.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider name.
    actors : sequence of Actor
        Everyone the question is about.
    asked : Period
        The days asked about.

    Raises
    ------
    NotCoveredError
        If the source does not know an actor, or its span ends inside `asked`.
    """
    card = read_card(source)
    for actor in actors:
        spans = _spans(store, card, actor)
        if not spans:
            raise NotCoveredError(
                f"{source} has nothing on {actor.name} ({actor.id})."
                f" To fill the gap: {card.obtain}."
            )
        whole = Period(spans[0].start, spans[-1].end)
        if asked.overlap(whole) != asked:
            raise NotCoveredError(
                f"{source} covers {actor.id} from {whole}, not {asked}."
                f" To fill the gap: {card.obtain}."
            )


def refuse_uncovered(store: Store, source: str, asked: Period) -> None:
    """Refuse days of which a source knows nothing at all.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider name.
    asked : Period
        The days asked about.

    Raises
    ------
    NotCoveredError
        If no file of the source covers any of them.
    """
    card = read_card(source)
    known = sorted(span for s in store.snapshots if s.source == source for span in s.covered)
    if any(span.overlap(asked) for span in known):
        return
    whole = f"days from {known[0].start} to {known[-1].end}" if known else "no day"
    raise NotCoveredError(
        f"{source} covers {whole}, and nothing of {asked}. To fill the gap: {card.obtain}."
    )


def covered_periods(
    store: Store, source: str, grid: Grid, within: Period
) -> NDArray[np.datetime64]:
    """List the periods that a source covers by at least three quarters.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    source : str
        Provider name.
    grid : Grid
        Length of a period.
    within : Period
        Days to use.

    Returns
    -------
    array of datetime64[D], shape (n_periods,)
        First days, ascending.
    """
    spans = merge_periods([p for s in store.snapshots if s.source == source for p in s.covered])
    kept = [day for day in within.cut(grid).tolist() if is_covered(day, grid, spans, within)]
    return np.array(kept, dtype="datetime64[D]")


def is_covered(day: date, grid: Grid, spans: list[Period], within: Period) -> bool:
    """Say whether at least three quarters of a period's days are covered.

    Parameters
    ----------
    day : date
        First day of the period.
    grid : Grid
        Length of the period.
    spans : list of Period
        What the source covers; disjoint.
    within : Period
        Days that may be used.

    Returns
    -------
    bool
        Whether the period counts.
    """
    period = Period(day, grid.next(day))
    usable = [shared for span in spans if (shared := span.overlap(within))]
    parts = [shared for span in usable if (shared := span.overlap(period))]
    covered = sum(((part.end - part.start) for part in parts), timedelta())
    return covered >= COVERED_SHARE * (period.end - period.start)


def _spans(store: Store, card: Card, actor: Actor) -> list[Period]:
    snapshots = [s for s in store.snapshots if s.source == card.name]
    if not snapshots:
        return []
    if card.coverage == "busy_days":
        known = any(code.actor == actor.id for code in code_table(card.system))
        return merge_periods([p for s in snapshots for p in s.covered]) if known else []
    find = _files_by_actor if card.coverage == "span" else _spans_by_actor
    return find(store, card.table, card.name).get(actor.id, [])


@lru_cache(maxsize=16)
def _files_by_actor(store: Store, table: str, source: str) -> dict[str, list[Period]]:
    """List the spans of the files that name each actor: another's file says nothing of it."""
    spans: dict[str, list[Period]] = {}
    for snapshot in (s for s in store.snapshots if s.source == source):
        alone = replace(
            store,
            embedded=tuple(s for s in store.embedded if s == snapshot),
            loaded=tuple(s for s in store.loaded if s == snapshot),
        )
        for actor in _spans_by_actor(alone, table, source):
            spans.setdefault(actor, []).extend(snapshot.covered)
    return {actor: merge_periods(found) for actor, found in spans.items()}


@lru_cache(maxsize=16)
def _spans_by_actor(store: Store, table: str, source: str) -> dict[str, list[Period]]:
    """List the spans of every actor's rows; a store never changes once it is open."""
    rows = store.table(table, source)
    acting = rows.filter(rows.actor.notnull()).select("start", "end", id="actor").distinct()
    met = (
        rows.filter(rows.recipient.notnull()).select("start", "end", id="recipient").distinct()
    )
    cells = store.engine.collect(acting.union(met, distinct=True))
    spans: dict[str, list[Period]] = {}
    for cell in cells.to_pylist():
        spans.setdefault(cell["id"], []).append(Period(cell["start"], cell["end"]))
    return {actor: merge_periods(found) for actor, found in spans.items()}
