"""Pressure on an actor, and its cooperation with whoever pressed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import EmptyRecordError, NotCoveredError
from cuibono.lenses.base import place_among
from cuibono.lenses.prose import number
from cuibono.model.actor import Relation
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Measured, Rank
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.stats.episodes import Concessions, find_episodes, follow_episodes

Say: TypeAlias = Callable[..., str]
"""Fills a sentence of the lens that is called by a key, with the facts it names."""

PRESSURE = ("threatened", "forced")
"""Instruments that press."""

FEWEST = 2.0
"""Events of pressure from which a period may begin an episode."""

LEAST = 3
"""Episodes below which nothing is said of what follows them."""

RARELY = 0.05
"""Share of moves, at most, that do as well where concessions are called."""

HOW = (
    "events of cooperation after each onset of pressure, less those after the same onsets moved"
    " around the record; 90 % of the moves"
)


def measure_pressure(
    record: Record, panel: Panel, others: Sequence[str], say: Say
) -> tuple[tuple[Measured, ...], tuple[str, ...]]:
    """Follow each party's pressure on the focal actor.

    Parameters
    ----------
    record : Record
        The case, and what is known.
    panel : Panel
        Events by quad class.
    others : sequence of str
        Parties that may have pressed the actor.
    say : callable (key, **facts) -> str
        Fills a sentence of the lens on this relation and source.

    Returns
    -------
    measured : tuple of Measured
        One for each party that pressed at all.
    said : tuple of str
        The episodes of those with enough of them.
    """
    means = None
    with suppress(EmptyRecordError, NotCoveredError):
        means = record.instruments(panel.source, panel.grid)
    if means is None:
        return (), ()
    actor, measured, said = record.case.relation.actor.id, [], []
    for other in others:
        pressing = (other, actor)
        if pressing not in means.index:
            continue
        pressure = sum(means.channels[kind][means.index[pressing]] for kind in PRESSURE)
        onsets = find_episodes(np.asarray(pressure), _threshold(np.asarray(pressure)))
        if onsets.size:
            one, told = _follow(panel, (actor, other), onsets, partial(say, other=other))
            measured.append(one)
            said += told
    return tuple(measured), tuple(said)


def _threshold(pressure: NDArray[np.float64]) -> float:
    """Count as pressure what is above the usual by two standard deviations."""
    return max(FEWEST, float(pressure.mean() + 2 * pressure.std()))


def _follow(
    panel: Panel,
    conceding: Relation,
    onsets: NDArray[np.int64],
    say: Say,
) -> tuple[Measured, list[str]]:
    say = partial(say, n=onsets.size)
    if onsets.size < LEAST or conceding not in panel.index:
        few = partial(say, n=number(onsets.size, "episode"))
        return _told(panel, conceding, None, "few_episodes", few), []
    row = panel.index[conceding]
    cooperation = (
        panel.channels["verbal_cooperation"][row] + panel.channels["material_cooperation"][row]
    )
    found = follow_episodes(onsets, cooperation)
    mean = float(found.after.mean())
    low, high = (mean - bound for bound in np.quantile(found.moved, (0.95, 0.05)))
    excess = Estimate(
        float(np.clip(found.excess, low, high)), float(low), float(high), "events"
    )
    up, of = place_among(mean, found.moved)
    down, _ = place_among(-mean, -found.moved)
    key = "concedes" if up / of <= RARELY else "hardens" if down / of <= RARELY else "usual"
    rank = Rank(min(up, down), of, say("among_moves"))
    measured = _told(panel, conceding, excess, key, say, rank)
    return measured, [_episodes(panel, found, onsets, say)]


def _told(
    panel: Panel,
    conceding: Relation,
    estimate: Estimate | None,
    key: str,
    say: Say,
    *ranks: Rank,
) -> Measured:
    return Measured(
        id=f"episodes.{conceding[1]}".replace(":", "."),
        label=say("episodes_label"),
        estimate=estimate,
        how=HOW,
        verdict=key,
        said=say(key, least=LEAST),
        traces=(panel.trace(conceding), panel.trace(conceding[::-1])),
        ranks=ranks,
    )


def _episodes(panel: Panel, found: Concessions, onsets: NDArray[np.int64], say: Say) -> str:
    best = int(found.after.argmax())
    return say(
        "episodes",
        after=float(found.after.mean()),
        usual=float(found.moved.mean()),
        first=str(panel.starts[onsets[best]]),
        most=float(found.after[best]),
        peak=str(panel.starts[min(int(found.peak[best]), panel.starts.size - 1)]),
    )
