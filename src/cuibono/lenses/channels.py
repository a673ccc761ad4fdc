"""A panel as the series a lens compares, and what each relation is adjusted for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import NotCoveredError
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.stats.controls import (
    annual_cycle,
    gap_levels,
    independent_columns,
    leading_components,
)
from cuibono.stats.series import Series, net, share, tone, volume

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
"""Channels of an event source."""

MEASURE = "value"
"""Channel of a source of shares."""

COMPONENTS = 3
"""Movements of the whole world to adjust for: few, because weeks are few."""

LONGEST_GAP = 4
"""Periods a source may be silent without a new level."""

PER_YEAR = {Grid.WEEK: 365.25 / 7, Grid.MONTH: 12.0}
"""Periods in a year; a yearly series has no season."""


def channels_of(panel: Panel) -> tuple[str, ...]:
    """Name the series a panel allows.

    Tone, net and cooperation are all needed: the first cancels attention but
    misses a shock in which both sides rise, the others catch it. All three
    rise as a relation warms, so one predicted sign serves all.

    Parameters
    ----------
    panel : Panel
        One source.

    Returns
    -------
    tuple of str
        ("agreement",) for shares, ("tone", "net", "cooperation") for events.

    Raises
    ------
    NotCoveredError
        If a channel is missing.
    """
    if MEASURE in panel.channels:
        return ("agreement",)
    if missing := [name for name in QUADS if name not in panel.channels]:
        raise NotCoveredError(
            f"{panel.source}: the panel has no channel {missing[0]!r}; a third-party scan"
            f" needs {', '.join(QUADS)}, or {MEASURE!r}. See what the source holds"
            f" with `cuibono load {panel.source}`."
        )
    return ("tone", "net", "cooperation")


def tally(panel: Panel, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], ...]:
    """Read the two counts every channel is made of.

    Parameters
    ----------
    panel : Panel
        One source.
    rows : int array, shape (n_rows,)
        Relations to read.

    Returns
    -------
    favourable : float array, shape (n_rows, n_periods)
        Cooperation, or votes alike; NaN where nothing was observed.
    other : float array, shape (n_rows, n_periods)
        Conflict, or votes apart.
    """
    if MEASURE in panel.channels:
        alike = panel.channels[MEASURE][rows] * panel.exposure[rows]
        return alike, panel.exposure[rows] - alike
    counts = [panel.channels[name][rows] for name in QUADS]
    return counts[0] + counts[1], counts[2] + counts[3]


def count(panel: Panel, rows: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float64]:
    """Count what every series is made of.

    Statements and appeals, which are neither cooperation nor conflict, are
    not counted: they would make a relation look better known than it is.

    Parameters
    ----------
    panel : Panel
        One source.
    rows : int array, shape (n_rows,), or slice
        Relations to count; all by default.

    Returns
    -------
    float array, shape (n_rows, n_periods)
        Events of cooperation or conflict, or joint votes.

    Raises
    ------
    NotCoveredError
        If a channel is missing.
    """
    channels_of(panel)
    if MEASURE in panel.channels:
        return panel.exposure[rows]
    first, *others = (panel.channels[quad][rows] for quad in QUADS)
    total = first.copy()
    for counts in others:  # added in place: a stack of all four takes three times as long
        total += counts
    return total


def measure_world_volume(panel: Panel, target: Relation) -> NDArray[np.float64]:
    """Count the world without the focal relation and its reply.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation.

    Returns
    -------
    float array, shape (n_periods,)
        Events of cooperation or conflict, or joint votes.
    """
    counts, at = count(panel), panel.index
    own = [at[relation] for relation in {target, target[::-1]} if relation in at]
    volume: NDArray[np.float64] = counts.sum(axis=0) - counts[own].sum(axis=0)
    return volume


def measure_channel(
    channel: str,
    favourable: NDArray[np.float64],
    other: NDArray[np.float64],
    world: NDArray[np.float64],
) -> Series:
    """Turn two counts into one channel's series.

    Parameters
    ----------
    channel : str
        From `channels_of`.
    favourable, other : float arrays, shape (..., n_periods)
        From `tally`.
    world : float array, shape (n_periods,)
        From `measure_world_volume`.

    Returns
    -------
    y : float array, shape (..., n_periods)
        The series.
    v : float array, shape (..., n_periods)
        The variance that counting puts on it.
    """
    if channel == "tone":
        return tone(favourable, other)
    if channel == "net":
        return net(favourable, other)
    if channel == "cooperation":
        return volume(favourable, world)
    total = favourable + other
    return share(favourable / np.where(total > 0, total, np.nan), total)


def build_controls(
    panel: Panel,
    target: Relation,
    channel: str,
    world_series: NDArray[np.float64],
    used: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Build what the focal relation is adjusted for before anyone is credited.

    An actor that sours on everybody has not been moved by any one of them,
    and a busy news month is nobody's doing. So: the actor's and the
    recipient's dealings with all others (mood and attention), the world's
    volume, its leading common movements, trend, season, and a new level after
    each gap.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation; it and its reply are left out of every sum.
    channel : str
        From `channels_of`.
    world_series : float array, shape (n_relations, n_periods)
        The channel's series of the visible relations but the focal one.
    used : int array, shape (n_used,)
        Periods in which the focal relation was observed.

    Returns
    -------
    float array, shape (n_used, n_controls)
        Orthonormal columns, the intercept among them.
    """
    world = measure_world_volume(panel, target)
    columns = common_columns(panel, world_series, world)
    counted = MEASURE not in panel.channels
    for rows in find_dealings(panel, target):
        favourable, other = (np.nansum(part, axis=0) for part in tally(panel, rows))
        columns.append(measure_channel(channel, favourable, other, world)[0])
        if counted:
            columns.append(volume(favourable + other, world)[0])
    return independent_columns(*(column[used] for column in columns))


def common_columns(
    panel: Panel, world_series: NDArray[np.float64], world: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """List what every relation of a panel can be adjusted for alike.

    Parameters
    ----------
    panel : Panel
        One source.
    world_series : float array, shape (n_relations, n_periods)
        A channel's series of visible relations.
    world : float array, shape (n_periods,)
        The world's volume.

    Returns
    -------
    list of float array, shape (n_periods,) or (n_periods, n_columns)
        Trend, leading common movements, levels after gaps, the world's volume
        where events are counted, season where there is one.
    """
    steps = panel.steps
    columns = [steps.astype(float), leading_components(world_series, COMPONENTS)]
    columns += [gap_levels(steps, LONGEST_GAP)]
    if MEASURE not in panel.channels:
        columns.append(np.log(world + 1))
    if panel.grid is not Grid.YEAR:
        columns.append(annual_cycle(steps, PER_YEAR[panel.grid]))
    return columns


def find_dealings(panel: Panel, target: Relation) -> tuple[NDArray[np.int64], ...]:
    """Find what the actor does with all others, and what all others do with the recipient.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation; it and its reply are left out.

    Returns
    -------
    tuple of int array, shape (n_rows,)
        The actor's relations, then the recipient's; where pairs have no direction,
        all those with it.
    """
    a, b = target
    others = [(i, r) for i, r in enumerate(panel.relations) if r not in (target, (b, a))]
    if MEASURE in panel.channels:
        chosen = ([i for i, r in others if a in r], [i for i, r in others if b in r])
    else:
        chosen = ([i for i, r in others if r[0] == a], [i for i, r in others if r[1] == b])
    return tuple(np.array(rows, dtype=np.int64) for rows in chosen)
