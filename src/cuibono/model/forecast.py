"""A forecast as it was made: what is foretold, by when it can be told, and by what rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cuibono.model.actor import Relation
from cuibono.model.estimate import Estimate
from cuibono.model.period import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is foretold of one relation, with the rule that will decide it.

    It came true if the mean of the last `window` periods, measured by the
    lens that made it, stays within `low` and `high` at every period from
    `made` to `resolves`.

    Attributes
    ----------
    id : str
        Source, relation, day made and horizon; stable across runs.
    text : str
        What is foretold, in words.
    source, measure : str
        Provider, and the measure it is read from; empty for counted events.
    relation : tuple of str
        (actor id, recipient id), in the source's order.
    grid : Grid
        Length of a period.
    window : int
        Periods whose mean is held against the bounds.
    low, high : float
        Bounds; infinite where there is none.
    made, resolves : date
        First day after what was known, and first day on which it can be told.
    probability : Estimate
        That it comes true.
    rival : float
        What the one of the two that is not printed says.
    by : {"like histories", "persistence"}
        Who speaks: like histories only where they did better on years that
        they had not seen.
    """

    id: str
    text: str
    source: str
    measure: str
    relation: Relation
    grid: Grid
    window: int
    low: float
    high: float
    made: date
    resolves: date
    probability: Estimate
    rival: float
    by: Literal["like histories", "persistence"]
