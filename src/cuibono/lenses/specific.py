"""Specificity: what a driver foretells once the moods of its own two actors are taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cuibono.lenses.channels import channels_of, measure_channel, measure_world_volume
from cuibono.lenses.dealings import sum_dealings
from cuibono.lenses.look import LAGS, World
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.stats.beside import scan_beside
from cuibono.stats.scan import positions_before


def take_moods_out(
    panel: Panel, target: Relation, world: World, places: Sequence[int]
) -> World:
    """Score drivers anew, and all of like volume, beside the moods of their own two actors.

    A relation that merely does what its actor does to everybody adds nothing
    to that. Each rival is scored beside the moods of its own actors, or a
    driver would be compared with others that keep what was taken from it.
    The moods are those of dealings with all but the driver, the focal relation
    and its reply, in the channel that is compared, at the driver's own lag.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation.
    world : World
        Measured of it.
    places : sequence of int
        Of the drivers, in `world.relations`.

    Returns
    -------
    World
        The same relations; `lagged` holds the new scores of those of like volume
        with a driver, and NaN for all others.
    """
    lagged = np.full_like(world.lagged, np.nan)
    if not places:
        return replace(world, lagged=lagged)
    alike = np.flatnonzero(np.isin(world.decile, world.decile[list(places)]))
    rows = np.array([panel.index[world.relations[place]] for place in alike], dtype=np.int64)
    dealings = sum_dealings(panel, rows, (target, target[::-1]))
    volume, n_lags = measure_world_volume(panel, target), LAGS[panel.grid]
    for n, (channel, focal) in enumerate(zip(channels_of(panel), world.focals, strict=True)):
        if focal is None:
            continue
        moods = [measure_channel(channel, *sums, volume)[0] for sums in dealings]
        lags = [positions_before(panel.steps, focal.used, lag + 1) for lag in range(n_lags)]
        lagged[alike, n * n_lags : (n + 1) * n_lags] = scan_beside(
            focal.y, focal.noise, focal.series[alike], np.stack(moods, axis=1), lags
        )
    return replace(world, lagged=lagged)
