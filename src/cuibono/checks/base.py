"""What every check is, and what there is to break in a finding."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Literal, Protocol

from cuibono.lenses.base import Lens
from cuibono.lenses.verdict import COMMON, LEANS
from cuibono.model.finding import CheckResult, Finding, Measured
from cuibono.record.record import Record

SURVIVES = 2 * LEANS
"""Share of the world, at most, above a claim that is still there: a second
look has its own luck, so it is held to twice the share of the first."""

EVERY = "every check"
"""Name of what holds of all checks at once, where there is no claim to break."""

Verdict = Literal["passed", "failed", "informational"]


class Check(Protocol):
    """One way to break a finding."""

    @property
    def name(self) -> str:
        """Name the check.

        Returns
        -------
        str
            As in the dossier and on its page of the documentation.
        """

    @property
    def looks(self) -> int:
        """Say what it costs.

        Returns
        -------
        int
            How often the lens has to look again, at most.
        """

    def check(
        self, lens: Lens, record: Record, finding: Finding, beside: tuple[Finding, ...]
    ) -> tuple[CheckResult, ...]:
        """Try to break a finding.

        Parameters
        ----------
        lens : Lens
            The lens that found it.
        record : Record
            What it looked at.
        finding : Finding
            What it found.
        beside : tuple of Finding
            What the same lens found in other sources.

        Returns
        -------
        tuple of CheckResult
            One for each claim, and what holds of the whole finding.
        """


def claims(finding: Finding) -> tuple[Measured, ...]:
    """List what a finding claims: what stands in the best twentieth of the world.

    A thing in the middle of the world claims nothing, so nothing can break it;
    nor does one that is less probable than not, wherever it stands, nor a driver
    that foretells other relations as well.

    Parameters
    ----------
    finding : Finding
        What a lens found.

    Returns
    -------
    tuple of Measured
        In reading order.
    """
    return tuple(
        one
        for one in finding.measured
        if _share(one) <= LEANS and not _is_improbable(one) and one.verdict not in COMMON
    )


def holds(again: Measured | None, claim: Measured) -> bool:
    """Say whether a second look still shows a claim.

    Parameters
    ----------
    again : Measured or None
        The same thing, measured a second time; None where it was not.
    claim : Measured
        As it was found.

    Returns
    -------
    bool
        Same sign, and in the best tenth of the world.
    """
    if again is None or again.estimate is None or claim.estimate is None:
        return False
    same = again.estimate.value * claim.estimate.value >= 0
    return same and _share(again) <= SURVIVES


def does_as_well(other: Measured | None, claim: Measured) -> bool:
    """Say whether something that should show nothing shows as much as a claim.

    Parameters
    ----------
    other : Measured or None
        The same thing, measured where nothing should be found.
    claim : Measured
        As it was found.

    Returns
    -------
    bool
        Same sign, at least as high in the world, and at least as large: the
        best of the world and the second best differ only in size.
    """
    if other is None or other.estimate is None or claim.estimate is None:
        return False
    as_high = holds(other, claim) and _share(other) <= _share(claim)
    return as_high and abs(other.estimate.value) >= abs(claim.estimate.value)


def report(
    check: str, verdict: Verdict, key: str, about: Measured | None = None, **facts: object
) -> CheckResult:
    """Write down what a check came to.

    Parameters
    ----------
    check : str
        Name of the check.
    verdict : {"passed", "failed", "informational"}
        What it came to.
    key : str
        Name of the sentence in `checks.toml`.
    about : Measured, optional
        The claim; the whole finding by default.
    **facts : object
        What the sentence names.

    Returns
    -------
    CheckResult
        For the finding's list.
    """
    said = _sentences()[key].format(**facts)
    return CheckResult(check=check, verdict=verdict, said=said, about=about.id if about else "")


@cache
def _sentences() -> dict[str, str]:
    return tomllib.loads(files("cuibono.checks").joinpath("checks.toml").read_text("utf-8"))


def examine(
    checks: tuple[Check, ...], lens: Lens, record: Record, found: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Try to break everything that a lens found.

    Parameters
    ----------
    checks : tuple of Check
        Ways to break it.
    lens : Lens
        The lens that found it.
    record : Record
        What it looked at.
    found : tuple of Finding
        What it found, source by source.

    Returns
    -------
    tuple of Finding
        The same findings, each with what came of every check.
    """
    tried = []
    for finding in found:
        beside = tuple(other for other in found if other is not finding)
        results = [r for check in checks for r in check.check(lens, record, finding, beside)]
        if checks and not claims(finding):
            results.append(report(EVERY, "informational", "no_claim"))
        tried.append(replace(finding, checks=(*finding.checks, *results)))
    return tuple(tried)


def _is_improbable(one: Measured) -> bool:
    estimate = one.estimate
    return estimate is not None and estimate.unit == "probability" and estimate.value < 0.5


def _share(one: Measured) -> float:
    return one.ranks[0].share if one.ranks and one.estimate else 1.0
