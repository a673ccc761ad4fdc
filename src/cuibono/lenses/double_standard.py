"""Double standard: whether an actor answers the same deeds of two doers alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import NotCoveredError
from cuibono.lenses.base import place_among
from cuibono.lenses.drawn import draw_world, mark_world
from cuibono.lenses.opened import open_instruments
from cuibono.lenses.planting import move_acts
from cuibono.lenses.prose import say
from cuibono.lenses.standings import LEAST_RIVALS
from cuibono.lenses.verdict import LEANS
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.model.trace import Condition, Trace
from cuibono.record.instruments import types_of
from cuibono.record.record import Record
from cuibono.stats.matched import compare_rates, detectable_ratio, score_pair

NAME = "double_standard"
QUESTION = "Is the same deed called by another name, depending on who did it?"

DEEDS = ("forced", "threatened", "punished")
"""What a doer does to others that an observer may object to."""

ANSWER = "objected"

LEAST = 5
"""Objections to two doers together below which they are not compared."""

HOW = (
    "logarithm of objections a deed to the first over the same to the second, in weeks in"
    " which neither acted against the observer; interval from the binomial share"
)


@dataclass(frozen=True, slots=True)
class DoubleStandard:
    """Whether the actor objects to one doer more than to another, deed for deed.

    Attributes
    ----------
    name, question, planted : str
        As every lens that can plant has them.
    """

    name: str = NAME
    question: str = QUESTION
    planted: str = "all of its talk with one of two doers turned into objections"

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Compare the case's recipient with every other recipient set beside it.

        Weeks in which a doer acted against the observer itself are left out:
        whoever is struck objects, and that is no double standard. The rank is
        among all observers and all pairs of doers with as many objections.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source of events; none where the case sets no other
            recipient of the same actor beside its relation.

        Raises
        ------
        NotCoveredError
            If a panel lacks an instrument.
        """
        doers = _doers(record)
        if len(doers) < 2:
            return ()
        return tuple(
            _look(record.case.relation.actor.id, doers, p) for p in open_instruments(record)
        )

    def plant(self, record: Record, sign: int) -> Record:
        """Turn talk with one of the two doers into objections.

        Parameters
        ----------
        record : Record
            As it is.
        sign : {-1, 1}
            1 objects to the case's recipient, -1 to the other.

        Returns
        -------
        Record
            With as many acts as before.
        """
        doers = _doers(record)
        focal = (record.case.relation.actor.id, doers[0] if sign > 0 else doers[-1])

        return move_acts(record, focal, "talked", ANSWER)


def _doers(record: Record) -> tuple[str, ...]:
    """List whom the case sets side by side: its recipient first."""
    case = record.case
    beside = [d.recipient.id for d in case.compare if d.actor == case.relation.actor]
    return tuple(dict.fromkeys((case.relation.recipient.id, *beside)))


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """Objections of every observer to every doer, and each doer's deeds to others than it."""

    actors: tuple[str, ...]
    answers: NDArray[np.float64]
    deeds: NDArray[np.float64]

    def scores(self, observer: int) -> NDArray[np.float64]:
        """Score an observer's comparisons; NaN where there are too few objections."""
        answers = self.answers[observer]
        z = score_pair(answers, self.deeds[observer])
        z[answers[:, None] + answers[None, :] < LEAST] = np.nan
        return z

    def distances(self, observer: int) -> NDArray[np.float64]:
        """Give the size of every comparison of an observer, each pair once."""
        answers = self.answers[observer]
        met = np.flatnonzero(answers > 0)
        z = np.abs(score_pair(answers, self.deeds[observer], met))
        z[answers[met, None] + answers[None, :] < LEAST] = np.nan
        twice = (answers[None, :] > 0) & (np.arange(answers.size)[None, :] < met[:, None])
        once: NDArray[np.float64] = z[np.isfinite(z) & ~twice]
        return once


def _count(panel: Panel) -> _World:
    if missing := [name for name in (*DEEDS, ANSWER) if name not in panel.channels]:
        raise NotCoveredError(
            f"{panel.source}: the panel has no channel {missing[0]!r}; a comparison of deeds"
            f" needs {', '.join((*DEEDS, ANSWER))}."
        )
    actors, ends = panel.number_parties()
    hard = np.sum([panel.channels[name] for name in DEEDS], axis=0)
    index = panel.index
    reply = [index.get((b, a), -1) for a, b in panel.relations]
    struck = np.where(np.array(reply)[:, None] >= 0, hard[reply] > 0, False)
    answers = np.zeros((len(actors), len(actors)))
    answers[ends[:, 0], ends[:, 1]] = np.where(struck, 0.0, panel.channels[ANSWER]).sum(axis=1)
    done = np.zeros((len(actors), len(actors)))
    done[ends[:, 1], ends[:, 0]] = hard.sum(axis=1)
    return _World(actors, answers, done.sum(axis=0) - done)


def measure_distances(panel: Panel) -> NDArray[np.float64]:
    """Measure how unevenly observers answer, comparison by comparison, all over the world.

    Parameters
    ----------
    panel : Panel
        One source, by instrument.

    Returns
    -------
    float array, shape (n_comparisons,)
        Size of z for every observer and every two doers with objections
        enough, each pair once; what a case's comparison is ranked among.
    """
    return _every(_count(panel))


def _every(world: _World) -> NDArray[np.float64]:
    return np.concatenate([world.distances(n) for n in range(len(world.actors))])


