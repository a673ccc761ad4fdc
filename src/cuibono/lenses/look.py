"""The world measured once: every visible relation as a driver of the focal one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.base import Specification, deciles, place_among, strongest
from cuibono.lenses.channels import channels_of, count, measure_channel, tally
from cuibono.lenses.focal import Focal, find_visible, mark_rivals, see_focal
from cuibono.lenses.verdict import Sight
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.stats.controls import independent_columns
from cuibono.stats.noise import fit_noise
from cuibono.stats.scan import positions_before, scan_drivers

LAGS = {Grid.WEEK: 4, Grid.MONTH: 3, Grid.YEAR: 2}
"""Periods a driver may come first by: a month, a season, two assemblies."""

BEST = 0.95
"""Quantile of the world's scores that the best twentieth reaches."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Scores of every visible relation as a driver of one focal relation.

    Attributes
    ----------
    relations : tuple of (str, str), length n_visible
        The drivers.
    lagged : float array, shape (n_visible, n_specifications)
        Signed z of every declared specification; NaN where it says nothing.
    together : float array, shape (n_visible, n_channels)
        Signed z in the same period.
    rival : bool array, shape (n_visible,)
        False for the focal relation and its reply.
    decile : int array, shape (n_visible,)
        Class of like volume.
    freedom : int
        Degrees of freedom of each z.
    movement : float array, shape (n_channels,)
        Share of the focal series' whitened variance that is not chance in
        counting.
    volume : float array, shape (n_periods,)
        Events of cooperation or conflict, or joint votes, of the whole world.
    focals : tuple of Focal or None, length n_channels
        The focal relation in each channel; None where it could not be compared.
    """

    relations: tuple[tuple[str, str], ...]
    lagged: NDArray[np.float64]
    together: NDArray[np.float64]
    rival: NDArray[np.bool_]
    decile: NDArray[np.int64]
    freedom: int
    movement: NDArray[np.float64]
    volume: NDArray[np.float64]
    focals: tuple[Focal | None, ...]

    def rivals(self, sign: int, but: int | None = None) -> NDArray[np.bool_]:
        """Mark the relations a score is ranked against.

        Parameters
        ----------
        sign : {-1, 1}
            The predicted direction.
        but : int, optional
            Place of the relation whose score is ranked.

        Returns
        -------
        bool array, shape (n_visible,)
            Rivals with a score.
        """
        chosen = self.rival & np.isfinite(strongest(self.lagged, sign))
        if but is not None:
            chosen[but] = False
        return chosen

    def scores(self, sign: int) -> NDArray[np.float64]:
        """Score every rival in one direction.

        Parameters
        ----------
        sign : {-1, 1}
            The predicted direction.

        Returns
        -------
        float array, shape (n_rivals,)
            Largest `sign * z` over the specifications; no NaN.
        """
        return strongest(self.lagged, sign)[self.rivals(sign)]

    def rank(self, at: int, sign: int, *, alike: bool = False) -> tuple[int, int]:
        """Rank one relation among its rivals.

        Parameters
        ----------
        at : int
            Place in `relations`.
        sign : {-1, 1}
            The predicted direction.
        alike : bool, default False
            Whether to rank it among relations of like volume only.

        Returns
        -------
        place : int
            1 is the strongest.
        of : int
            How many were ranked, itself counted.
        """
        score = strongest(self.lagged, sign)
        chosen = self.rivals(sign, at)
        if alike:
            chosen &= self.decile == self.decile[at]
        return place_among(float(score[at]), score[chosen])

    def threshold(self, sign: int) -> float:
        """Give the score that the best twentieth of the world reaches.

        Parameters
        ----------
        sign : {-1, 1}
            The predicted direction.

        Returns
        -------
        float
            In units of z.
        """
        return float(np.quantile(self.scores(sign), BEST))

    @property
    def detectable(self) -> float:
        """Say what a driver must carry to reach the best twentieth.

        Returns
        -------
        float
            Share of the focal series' whitened variance, in [0, 1], from the
            higher of the two thresholds.
        """
        z = max(0.0, self.threshold(1), self.threshold(-1))
        return z**2 / (self.freedom + z**2)


def declare(panel: Panel) -> tuple[Specification, ...]:
    """List every specification, in the order of `World.lagged`.

    Parameters
    ----------
    panel : Panel
        One source.

    Returns
    -------
    tuple of Specification
        Channel by channel, the shortest lag first.
    """
    lags = range(1, LAGS[panel.grid] + 1)
    return tuple(
        Specification(channel, lag, panel.grid)
        for channel in channels_of(panel)
        for lag in lags
    )


def measure_world(panel: Panel, target: tuple[str, str]) -> World | None:
    """Score every visible relation as a driver of the focal one.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        A relation of the panel, itself visible.

    Returns
    -------
    World or None
        None where too few periods are left to compare anything.
    """
    rows = find_visible(panel)
    relations = tuple(panel.relations[row] for row in rows)
    parts = [_scan_channel(panel, target, channel, rows) for channel in channels_of(panel)]
    focals = tuple(focal for _, focal in parts)
    if not (told := [focal.noise for focal in focals if focal]):
        return None
    return World(
        relations=relations,
        lagged=np.hstack([z[:, 1:] for z, _ in parts]),
        together=np.hstack([z[:, :1] for z, _ in parts]),
        rival=mark_rivals(panel, target, rows),
        decile=deciles(count(panel, rows).sum(axis=1)),
        freedom=min(noise.whitening.freedom for noise in told) - 1,
        movement=np.array([f.noise.movement_share if f else 0.0 for f in focals]),
        volume=count(panel).sum(axis=0),
        focals=focals,
    )


def measure_sight(panel: Panel, world: World, driver: tuple[str, str]) -> Sight:
    """Say what could have been seen of one driver.

    Parameters
    ----------
    panel : Panel
        One source.
    world : World
        Of the focal relation.
    driver : tuple of str
        A visible relation.

    Returns
    -------
    Sight
        From the channel in which the two are clearest together.
    """
    favourable, other = tally(panel, np.array([panel.index[driver]]))
    clarity = []
    for channel in channels_of(panel):
        series = measure_channel(channel, favourable, other, world.volume)
        y, v = (part[0] for part in series)
        seen = np.flatnonzero(np.isfinite(y))
        steps = panel.steps[seen]
        controls = independent_columns(steps.astype(float))
        flat = np.ptp(y[seen]) == 0
        noise = None if flat else fit_noise(y[seen], v[seen], steps, controls)
        clarity.append(noise.movement_share if noise else 0.0)
    best = int(np.argmax(world.movement * clarity))
    movement = float(world.movement[best])
    return Sight(movement=movement, clarity=clarity[best], detectable=world.detectable)


def _scan_channel(
    panel: Panel,
    target: tuple[str, str],
    channel: str,
    rows: NDArray[np.int64],
) -> tuple[NDArray[np.float64], Focal | None]:
    seen, lags = see_focal(panel, target, channel, rows), range(LAGS[panel.grid] + 1)
    if seen is None:
        return np.full((rows.size, len(lags)), np.nan), None
    positions = [positions_before(panel.steps, seen.used, lag) for lag in lags]
    return scan_drivers(seen.y, seen.noise, seen.series, positions), seen
