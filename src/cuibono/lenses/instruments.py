"""Instruments: whether a relation is talk, announcements, signatures or deliveries."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import NotCoveredError
from cuibono.lenses.base import place_among
from cuibono.lenses.drawn import draw_world, mark_world
from cuibono.lenses.follow_through import measure_follow_through
from cuibono.lenses.opened import open_instruments
from cuibono.lenses.planting import move_acts
from cuibono.lenses.prose import say
from cuibono.lenses.standings import LEAST_RIVALS
from cuibono.lenses.verdict import LEANS
from cuibono.model.actor import Relation
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.model.trace import Condition, Trace
from cuibono.record.instruments import types_of
from cuibono.record.record import Record
from cuibono.stats.mix import score_mix
from cuibono.stats.rates import share_interval

STAGES = ("talked", "promised", "backed", "delivered")
"""From the cheapest to the dearest; PLOVER counts signatures with words of support."""

LEAST = 20
"""Acts of cooperation below which a mix is mostly chance."""

NAME = "instruments"
QUESTION = "Is it talk, announcements, signatures or deliveries?"
AMONG = "every relation's most unusual share"


@dataclass(frozen=True, slots=True)
class Instruments:
    """By what means a relation runs, against every relation in the world.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    planted : str
        What `plant` plants.
    """

    name: str = NAME
    question: str = QUESTION
    planted: str = "eight in ten of its talks turned into deliveries"

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Compare the relation's mix of means with the world's, source by source.

        The rank of a share is that of its distance from the world's among every
        relation's *largest* distance in any of the four, so that looking at
        four things is paid for.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source of events.

        Raises
        ------
        NotCoveredError
            If a panel lacks an instrument.
        """
        return tuple(_look(record, panel) for panel in open_instruments(record))

    def plant(self, record: Record, sign: int) -> Record:
        """Turn talk of the case's relation into deliveries, or deliveries into talk.

        Parameters
        ----------
        record : Record
            As it is.
        sign : {-1, 1}
            1 turns talk into deliveries.

        Returns
        -------
        Record
            With as many acts as before.
        """
        said, done = ("talked", "delivered")[::sign]
        return move_acts(record, record.case.relation.ids, said, done, share=0.8)


@dataclass(frozen=True, slots=True, eq=False)
class _Mix:
    """Shares of every relation, and where the focal one stands."""

    counts: NDArray[np.float64]
    z: NDArray[np.float64]
    world: NDArray[np.float64]
    row: int

    @property
    def best(self) -> NDArray[np.float64]:
        """Give each relation's largest distance in any of the four."""
        largest: NDArray[np.float64] = np.nanmax(np.abs(self.z), axis=1)
        return largest

    def rank(self, stage: int) -> Rank:
        """Place one distance of the focal relation among all largest ones."""
        rivals = np.delete(self.best, self.row)
        return Rank(*place_among(abs(self.z[self.row, stage]), rivals), AMONG)


def _look(record: Record, panel: Panel) -> Finding:
    source = panel.source
    if missing := [name for name in STAGES if name not in panel.channels]:
        raise NotCoveredError(
            f"{source}: the panel has no channel {missing[0]!r}; the means of a relation are"
            f" {', '.join(STAGES)}. See what it holds with `cuibono load {source}`."
        )
    focal = record.case.relation.ids
    counts = np.stack([panel.channels[name].sum(axis=1) for name in STAGES], axis=1)
    visible = np.flatnonzero(counts.sum(axis=1) >= LEAST)
    row = panel.index.get(focal, -1)
    followed, half_life = measure_follow_through(panel, focal)
    if row not in visible or visible.size <= LEAST_RIVALS:
        mute = _mute(panel, focal, counts, visible)
        return _finding(panel, focal, (mute, followed, half_life), say(NAME, "blind"))
    mix = _Mix(counts[visible], *score_mix(counts[visible]), int((visible < row).sum()))
    shares = tuple(_measure(panel, focal, mix, stage) for stage in range(len(STAGES)))
    return _drawn(panel, focal, mix, (*shares, followed, half_life))


