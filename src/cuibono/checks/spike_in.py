"""Would it be seen, were it there? An effect of known size is planted where there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from cuibono.checks.alter import alter
from cuibono.checks.base import Verdict, claims, report
from cuibono.checks.placebo_world import Placebo
from cuibono.checks.repeat import look_again
from cuibono.lenses.base import Lens
from cuibono.model.finding import CheckResult, Finding
from cuibono.record.record import Record

SPIKES = 10
"""Relations in which it is planted."""


@runtime_checkable
class Plants(Protocol):
    """A lens that can plant what it looks for."""

    @property
    def planted(self) -> str:
        """Say what is planted.

        Returns
        -------
        str
            The effect and its size, in words.
        """

    def plant(self, record: Record, sign: int) -> Record:
        """Give the case's relation the effect that the lens looks for.

        Parameters
        ----------
        record : Record
            As it is.
        sign : {-1, 1}
            Its direction; -1 plants the mirror image.

        Returns
        -------
        Record
            With the effect in it.
        """


@dataclass(frozen=True, slots=True)
class SpikeIn:
    """Plant what the lens looks for in other relations, and count how often it is found."""

    name: str = "spike_in"
    looks: int = SPIKES

    def check(
        self, lens: Lens, record: Record, finding: Finding, beside: tuple[Finding, ...]
    ) -> tuple[CheckResult, ...]:
        """Count how many of the planted effects are claimed.

        Parameters
        ----------
        lens : Lens
            The lens that found it.
        record : Record
            What it looked at.
        finding : Finding
            Whose source is used.
        beside : tuple of Finding
            Not used.

        Returns
        -------
        tuple of CheckResult
            One about the whole finding: passed where most are found, failed
            where none is, informational between, or where the lens cannot
            plant anything.
        """
        if not isinstance(lens, Plants):
            return (report(self.name, "informational", "cannot_plant"),)
        placebos = [alter(record, Placebo(record, n)) for n in range(SPIKES)]
        n = sum(_is_found(lens, lens.plant(placebo, 1), finding) for placebo in placebos)
        verdict: Verdict = ("passed" if n > SPIKES / 2 else "informational") if n else "failed"
        said = report(self.name, verdict, "spike_in", n=n, looks=SPIKES, planted=lens.planted)
        return (said,)


def _is_found(lens: Lens, planted: Record, finding: Finding) -> bool:
    seen = look_again(lens, planted, finding.source)
    return bool(claims(replace(finding, measured=tuple(seen.values()))))
