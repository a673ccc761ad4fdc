"""Motives: which of the listed explanations the record supports, weighed together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.asked import (
    Driver,
    driver_id,
    listed_drivers,
    orient,
    panels_of,
    relation_of,
    write_relation,
)
from cuibono.lenses.base import place_among
from cuibono.lenses.channels import MEASURE, channels_of, count
from cuibono.lenses.contest import LAGS, Contest, hold_contest
from cuibono.lenses.focal import find_visible
from cuibono.lenses.motives_drawn import Told, tell_shares
from cuibono.lenses.motives_shares import THOUGHT, attribute
from cuibono.lenses.power import TRIALS, count_found
from cuibono.lenses.prose import fill, percent
from cuibono.model.actor import Relation
from cuibono.model.case import Case, Explanation
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.stats.averaging import DOUBT, MANY, MOST, Averaged, average
from cuibono.stats.clumps import clump
from cuibono.stats.discoveries import declare

NAME = "motives"
QUESTION = "Which of the listed explanations does the record support, together?"

FALSE = 0.05
"""False motives a case, at most, where nobody is at work: divided by the number
of listed drivers, the share of the world that may do as well as one that is
claimed. A driver that was not picked for its looks has each place in the world
with the same chance, so this holds whatever the noise."""

LEAST_RIVALS = round(MOST / FALSE)
"""Visible rivals below which nothing is claimed: of ten listed drivers not even
the best could be rare enough."""

PROBABLE = 0.8
"""Probability from which a driver is claimed."""

AGAINST = -5.0
"""Decibans at which the data speak against a driver: a factor of three."""

WRONG = 0.1
"""Share of false ones, at most, among the unlisted relations that are named."""

SHOWN = 3
"""Unlisted relations that are named, each with how many tell the same story."""

STRONG = 10.0
"""Decibans at which a driver that moves the relation the other way is told so."""

NOTHING = Told()
"""Where no share of the movement was asked for."""

HOW = (
    "posterior over all sets of the listed third parties: each set's Bayes factor, averaged"
    " over noise states, effect sizes and channels, times the prior band of the case"
)


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
    target, listed = orient(panel, relation_of(case)), listed_drivers(case, panel)
    visible = {panel.relations[row] for row in find_visible(panel)}
    seen = [driver for driver in listed if driver[0] in visible - {target}]
    refusal = _refuse(panel, target, visible, seen)
    contest = None if refusal else hold_contest(panel, target, tuple(seen))
    if contest is None:
        refusal = refusal or fill(NAME, "blind_focal", **_facts(panel, target))
        mute = [_unseen(panel, target, driver) for driver in listed]
        return _finding(panel, target, (refusal,), "", tuple(mute))
    prior = [_prior(case, listed, contest, bound) for bound in (0.0, 0.5, 1.0)]
    views = [average(contest.member, contest.log_bf, each, DOUBT) for each in prior]
    found = [count_found(panel, contest, share, PROBABLE) for share in (0.3, 0.6)]
    clear = 2 * found[1] >= TRIALS
    measured = [_explain(panel, e, listed, contest, views, clear) for e in case.explanations]
    measured += [
        _driver(panel, target, contest, views, contest.drivers.index(driver), clear)
        if driver in contest.drivers
        else _unseen(panel, target, driver)
        for driver in listed
    ]
    told = _attribute(panel, target, contest, views[1])
    measured += told.measured
    said = _conclude(panel, contest, views[1])
    could = fill(
        NAME,
        "could_see",
        trials=TRIALS,
        third=found[0],
        most=found[1],
        **_facts(panel, target),
    )
    return _finding(panel, target, said, could, tuple(one for one in measured if one), told)


def limit(contest: Contest) -> float:
    """Give the share of the world that may do as well as a driver that is claimed.

    Parameters
    ----------
    contest : Contest
        The listed drivers.

    Returns
    -------
    float
        In (0, `FALSE`].
    """
    return FALSE / len(contest.drivers)


def _attribute(panel: Panel, target: Relation, contest: Contest, view: Averaged) -> Told:
    """Ask what is carried by whoever is more probable than not, or by the group as one."""
    groups: list[tuple[int, ...]] = [
        (int(at),) for at in np.flatnonzero(view.inclusion >= THOUGHT)
    ]
    groups = groups or ([view.group()] if _stands_out(contest, view.group()) else [])
    if not groups:
        return NOTHING
    shares = attribute(panel, contest, view, groups)
    ids = [driver_id(driver) for driver in contest.drivers]
    labels = [_label(panel, driver) for driver in contest.drivers]
    return tell_shares(panel, target, contest, shares, groups, ids, labels)


def _facts(panel: Panel, relation: Relation) -> dict[str, object]:
    row = panel.index.get(relation)
    seen = 0 if row is None else count(panel)[row]
    counted = MEASURE not in panel.channels
    return {
        "source": panel.source,
        "target": write_relation(panel, relation),
        "events": int(np.sum(seen)),
        "seen": int(np.count_nonzero(seen)),
        "things": "events of cooperation or conflict" if counted else "joint votes",
        "n_periods": panel.starts.size,
        "periods": f"{panel.grid}s",
    }


def _refuse(
    panel: Panel, target: Relation, visible: set[Relation], seen: Sequence[Driver]
) -> str:
    facts = _facts(panel, target)
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
) -> np.ndarray:
    """Spread an explanation's prior evenly over the drivers that it names."""
    prior = dict.fromkeys(contest.drivers, 0.0)
    for explanation in case.explanations:
        named = [d for d in contest.drivers if explanation.id in listed[d]]
        low, high = np.log(np.divide(explanation.prior, np.subtract(1, explanation.prior)))
        whole = 1 / (1 + np.exp(-(low + bound * (high - low))))
        for driver in named:
            prior[driver] = max(prior[driver], 1 - (1 - whole) ** (1 / len(named)))
    return np.array(list(prior.values()))


