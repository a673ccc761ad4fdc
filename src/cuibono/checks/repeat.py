"""A lens looks again at a record that was changed, once for each change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cuibono.checks.alter import Change, alter, narrow
from cuibono.checks.base import Verdict, claims, does_as_well, holds, report
from cuibono.errors import EmptyRecordError, NotCoveredError
from cuibono.lenses.base import Lens
from cuibono.model.finding import CheckResult, Finding, Measured
from cuibono.record.record import Record


def look_again(lens: Lens, record: Record, source: str) -> dict[str, Measured]:
    """Let a lens look at a changed record.

    Parameters
    ----------
    lens : Lens
        The lens.
    record : Record
        The changed record.
    source : str
        Provider whose finding is wanted; no other is looked at.

    Returns
    -------
    dict of str to Measured
        By id; empty where what is left of the record says nothing.
    """
    try:
        found = lens.look(narrow(record, source))
    except (EmptyRecordError, NotCoveredError):
        return {}
    return {one.id: one for f in found if f.source == source for one in f.measured}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A check that changes the record, looks again, and counts what is still seen.

    Attributes
    ----------
    name : str
        Name of the check, and of its sentence.
    looks : int
        How many changes there are.
    changes : callable (Record) -> sequence of (Panel) -> Panel
        What is done to the record, one change a look.
    placebo : bool
        Whether nothing should be seen after the change. Then at most `bound`
        looks may show as much as the claim; else at least `bound` must still
        show it.
    bound : int
        In [0, looks].
    """

    name: str
    looks: int
    changes: Callable[[Record], Sequence[Change]]
    placebo: bool
    bound: int

    def check(
        self, lens: Lens, record: Record, finding: Finding, beside: tuple[Finding, ...]
    ) -> tuple[CheckResult, ...]:
        """Look once after each change; not at all where there is no claim to break.

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
            One for each claim; informational where no change touches it.
        """
        claimed = claims(finding)
        looks = [
            look_again(lens, alter(record, change), finding.source)
            for change in (self.changes(record) if claimed else ())
        ]
        return tuple(self._judge(one, [look.get(one.id) for look in looks]) for one in claimed)

    def _judge(self, claim: Measured, looks: list[Measured | None]) -> CheckResult:
        if all(look is not None and look.estimate == claim.estimate for look in looks):
            return report(self.name, "informational", "untouched", claim)
        shows = does_as_well if self.placebo else holds
        n = sum(shows(look, claim) for look in looks)
        passed = n <= self.bound if self.placebo else n >= self.bound
        verdict: Verdict = "passed" if passed else "failed"
        return report(self.name, verdict, self.name, claim, n=n, looks=self.looks)
