"""Claims audited: how many independent origins bear one out, and whether its number can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cuibono.model.audit import Claim
from cuibono.model.case import Case

ClaimVerdict = Literal["implausible", "unsupported", "single origin", "independently supported"]


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """A claim with its verdict.

    Attributes
    ----------
    claim : Claim
        What was claimed.
    verdict : {"implausible", "unsupported", "single origin", "independently supported"}
        One of four fixed words.
    origins : tuple of str
        Independent origins that bear it out, the speaker's own left out.
    """

    claim: Claim
    verdict: ClaimVerdict
    origins: tuple[str, ...]


def audit_claims(case: Case) -> tuple[AuditedClaim, ...]:
    """Give each claim of a case its verdict.

    A speaker does not bear out their own claim, copies of one report are one
    origin, and origins of one cluster are no independent voices. A number
    beyond the bounds of the data is implausible whoever repeats it.

    Parameters
    ----------
    case : Case
        With its claims and evidence.

    Returns
    -------
    tuple of AuditedClaim
        In the order of the case.
    """
    return tuple(_audit(case, claim) for claim in case.claims)


def _audit(case: Case, claim: Claim) -> AuditedClaim:
    clusters = {item.origin: item.cluster for item in case.evidence if item.cluster}
    voices: dict[str, str] = {}
    for item in case.evidence:
        if item.id in claim.supports and not _is_own(claim.speaker, item.holder):
            voices.setdefault(clusters.get(item.origin, item.origin), item.origin)
    origins = tuple(sorted(voices.values()))
    if claim.number is not None and claim.plausible is not None:
        low, high = claim.plausible
        if not low <= claim.number <= high:
            return AuditedClaim(claim, "implausible", origins)
    words: tuple[ClaimVerdict, ...] = ("unsupported", "single origin")
    verdict = words[len(origins)] if len(origins) < 2 else "independently supported"
    return AuditedClaim(claim, verdict, origins)


def _is_own(speaker: str, holder: str) -> bool:
    """Tell whether a holder only passes on what the speaker says."""
    return holder.casefold().startswith(speaker.casefold())
