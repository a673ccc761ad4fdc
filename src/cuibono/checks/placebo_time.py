"""Do the same acts on other days do as well? Then the order of events does not matter."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.checks.alter import find_focal, turn
from cuibono.checks.repeat import Repeated
from cuibono.model.panel import Panel
from cuibono.record.record import Record

TURNS = 20
"""Other times tried, spread evenly over the span."""

TOLERATED = 2
"""Turns that may do as well: with one expected by luck, three are a warning."""


@dataclass(frozen=True, slots=True)
class _Turned:
    """The focal relation's record, begun at another time."""

    record: Record
    n: int

    def __call__(self, panel: Panel) -> Panel:
        row = find_focal(panel, self.record)
        by = (self.n + 1) * panel.starts.size // (TURNS + 1)
        return panel if row is None else turn(panel, row, by)


PLACEBO_TIME = Repeated(
    name="placebo_time",
    looks=TURNS,
    changes=lambda record: [_Turned(record, n) for n in range(TURNS)],
    placebo=True,
    bound=TOLERATED,
)
