"""A record changed on purpose, so that a lens can look at what should not be there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cuibono.model.panel import Panel
from cuibono.record.panel import ALL, VALUE, actor_totals
from cuibono.record.record import Record

Change = Callable[[Panel], Panel]


def alter(record: Record, change: Change) -> Record:
    """Give a record whose panels are changed one by one.

    Parameters
    ----------
    record : Record
        As it is.
    change : callable (Panel) -> Panel
        What is done to each panel.

    Returns
    -------
    Record
        Each panel is changed once, when it is first asked for.
    """
    return replace(
        record,
        events=cache(lambda source, grid: change(record.events(source, grid))),
        instruments=cache(lambda source, grid: change(record.instruments(source, grid))),
        measures=cache(lambda source, measure: change(record.measures(source, measure))),
        history=cache(lambda source, measure: change(record.history(source, measure))),
    )


def narrow(record: Record, source: str) -> Record:
    """Give a record that knows one source alone.

    Parameters
    ----------
    record : Record
        As it is.
    source : str
        Provider name.

    Returns
    -------
    Record
        A lens that asks for every source is told of this one.
    """
    return replace(
        record,
        sources=lambda table: tuple(one for one in record.sources(table) if one == source),
    )


def find_focal(panel: Panel, record: Record) -> int | None:
    """Find the row of the case's relation.

    Parameters
    ----------
    panel : Panel
        One source.
    record : Record
        Whose case is asked.

    Returns
    -------
    int or None
        In a panel of unordered pairs, of the pair; None where it has no row.
    """
    relation = record.case.relation.ids
    at = panel.index
    return at.get(relation, at.get(relation[::-1]) if panel.measure else None)


def thin(panel: Panel, keep: NDArray[np.float64], seed: int) -> Panel:
    """Drop events, or joint votes, at random.

    Parameters
    ----------
    panel : Panel
        One source.
    keep : float array, shape (n_periods,)
        Chance in [0, 1] that an event of a period is kept.
    seed : int
        Seed of the draw.

    Returns
    -------
    Panel
        As if so much less had been reported; a measure that is no share of
        anything stays as it is.
    """
    rng = np.random.default_rng(seed)
    if VALUE in panel.channels:
        if not _is_share(panel):
            return panel
        votes = rng.binomial(panel.exposure.astype(np.int64), keep)
        alike = rng.binomial(votes, np.nan_to_num(panel.channels[VALUE]).clip(0, 1))
        value = np.divide(alike, votes, out=np.full(votes.shape, np.nan), where=votes > 0)
        return replace(panel, channels={VALUE: value}, exposure=votes.astype(float))
    kinds = {name: counts for name, counts in panel.channels.items() if name != ALL}
    rest = (panel.channels[ALL] - sum(kinds.values())).clip(0)
    kept = {
        name: _draw_kept(rng, counts, keep) for name, counts in (kinds | {ALL: rest}).items()
    }
    kept[ALL] = np.sum(list(kept.values()), axis=0)
    return replace(panel, channels=kept, exposure=actor_totals(panel.relations, kept[ALL]))


def _draw_kept(
    rng: np.random.Generator, counts: NDArray[np.float64], keep: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Draw what is kept of each cell; of the many that are empty nothing can be dropped."""
    kept, full = np.zeros(counts.shape), counts > 0
    chance = np.broadcast_to(keep, counts.shape)[full]
    kept[full] = rng.binomial(counts[full].astype(np.int64), chance)
    return kept


def volumes(panel: Panel) -> NDArray[np.float64]:
    """Give how much a source recorded of a relation, period by period, on average.

    Parameters
    ----------
    panel : Panel
        One source.

    Returns
    -------
    float array, shape (n_periods,)
        Events, or joint votes, over the relations that were observed.
    """
    if VALUE in panel.channels:
        seen = (panel.exposure > 0).sum(axis=0)
        mean: NDArray[np.float64] = panel.exposure.sum(axis=0) / np.maximum(seen, 1)
        return mean
    whole: NDArray[np.float64] = panel.channels[ALL].sum(axis=0)
    return whole


def without(panel: Panel, first: int, last: int) -> Panel:
    """Leave out a stretch of periods, as a gap.

    Parameters
    ----------
    panel : Panel
        One source.
    first, last : int
        Half-open span of period numbers.

    Returns
    -------
    Panel
        Without them.
    """
    kept = np.r_[0:first, last : panel.starts.size]
    return replace(
        panel,
        starts=panel.starts[kept],
        channels={name: values[:, kept] for name, values in panel.channels.items()},
        exposure=panel.exposure[:, kept],
    )


def turn(panel: Panel, row: int, by: int) -> Panel:
    """Turn one relation's record around in time.

    Parameters
    ----------
    panel : Panel
        One source.
    row : int
        The relation.
    by : int
        Periods; what falls off the end comes in at the beginning.

    Returns
    -------
    Panel
        The same acts on other days.
    """

    def turned(values: NDArray[np.float64]) -> NDArray[np.float64]:
        changed = values.copy()
        changed[row] = np.roll(values[row], by)
        return changed

    channels = {name: turned(values) for name, values in panel.channels.items()}
    return replace(panel, channels=channels, exposure=turned(panel.exposure))


def swap(panel: Panel, row: int, other: int) -> Panel:
    """Let two relations change places.

    Parameters
    ----------
    panel : Panel
        One source.
    row, other : int
        The relations.

    Returns
    -------
    Panel
        Each has the other's record.
    """
    order = np.arange(len(panel.relations))
    order[[row, other]] = other, row
    return replace(
        panel,
        channels={name: values[order] for name, values in panel.channels.items()},
        exposure=panel.exposure[order],
        rows=panel.rows[order],
    )


def _is_share(panel: Panel) -> bool:
    known = panel.channels[VALUE][np.isfinite(panel.channels[VALUE])]
    return bool(known.size and known.min() >= 0 and known.max() <= 1 and panel.exposure.any())
