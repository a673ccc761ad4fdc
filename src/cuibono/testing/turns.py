"""Relations whose turning points are known: one series alone, or one step in a panel."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cuibono.model.actor import Relation
from cuibono.model.panel import Panel


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """Monthly counts of one relation, and when its level changed.

    Attributes
    ----------
    cooperation, conflict : float arrays, shape (n_periods,)
        Events.
    at : tuple of int
        First periods of new levels, ascending.
    """

    cooperation: NDArray[np.float64]
    conflict: NDArray[np.float64]
    at: tuple[int, ...]


def simulate_turns(
    rng: np.random.Generator, periods: int, volume: float, turns: int | None = None
) -> Turned:
    """Simulate a relation that persists, draws bursts of attention, and turns now and then.

    Persistence of 0.5 to 0.9 with heavy tails looks like steps, over-dispersed
    counts hide them, and attention makes the news look gloomier than they are.

    Parameters
    ----------
    rng : numpy Generator
        Where the numbers come from.
    periods : int
        Months.
    volume : float
        Mean events a month.
    turns : int, optional
        Changes of level, by a factor of 2 to 5 in the odds of cooperation, at
        least 19 months apart; by default two in the mean and five at most.

    Returns
    -------
    Turned
        Counts and the truth.
    """
    persistence, spread = rng.uniform(0.5, 0.9), rng.uniform(0.25, 0.5)
    own = spread * _persist(rng.standard_t(5, periods + 100) / np.sqrt(5 / 3), persistence)
    at = _draw_turns(rng, periods, min(5, rng.poisson(2)) if turns is None else turns)
    level = np.zeros(periods)
    for start in at:
        level[start:] += rng.choice((-1, 1)) * rng.uniform(0.7, 1.6)
    attention = 0.42 * _persist(rng.standard_t(4, periods) / np.sqrt(2), 0.8)
    odds = np.exp(rng.normal(0.5, 0.5) + own[100:] + level - 0.25 * attention)
    trend = np.linspace(-0.5, 0.5, periods)
    events = volume * np.exp(attention + trend) * _overdisperse(rng, rng.uniform(2, 6), periods)
    beyond = rng.uniform(4, 20)
    counts = [
        rng.poisson(events * share * _overdisperse(rng, beyond, periods)).astype(float)
        for share in (odds / (1 + odds), 1 / (1 + odds))
    ]
    return Turned(counts[0], counts[1], at)


def _persist(shocks: NDArray[np.float64], rho: float) -> NDArray[np.float64]:
    series = np.zeros_like(shocks)
    for t in range(1, shocks.size):
        series[t] = rho * series[t - 1] + np.sqrt(1 - rho**2) * shocks[t]
    return series


def _overdisperse(rng: np.random.Generator, shape: float, periods: int) -> NDArray[np.float64]:
    return np.asarray(rng.gamma(shape, 1 / shape, periods))


def _draw_turns(rng: np.random.Generator, periods: int, turns: int) -> tuple[int, ...]:
    at: list[int] = []
    for _ in range(50 * turns):
        start = int(rng.integers(15, periods - 15))
        if len(at) < turns and all(abs(start - other) > 18 for other in at):
            at.append(start)
    return tuple(sorted(at))


def plant_step(panel: Panel, relation: Relation, at: int, share: float, seed: int = 0) -> Panel:
    """Turn conflict into cooperation from one period on.

    Parameters
    ----------
    panel : Panel
        A simulated world of events.
    relation : tuple of str
        The relation that turns.
    at : int
        First period of the new level.
    share : float
        Share of its conflict that becomes cooperation, in [0, 1].
    seed : int, default 0
        Which events do.

    Returns
    -------
    Panel
        The same world but for this relation.
    """
    rng, row = np.random.default_rng(seed), panel.index[relation]
    channels = {name: counts.copy() for name, counts in panel.channels.items()}
    for mode in ("verbal", "material"):
        conflict = channels[f"{mode}_conflict"][row]
        turned = rng.binomial(conflict.astype(int), share) * (np.arange(conflict.size) >= at)
        channels[f"{mode}_cooperation"][row] += turned
        conflict -= turned
    return replace(panel, channels=channels)
