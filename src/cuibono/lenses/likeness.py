"""Like histories: which ones are learned from, and how well that foretells later ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.histories import HORIZONS, Histories, measure_moves
from cuibono.lenses.standings import LEAST_RIVALS
from cuibono.model.actor import Relation
from cuibono.model.panel import Panel
from cuibono.stats.fan import FAN, pinball, stay_put, weighted_quantiles
from cuibono.stats.prognosis import KNOTS, Prognosis, learn
from cuibono.stats.survival import measure_brier

MOST = 20_000
"""Cases to learn from; more are thinned evenly, since they tell nothing new."""

TESTED = 1_000
"""Later histories that forecasts are tried on, at most."""

LEARNED = 0.7
"""Share of the record that forecasts are learned from when they are tried."""

LEVELS = np.array(FAN)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The focal relation's course among all histories.

    Attributes
    ----------
    panel : Panel
        The source.
    focal : tuple of str
        The relation, in the panel's order.
    histories : Histories
        Of the panel.
    case : int
        The relation's latest case.
    peers : int array, shape (n_peers,)
        All cases at the same time.
    """

    panel: Panel
    focal: Relation
    histories: Histories
    case: int
    peers: NDArray[np.int64]

    @property
    def way(self) -> int:
        """Give the course that the relation is in.

        Returns
        -------
        int
            1 where it warmed, -1 where it cooled, 0 where it was steady.
        """
        return int(self.histories.course[self.case])

    @property
    def known(self) -> NDArray[np.int64]:
        """List the cases of the same course that could be watched at all, thinned evenly.

        Returns
        -------
        int array, shape (n_known,)
            The relation's own left out.
        """
        own = self.histories.row == self.histories.row[self.case]
        watched = (self.histories.durations > 0) & ~own
        found = np.flatnonzero((self.histories.course == self.way) & watched)
        return _thin(self.histories, found, MOST)


@dataclass(frozen=True, slots=True)
class Trial:
    """How forecasts did on histories that they had not seen.

    Attributes
    ----------
    tested : int
        Histories; 0 where there were too few, and then no gain.
    gain : float
        Share by which the error (Brier) of saying how long the course lasts is
        below that of persistence: that such courses last as they always did.
    level_gain : float
        Share by which the loss of the fan of levels is below that of
        persistence: that the level stays where it is, give or take the usual.
    held : float
        Share of later levels that the fan's band of nine in ten held.
    """

    tested: int = 0
    gain: float = 0.0
    level_gain: float = 0.0
    held: float = 0.0


def learn_from(
    panel: Panel,
    histories: Histories,
    cases: NDArray[np.int64],
    durations: NDArray[np.float64],
    ended: NDArray[np.bool_],
) -> Prognosis:
    """Learn from cases what foretold the end of their course.

    Parameters
    ----------
    panel : Panel
        The source.
    histories : Histories
        Of the panel.
    cases : int array, shape (n_cases,)
        Which to learn from.
    durations, ended : arrays, shape (n_histories,)
        As far as they were known then.

    Returns
    -------
    Prognosis
        With the two parties as what cases share.
    """
    actors, recipients = panel.number_parties()[1][histories.row[cases]].T
    return learn(
        histories.features[cases], durations[cases], ended[cases], (actors, recipients)
    )