def _measure(panel: Panel, focal: Relation, mix: _Mix, stage: int) -> Measured:
    k, n = float(mix.counts[mix.row, stage]), float(mix.counts[mix.row].sum())
    low, high = (float(bound) for bound in share_interval(k, n))
    share, world, rank = k / n, float(mix.world[stage]), mix.rank(stage)
    way = "usual" if rank.share > LEANS else ("more" if share > world else "less")
    facts = {"share": share, "world": world, "top": rank.share, "of": rank.of}
    return Measured(
        id=STAGES[stage],
        label=f"{'→'.join(focal)}: {say(NAME, STAGES[stage])}",
        estimate=Estimate(
            share - world,
            min(low, share) - world,
            max(high, share) - world,
            "of its cooperation more than the world",
        ),
        how="share of the relation's acts of cooperation less the mean share of all relations;"
        " Jeffreys interval",
        verdict=way,
        said=say(NAME, way, **facts),
        traces=_traces(panel, focal, stage),
        ranks=(rank,),
    )


def _traces(panel: Panel, focal: Relation, stage: int) -> tuple[Trace, ...]:
    whole = panel.trace(focal)
    every = tuple(kind for name in STAGES for kind in types_of(name))
    kinds = (types_of(STAGES[stage]), every)
    return tuple(whole.narrow(Condition("event_type", "in", types)) for types in kinds)


def _mute(
    panel: Panel,
    focal: Relation,
    counts: NDArray[np.float64],
    visible: NDArray[np.int64],
) -> Measured:
    row = panel.index.get(focal, -1)
    n = int(counts[row].sum()) if row >= 0 else 0
    if n < LEAST:
        facts = {"relation": "→".join(focal), "n": n}
        said = say(NAME, "few", source=panel.source, least=LEAST, **facts)
    else:
        facts = {"n": visible.size, "rivals": LEAST_RIVALS}
        said = say(NAME, "lonely", source=panel.source, least=LEAST, **facts)
    return Measured(
        id="mix",
        label=f"{'→'.join(focal)}: means",
        estimate=None,
        how="shares of the relation's acts of cooperation",
        verdict="few" if n < LEAST else "lonely",
        said=said,
        traces=(panel.trace(focal),),
    )


def _drawn(panel: Panel, focal: Relation, mix: _Mix, measured: tuple[Measured, ...]) -> Finding:
    """Add the picture of the share in which the relation is most unusual."""
    stage = int(np.nanargmax(np.abs(mix.z[mix.row])))
    total = mix.counts.sum(axis=1)
    above = mix.counts[:, stage] / total - mix.world[stage]
    words = say(NAME, STAGES[stage])
    world = draw_world(
        f"{NAME}.{panel.source}.{STAGES[stage]}.world",
        f"{words}: share of each relation's cooperation less the world's",
        "of its cooperation more than the world",
        above,
        float(np.quantile(above, 1 - LEANS)),
        panel.trace(),
    )
    reach = float(np.quantile(mix.best, 1 - LEANS))
    step = (mix.counts[mix.row, 3] / total[mix.row] - mix.world[3]) / mix.z[mix.row, 3]
    needed = float(min(1.0, mix.world[3] + reach * step))
    facts = {"delivered": needed, "n": int(total[mix.row]), "world": float(mix.world[3])}
    finding = _finding(panel, focal, measured, say(NAME, "sight", **facts))
    mark = finding.figure_id(measured[stage])
    chart = mark_world(world, f"{words}, in every relation", "Right of zero: more.", mark)
    return replace(finding, distributions=(world,), charts=(chart,))


def _finding(
    panel: Panel, focal: Relation, measured: tuple[Measured, ...], could_see: str
) -> Finding:
    return Finding(
        lens=NAME,
        question=QUESTION,
        about="→".join(focal),
        source=panel.source,
        span=panel.span,
        specifications=(*(say(NAME, stage) for stage in STAGES), "announced, then delivered"),
        said=tuple(f"{one.label}: {one.said}." for one in measured),
        could_see=f"{could_see}.",
        measured=measured,
    )
