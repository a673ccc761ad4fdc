"""Claims: what is said of each listed driver, by the evidence and its place in the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.asked import Driver, driver_id, write_relation
from cuibono.lenses.base import place_among
from cuibono.lenses.channels import MEASURE, count
from cuibono.lenses.contest import Contest
from cuibono.lenses.power import TRIALS
from cuibono.lenses.prose import fill, percent
from cuibono.model.actor import Relation
from cuibono.model.case import Explanation
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Measured, Rank
from cuibono.model.panel import Panel
from cuibono.stats.averaging import Averaged

NAME = "motives"

FALSE = 0.05
"""False motives a case, at most, where nobody is at work: divided by the number
of listed drivers, the share of the world that may do as well as one that is
claimed. A driver that was not picked for its looks has each place in the world
with the same chance, so this holds whatever the noise."""

PROBABLE = 0.8
"""Probability from which a driver is claimed."""

AGAINST = -5.0
"""Decibans at which the data speak against a driver: a factor of three."""

STRONG = 10.0
"""Decibans at which a driver that moves the relation the other way is told so."""

HOW = (
    "posterior over all sets of the listed third parties: each set's Bayes factor, averaged"
    " over noise states, effect sizes and channels, times the prior band of the case"
)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The listed drivers of one relation, weighed together in one source.

    Attributes
    ----------
    panel : Panel
        The source.
    target : tuple of str
        The focal relation.
    listed : dict of ((str, str), {-1, 1}) to tuple of str
        Drivers that the case lists, and the explanations that name each.
    contest : Contest
        Those that are visible.
    views : tuple of Averaged
        From the low end, the middle and the high end of the priors.
    found : tuple of int
        Of `TRIALS` planted drivers with a third of the movement, and with most of
        it, how many would have been claimed.
    """

    panel: Panel
    target: Relation
    listed: dict[Driver, tuple[str, ...]]
    contest: Contest
    views: tuple[Averaged, ...]
    found: tuple[int, ...]

    @property
    def view(self) -> Averaged:
        """Give the view from the middle of the priors.

        Returns
        -------
        Averaged
            Over all sets of drivers.
        """
        return self.views[1]

    @property
    def clear(self) -> bool:
        """Say whether little of a driver says something against it.

        Returns
        -------
        bool
            Whether at least half of the planted drivers would have been claimed.
        """
        return 2 * self.found[1] >= TRIALS

    def decibans(self, at: int) -> float:
        """Weigh the evidence for one driver alone.

        Parameters
        ----------
        at : int
            Its place in the contest.

        Returns
        -------
        float
            Decibans.
        """
        return _decibans(self.contest.weigh(at))

    def stands_out(self, group: Sequence[int]) -> bool:
        """Say whether any of several does what little of the world does.

        Parameters
        ----------
        group : sequence of int
            Places in the contest.

        Returns
        -------
        bool
            Whether one of them is within the share of the world that `limit` allows.
        """
        contest = self.contest
        ranks = [place_among(contest.alone(at), contest.rivals_of(at)) for at in group]
        return any(place / of <= limit(contest) for place, of in ranks)

    def label(self, at: int) -> str:
        """Name one driver for a reader.

        Parameters
        ----------
        at : int
            Its place in the contest.

        Returns
        -------
        str
            With the way in which it moves the relation.
        """
        return label_driver(self.panel, self.contest.drivers[at])


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


def explain(weighed: Weighed, explanation: Explanation) -> Measured:
    """Say whether any of the third parties that an explanation names is at work.

    Parameters
    ----------
    weighed : Weighed
        The listed drivers.
    explanation : Explanation
        With at least one prediction.

    Returns
    -------
    Measured
        Without an estimate where none of them can be seen.
    """
    listed, contest = weighed.listed, weighed.contest
    named = [at for at, d in enumerate(contest.drivers) if explanation.id in listed[d]]
    traces = [weighed.panel.trace(d[0]) for d, ids in listed.items() if explanation.id in ids]
    band = _band([view.any_of(named) for view in weighed.views]) if named else None
    verdict = "explanation_undecided"
    if band is None:
        verdict = "explanation_blind"
    elif band.low >= PROBABLE:
        verdict = "explanation_supported"
    elif weighed.clear and all(weighed.decibans(at) <= AGAINST for at in named):
        verdict = "explanation_against"
    return Measured(
        id=explanation.id,
        label=f"“{explanation.name}”: at least one of its third parties",
        estimate=band,
        how=HOW,
        verdict=verdict,
        said=fill(NAME, verdict, source=weighed.panel.source),
        traces=tuple(traces),
    )


