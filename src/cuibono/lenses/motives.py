"""Motives: which of the listed explanations the record supports, weighed together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.asked import (
    Driver,
    driver_id,
    listed_drivers,
    orient,
    panels_of,
    write_relation,
)
from cuibono.lenses.channels import channels_of
from cuibono.lenses.contest import LAGS, Contest, hold_contest
from cuibono.lenses.focal import find_visible
from cuibono.lenses.motives_claims import (
    FALSE,
    PROBABLE,
    Weighed,
    explain,
    facts_of,
    judge,
    label_driver,
    tell_unseen,
)
from cuibono.lenses.motives_drawn import Carrier, Told, tell_shares
from cuibono.lenses.motives_shares import THOUGHT, attribute
from cuibono.lenses.power import TRIALS, count_found
from cuibono.lenses.prose import fill
from cuibono.model.actor import Relation
from cuibono.model.case import Case
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.stats.averaging import DOUBT, average
from cuibono.stats.clumps import clump
from cuibono.stats.discoveries import declare
from cuibono.stats.driver_sets import MANY, MOST

NAME = "motives"
QUESTION = "Which of the listed explanations does the record support, together?"

LEAST_RIVALS = round(MOST / FALSE)
"""Visible rivals below which nothing is claimed: of ten listed drivers not even
the best could be rare enough."""

WRONG = 0.1
"""Share of false ones, at most, among the unlisted relations that are named."""

SHOWN = 3
"""Unlisted relations that are named, each with how many tell the same story."""

NOTHING = Told()
"""Where no share of the movement was asked for."""


@dataclass(frozen=True, slots=True)
class Motives:
    """Weigh the listed third parties together, and each against the world.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Weigh what the explanations name, in every source that allows it.

        Parameters
        ----------
        record : Record
            The case, and what is known in its days.

        Returns
        -------
        tuple of Finding
            One for each source; none where no explanation names a third party.

        Raises
        ------
        NotCoveredError
            If a source of events lacks a channel.

        References
        ----------
        .. [1] Wakefield, J. (2009). "Bayes Factors for Genome-Wide Association
           Studies: Comparison with P-values". *Genetic Epidemiology* 33(1),
           79-86. https://doi.org/10.1002/gepi.20359
        .. [2] Wang, G. et al. (2020). "A Simple New Approach to Variable Selection
           in Regression, with Application to Genetic Fine Mapping". *Journal of
           the Royal Statistical Society B* 82(5), 1273-1300.
           https://doi.org/10.1111/rssb.12388
        """
        case = record.case
        if not any(explanation.predictions for explanation in case.explanations):
            return ()
        return tuple(_look(panel, case) for panel in panels_of(record))


def _look(panel: Panel, case: Case) -> Finding:
    channels_of(panel)  # refuses a source that lacks one
    target, listed = orient(panel, case.relation.ids), listed_drivers(case, panel)
    visible = {panel.relations[row] for row in find_visible(panel)}
    seen = [driver for driver in listed if driver[0] in visible - {target}]
    refusal = _refuse(panel, target, visible, seen)
    contest = None if refusal else hold_contest(panel, target, tuple(seen))
    if contest is None:
        refusal = refusal or fill(NAME, "blind_focal", **facts_of(panel, target))
        mute = [tell_unseen(panel, target, driver) for driver in listed]
        return _finding(panel, target, (refusal,), "", tuple(mute))
    priors = [_prior(case, listed, contest, bound) for bound in (0.0, 0.5, 1.0)]
    weighed = Weighed(
        panel=panel,
        target=target,
        listed=listed,
        contest=contest,
        views=tuple(average(contest.member, contest.log_bf, p, DOUBT) for p in priors),
        found=tuple(count_found(panel, contest, share, PROBABLE) for share in (0.3, 0.6)),
    )
    told = _attribute(weighed)
    explained = [explain(weighed, e) for e in case.explanations if e.predictions]
    measured = (*explained, *map(partial(judge, weighed), listed), *told.measured)
    return _finding(panel, target, _conclude(weighed), _sight(weighed), measured, told)


def _attribute(weighed: Weighed) -> Told:
    """Ask what is carried by whoever is more probable than not, or by the group as one."""
    panel, contest, view = weighed.panel, weighed.contest, weighed.view
    groups: list[tuple[int, ...]] = [
        (int(at),) for at in np.flatnonzero(view.inclusion >= THOUGHT)
    ]
    groups = groups or ([view.group()] if weighed.stands_out(view.group()) else [])
    if not groups:
        return NOTHING
    shares = attribute(panel, contest, view, groups)
    carriers = [
        Carrier(
            name="_".join(driver_id(contest.drivers[at]) for at in group),
            label=" or ".join(map(weighed.label, group)),
            relations=tuple(contest.drivers[at][0] for at in group),
        )
        for group in groups
    ]
    return tell_shares(panel, weighed.target, shares, carriers)


def _sight(weighed: Weighed) -> str:
    """Say how often a driver that is at work would have been claimed."""
    third, most = weighed.found
    facts = facts_of(weighed.panel, weighed.target)
    return fill(NAME, "could_see", trials=TRIALS, third=third, most=most, **facts)


def _refuse(
    panel: Panel, target: Relation, visible: set[Relation], seen: Sequence[Driver]
) -> str:
    facts = facts_of(panel, target)
    if target not in visible:
        return fill(NAME, "blind_focal", **facts)
    if len(visible) <= LEAST_RIVALS:
        return fill(NAME, "few_rivals", rivals=len(visible), least=LEAST_RIVALS, **facts)
    if not seen:
        return fill(NAME, "blind_drivers", **facts)
    return fill(NAME, "too_many", count=len(seen), most=MANY) if len(seen) > MANY else ""


def _finding(
    panel: Panel,
    target: Relation,
    said: tuple[str, ...],
    could_see: str,
    measured: tuple[Measured, ...],
    told: Told = NOTHING,
) -> Finding:
    lags = f"lags of 1 to {LAGS[panel.grid]} {panel.grid}s together"
    return Finding(
        lens=NAME,
        question=QUESTION,
        about=write_relation(panel, target),
        source=panel.source,
        span=panel.span,
        specifications=tuple(f"{channel}, {lags}" for channel in channels_of(panel)),
        said=said,
        could_see=could_see,
        measured=measured,
        series=told.series,
        charts=told.charts,
    )


def _prior(
    case: Case, listed: dict[Driver, tuple[str, ...]], contest: Contest, bound: float
) -> NDArray[np.float64]:
    """Spread an explanation's prior evenly over the drivers that it names."""
    prior = dict.fromkeys(contest.drivers, 0.0)
    for explanation in case.explanations:
        named = [d for d in contest.drivers if explanation.id in listed[d]]
        low, high = np.log(np.divide(explanation.prior, np.subtract(1, explanation.prior)))
        whole = 1 / (1 + np.exp(-(low + bound * (high - low))))
        for driver in named:
            prior[driver] = max(prior[driver], 1 - (1 - whole) ** (1 / len(named)))
    return np.array(list(prior.values()))


