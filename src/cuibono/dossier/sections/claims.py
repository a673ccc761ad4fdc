"""Claims audited: who said it when, what is said now, and what bears it out."""

from __future__ import annotations

from collections import Counter

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence
from cuibono.dossier.sections.origins import cite_origins
from cuibono.model.case import Case
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.estimate import Estimate
from cuibono.weighing.claims import AuditedClaim, audit_claims

COLUMNS = ("Claim", "Said first", "Hedge", "Said since", "Borne out by", "Verdict")


def claims(gathered: Gathered, numbers: Numbers) -> Section | None:
    """Write the section on claims.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section or None
        None where the case audits no claim.
    """
    audited = audit_claims(gathered.case)
    if not audited:
        return None
    counted = Counter(one.verdict for one in audited)
    found = ", ".join(f"{verdict} {n}" for verdict, n in sorted(counted.items()))
    lead = sentence(
        f"Verdicts: {found}. A speaker does not bear out their own claim, copies of a report"
        " are one origin, and a number beyond what the data allow is implausible whoever"
        " repeats it."
    )
    return Section(
        id="claims",
        title="Claims audited",
        lead=(lead,),
        tables=(Table(COLUMNS, tuple(_row(gathered.case, numbers, one) for one in audited)),),
    )


def _row(case: Case, numbers: Numbers, one: AuditedClaim) -> tuple[Sentence, ...]:
    claim = one.claim
    since = "; ".join(f"{say.day}, {say.speaker}: {say.text}" for say in claim.later)
    origins = numbers.figure(
        f"claim.{claim.id}.origins",
        f"{claim.id}: independent origins that bear it out",
        len(one.origins),
        "origins",
        "origins of the supporting items, the speaker's own left out, one for a cluster",
        numbers.judged(claim.supports),
        text=str(len(one.origins)),
    )
    cited = cite_origins(case, one.origins)
    named = [" (", *cited, ")"] if cited else []
    return (
        sentence(claim.text, *_number(numbers, one)),
        sentence(f"{claim.day}, {claim.speaker}"),
        sentence(claim.hedge or "none"),
        sentence(since or "nothing at hand"),
        sentence(origins, *named),
        sentence(one.verdict),
    )


def _number(numbers: Numbers, one: AuditedClaim) -> tuple[str | Span, ...]:
    """Quote the number that was claimed, beside the bounds that the data set."""
    claim = one.claim
    if claim.number is None:
        return ()
    said = numbers.figure(
        f"claim.{claim.id}.number",
        f"{claim.id}: as claimed",
        claim.number,
        claim.unit,
        "as claimed",
        numbers.judged(claim.supports),
        text=f"{claim.number:,.0f} {claim.unit}",
    )
    if claim.plausible is None:
        why = f" ({claim.bound})" if claim.bound else ""
        return (" Claimed: ", said, f"; no data at hand bound it{why}.")
    low, high = claim.plausible
    bound = numbers.figure(
        f"claim.{claim.id}.bound",
        f"{claim.id}: what the data allow",
        Estimate((low + high) / 2, low, high, claim.unit, 1.0),
        claim.unit,
        claim.bound,
        numbers.pin(claim.rows) if claim.rows else numbers.judged(claim.supports),
        text=f"{low:,.0f} to {high:,.0f}",
    )
    return (" Claimed: ", said, "; the data allow ", bound, f" ({claim.bound}).")
