"""Power: how often a driver of known strength would have been claimed here."""

from __future__ import annotations

import numpy as np

from cuibono.lenses.contest import Contest, Part
from cuibono.model.panel import Panel
from cuibono.stats.averaging import average, weigh_sets
from cuibono.stats.evidence import see_candidates
from cuibono.stats.noise import fit_noise
from cuibono.stats.response import FADES, response_operators
from cuibono.stats.track import draw_levels

TRIALS = 16
"""Real relations that are made to act, one at a time."""


def count_found(panel: Panel, contest: Contest, share: float, bar: float) -> int:
    """Let real relations of the world move the focal one, and count the claims.

    The focal series as recorded stays underneath, with whatever else moves it.
    What is added comes from a level the driver may have had, drawn given its
    counts, at a random lag and fade: chance in counting hides it from the
    lens as it hides a true driver.

    Parameters
    ----------
    panel : Panel
        One source.
    contest : Contest
        Its listed drivers set how well known the relations are that act.
    share : float
        Share of the focal relation's movement that the driver carries, in
        (0, 1).
    bar : float
        Probability from which a driver is claimed.

    Returns
    -------
    int
        In how many of `TRIALS` it would be, from a prior of a quarter.

    References
    ----------
    .. [1] Schuemie, M. J. et al. (2018). "Empirical confidence interval
       calibration for population-level effect estimation studies in
       observational healthcare data". *PNAS* 115(11), 2571-2577.
       https://doi.org/10.1073/pnas.1708282114
    """
    part, rng = contest.parts[0], np.random.default_rng(0)
    chosen = rng.choice(_alike(panel, contest), TRIALS, replace=False)
    return sum(_try(panel, part, int(at), share, rng) >= bar for at in chosen)


def _alike(panel: Panel, contest: Contest) -> np.ndarray:
    """Find the rivals about as often recorded as those that are listed."""
    at = panel.index
    rows = np.array([panel.rows[at[r]] for r in contest.relations])
    listed = rows[[contest.relations.index(r) for r, _ in contest.drivers]]
    alike = contest.rival & (rows >= listed.min()) & (rows <= listed.max())
    return np.flatnonzero(alike if alike.sum() >= TRIALS else contest.rival)


def _try(panel: Panel, part: Part, at: int, share: float, rng: np.random.Generator) -> float:
    focal, steps = part.focal, panel.steps[part.focal.used]
    operators = response_operators(int(panel.steps[-1]) + 1, part.lags)[:, steps]
    single = operators[1 + int(rng.integers(len(part.lags) * len(FADES)))]
    added = single @ draw_levels(part.tracked, at, 1, rng)[0]
    left = focal.y - focal.controls @ (focal.controls.T @ focal.y)
    own = focal.noise.movement_share * left.var()
    y = focal.y + added * np.sqrt(share / (1 - share) * own) / max(added.std(), 1e-12)
    noise = fit_noise(y, focal.counting, steps, focal.controls)
    responses = (operators @ part.tracked.mean[at])[None]
    sets = weigh_sets(see_candidates(y, noise, responses), np.ones(1, dtype=np.int64))
    return float(average(sets.member, sets.log_bayes_factor, np.array([0.25])).inclusion[0])
