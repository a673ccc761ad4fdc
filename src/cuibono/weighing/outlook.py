"""What came of a forecast: its own rule, held against what is known by now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np

from cuibono.errors import EmptyRecordError, NotCoveredError
from cuibono.lenses.channels import LONGEST_GAP
from cuibono.lenses.histories import measure_levels
from cuibono.model.forecast import Forecast
from cuibono.model.panel import Panel
from cuibono.model.period import Period
from cuibono.record.case_format import ForecastEntry
from cuibono.record.panel import event_panel, measure_panel
from cuibono.store.store import Store

Outcome = Literal["yes", "no", "open"]

NAME_LENGTH = 64
"""Letters that the id of an entry may have."""


def resolve_forecasts(store: Store, forecasts: Sequence[Forecast]) -> tuple[ForecastEntry, ...]:
    """Hold forecasts against what is known by now.

    Parameters
    ----------
    store : Store
        With whatever has been loaded since.
    forecasts : sequence of Forecast
        As they were made.

    Returns
    -------
    tuple of ForecastEntry
        Each with its outcome; open where the record does not reach far enough.
    """
    panels: dict[tuple[str, str, date], Panel | None] = {}
    entries = []
    for one in forecasts:
        key = (one.source, one.measure, one.resolves)
        if key not in panels:
            panels[key] = _panel(store, one)
        panel = panels[key]
        outcome: Outcome = "open" if panel is None else _outcome(panel, one)
        entries.append(
            ForecastEntry(
                id=one.id[:NAME_LENGTH],
                text=one.text,
                made=one.made,
                resolves=one.resolves,
                probability=min(max(one.probability.value, 1e-6), 1 - 1e-6),
                outcome=outcome,
            )
        )
    return tuple(entries)


def _panel(store: Store, one: Forecast) -> Panel | None:
    """Lay out the source up to the day on which the forecast can be told."""
    so_far = Period(date.min, one.resolves)
    try:
        if one.measure:
            return measure_panel(store, one.source, one.measure, so_far)
        return event_panel(store, one.source, one.grid, so_far)
    except (EmptyRecordError, NotCoveredError):
        return None


def _outcome(panel: Panel, one: Forecast) -> Outcome:
    row = panel.index.get(one.relation, -1)
    if row < 0:
        return "open"
    levels = measure_levels(panel)[0][row]
    later = np.isfinite(levels) & (panel.starts >= np.datetime64(one.made))
    if ((levels[later] < one.low) | (levels[later] > one.high)).any():
        return "no"
    last = panel.starts[later][-1].astype(date) if later.any() else date.min
    for _ in range(LONGEST_GAP):
        if last >= one.resolves or last == date.min:
            break
        last = one.grid.next(last)
    return "yes" if last >= one.resolves else "open"
