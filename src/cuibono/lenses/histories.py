"""Histories of all relations: how each has moved of late, and how long that lasted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from cuibono.lenses.channels import LONGEST_GAP, MEASURE, channels_of, tally
from cuibono.model.panel import Panel
from cuibono.model.period import Grid

RECENT = {Grid.WEEK: 8, Grid.MONTH: 6, Grid.YEAR: 3}
"""Periods whose mean is how things stand."""

BEFORE = {Grid.WEEK: 12, Grid.MONTH: 12, Grid.YEAR: 5}
"""Periods before them whose mean is how things stood."""

HORIZONS = {Grid.WEEK: (4, 13, 26), Grid.MONTH: (3, 12, 24), Grid.YEAR: (1, 3, 5)}
"""Periods ahead for which a forecast is given."""

OBSERVED = 2 / 3
"""Share of a window that must be observed."""

TURN = 0.8
"""Quantile of all changes from which one is a turn: the largest fifth."""


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Every relation at every period at which its recent course is known.

    Attributes
    ----------
    closeness : float array, shape (n_relations, n_periods)
        Share of cooperation, or of votes alike, less what both parties share
        with everybody; NaN where nothing was observed.
    noise : float array, shape (n_relations, n_periods)
        Variance that counting puts on it.
    levels : float array, shape (n_relations, n_periods)
        Mean closeness of the recent periods up to each; NaN where too little
        was observed.
    turn : float
        Change from which on one counts as a turn.
    row, at : int array, shape (n_cases,)
        Relation and period of each case.
    level, before : float array, shape (n_cases,)
        Mean of the recent periods, and of those before.
    change, noise_of_change : float array, shape (n_cases,)
        Mean of the recent periods less the mean before, and its standard
        error from counting.
    course : int array, shape (n_cases,)
        1 where it warmed, -1 where it cooled, 0 where it was steady.
    features : float array, shape (n_cases, 5)
        Size of the change, restlessness, level, chance in counting, and age.
    durations : float array, shape (n_cases,)
        Periods until the course ended or was watched no longer.
    ended : bool array, shape (n_cases,)
        Whether it ended.
    watched : float array, shape (n_cases,)
        Periods over which it could have been watched.
    """

    closeness: NDArray[np.float64]
    noise: NDArray[np.float64]
    levels: NDArray[np.float64]
    turn: float
    row: NDArray[np.int64]
    at: NDArray[np.int64]
    level: NDArray[np.float64]
    before: NDArray[np.float64]
    change: NDArray[np.float64]
    noise_of_change: NDArray[np.float64]
    course: NDArray[np.int64]
    features: NDArray[np.float64]
    durations: NDArray[np.float64]
    ended: NDArray[np.bool_]
    watched: NDArray[np.float64]


def read_histories(panel: Panel) -> Histories:
    """Read the recent course of every relation, and what became of it.

    A course that warmed, or cooled, lasts until more than half of the change
    is lost again; a steady one until it changes as much as the largest fifth
    of all changes.

    Parameters
    ----------
    panel : Panel
        Events by quad, or a measure that is a share.

    Returns
    -------
    Histories
        Without those of which too little was observed.

    Raises
    ------
    NotCoveredError
        If the panel lacks a channel.
    """
    closeness, noise = measure_closeness(panel)
    recent, before = RECENT[panel.grid], BEFORE[panel.grid]
    now = _means(closeness, panel.steps, recent)
    then = _shifted(_means(closeness, panel.steps, before), panel.steps, recent)
    change = now - then
    error = np.sqrt(
        _means(noise, panel.steps, recent) / recent
        + _shifted(_means(noise, panel.steps, before), panel.steps, recent) / before
    )
    row, at = np.nonzero(np.isfinite(change) & np.isfinite(error))
    turn = float(np.quantile(np.abs(change[row, at]), TURN)) if row.size else 1.0
    course = np.where(np.abs(change) >= turn, np.sign(np.nan_to_num(change)), 0.0)
    ended, durations, watched = _follow(now, then, course, turn, (row, at), panel)
    restless = _means(_jumps(closeness), panel.steps, recent + before)[row, at]
    sign = np.where(course[row, at] == 0, 1.0, course[row, at])
    features = np.column_stack(
        [
            np.abs(change[row, at]) / turn,
            np.log(np.nan_to_num(restless) + 1e-3),
            sign * now[row, at],
            np.log(error[row, at] + 1e-3),
            np.log1p(_age(course)[row, at]),
        ]
    )
    return Histories(
        closeness=closeness,
        noise=noise,
        levels=now,
        turn=turn,
        row=row,
        at=at,
        level=now[row, at],
        before=then[row, at],
        change=change[row, at],
        noise_of_change=error[row, at],
        course=course[row, at].astype(np.int64),
        features=features,
        durations=durations,
        ended=ended,
        watched=watched,
    )


