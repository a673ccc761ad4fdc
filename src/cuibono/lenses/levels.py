"""Levels of a relation that may change, and how a change of each reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import NotCoveredError
from cuibono.lenses.channels import MEASURE, QUADS
from cuibono.model.estimate import Z90, Estimate
from cuibono.model.panel import Panel
from cuibono.stats.series import Series, net, share, tone, volume

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a relation.

    Attributes
    ----------
    name, label : str
        Short and readable name.
    unit, change_unit : str
        Of the level as drawn, and of a change in it.
    factor : bool
        Whether a change multiplies; otherwise it adds.
    shown : callable (float array) -> float array
        From the scale that is computed on to the scale that is drawn.
    leads : bool
        Whether the counts that raise the level also lower the variance of
        counting it, so that high periods would outweigh low ones.
    """

    name: str
    label: str
    unit: str
    change_unit: str
    factor: bool
    shown: Callable[[Floats], Floats]
    leads: bool = True

    def even_out(self, v: Floats) -> Floats:
        """Give the counting variance that a series is dated with.

        Taken from each period's own count, the variance of a busy one is many
        times smaller than that of a quiet one; a few busy ones that happen to
        fall together would pass for a level. So it is taken at the usual count
        of the series, which is the harmonic mean of the variances.

        Parameters
        ----------
        v : float array, shape (..., n_periods)
            From `measure_level`.

        Returns
        -------
        float array of the same shape
            The same in every period where the level leads its variance; NaN
            where it was.
        """
        if not self.leads:
            return v
        usual = 1 / np.nanmean(1 / v, axis=-1, keepdims=True)
        return np.where(np.isfinite(v), usual, np.nan)

    def change(self, size: float, spread: float, around: float) -> Estimate:
        """Give a change on the scale a reader knows, with its 90 % interval.

        Parameters
        ----------
        size, spread : float
            Mean and standard deviation on the scale that is computed on.
        around : float
            Level half-way, on that scale.

        Returns
        -------
        Estimate
            A factor, or a difference.
        """
        ends = np.array([size, size - Z90 * spread, size + Z90 * spread])
        if self.factor:
            value, low, high = np.exp(ends).tolist()
        else:
            half = ends / 2
            value, low, high = (self.shown(around + half) - self.shown(around - half)).tolist()
        return Estimate(value, low, high, self.change_unit)


def _events(y: Floats) -> Floats:
    """Take off the half event that a logarithm needs: no event is none."""
    return np.asarray(np.maximum(np.exp(y) - 0.5, 0.0))


def _share_of_odds(y: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-y)))


def _share_of_angle(y: Floats) -> Floats:
    return np.asarray(np.sin(np.clip(y, 0, np.pi / 2)) ** 2)


TONE = Level(
    "tone", "tone", "share of events that cooperate", "times the odds of cooperation",
    True, _share_of_odds, leads=False,
)  # fmt: skip
NET = Level(
    "net", "net cooperation", "cooperation less conflict, events", "events",
    False, np.sinh,
)  # fmt: skip
VOLUME = Level(
    "volume", "volume", "events in a period of average news", "times the events", True, _events
)
FORCE = Level(
    "material_conflict", "material conflict", "events in a period of average news",
    "times the events", True, _events,
)  # fmt: skip
AGREEMENT = Level(
    "agreement", "agreement", "share of joint votes", "share of joint votes",
    False, _share_of_angle, leads=False,
)  # fmt: skip


def levels_of(panel: Panel) -> tuple[Level, ...]:
    """List the levels that a panel allows to be followed.

    All four of an event source are needed: tone cancels attention but misses
    a shock in which threats and talks rise together, the others catch it.

    Parameters
    ----------
    panel : Panel
        One source.

    Returns
    -------
    tuple of Level
        Agreement for shares; tone, net, volume and material conflict for
        events.

    Raises
    ------
    NotCoveredError
        If a panel of events lacks a quad class.
    """
    if panel.measure:
        return (AGREEMENT,)
    if missing := [quad for quad in QUADS if quad not in panel.channels]:
        raise NotCoveredError(
            f"{panel.source}: the panel has no channel {missing[0]!r}; levels are made of"
            f" {', '.join(QUADS)}. Count the events by quad class."
        )
    return (TONE, NET, VOLUME, FORCE)


def count_parts(panel: Panel, rows: NDArray[np.int64]) -> dict[str, Floats]:
    """Read the counts that every level is made of.

    Parameters
    ----------
    panel : Panel
        One source.
    rows : int array, shape (n_rows,)
        Relations to read.

    Returns
    -------
    dict of str to float array, shape (n_rows, n_periods)
        By quad class; votes alike and apart for shares, NaN where nothing was
        observed.
    """
    if panel.measure:
        alike = panel.channels[MEASURE][rows] * panel.exposure[rows]
        return {"alike": alike, "apart": panel.exposure[rows] - alike}
    return {quad: panel.channels[quad][rows] for quad in QUADS}


def measure_level(level: Level, parts: dict[str, Floats], world: Floats) -> Series:
    """Turn counts into one level's series.

    Parameters
    ----------
    level : Level
        From `levels_of`.
    parts : dict of str to float array, shape (..., n_periods)
        From `count_parts`, or sums of it.
    world : float array, shape (n_periods,)
        Events of all other relations.

    Returns
    -------
    y : float array, shape (..., n_periods)
        The series.
    v : float array, shape (..., n_periods)
        The variance that counting puts on it.
    """
    if level is AGREEMENT:
        total = parts["alike"] + parts["apart"]
        return share(parts["alike"] / np.where(total > 0, total, np.nan), total)
    cooperation = parts["verbal_cooperation"] + parts["material_cooperation"]
    conflict = parts["verbal_conflict"] + parts["material_conflict"]
    if level is TONE:
        return tone(cooperation, conflict)
    if level is NET:
        return net(cooperation, conflict)
    counts = cooperation + conflict if level is VOLUME else parts["material_conflict"]
    return volume(counts, world)
