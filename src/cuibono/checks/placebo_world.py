"""Does another relation in its place do as well? Then the finding is nobody's in particular."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cuibono.checks.alter import find_focal, swap
from cuibono.checks.repeat import Repeated
from cuibono.model.panel import Panel
from cuibono.record.record import Record

PLACEBOS = 20
"""Relations tried: enough to tell one in twenty from one in five."""

TOLERATED = 2
"""Placebos that may do as well: with one expected by luck, three are a warning."""


@dataclass(frozen=True, slots=True)
class Placebo:
    """The focal relation changes places with one that is as often reported.

    Attributes
    ----------
    record : Record
        Whose case names the focal relation.
    n : int
        The n-th nearest in volume, from 0.
    """

    record: Record
    n: int

    def __call__(self, panel: Panel) -> Panel:
        """Change one panel.

        Parameters
        ----------
        panel : Panel
            As it is.

        Returns
        -------
        Panel
            As it is, where the relation has no row or the world is too small.
        """
        row = find_focal(panel, self.record)
        if row is None or len(panel.relations) <= self.n + 1:
            return panel
        apart = np.abs(np.log1p(panel.rows) - np.log1p(panel.rows[row]))
        apart[row] = np.inf
        return swap(panel, row, int(np.argsort(apart, kind="stable")[self.n]))


PLACEBO_WORLD = Repeated(
    name="placebo_world",
    looks=PLACEBOS,
    changes=lambda record: [Placebo(record, n) for n in range(PLACEBOS)],
    placebo=True,
    bound=TOLERATED,
)