def _conclude(weighed: Weighed) -> tuple[str, ...]:
    def names(places: Sequence[int]) -> str:
        return ", ".join(map(weighed.label, places))

    clear = [
        int(at)
        for at in np.flatnonzero(weighed.view.inclusion >= PROBABLE)
        if weighed.stands_out((int(at),))
    ]
    group = weighed.view.group()
    if clear:
        said = fill(NAME, "names", names=names(clear))
    elif weighed.stands_out(group):
        said = fill(NAME, "one_of", names=names(group))
    else:
        said = fill(NAME, "none")
    return said, _unlisted(weighed.panel, weighed.contest)


def _unlisted(panel: Panel, contest: Contest) -> str:
    """Name who nobody listed, if the number of tries is paid and the listed outdone."""
    free = np.repeat(contest.rival[:, None], 2, axis=1)
    for relation, sign in contest.drivers:
        free[contest.relations.index(relation), (1 - sign) // 2] = False
    places = np.argwhere(free)
    log_bf = contest.world[free]
    best = max(contest.alone(at) for at in range(len(contest.drivers)))
    told = np.flatnonzero(declare(log_bf, WRONG) & (log_bf > best))
    told = told[np.argsort(-log_bf[told])]
    leads, alike = np.unique(_clump(contest, places[told, 0]), return_counts=True)
    above = [(contest.relations[row], 1 - 2 * int(way)) for row, way in places[told[leads]]]
    named = [
        fill(NAME, "with_like", name=label_driver(panel, driver), count=n - 1)
        if n > 1
        else label_driver(panel, driver)
        for driver, n in zip(above, alike, strict=True)
    ]
    names = ", ".join(named[:SHOWN])
    return fill(NAME, "unlisted", names=names) if names else fill(NAME, "alone")


def _clump(contest: Contest, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Gather relations that tell one story in the first channel, the strongest first."""
    part = contest.parts[0]
    level = part.tracked.mean[rows][:, part.focal.used]
    level = level - level @ part.focal.controls @ part.focal.controls.T
    pairs = [frozenset(contest.relations[row]) for row in rows]
    return clump(level, np.array([pairs.index(pair) for pair in pairs], dtype=np.int64))
