"""Goals: whether what was declared with a day came about, by the count of events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.base import place_among
from cuibono.lenses.channels import QUADS, channels_of
from cuibono.lenses.drawn import draw_world, mark_world
from cuibono.lenses.opened import open_events
from cuibono.lenses.prose import say
from cuibono.lenses.standings import LEAST_RIVALS
from cuibono.lenses.verdict import LEANS
from cuibono.model.actor import Relation
from cuibono.model.audit import Goal, Yardstick
from cuibono.model.dossier import Chart, Distribution
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.model.period import Period
from cuibono.model.trace import Condition
from cuibono.record.record import Record
from cuibono.stats.before_after import RateChange, compare_spans

NAME = "goals"
QUESTION = "Did what was declared with a day come about?"

COVERED = 0.75
"""Share of the weeks of each span, at least, that a source must have."""

BLOCKS = 3
"""Blocks that each span is cut into, to see how much a share varies by itself."""

LEAST = 5
"""Events in both spans together below which shares are not compared."""

GROWN = 0.22
"""Logarithm of the least change worth the name, a quarter: a goal whose whole interval
lies below it was not met."""

UNIT = "log ratio of shares, as wanted"

HOW = (
    "logarithm of the share of the actor's events that are of the kind, from the declaration"
    " to the day it could be told, over the same time before; positive as was wanted;"
    " interval from how much the share varies in thirds of either span"
)


@dataclass(frozen=True, slots=True)
class Goals:
    """Whether declared goals came about, where events can tell it.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Count what each goal is measured by, before and after it was declared.

        Shares of the actor's own events, because attention to an actor rises
        and falls. The same change is measured in every relation of the world:
        what happened everywhere is nobody's goal met.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source of events; none where no goal is measured by any.

        Raises
        ------
        NotCoveredError
            If a panel lacks a quad.
        """
        asked = [
            _Asked(goal, goal.measured_by) for goal in record.case.goals if goal.measured_by
        ]
        if not asked:
            return ()
        about = str(record.case.relation)
        return tuple(_look(panel, asked, about) for panel in open_events(record))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A goal and the events by whose count it can be told."""

    goal: Goal
    by: Yardstick

    @property
    def relation(self) -> Relation:
        return self.by.relation.ids

    @property
    def quads(self) -> tuple[str, ...]:
        return tuple(quad for quad in QUADS if quad.endswith(self.by.kind))

    @property
    def sign(self) -> int:
        return 1 if self.by.aim == "more" else -1

    @property
    def wait(self) -> timedelta:
        return self.goal.due - self.goal.declared

    @property
    def weeks(self) -> int:
        return self.wait.days // 7

    @property
    def whole(self) -> Period:
        return Period(self.goal.declared - self.wait, self.goal.due)

    def say(self, key: str, **facts: object) -> str:
        actor, recipient = self.relation
        return say(
            NAME,
            key,
            id=self.goal.id,
            aim=self.by.aim,
            kind=self.by.kind.replace("_", " "),
            relation=str(self.by.relation),
            actor=actor,
            recipient=recipient,
            start=self.goal.declared.isoformat(),
            due=self.goal.due.isoformat(),
            **facts,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """One kind of events before and after a day, in every relation.

    Attributes
    ----------
    events : float array, shape (n_relations,)
        Of the kind, in both spans.
    change : RateChange or None
        Of its share of the actor's events, as was wanted; None where the
        spans are not covered.
    after, before, asked : int
        Weeks of each span, and how many there should be.
    """

    events: NDArray[np.float64]
    change: RateChange | None
    after: int
    before: int
    asked: int


def _look(panel: Panel, asked: list[_Asked], about: str) -> Finding:
    channels_of(panel)  # refuses a panel that lacks one
    measured, sight = [], []
    worlds: list[Distribution] = []
    charts: list[Chart] = []
    for one in asked:
        counted = _count(panel, one)
        told, power = _measure(panel, one, counted)
        measured.append(told)
        sight.append(f"{power}.")
        if told.estimate:
            world, chart = _draw(panel, one, counted)
            worlds.append(world)
            charts.append(chart)
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=about,
        source=panel.source,
        span=panel.span,
        specifications=tuple(one.say("declared") for one in asked),
        said=tuple(f"{told.label}: {told.said}." for told in measured),
        could_see=" ".join(sight),
        measured=tuple(measured),
        distributions=tuple(worlds),
        charts=tuple(charts),
    )


