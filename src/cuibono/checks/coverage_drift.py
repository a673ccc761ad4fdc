"""Does it hold at even coverage? A source that grows makes everything seem to happen more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cuibono.checks.alter import thin, volumes
from cuibono.checks.base import report
from cuibono.checks.repeat import Repeated
from cuibono.lenses.base import Lens
from cuibono.model.finding import CheckResult, Finding
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.sources.base import seams, source_names

LOW = 0.1
"""Quantile of the periods' volumes to which the busier ones are thinned."""

SEED = 20_160_718


def even(panel: Panel) -> Panel:
    """Thin every period to the volume of a quiet one.

    Parameters
    ----------
    panel : Panel
        One source.

    Returns
    -------
    Panel
        Of even volume, but for the quietest tenth of the periods.
    """
    whole = volumes(panel)
    quiet = np.quantile(whole[whole > 0], LOW) if (whole > 0).any() else 1.0
    return thin(panel, np.minimum(1.0, quiet / np.maximum(whole, quiet)), SEED)


EVENED = Repeated(
    name="coverage_drift", looks=1, changes=lambda record: (even,), placebo=False, bound=1
)


@dataclass(frozen=True, slots=True)
class CoverageDrift:
    """Look at an evenly reported world, and tell where the source itself changed."""

    name: str = EVENED.name
    looks: int = EVENED.looks

    def check(
        self, lens: Lens, record: Record, finding: Finding, beside: tuple[Finding, ...]
    ) -> tuple[CheckResult, ...]:
        """Look again, and list the seams within the days.

        Parameters
        ----------
        lens : Lens
            The lens that found it.
        record : Record
            What it looked at.
        finding : Finding
            What it found.
        beside : tuple of Finding
            Not used.

        Returns
        -------
        tuple of CheckResult
            Seams first; then each claim, failed where it is gone.
        """
        known = seams(finding.source) if finding.source in source_names() else ()
        crossed = tuple(
            report(self.name, "informational", "seam", seam=str(seam).rstrip("."))
            for seam in known
            if seam.days.overlap(finding.span)
        )
        return (*crossed, *EVENED.check(lens, record, finding, beside))