def _band(values: Sequence[float]) -> Estimate:
    return Estimate(values[1], min(values), max(values), "probability")


def _explain(
    panel: Panel,
    explanation: Explanation,
    listed: dict[Driver, tuple[str, ...]],
    contest: Contest,
    views: Sequence[Averaged],
    clear: bool,
) -> Measured | None:
    if not explanation.predictions:
        return None
    named = [at for at, d in enumerate(contest.drivers) if explanation.id in listed[d]]
    traces = [panel.trace(d[0]) for d, ids in listed.items() if explanation.id in ids]
    band = _band([view.any_of(named) for view in views]) if named else None
    verdict = "explanation_undecided"
    if band is None:
        verdict = "explanation_blind"
    elif band.low >= PROBABLE:
        verdict = "explanation_supported"
    elif clear and all(_decibans(contest.alone(at)) <= AGAINST for at in named):
        verdict = "explanation_against"
    return Measured(
        id=explanation.id,
        label=f"“{explanation.name}”: at least one of its third parties",
        estimate=band,
        how=HOW,
        verdict=verdict,
        said=fill(NAME, verdict, source=panel.source),
        traces=tuple(traces),
    )


def _driver(
    panel: Panel,
    target: Relation,
    contest: Contest,
    views: Sequence[Averaged],
    at: int,
    clear: bool,
) -> Measured:
    relation, sign = contest.drivers[at]
    rank, alike = (
        Rank(*place_among(contest.alone(at), contest.rivals_of(at, volume)), among)
        for volume, among in (
            (None, "all visible relations"),
            (_volume_of(panel, contest.relations), "like volume"),
        )
    )
    band = _band([float(view.inclusion[at]) for view in views])
    partner = max(
        (other for other in range(len(contest.drivers)) if other != at),
        key=lambda other: views[1].just_one_of(at, other),
        default=at,
    )
    shared = views[1].just_one_of(at, partner)
    weights = contest.alone(at), contest.opposite(at)
    rare = rank.share <= limit(contest)
    verdict = _judge(band.value, shared, rare, *map(_decibans, weights))
    if verdict == "spoken_against" and not clear:
        verdict = "blind"
    return Measured(
        id=driver_id((relation, sign)),
        label=_label(panel, contest.drivers[at]),
        estimate=band,
        how=HOW,
        verdict=verdict,
        said=fill(
            NAME,
            verdict,
            probability=percent(band.value if verdict != "shared" else shared),
            above=percent(rank.share),
            other=write_relation(panel, contest.drivers[partner][0]),
            decibans=_signed(weights[0]),
            opposite=_signed(weights[1]),
        ),
        traces=(panel.trace(target), panel.trace(relation), panel.trace()),
        ranks=(rank, alike),
    )


def _judge(
    probability: float, shared: float, rare: bool, decibans: float, opposite: float
) -> str:
    if opposite >= max(STRONG, decibans - AGAINST):
        return "opposite"
    if probability >= PROBABLE:
        return "supported" if rare else "probable_but_common"
    if shared >= PROBABLE and rare:
        return "shared"
    return "spoken_against" if decibans <= AGAINST else "undecided"


def _unseen(panel: Panel, target: Relation, driver: Driver) -> Measured:
    facts = _facts(panel, driver[0])
    verdict = "rarely_seen" if driver[0] in panel.index else "not_covered"
    verdict = "itself" if driver[0] == target else verdict
    return Measured(
        id=driver_id(driver),
        label=_label(panel, driver),
        estimate=None,
        how=HOW,
        verdict=verdict,
        said=fill(NAME, verdict, **facts),
        traces=(panel.trace(driver[0]),),
    )


def _conclude(panel: Panel, contest: Contest, view: Averaged) -> tuple[str, ...]:
    def names(places: Sequence[int]) -> str:
        return ", ".join(_label(panel, contest.drivers[at]) for at in places)

    clear = [
        int(at)
        for at in np.flatnonzero(view.inclusion >= PROBABLE)
        if _stands_out(contest, (int(at),))
    ]
    group = view.group()
    if clear:
        said = fill(NAME, "names", names=names(clear))
    elif _stands_out(contest, group):
        said = fill(NAME, "one_of", names=names(group))
    else:
        said = fill(NAME, "none")
    return said, _unlisted(panel, contest)


def _stands_out(contest: Contest, group: Sequence[int]) -> bool:
    """Say whether any of several does what little of the world does."""
    ranks = [place_among(contest.alone(at), contest.rivals_of(at)) for at in group]
    return any(place / of <= limit(contest) for place, of in ranks)


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
        fill(NAME, "with_like", name=_label(panel, driver), count=n - 1)
        if n > 1
        else _label(panel, driver)
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


def _volume_of(panel: Panel, relations: Sequence[Relation]) -> NDArray[np.float64]:
    at = panel.index
    total: NDArray[np.float64] = count(panel)[[at[one] for one in relations]].sum(axis=1)
    return total


def _signed(log_bf: float) -> str:
    return f"{_decibans(log_bf):+.1f}".replace("-", "−")


def _decibans(log_bf: float) -> float:
    return float(10 * log_bf / np.log(10))


def _label(panel: Panel, driver: Driver) -> str:
    way = "warms with" if driver[1] > 0 else "warms against"
    return f"{way} {write_relation(panel, driver[0])}"
