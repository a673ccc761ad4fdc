"""The column placebo: the driver of a focal relation, asked of other relations as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.base import place_among, strongest
from cuibono.lenses.channels import (
    MEASURE,
    channels_of,
    common_columns,
    count,
    measure_channel,
    tally,
)
from cuibono.lenses.dealings import sum_dealings
from cuibono.lenses.focal import LEAST_FREEDOM, find_visible
from cuibono.lenses.look import LAGS
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.stats.column import own_past, take_out
from cuibono.stats.scan import positions_before
from cuibono.stats.series import volume

Floats = NDArray[np.float64]

OTHERS = 100
"""Other relations a driver is asked of, those nearest to the focal one in volume: a wave
of news shows in busy relations and drowns in the others' chance. With fewer there is
no rank, because the best twentieth would be less than five."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One driver, asked of the focal relation and of others by the same rule.

    Attributes
    ----------
    focal : float array, shape (n_specifications,)
        Signed t of every declared specification; NaN where it says nothing.
    others : float array, shape (n_others, n_specifications)
        The same of each of the other relations.
    """

    focal: Floats
    others: Floats

    def rank(self, sign: int) -> tuple[int, int]:
        """Rank the focal relation among all that the driver was asked of.

        Parameters
        ----------
        sign : {-1, 1}
            The predicted direction.

        Returns
        -------
        place : int
            1 is the one that the driver foretells best.
        of : int
            How many were ranked, the focal relation counted; both 0 where
            fewer than `OTHERS` others can be asked, or the focal one cannot.
        """
        score, others = strongest(self.focal[None], sign)[0], strongest(self.others, sign)
        others = others[np.isfinite(others)]
        if others.size < OTHERS or np.isnan(score):
            return 0, 0
        return place_among(float(score), others)


def ask_others(
    panel: Panel, target: Relation, drivers: Sequence[Relation]
) -> dict[Relation, Column]:
    """Ask each driver of the focal relation and of the others that are reported as often.

    Every relation is adjusted for its own past, for its own two actors'
    dealings with all others, and for what all have in common, and every one is
    searched over the same channels and lags. The focal relation is scored as
    the others are: by least squares on its own past, not by the noise model
    of the scan, which would cost a fit for each of them.

    The driver, its reply and the reply to the focal relation are not asked, nor
    are relations that share more actors with the driver than the focal one does:
    what an actor does moves its other relations without being news.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation; visible.
    drivers : sequence of (str, str)
        Visible relations, none of them the focal one.

    Returns
    -------
    dict of (str, str) to Column
        By driver. What one is asked of does not depend on the other drivers.

    Raises
    ------
    NotCoveredError
        If the panel lacks a channel.
    """
    if not drivers:
        return {}
    rows = find_visible(panel)
    visible = [panel.relations[row] for row in rows]
    focal, sought = visible.index(target), [visible.index(driver) for driver in drivers]
    loud = np.log1p(count(panel, rows).sum(axis=1))
    apart = np.abs(loud - loud[focal])
    chosen = [choose_others(visible, apart, target, driver) for driver in drivers]
    asked = np.unique(np.concatenate([np.array([focal]), *chosen]))
    found = np.concatenate(list(_ask_channels(panel, rows, asked, sought)), axis=2)
    here = np.searchsorted(asked, focal)
    return {
        driver: Column(scores[here], scores[np.searchsorted(asked, others)])
        for driver, scores, others in zip(drivers, found, chosen, strict=True)
    }


def choose_others(
    visible: Sequence[Relation], apart: Floats, target: Relation, driver: Relation
) -> NDArray[np.int64]:
    """Choose the other relations that one driver is asked of.

    Parameters
    ----------
    visible : sequence of (str, str)
        Relations that can be asked.
    apart : float array, shape (n_visible,)
        How far each is from the focal one in volume.
    target, driver : tuple of str
        The focal relation and its driver.

    Returns
    -------
    int array, shape (n_others,)
        Places of the `OTHERS` nearest, ascending; more where some are equally
        far, so that no order decides, and fewer where there are no more.
    """
    kin, own = set(driver), {target, target[::-1], driver, driver[::-1]}
    shared = len(kin & set(target))
    allowed = np.array(
        [
            place
            for place, relation in enumerate(visible)
            if relation not in own and len(kin & set(relation)) <= shared
        ],
        dtype=np.int64,
    )
    reach = np.sort(apart[allowed])[:OTHERS].max(initial=0.0)
    nearest: NDArray[np.int64] = allowed[apart[allowed] <= reach]
    return nearest


def _ask_channels(
    panel: Panel, rows: NDArray[np.int64], asked: NDArray[np.int64], drivers: list[int]
) -> Iterator[Floats]:
    """Ask every driver of every relation: drivers x relations x lags, channel by channel."""
    steps, periods = panel.steps, np.arange(panel.starts.size)
    world, dealings = count(panel).sum(axis=0), sum_dealings(panel, rows[asked])
    favourable, other = tally(panel, rows)
    lags = [positions_before(steps, periods, lag + 1) for lag in range(LAGS[panel.grid])]
    for channel in channels_of(panel):
        series = measure_channel(channel, favourable, other, world)[0]
        moods = [measure_channel(channel, *sums, world)[0] for sums in dealings]
        if MEASURE not in panel.channels:
            moods += [volume(warm + cold, world)[0] for warm, cold in dealings]
        past = own_past(series[asked], steps)
        shared = np.column_stack(common_columns(panel, series, world)).T
        own = np.concatenate([np.stack(moods, axis=1), past], axis=1)
        targets = take_out(series[asked], own, shared)
        # The past stands for the noise of the scan, which takes no degree of freedom.
        usable = (targets.freedom + past.shape[1] >= LEAST_FREEDOM)[:, None]
        yield np.array(
            [np.where(usable, targets.ask(series[at], lags), np.nan) for at in drivers]
        )
