"""Linkage: what answers what, and whether pressure is followed by concessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.base import place_among
from cuibono.lenses.channels import count
from cuibono.lenses.focal import SEEN, find_visible
from cuibono.lenses.levels import NET, count_parts, levels_of, measure_level
from cuibono.lenses.opened import open_events
from cuibono.lenses.pressed import Say, measure_pressure
from cuibono.lenses.prose import fill
from cuibono.model.actor import Relation
from cuibono.model.case import Case
from cuibono.model.estimate import Z90, Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.stats.bvar import LAGS, draw_responses, expect_responses, lay_out_past
from cuibono.stats.episodes import WINDOW
from cuibono.stats.latency import summarise

NAME = "linkage"
QUESTION = "What does the relation answer, and is pressure followed by concessions?"

MOST = 7
"""Relations weighed together: more would leave few periods a coefficient."""

SURE = 0.95
"""Probability of a direction from which an answer is called one."""

HOW = (
    "Bayesian vector autoregression of net cooperation, generalised responses added up over the"
    " periods after; mean and 90 % interval"
)


@dataclass(frozen=True, slots=True)
class Linkage:
    """Find what answers what, apart from what moves together.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Weigh the case's relations together, and follow episodes of pressure.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source of events.
        """
        return tuple(_find(record, panel) for panel in open_events(record))


def _listed(case: Case, panel: Panel) -> tuple[Relation, ...]:
    """List the focal relation, its reply, and those that the case names, if recorded."""
    focal = case.relation.ids
    named = [dyad.ids for dyad in case.compare]
    named += [
        p.driver.ids for explanation in case.explanations for p in explanation.predictions
    ]
    named += [
        x.relation.ids
        for explanation in case.explanations
        for x in explanation.expectations
        if x.lens == NAME and x.relation
    ]
    seen = (count(panel) > 0).sum(axis=1) >= SEEN
    at = panel.index
    known = [r for r in dict.fromkeys((focal, focal[::-1], *named)) if r in at and seen[at[r]]]
    return tuple(known[:MOST]) if focal in known else ()


def _find(record: Record, panel: Panel) -> Finding:
    levels_of(panel)  # Refuses a panel without the quad classes that net is made of.
    case = record.case
    actor, about = case.relation.actor.id, str(case.relation)
    relations = _listed(case, panel)
    say = partial(
        fill, NAME, relation=about, actor=actor, period=panel.grid, periods=f"{panel.grid}s",
        lags=LAGS, window=WINDOW,
    )  # fmt: skip
    answers, said, power = _answers(panel, relations, say)
    pressed, told = measure_pressure(record, panel, _others(relations, actor), say)
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=about,
        source=panel.source,
        span=panel.span,
        specifications=(say("declared_answers"), say("declared_episodes")),
        said=(*said, *told),
        could_see=power,
        measured=(*answers, *pressed),
    )


def _others(relations: Sequence[Relation], actor: str) -> tuple[str, ...]:
    """List who deals with the actor, or is dealt with, in the listed relations."""
    parties = dict.fromkeys(party for relation in relations for party in relation)
    return tuple(party for party in parties if party != actor)


def _series(panel: Panel, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    world = count(panel).sum(axis=0)
    return measure_level(NET, count_parts(panel, rows), world)[0]


def _answers(
    panel: Panel, relations: tuple[Relation, ...], say: Say
) -> tuple[tuple[Measured, ...], tuple[str, ...], str]:
    if len(relations) < 2:
        return _silent(panel, "few_relations", partial(say, n=len(relations)))
    rows = np.array([panel.index[relation] for relation in relations])
    y = _series(panel, rows).T
    now, past = lay_out_past(y, panel.steps)
    if now.shape[0] <= past.shape[1]:
        found = partial(say, used=now.shape[0], n=len(relations))
        return _silent(panel, "few_periods", found)
    responses = draw_responses(y, panel.steps)
    world = _world(panel, rows[0])
    measured, following = [], []
    for at, relation in enumerate(relations[1:], start=1):
        share = float((responses.lagged[:, 0, at] > 0).mean())
        key = "follows" if share >= SURE else "opposes" if share <= 1 - SURE else "nothing"
        if key != "nothing":
            following.append("→".join(relation))
        likely = f"{100 * (1 - share if key == 'opposes' else share):.0f} %"
        lagged, together = responses.lagged[:, 0, at], responses.together[:, 0, at]
        pair, ranks = (relations[0], relation), _rank(world, relation)
        measured += [
            _measured("answers", pair, lagged, key, panel, partial(say, share=likely), *ranks),
            _measured("together", pair, together, "together", panel, say),
        ]
    n = len(relations) - 1
    key = "summary" if following else "summary_none"
    said = say(key, n=n, following=", ".join(following))
    needed = Z90 * responses.lagged[:, 0, 1:].std(axis=0)
    power = say("could_see", least=float(needed.min()), most=float(needed.max()))
    return tuple(measured), (said,), power


def _silent(
    panel: Panel, key: str, say: Say
) -> tuple[tuple[Measured, ...], tuple[str, ...], str]:
    silence = Measured(
        id="answers",
        label="answers",
        estimate=None,
        how=HOW,
        verdict=key,
        said=say(key),
        traces=(panel.trace(),),
    )
    return (silence,), (f"{silence.said}.",), say("saw_nothing")


def _measured(
    kind: str,
    pair: tuple[Relation, Relation],
    draws: NDArray[np.float64],
    key: str,
    panel: Panel,
    say: Say,
    *ranks: Rank,
) -> Measured:
    focal, relation = pair
    driver = "→".join(relation)
    return Measured(
        id=f"{kind}.{'-'.join(relation)}".replace(":", "."),
        label=say(f"{kind}_label", driver=driver),
        estimate=Estimate(*summarise(draws), "standard deviations"),
        how=HOW,
        verdict=key,
        said=say(key),
        traces=(panel.trace(focal), panel.trace(relation)),
        ranks=ranks,
    )


def _world(panel: Panel, focal: int) -> dict[Relation, float]:
    """Ask of every visible relation how the focal one answers it, the two alone."""
    rows = find_visible(panel)
    y = _series(panel, rows)
    own = np.broadcast_to(_series(panel, np.array([focal])), y.shape)
    answers = expect_responses(np.stack([own, y], axis=2), panel.steps)
    return {
        panel.relations[row]: float(answer)
        for row, answer in zip(rows, answers, strict=True)
        if row != focal
    }


def _rank(world: dict[Relation, float], relation: Relation) -> tuple[Rank, ...]:
    """Place the answer among those to all others; nowhere where it is not visible."""
    if relation not in world:
        return ()
    others = np.array([abs(size) for other, size in world.items() if other != relation])
    return (Rank(*place_among(abs(world[relation]), others), fill(NAME, "among_world")),)
