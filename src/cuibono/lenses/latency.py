"""Latency: how soon an actor answers a shock, beyond what it would have done anyway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cuibono.lenses.base import place_among
from cuibono.lenses.opened import open_events
from cuibono.lenses.prose import fill
from cuibono.lenses.shocks import Group, Traffic, group_shocks, read_traffic
from cuibono.model.dossier import Chart
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.stats.latency import HORIZON, Reaction, draw_reaction, summarise
from cuibono.vocab.words import likelihood_words

NAME = "latency"
QUESTION = "How soon does the actor answer, at home and abroad?"

DAYS = (0, 1, 3, 7, 14)
"""Days after a shock that are reported: at once, next day, half a week, one, two."""

WEEK = 7
"""The day on which actors and groups of shocks are compared."""

LEAST = 3
"""Shocks below which no curve is drawn."""

ANSWERS = 0.5
"""Probability of an answer within a week from which the actor is said to answer."""

RARELY = 0.05
"""Share of other days, at most, on which the same shocks would have seemed answered."""

HOW = (
    "day hazards after the shock less the hazard of the actor's own quiet days, as draws;"
    " mean and 90 % interval"
)


@dataclass(frozen=True, slots=True)
class Latency:
    """Time an actor's answers to shocks, beside its ordinary traffic.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Time the answers to the case's shocks in every source of events.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            None where the case names no shock.
        """
        if not record.case.shocks:
            return ()
        return tuple(_find(record, panel) for panel in open_events(record))


def _find(record: Record, panel: Panel) -> Finding:
    actor = record.case.relation.actor.id
    groups = group_shocks(record.case, panel)
    timed: list[tuple[Group, Reaction]] = []
    measured: list[Measured] = []
    said, power = [], []
    for group in groups:
        traffic = read_traffic(record, panel, group)
        if group.n < LEAST or actor not in traffic.days:
            measured.append(_silent(panel, group, actor, traffic))
            continue
        reaction = traffic.react(actor)
        timed.append((group, reaction))
        measured += _curve(group, reaction, traffic, actor)
        said.append(_summarise(group, reaction, traffic, actor))
        power.append(_power(group, traffic, actor))
    if len(timed) > 1:
        measured.append(_contrast(*timed[0], *timed[1]))
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=actor,
        source=panel.source,
        span=panel.span,
        specifications=tuple(
            fill(NAME, "declared", group=group.label, actor=actor, horizon=HORIZON)
            for group in groups
        ),
        said=tuple(said) or tuple(f"{one.said}." for one in measured),
        could_see=" ".join(power),
        measured=tuple(measured),
        charts=tuple(_chart(panel, group, actor) for group, _ in timed),
    )


def _silent(panel: Panel, group: Group, actor: str, traffic: Traffic) -> Measured:
    key = "too_few" if group.n < LEAST else "no_rows"
    return Measured(
        id=group.name,
        label=group.label,
        estimate=None,
        how=HOW,
        verdict=key,
        said=fill(
            NAME, key, n=group.n, group=group.label, source=panel.source, least=LEAST,
            actor=actor,
        ),
        traces=traffic.traces(actor),
    )  # fmt: skip


def _curve(group: Group, reaction: Reaction, traffic: Traffic, actor: str) -> list[Measured]:
    chance, _, high = reaction.by_day(WEEK)
    ranks = (_among_actors(traffic, actor, chance), _among_days(traffic, actor, chance))
    answers = chance >= ANSWERS and ranks[1].share <= RARELY
    key = "answers" if answers else "no_answer" if high < ANSWERS else "untold"
    return [
        Measured(
            id=f"{group.name}.by-{day}",
            label=fill(NAME, "label", group=group.label, day=day),
            estimate=Estimate(*reaction.by_day(day), "probability"),
            how=HOW,
            verdict=key,
            said=fill(NAME, key),
            traces=traffic.traces(actor),
            ranks=ranks if day == WEEK else (),
        )
        for day in DAYS
    ]


def _power(group: Group, traffic: Traffic, actor: str) -> str:
    """Say what the interval would have been had it always answered, and never."""
    watched = np.full(group.n, HORIZON)
    bands = []
    for wait in (1.0, np.inf):
        made = draw_reaction(np.full(group.n, wait), watched, *traffic.usual(actor))
        _, low, high = made.by_day(WEEK)
        bands.append(f"{100 * low:.0f}–{100 * high:.0f} %")
    every, none = bands
    return fill(NAME, "could_see", group=_capital(group.label), all=every, none=none)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _among_actors(traffic: Traffic, actor: str, chance: float) -> Rank:
    """Rank the actor among all that deal with those struck, by the same rule."""
    others = [traffic.react(other).by_day(WEEK)[0] for other in traffic.days if other != actor]
    return Rank(*place_among(chance, np.array(others)), fill(NAME, "among_actors"))


def _among_days(traffic: Traffic, actor: str, chance: float) -> Rank:
    """Rank the real days among the same shocks moved to other days."""
    moved = [other.react(actor).by_day(WEEK)[0] for other in traffic.moved()]
    return Rank(*place_among(chance, np.array(moved)), fill(NAME, "among_days"))


def _summarise(group: Group, reaction: Reaction, traffic: Traffic, actor: str) -> str:
    mean, low, high = reaction.by_day(WEEK)
    quiet, busy = traffic.usual(actor)
    return fill(
        NAME,
        "summary",
        group=_capital(group.label),
        n=group.n,
        raw=f"{reaction.raw[WEEK] * group.n:.0f}",
        usual=f"{100 * busy / max(1, quiet):.0f} %",
        words=likelihood_words(low, high, mean),
        actor=actor,
    )


def _contrast(one: Group, first: Reaction, other: Group, second: Reaction) -> Measured:
    apart = first.draws[:, WEEK] - second.draws[:, WEEK]
    mean, low, high = summarise(apart)
    key = "sooner" if low > 0 else "later" if high < 0 else "alike"
    return Measured(
        id=f"{one.name}-{other.name}",
        label=fill(NAME, "apart", one=one.label, other=other.label, day=WEEK),
        estimate=Estimate(mean, low, high, "probability"),
        how=HOW,
        verdict=key,
        said=fill(NAME, key),
        traces=(*one.traces, *other.traces),
    )


def _chart(panel: Panel, group: Group, actor: str) -> Chart:
    return Chart(
        id=f"{NAME}-{panel.source}-{group.name}",
        kind="curve",
        title=f"{fill(NAME, 'chart_title', actor=actor)}: {group.label}",
        caption=fill(NAME, "chart_caption"),
        series=tuple(f"{NAME}.{panel.source}.{group.name}.by-{day}" for day in DAYS),
    )