def measure_closeness(panel: Panel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure how close two parties are, beyond what both share with everybody.

    Parameters
    ----------
    panel : Panel
        Events by quad, or a measure that is a share.

    Returns
    -------
    closeness : float array, shape (n_relations, n_periods)
        NaN where nothing was observed.
    noise : float array, shape (n_relations, n_periods)
        Variance that counting puts on it.

    Raises
    ------
    NotCoveredError
        If the panel lacks a channel.
    """
    channels_of(panel)
    good, bad = tally(panel, np.arange(len(panel.relations)))
    total = np.nan_to_num(good) + np.nan_to_num(bad)
    share = np.where(total > 0, (good + 0.5) / (total + 1), np.nan)
    noise = np.where(total > 0, share * (1 - share) / (total + 1), np.nan)
    parties, ends = panel.number_parties()
    return share - _mood(share, ends.T, len(parties), MEASURE in panel.channels), noise


def unit_of_closeness(panel: Panel) -> str:
    """Name what closeness is a share of.

    Parameters
    ----------
    panel : Panel
        Events by quad, or a measure that is a share.

    Returns
    -------
    str
        "share of votes" or "share of events".
    """
    return "share of votes" if MEASURE in panel.channels else "share of events"


def measure_levels(panel: Panel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure where each relation stands: the mean closeness of the recent periods.

    Parameters
    ----------
    panel : Panel
        Events by quad, or a measure that is a share.

    Returns
    -------
    levels : float array, shape (n_relations, n_periods)
        NaN where too little was observed.
    errors : float array, shape (n_relations, n_periods)
        Standard error that counting puts on it.

    Raises
    ------
    NotCoveredError
        If the panel lacks a channel.
    """
    recent = RECENT[panel.grid]
    closeness, noise = measure_closeness(panel)
    spread = _means(noise, panel.steps, recent) / recent
    return _means(closeness, panel.steps, recent), np.sqrt(spread)


def measure_moves(
    histories: Histories, panel: Panel, cases: NDArray[np.int64], ahead: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Measure how far cases had moved so many periods later.

    Parameters
    ----------
    histories : Histories
        Of the panel.
    panel : Panel
        Where they were read.
    cases : int array, shape (n_asked,)
        Which cases.
    ahead : int array, shape (n_ahead,)
        Periods ahead, at least 1.

    Returns
    -------
    float array, shape (n_asked, n_ahead)
        Level then less level now; NaN where it was not observed.
    """
    row, at = histories.row[cases], histories.at[cases]
    wanted = panel.steps[at][:, None] + ahead
    place = np.searchsorted(panel.steps, wanted).clip(0, panel.steps.size - 1)
    later = histories.levels[row[:, None], place]
    moved: NDArray[np.float64] = np.where(
        panel.steps[place] == wanted, later - histories.level[cases][:, None], np.nan
    )
    return moved


def _mood(
    share: NDArray[np.float64], sides: NDArray[np.int64], parties: int, unordered: bool
) -> NDArray[np.float64]:
    """Give the mean of what each party shares with everybody, averaged over both."""
    seen, sums = np.zeros((2, 2, parties, share.shape[1]))
    for side in (0, 1):
        place = sides[side], np.arange(len(share))
        member = csr_array((np.ones(len(share)), place), shape=(parties, len(share)))
        seen[side], sums[side] = member @ np.isfinite(share), member @ np.nan_to_num(share)
    if unordered:
        seen[:], sums[:] = seen.sum(axis=0), sums.sum(axis=0)
    mean = np.divide(sums, seen, out=np.zeros_like(sums), where=seen > 0)
    mood: NDArray[np.float64] = (mean[0][sides[0]] + mean[1][sides[1]]) / 2
    return mood


def _means(
    values: NDArray[np.float64], steps: NDArray[np.int64], window: int
) -> NDArray[np.float64]:
    """Average each window that ends at a period; NaN where a third or more is missing."""
    seen = np.cumsum(np.pad(np.isfinite(values), ((0, 0), (1, 0))), axis=1)
    sums = np.cumsum(np.pad(np.nan_to_num(values), ((0, 0), (1, 0))), axis=1)
    first = np.searchsorted(steps, steps - window, side="right")
    n = seen[:, 1:] - seen[:, first]
    whole = (n >= OBSERVED * window) & (steps >= window - 1)
    means: NDArray[np.float64] = np.full(values.shape, np.nan)
    np.divide(sums[:, 1:] - sums[:, first], n, out=means, where=whole)
    return means


def _shifted(
    values: NDArray[np.float64], steps: NDArray[np.int64], by: int
) -> NDArray[np.float64]:
    """Give what stood `by` steps before; NaN where that was not a period of the record."""
    place = np.searchsorted(steps, steps - by).clip(0, steps.size - 1)
    there = steps[place] == steps - by
    moved: NDArray[np.float64] = np.where(there, values[:, place], np.nan)
    return moved


def _jumps(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the size of each change from one period to the next."""
    jumps: NDArray[np.float64] = np.full(values.shape, np.nan)
    jumps[:, 1:] = np.abs(np.diff(values, axis=1))
    return jumps


def _age(course: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count for how many periods each course has lasted."""
    age = np.zeros(course.shape)
    for now in range(1, course.shape[1]):
        age[:, now] = np.where(course[:, now] == course[:, now - 1], age[:, now - 1] + 1, 0)
    return age


def _follow(
    now: NDArray[np.float64],
    then: NDArray[np.float64],
    course: NDArray[np.float64],
    turn: float,
    cases: tuple[NDArray[np.int64], NDArray[np.int64]],
    panel: Panel,
) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
    """Watch each case until its course ends, the horizon comes or the record breaks off."""
    row, at = cases
    level, before, way = now[row, at], then[row, at], course[row, at]
    longest, steps = HORIZONS[panel.grid][-1], panel.steps
    ended, open_ = np.zeros(row.size, dtype=bool), np.ones(row.size, dtype=bool)
    durations, watched = np.zeros(row.size), np.zeros(row.size)
    for ahead in range(1, longest + 1):
        place = np.searchsorted(steps, steps[at] + ahead).clip(0, steps.size - 1)
        later = np.where(steps[place] == steps[at] + ahead, now[row, place], np.nan)
        seen = np.isfinite(later)
        lost = np.where(way == 0, np.abs(later - level) >= turn,
                        way * (later - (level + before) / 2) < 0)  # fmt: skip
        watched = np.where(seen, ahead, watched)
        fresh = open_ & seen
        durations = np.where(fresh, ahead, durations)
        ended |= fresh & lost
        open_ &= ~(fresh & lost) & (ahead - watched <= LONGEST_GAP)
    return ended, durations, watched