def foretell_levels(
    prognosis: Prognosis, moves: NDArray[np.float64], features: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Foretell how far levels move, from how far those of like cases had moved.

    Parameters
    ----------
    prognosis : Prognosis
        What was learned.
    moves : float array, shape (n_cases, n_ahead)
        How far its cases had moved; NaN where that was not known.
    features : float array, shape (n_asked, n_features)
        Of those that are asked about.

    Returns
    -------
    float array, shape (n_asked, n_ahead, n_levels)
        Quantiles of the change, NaN where no case was seen so far ahead.
    """
    shares = np.array([prognosis.shares(one) for one in features])
    fans = np.full((len(features), moves.shape[1], LEVELS.size), np.nan)
    for step in range(moves.shape[1]):
        seen = np.isfinite(moves[:, step])
        if seen.any():
            fans[:, step] = weighted_quantiles(moves[seen, step], shares[:, seen], LEVELS)
    return fans


def try_out(asked: Asked) -> Trial:
    """Learn from the first part of the record and foretell the second.

    Parameters
    ----------
    asked : Asked
        Whose course decides which histories are tried.

    Returns
    -------
    Trial
        How that went.
    """
    histories, steps = asked.histories, asked.panel.steps
    cut = int(LEARNED * steps[-1])
    at = steps[histories.at]
    same = histories.course == asked.way
    early = np.flatnonzero(same & (at < cut) & (histories.durations > 0))
    early = _thin(histories, early, MOST)
    late = np.flatnonzero(same & (at >= cut) & (histories.watched > 0))
    late = _thin(histories, late, TESTED)
    if early.size < LEAST_RIVALS or late.size < LEAST_RIVALS:
        return Trial()
    room = (cut - at).astype(float)
    durations = np.minimum(histories.durations, room)
    ended = histories.ended & (histories.durations <= room)
    prognosis = learn_from(asked.panel, histories, early, durations, ended)
    level_gain, held = _level_gain(asked, prognosis, early, late, room)
    return Trial(late.size, _gain(asked, prognosis, late), level_gain, held)


def _gain(asked: Asked, prognosis: Prognosis, late: NDArray[np.int64]) -> float:
    """Compare the errors of saying how long courses last."""
    histories = asked.histories
    horizons = np.array(HORIZONS[asked.panel.grid], dtype=float)
    outcome = (histories.durations[late], histories.ended[late], histories.watched[late])
    alike = prognosis.forecast_many(histories.features[late], horizons)
    base = np.tile(prognosis.base(horizons).share, (late.size, 1))
    alike_error, base_error = (
        float(np.nanmean(measure_brier(share, *outcome, horizons))) for share in (alike, base)
    )
    return 1 - alike_error / base_error


def _level_gain(
    asked: Asked,
    prognosis: Prognosis,
    early: NDArray[np.int64],
    late: NDArray[np.int64],
    room: NDArray[np.float64],
) -> tuple[float, float]:
    """Compare the losses of fans of levels, and count what the wide band held."""
    histories, panel = asked.histories, asked.panel
    horizons = np.array(HORIZONS[panel.grid])
    moves = measure_moves(histories, panel, early, horizons)
    moves = np.where(horizons <= room[early][:, None], moves, np.nan)
    came = measure_moves(histories, panel, late, horizons)
    # fans are made at a hundred scores and interpolated between them
    scores = prognosis.score(histories.features[late])
    knots = np.unique(np.quantile(scores, np.linspace(0, 1, KNOTS), method="nearest"))
    nearest = late[[int(np.argmin(np.abs(scores - knot))) for knot in knots]]
    at_knots = foretell_levels(prognosis, moves, histories.features[nearest])
    losses, held = [], []
    for step in range(horizons.size):
        known, seen = np.isfinite(moves[:, step]), np.isfinite(came[:, step])
        if not (known.any() and seen.any()):
            continue
        fan = np.stack(
            [np.interp(scores[seen], knots, at_knots[:, step, q]) for q in range(LEVELS.size)],
            axis=1,
        )
        flat = np.tile(stay_put(moves[known, step], LEVELS), (int(seen.sum()), 1))
        there = came[seen, step]
        losses.append([pinball(one, there, LEVELS) for one in (fan, flat)])
        held.append(float(np.mean((fan[:, 0] <= there) & (there <= fan[:, -1]))))
    if not losses:
        return 0.0, 0.0
    alike, still = np.mean(losses, axis=0)
    return float(1 - alike / max(still, 1e-300)), float(np.mean(held))


def _thin(histories: Histories, cases: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Keep at most so many cases, spread evenly over the changes that they saw."""
    ordered = cases[np.argsort(histories.change[cases], kind="stable")]
    return ordered[:: max(1, -(-cases.size // most))]