def judge(weighed: Weighed, driver: Driver) -> Measured:
    """Judge one listed driver by the evidence, its partners and its place in the world.

    Parameters
    ----------
    weighed : Weighed
        The listed drivers.
    driver : ((str, str), {-1, 1})
        One of them.

    Returns
    -------
    Measured
        Without an estimate where it cannot be seen.
    """
    panel, contest = weighed.panel, weighed.contest
    if driver not in contest.drivers:
        return tell_unseen(panel, weighed.target, driver)
    at = contest.drivers.index(driver)
    rank, alike = (
        Rank(*place_among(contest.alone(at), contest.rivals_of(at, volume)), among)
        for volume, among in (
            (None, "all visible relations"),
            (_volume_of(panel, contest.relations), "like volume"),
        )
    )
    band = _band([float(view.inclusion[at]) for view in weighed.views])
    partner = max(
        (other for other in range(len(contest.drivers)) if other != at),
        key=lambda other: weighed.view.just_one_of(at, other),
        default=at,
    )
    shared = weighed.view.just_one_of(at, partner)
    weight, opposite = weighed.decibans(at), _decibans(contest.opposite(at))
    turned = opposite >= max(STRONG, _decibans(contest.alone(at)) - AGAINST)
    verdict = (
        "opposite"
        if turned
        else _pronounce(band.value, shared, rank.share <= limit(contest), weight)
    )
    if verdict == "spoken_against" and not weighed.clear:
        verdict = "blind"
    return Measured(
        id=driver_id(driver),
        label=label_driver(panel, driver),
        estimate=band,
        how=HOW,
        verdict=verdict,
        said=fill(
            NAME,
            verdict,
            probability=percent(band.value if verdict != "shared" else shared),
            above=percent(rank.share),
            other=write_relation(panel, contest.drivers[partner][0]),
            decibans=_signed(weight),
            opposite=_signed(opposite),
        ),
        traces=(panel.trace(weighed.target), panel.trace(driver[0]), panel.trace()),
        ranks=(rank, alike),
    )


def _pronounce(probability: float, shared: float, rare: bool, decibans: float) -> str:
    if probability >= PROBABLE:
        return "supported" if rare else "probable_but_common"
    if shared >= PROBABLE and rare:
        return "shared"
    return "spoken_against" if decibans <= AGAINST else "undecided"


def tell_unseen(panel: Panel, target: Relation, driver: Driver) -> Measured:
    """Say why nothing can be said of a listed driver.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation.
    driver : ((str, str), {-1, 1})
        Rarely seen, not covered, or the focal relation itself.

    Returns
    -------
    Measured
        Without an estimate.
    """
    facts = facts_of(panel, driver[0])
    verdict = "rarely_seen" if driver[0] in panel.index else "not_covered"
    verdict = "itself" if driver[0] == target else verdict
    return Measured(
        id=driver_id(driver),
        label=label_driver(panel, driver),
        estimate=None,
        how=HOW,
        verdict=verdict,
        said=fill(NAME, verdict, **facts),
        traces=(panel.trace(driver[0]),),
    )


def facts_of(panel: Panel, relation: Relation) -> dict[str, object]:
    """Say what the sentences on one relation in one source may name.

    Parameters
    ----------
    panel : Panel
        One source.
    relation : tuple of str
        As the panel has it.

    Returns
    -------
    dict of str to object
        By name in `motives.toml`.
    """
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


def label_driver(panel: Panel, driver: Driver) -> str:
    """Name a driver for a reader.

    Parameters
    ----------
    panel : Panel
        One source.
    driver : ((str, str), {-1, 1})
        A relation as the panel has it, and the predicted sign.

    Returns
    -------
    str
        With the way in which it moves the relation.
    """
    way = "warms with" if driver[1] > 0 else "warms against"
    return f"{way} {write_relation(panel, driver[0])}"


def _band(values: Sequence[float]) -> Estimate:
    return Estimate(values[1], min(values), max(values), "probability")


def _volume_of(panel: Panel, relations: Sequence[Relation]) -> NDArray[np.float64]:
    at = panel.index
    total: NDArray[np.float64] = count(panel, np.array([at[one] for one in relations])).sum(
        axis=1
    )
    return total


def _signed(decibans: float) -> str:
    return f"{decibans:+.1f}".replace("-", "−")


def _decibans(log_bf: float) -> float:
    return float(10 * log_bf / np.log(10))
