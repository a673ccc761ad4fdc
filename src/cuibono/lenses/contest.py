"""The contest: the listed drivers of a relation weighed together, and against the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from cuibono.lenses.base import deciles
from cuibono.lenses.channels import channels_of
from cuibono.lenses.focal import Focal, find_visible, mark_rivals, see_focal
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.stats.driver_sets import MOST, SetEvidence, choose_core, weigh_sets
from cuibono.stats.evidence import Candidates, see_candidates
from cuibono.stats.response import respond_in_shapes
from cuibono.stats.track import Tracked, track
from cuibono.stats.turned_noise import fit_turned_noise
from cuibono.stats.world_evidence import scan_evidence

Relation: TypeAlias = tuple[str, str]
Driver: TypeAlias = tuple[Relation, int]

LAGS = {Grid.WEEK: 6, Grid.MONTH: 6, Grid.YEAR: 3}
"""Periods a driver may come first by. More than a single-lag scan declares,
because a response that is spread over lags is one column here, not six tries."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One channel of a contest.

    Attributes
    ----------
    channel : str
        From `channels_of`.
    focal : Focal
        The relation.
    tracked : Tracked
        Levels of every visible relation.
    sets : SetEvidence
        Evidence of every set of the listed drivers.
    lags : tuple of int
        Periods by which a driver may lead.
    """

    channel: str
    focal: Focal
    tracked: Tracked
    sets: SetEvidence
    lags: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """The listed drivers of one focal relation, in one source.

    Attributes
    ----------
    drivers : tuple of ((str, str), {-1, 1}), length k
        Those that are visible, with their predicted signs.
    relations : tuple of (str, str), length n_visible
        Every visible relation.
    rival : bool array, shape (n_visible,)
        False for the focal relation and its reply.
    parts : tuple of Part
        By channel.
    log_bf : float array, shape (n_sets,)
        Natural logarithms of the sets' Bayes factors, averaged over channels.
    world : float array, shape (n_visible, 2)
        The same of every visible relation alone, for a predicted sign of 1
        and of -1.
    """

    drivers: tuple[Driver, ...]
    relations: tuple[Relation, ...]
    rival: NDArray[np.bool_]
    parts: tuple[Part, ...]
    log_bf: NDArray[np.float64]
    world: NDArray[np.float64]

    @property
    def member(self) -> NDArray[np.bool_]:
        """Say which drivers each set has.

        Returns
        -------
        bool array, shape (n_sets, k)
            The empty set first.
        """
        return self.parts[0].sets.member

    def weigh(self, at: int) -> float:
        """Give the Bayes factor of one listed driver without the others.

        Parameters
        ----------
        at : int
            Its place in `drivers`.

        Returns
        -------
        float
            A natural logarithm, over every shape that a response may have.
        """
        return float(self.log_bf[1 + at])

    def alone(self, at: int) -> float:
        """Give the Bayes factor of one listed driver, as the world's are computed.

        Parameters
        ----------
        at : int
            Its place in `drivers`.

        Returns
        -------
        float
            A natural logarithm, of a response that is smooth in the lag: what is
            asked of thousands.
        """
        relation, sign = self.drivers[at]
        return float(self.world[self.relations.index(relation), (1 - sign) // 2])

    def opposite(self, at: int) -> float:
        """Give the Bayes factor of one listed driver with the other sign.

        Parameters
        ----------
        at : int
            Its place in `drivers`.

        Returns
        -------
        float
            A natural logarithm.
        """
        relation, sign = self.drivers[at]
        return float(self.world[self.relations.index(relation), (1 + sign) // 2])

    def rivals_of(
        self, at: int, volume: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Give the Bayes factors that one listed driver is ranked against.

        Parameters
        ----------
        at : int
            Its place in `drivers`.
        volume : float array, shape (n_visible,), optional
            Events or votes of each visible relation, to rank it among those of
            like volume alone.

        Returns
        -------
        float array, shape (n_rivals,)
            Natural logarithms, for the same predicted sign.
        """
        relation, sign = self.drivers[at]
        chosen, place = self.rival.copy(), self.relations.index(relation)
        chosen[place] = False
        if volume is not None:
            decile = deciles(volume)
            chosen &= decile == decile[place]
        rivals: NDArray[np.float64] = self.world[chosen, (1 - sign) // 2]
        return rivals


@lru_cache(maxsize=4)
def hold_contest(panel: Panel, target: Relation, listed: tuple[Driver, ...]) -> Contest | None:
    """Weigh the listed drivers in every combination, and the world one by one.

    Nobody knows beforehand in which channel a driver shows, so the Bayes
    factors are averaged over the channels: one that says nothing costs a
    factor of three and no more. The last few contests are kept, as a check of
    one source asks for all others again.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        A visible relation.
    listed : tuple of ((str, str), {-1, 1})
        Visible relations and their predicted signs.

    Returns
    -------
    Contest or None
        None where too few periods are left to tell anything.
    """
    rows = find_visible(panel)
    relations = tuple(panel.relations[row] for row in rows)
    places = [relations.index(relation) for relation, _ in listed]
    signs = np.array([sign for _, sign in listed], dtype=np.int64)
    lags = tuple(range(1, LAGS[panel.grid] + 1))
    seen, worlds = [], []
    for channel in channels_of(panel):
        focal = see_focal(panel, target, channel, rows, fit_turned_noise)
        if focal is None:
            continue
        steps = panel.steps[focal.used]
        tracked = track(focal.series, focal.chance, panel.steps)
        responses = respond_in_shapes(tracked.mean[places], lags, steps)
        seen.append((channel, focal, tracked, see_candidates(focal.y, focal.noise, responses)))
        worlds.append(scan_evidence(focal.y, focal.noise, tracked.mean, lags, steps))
    if not seen:
        return None
    core = _core([candidates for *_, candidates in seen], signs)
    parts = tuple(
        Part(channel, focal, tracked, weigh_sets(candidates, signs, core), lags)
        for channel, focal, tracked, candidates in seen
    )
    return Contest(
        drivers=listed,
        relations=relations,
        rival=mark_rivals(panel, target, rows),
        parts=parts,
        log_bf=_average([part.sets.log_bayes_factor for part in parts]),
        world=_average(worlds),
    )


def _core(channels: Sequence[Candidates], signs: NDArray[np.int64]) -> tuple[int, ...]:
    """Choose whom to weigh in larger sets, by all channels together."""
    if signs.size <= MOST:
        return tuple(range(signs.size))
    paired = [weigh_sets(candidates, signs, ()) for candidates in channels]
    return choose_core(paired[0].member, _average([each.log_bayes_factor for each in paired]))


def _average(log_bf: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Average Bayes factors over channels."""
    total: NDArray[np.float64] = logsumexp(log_bf, axis=0) - np.log(len(log_bf))
    return total
