"""The focal relation in one channel, with its noise known and the world beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.channels import (
    MEASURE,
    build_controls,
    count,
    measure_channel,
    measure_world_volume,
    tally,
)
from cuibono.model.panel import Panel
from cuibono.stats.noise import Noise, fit_noise

Floats: TypeAlias = NDArray[np.float64]

SEEN = 10
"""Periods with a record below which a relation is not visible: a series that
is nearly all zeros takes its z from one or two events."""

LEAST_FREEDOM = 20
"""Periods less controls below which nothing is compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Focal:
    """One channel of a focal relation, ready to be explained.

    Attributes
    ----------
    y : float array, shape (n_used,)
        Its series, at the periods it was observed.
    used : int array, shape (n_used,)
        Those periods' places in the panel.
    counting : float array, shape (n_used,)
        Variance that counting puts on it.
    controls : float array, shape (n_used, n_controls)
        Orthonormal columns it is adjusted for.
    noise : Noise
        How it moves on its own; the controls are in.
    series, chance : float arrays, shape (n_visible, n_periods)
        The same channel of every visible relation, and the variance that
        counting puts on it.
    """

    y: NDArray[np.float64]
    used: NDArray[np.int64]
    counting: NDArray[np.float64]
    controls: NDArray[np.float64]
    noise: Noise
    series: NDArray[np.float64]
    chance: NDArray[np.float64]


def find_visible(panel: Panel) -> NDArray[np.int64]:
    """Find the relations with enough of a record to be compared.

    Parameters
    ----------
    panel : Panel
        One source.

    Returns
    -------
    int array, shape (n_visible,)
        Relations between two different actors with a record in at least
        `SEEN` periods and a series that varies.
    """
    counts = count(panel)
    seen = (counts > 0).sum(axis=1) >= SEEN
    apart = np.array([a != b for a, b in panel.relations], dtype=bool)
    values = panel.channels.get(MEASURE, counts)
    low = np.where(np.isfinite(values), values, np.inf).min(axis=1, initial=np.inf)
    high = np.where(np.isfinite(values), values, -np.inf).max(axis=1, initial=-np.inf)
    return np.flatnonzero(seen & apart & (low < high))


def mark_rivals(
    panel: Panel, target: tuple[str, str], rows: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark the visible relations that are neither the focal one nor its reply.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation.
    rows : int array, shape (n_visible,)
        From `find_visible`.

    Returns
    -------
    bool array, shape (n_visible,)
        False for the focal relation and its reply.
    """
    own = (target, target[::-1])
    return np.array([panel.relations[row] not in own for row in rows], dtype=bool)


def see_focal(
    panel: Panel,
    target: tuple[str, str],
    channel: str,
    rows: NDArray[np.int64],
    fit: Callable[[Floats, Floats, NDArray[np.int64], Floats], Noise] = fit_noise,
) -> Focal | None:
    """Fit the noise of the focal relation in one channel.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        A visible relation.
    channel : str
        From `channels_of`.
    rows : int array, shape (n_visible,)
        From `find_visible`.
    fit : callable, default `fit_noise`
        Fits the noise, as `fit_noise` does.

    Returns
    -------
    Focal or None
        None where the relation never varies or too few periods are left.
    """
    favourable, other = tally(panel, rows)
    world_volume = measure_world_volume(panel, target)
    series, chance = measure_channel(channel, favourable, other, world_volume)
    at = int(np.flatnonzero(rows == panel.index[target])[0])
    used = np.flatnonzero(np.isfinite(series[at]))
    rival = mark_rivals(panel, target, rows)
    controls = build_controls(panel, target, channel, series[rival], used)
    y = series[at, used]
    if used.size - controls.shape[1] - 1 < LEAST_FREEDOM or np.ptp(y) == 0:
        return None
    counting = chance[at, used]
    noise = fit(y, counting, panel.steps[used], controls)
    return Focal(y, used, counting, controls, noise, series, chance)
