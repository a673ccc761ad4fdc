"""Does another source say the same? Providers that read different papers seldom err alike."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.checks.base import claims, holds, report
from cuibono.lenses.base import Lens
from cuibono.lenses.verdict import LEANS
from cuibono.model.finding import CheckResult, Finding, Measured
from cuibono.record.record import Record


@dataclass(frozen=True, slots=True)
class OtherSource:
    """Compare a finding with the same lens's findings in other sources."""

    name: str = "other_source"
    looks: int = 0

    def check(
        self, lens: Lens, record: Record, finding: Finding, beside: tuple[Finding, ...]
    ) -> tuple[CheckResult, ...]:
        """Ask every other source for the same thing.

        Parameters
        ----------
        lens : Lens
            Not used.
        record : Record
            Not used.
        finding : Finding
            What one source showed.
        beside : tuple of Finding
            What the others showed.

        Returns
        -------
        tuple of CheckResult
            Passed where one agrees and none contradicts, failed where one
            shows the opposite, informational where none can tell.
        """
        return tuple(self._judge(claim, beside) for claim in claims(finding))

    def _judge(self, claim: Measured, beside: tuple[Finding, ...]) -> CheckResult:
        same = [(f.source, m) for f in beside for m in f.measured if m.id == claim.id]
        told = [(source, m) for source, m in same if m.estimate and m.ranks]
        against = [source for source, m in told if _opposes(m, claim)]
        agree = [source for source, m in told if holds(m, claim)]
        if against:
            return report(self.name, "failed", "opposite", claim, sources=", ".join(against))
        if agree:
            return report(self.name, "passed", "also", claim, sources=", ".join(agree))
        asked = ", ".join(source for source, _ in same)
        key = "mute" if same else "alone"
        return report(self.name, "informational", key, claim, sources=asked)


def _opposes(other: Measured, claim: Measured) -> bool:
    """Say whether the opposite stands out; a lens that ranks a signed score puts it last."""
    if other.estimate is None or claim.estimate is None:
        return False
    rank = other.ranks[0]
    from_the_end = (rank.of + 1 - rank.place) / rank.of
    mirrored = claim.estimate.value * other.estimate.value < 0
    return mirrored and min(rank.share, from_the_end) <= LEANS