def _count(panel: Panel, asked: _Asked) -> _Counted:
    kind = np.sum([panel.channels[quad] for quad in asked.quads], axis=0)
    days, (start, due) = panel.starts.tolist(), (asked.goal.declared, asked.goal.due)
    after = np.flatnonzero([start <= day < due for day in days])
    before = np.flatnonzero([start - asked.wait <= day < start for day in days])
    least = max(BLOCKS, COVERED * asked.weeks)
    change = None
    if min(after.size, before.size) >= least:
        spans = [np.array_split(weeks, BLOCKS) for weeks in (after, before)]
        change = compare_spans(_sum(kind, spans), _sum(panel.exposure, spans))
        change = replace(change, value=asked.sign * change.value)
    events = kind[:, after].sum(axis=1) + kind[:, before].sum(axis=1)
    return _Counted(events, change, after.size, before.size, asked.weeks)


def _sum(
    counts: NDArray[np.float64], spans: list[list[NDArray[np.int64]]]
) -> NDArray[np.float64]:
    """Sum counts by relation, span and block."""
    sums = [[counts[:, weeks].sum(axis=1) for weeks in blocks] for blocks in spans]
    return np.moveaxis(np.array(sums), 2, 0)


def _measure(panel: Panel, asked: _Asked, counted: _Counted) -> tuple[Measured, str]:
    """Measure one goal, and say what would have been seen of it."""
    row, change = panel.index.get(asked.relation, -1), counted.change
    weeks = {"after": counted.after, "before": counted.before, "asked": counted.asked}
    if change is None:
        return _silent(panel, asked, "not_covered", source=panel.source, **weeks)
    enough = (counted.events >= LEAST) & np.isfinite(change.value)
    if row < 0 or not enough[row]:
        n = 0 if row < 0 else int(counted.events[row])
        return _silent(panel, asked, "few", n=n, least=LEAST)
    if enough.sum() <= LEAST_RIVALS:
        facts = {"n": int(enough.sum()), "rivals": LEAST_RIVALS}
        return _silent(panel, asked, "lonely", source=panel.source, **facts)
    enough[row] = False
    rivals, score = change.score[enough], float(change.score[row])
    rank = Rank(*place_among(score, rivals), "relations with such events")
    value, reach = float(change.value[row]), float(change.reach()[row])
    estimate = Estimate(value, value - reach, value + reach, UNIT)
    key = "unclear"
    if estimate.low > 0 and rank.share <= LEANS:
        key = "met"
    elif estimate.high < GROWN:
        key = "not_met"
    bounds = (estimate.value, estimate.low, estimate.high)
    times, least, most = (f"{np.exp(x):.2g}" for x in bounds)
    said = asked.say(key, times=times, least=least, most=most, top=rank.share, of=rank.of)
    needed = max(0.0, float(np.quantile(rivals, 1 - LEANS))) * float(change.spread[row])
    return (
        _told(panel, asked, key, said, estimate, rank),
        asked.say("sight", times=f"{np.exp(needed):.2g}"),
    )


def _silent(panel: Panel, asked: _Asked, key: str, /, **facts: object) -> tuple[Measured, str]:
    """Say why a goal cannot be told, and that nothing could have been seen."""
    return _told(panel, asked, key, asked.say(key, **facts), None), asked.say("blind")


def _told(
    panel: Panel,
    asked: _Asked,
    key: str,
    said: str,
    estimate: Estimate | None,
    *ranks: Rank,
) -> Measured:
    told, world = panel.trace(asked.relation, asked.whole), panel.trace(None, asked.whole)
    kinds = Condition("quad", "in", asked.quads)
    actor = Condition("actor", "=", asked.relation[0])
    return Measured(
        id=asked.goal.id,
        label=asked.say("label"),
        estimate=estimate,
        how=HOW,
        verdict=key,
        said=asked.say("judged", said=said, outcome=asked.goal.outcome),
        traces=(
            replace(told, where=(*told.where, kinds)),
            replace(world, where=(actor, *world.where)),
        ),
        ranks=ranks,
    )


def _draw(panel: Panel, asked: _Asked, counted: _Counted) -> tuple[Distribution, Chart]:
    """Draw how the same share changed in every relation that has such events."""
    changes = np.empty(0) if counted.change is None else counted.change.value
    shown = changes[(counted.events >= LEAST) & np.isfinite(changes)]
    figure = f"{NAME}.{panel.source}.{asked.goal.id}"
    world = draw_world(
        f"{figure}.world",
        asked.say("world"),
        UNIT,
        shown,
        float(np.quantile(shown, 1 - LEANS)),
        panel.trace(None, asked.whole),
    )
    return world, mark_world(world, asked.say("chart"), asked.say("caption"), figure)