def _look(actor: str, doers: tuple[str, ...], panel: Panel) -> Finding:
    world = _count(panel)
    every = _every(world)
    measured = tuple(
        _measure(panel, world, actor, doers[0], other, every) for other in doers[1:]
    )
    finding = Finding(
        lens=NAME,
        question=QUESTION,
        about=f"{actor}→{doers[0]}",
        source=panel.source,
        span=panel.span,
        specifications=tuple(f"objections a deed: {doers[0]} and {d}" for d in doers[1:]),
        said=tuple(f"{one.label}: {one.said}." for one in measured),
        could_see=f"{_sight(world, actor, doers, every)}.",
        measured=measured,
    )
    return _draw(finding, panel, world, actor)


def _measure(
    panel: Panel, world: _World, actor: str, one: str, other: str, every: NDArray[np.float64]
) -> Measured:
    label = f"{actor} on {one} and on {other}"
    traces = tuple(_trace(panel, actor, doer) for doer in (one, other))
    pair = _pair(world, actor, one, other)
    if pair is None or every.size <= LEAST_RIVALS:
        n = int(sum(_answers(world, actor, doer) for doer in (one, other)))
        key = "few" if pair is None else "lonely"
        facts = {"n": n if pair is None else every.size, "actor": actor, "least": LEAST}
        said = say(NAME, key, source=panel.source, rivals=LEAST_RIVALS, **facts)
        return Measured(
            id=f"{one}-{other}", label=label, estimate=None, how=HOW, verdict=key, said=said,
            traces=traces,
        )  # fmt: skip
    answers, deeds, z = pair
    rank = Rank(*place_among(abs(z), _without(every, abs(z))), "comparisons of the world")
    value, low, high = compare_rates(answers, deeds)
    key = "even" if rank.share > LEANS else ("harder" if value > 0 else "softer")
    a, b, c, d = (int(n) for n in (*answers, *deeds))
    facts = {"one": one, "other": other, "a": a, "b": b, "c": c, "d": d, "of": rank.of}
    times = f"{np.exp(abs(value)):.2g}"
    return Measured(
        id=f"{one}-{other}",
        label=label,
        estimate=Estimate(value, low, high, "log ratio of objections a deed"),
        how=HOW,
        verdict=key,
        said=say(NAME, key, times=times, top=rank.share, **facts),
        traces=traces,
        ranks=(rank,),
    )


def _answers(world: _World, actor: str, doer: str) -> float:
    if actor not in world.actors or doer not in world.actors:
        return 0.0
    return float(world.answers[world.actors.index(actor), world.actors.index(doer)])


def _pair(
    world: _World, actor: str, one: str, other: str
) -> tuple[tuple[float, float], tuple[float, float], float] | None:
    """Give objections, deeds and the score of two doers; None where there are too few."""
    if not {actor, one, other} <= set(world.actors):
        return None
    observer, i, j = (world.actors.index(name) for name in (actor, one, other))
    z = float(world.scores(observer)[i, j])
    if not np.isfinite(z):
        return None
    answers, deeds = world.answers[observer], world.deeds[observer]
    return (float(answers[i]), float(answers[j])), (float(deeds[i]), float(deeds[j])), z


def _without(every: NDArray[np.float64], own: float) -> NDArray[np.float64]:
    """Leave the comparison itself out of the world, once."""
    return np.delete(every, int(np.abs(every - own).argmin()))


def _trace(panel: Panel, actor: str, doer: str) -> Trace:
    types = Condition("event_type", "in", types_of(ANSWER))
    return panel.trace((actor, doer)).narrow(types)


def _sight(
    world: _World, actor: str, doers: tuple[str, ...], every: NDArray[np.float64]
) -> str:
    pair = _pair(world, actor, doers[0], doers[1])
    if pair is None or every.size <= LEAST_RIVALS:
        return say(NAME, "blind")
    answers, deeds, _ = pair
    reach = float(np.quantile(every, 1 - LEANS))
    part = deeds[0] / sum(deeds)
    ratio = min(detectable_ratio(reach, sum(answers), side) for side in (part, 1 - part))
    if not np.isfinite(ratio):
        return say(NAME, "blind")
    return say(NAME, "sight", times=f"{ratio:.2g}", n=int(sum(answers)))


def _draw(finding: Finding, panel: Panel, world: _World, actor: str) -> Finding:
    """Draw the observer's log ratios between all doers that it objects to."""
    if actor not in world.actors or not (told := [m for m in finding.measured if m.estimate]):
        return finding
    observer = world.actors.index(actor)
    pairs = np.argwhere(np.triu(np.isfinite(world.scores(observer)), 1))
    answers, deeds = world.answers[observer], world.deeds[observer]
    ratios = np.array([
        compare_rates((answers[i], answers[j]), (deeds[i], deeds[j]))[0] for i, j in pairs
    ])  # fmt: skip
    drawn = draw_world(
        f"{NAME}.{panel.source}.world",
        f"{actor}: objections a deed to one doer over another, all pairs that it objects to",
        "log ratio of objections a deed",
        ratios,
        float(np.quantile(ratios, 1 - LEANS)),
        panel.trace(),
    )
    marks = [finding.figure_id(one) for one in told]
    chart = mark_world(
        drawn,
        f"How {actor} answers other pairs of doers",
        "Right: harder on the first.",
        *marks,
    )
    return replace(finding, distributions=(drawn,), charts=(chart,))
