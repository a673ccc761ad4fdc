"""Does it hang on a few weeks? What a fifth of the days carries is an episode, no pattern."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.checks.alter import without
from cuibono.checks.repeat import Repeated
from cuibono.model.panel import Panel

PARTS = 5


@dataclass(frozen=True, slots=True)
class _Shortened:
    """A panel without one of its parts."""

    part: int

    def __call__(self, panel: Panel) -> Panel:
        first, last = (panel.starts.size * (self.part + n) // PARTS for n in (0, 1))
        return without(panel, first, last)


LEAVE_ONE_OUT = Repeated(
    name="leave_one_out",
    looks=PARTS,
    changes=lambda record: [_Shortened(part) for part in range(PARTS)],
    placebo=False,
    bound=PARTS,
)
