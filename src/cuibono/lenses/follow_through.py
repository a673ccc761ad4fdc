"""Whether announcements are followed by deliveries, how often and how fast."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.base import place_among
from cuibono.lenses.prose import number, say
from cuibono.lenses.standings import LEAST_RIVALS
from cuibono.lenses.verdict import LEANS
from cuibono.model.actor import Relation
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Measured, Rank
from cuibono.model.panel import Panel
from cuibono.stats.follow import Follow, Waits, measure_follow, measure_waits
from cuibono.stats.rates import share_interval
from cuibono.stats.survival import estimate_survival, median_time

HORIZONS = (4, 13)
"""Weeks: a month and a season."""

LONGEST = 26
"""Weeks over which a half-life is sought."""

ANNOUNCED, DELIVERED = 5, 3
"""Weeks with each below which nothing is compared."""

NAME = "instruments"


def measure_follow_through(panel: Panel, focal: Relation) -> tuple[Measured, Measured]:
    """Measure what comes of a relation's announcements.

    Weeks with an announcement are compared with weeks of talk without one, so
    that a busy season does not pass for kept promises. The better of two
    horizons is ranked among the better ones of every relation.

    Parameters
    ----------
    panel : Panel
        Counts by instrument.
    focal : tuple of str
        The relation.

    Returns
    -------
    followed : Measured
        Share followed by a delivery, less what comes anyway.
    half_life : Measured
        Weeks until half were.
    """
    first, done = panel.channels["promised"] > 0, panel.channels["delivered"] > 0
    waits = measure_waits(done, panel.steps)
    looks = [measure_follow(first, panel.channels["talked"] > 0, waits, h) for h in HORIZONS]
    enough = (done.sum(axis=1) >= DELIVERED) & (looks[-1].n >= ANNOUNCED)
    row = panel.index.get(focal, -1)
    if row < 0 or not enough[row] or enough.sum() <= LEAST_RIVALS:
        return _mute(panel, focal, first, done)
    return _followed(panel, focal, looks, enough), _half_life(panel, focal, first[row], waits)


def _followed(
    panel: Panel, focal: Relation, looks: list[Follow], enough: NDArray[np.bool_]
) -> Measured:
    z = np.nan_to_num(np.stack([look.z for look in looks]))
    row = panel.index[focal]
    at = int(np.abs(z[:, row]).argmax())
    best = np.abs(z).max(axis=0)
    enough = enough & (np.arange(best.size) != row)
    rank = Rank(*place_among(best[row], best[enough]), "relations that announce and deliver")
    look, horizon = looks[at], HORIZONS[at]
    after, anyway = float(look.after[row]), float(look.anyway[row])
    worth = max(1.0, look.n[row] / horizon)
    low, high = (float(bound) for bound in share_interval(after * worth, worth))
    key = "unkept" if rank.share > LEANS else ("kept" if after > anyway else "broken")
    facts = {"after": after, "anyway": anyway, "top": rank.share, "of": rank.of}
    return Measured(
        id="followed",
        label=f"{'→'.join(focal)}: announcements followed by a delivery",
        estimate=Estimate(
            after - anyway,
            min(low, after) - anyway,
            max(high, after) - anyway,
            "of announcements more than of other busy weeks",
        ),
        how=f"share of weeks with an announcement that a delivery follows within {horizon}"
        f" weeks, less the same of weeks of talk without one; {horizon} weeks count as one",
        verdict=key,
        said=say(NAME, key, horizon=horizon, grid=panel.grid, **facts),
        traces=(panel.trace(focal),),
        ranks=(rank,),
    )


def _half_life(
    panel: Panel, focal: Relation, first: NDArray[np.bool_], waits: Waits
) -> Measured:
    row, horizons = panel.index[focal], np.arange(1.0, LONGEST + 1)
    steps, came = waits.steps[row, first], waits.came[row, first]
    curve = estimate_survival(steps, came, horizons)
    middle = median_time(curve, horizons)
    low, high = curve.interval()
    soonest = np.flatnonzero(low <= 0.5)
    latest = np.flatnonzero(high <= 0.5)
    found = np.isfinite(middle)
    estimate = (
        Estimate(
            middle,
            min(middle, float(horizons[soonest[0]])),
            float(horizons[latest[0]]) if latest.size else float(LONGEST),
            f"{panel.grid}s",
        )
        if found
        else None
    )
    key = "half_life" if found else "no_half_life"
    wait = number(middle, panel.grid) if found else ""
    facts = {"wait": wait, "horizon": LONGEST, "grid": panel.grid}
    return Measured(
        id="half-life",
        label=f"{'→'.join(focal)}: half-life of an announcement",
        estimate=estimate,
        how="median of Kaplan and Meier's estimate of the wait from a week with an announcement"
        " to the next week with a delivery; waits that a gap cuts off count as far as they go;"
        f" nothing above {LONGEST} is looked at",
        verdict=key,
        said=say(NAME, key, **facts),
        traces=(panel.trace(focal),),
    )


def _mute(
    panel: Panel, focal: Relation, first: NDArray[np.bool_], done: NDArray[np.bool_]
) -> tuple[Measured, Measured]:
    row = panel.index.get(focal, -1)
    n, m = (int(kind[row].sum()) if row >= 0 else 0 for kind in (first, done))
    announced = number(n, panel.grid)
    said = say(NAME, "few_announced", n=announced, m=m, source=panel.source)
    followed, half_life = (
        Measured(
            id=name,
            label=f"{'→'.join(focal)}: {label}",
            estimate=None,
            how="waits from weeks with an announcement to the next week with a delivery",
            verdict="few_announced",
            said=said,
            traces=(panel.trace(focal),),
        )
        for name, label in (
            ("followed", "announcements followed by a delivery"),
            ("half-life", "half-life of an announcement"),
        )
    )
    return followed, half_life
