"""Compose a dossier: what was gathered, in reading order, with every number kept."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import PurePath

from cuibono.dossier.gather import Gathered
from cuibono.dossier.naming import name_in_dossier
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.absences import absences
from cuibono.dossier.sections.answer import answer
from cuibono.dossier.sections.claims import claims
from cuibono.dossier.sections.coverage import coverage
from cuibono.dossier.sections.explanations import explanations
from cuibono.dossier.sections.findings import findings
from cuibono.dossier.sections.flips import flips
from cuibono.dossier.sections.goals import goals
from cuibono.dossier.sections.ledger import ledger
from cuibono.dossier.sections.limits import limits, sources
from cuibono.dossier.sections.outlook import outlook
from cuibono.dossier.sections.over_time import over_time
from cuibono.dossier.sections.record import record
from cuibono.model.dossier import Dossier
from cuibono.model.evidence import Absence, Evidence

ENGINES = ("cuibono", "duckdb", "ibis-framework", "numpy", "scipy")


def compose(gathered: Gathered) -> Dossier:
    """Put what was gathered into a dossier.

    Parameters
    ----------
    gathered : Gathered
        What every layer found.

    Returns
    -------
    Dossier
        Plain data, ready to render.
    """
    case = gathered.case
    numbers = Numbers(case, gathered.store)
    optional = (
        explanations(gathered, numbers),
        flips(gathered, numbers),
        over_time(gathered, numbers),
        record(gathered, numbers),
        *findings(gathered, numbers),
        outlook(gathered, numbers),
        claims(gathered, numbers),
        goals(gathered, numbers),
        ledger(gathered, numbers),
        absences(gathered, numbers),
        coverage(gathered, numbers),
        limits(gathered),
        sources(gathered),
    )
    composed = Dossier(
        name=case.name,
        title=case.title,
        question=case.question,
        context=case.context,
        about=f"{case.relation} ({case.relation.actor.name}, {case.relation.recipient.name})",
        asked=str(case.period),
        answer=answer(gathered, numbers),
        sections=tuple(section for section in optional if section is not None),
        figures=tuple(numbers.figures.values()),
        series=tuple(numbers.series.values()),
        distributions=tuple(numbers.distributions.values()),
        evidence=(
            *(_evidence_row(item) for item in case.evidence),
            *(_unlooked_row(one) for one in case.absences if one.coverage is None),
        ),
        provenance=_provenance(gathered),
    )
    return name_in_dossier(composed)


def _unlooked_row(absence: Absence) -> dict[str, str]:
    row = {"id": absence.id, "text": absence.text, "looked": "nobody looked for it"}
    for name, left in absence.expected.items():
        row[f"expected by {name}"] = (
            f"{_band(left.if_true)} if at work, {_band(left.if_false)} if not: {left.why}"
        )
    return row


def _evidence_row(item: Evidence) -> dict[str, str]:
    row = {
        "id": item.id,
        "origin": item.origin,
        "cluster": item.cluster,
        "day": item.day.isoformat(),
        "until": item.until.isoformat() if item.until else "",
        "precision": item.precision,
        "text": item.text,
        "holder": item.holder,
        "document": item.document,
        "locator": item.locator,
        "judge": item.judge,
        "judged": item.judged.isoformat() if item.judged else "",
    }
    for judgement in item.judgements:
        by = f" by {judgement.judge}" if item.others else ""
        for name, seen in judgement.likelihoods.items():
            row[f"likelihood of {name}{by}"] = (
                f"{_band(seen.if_true)} if at work, {_band(seen.if_false)} if not: {seen.why}"
            )
    return row


def _band(band: tuple[float, float]) -> str:
    return f"{band[0]:g}–{band[1]:g}"


def _provenance(gathered: Gathered) -> dict[str, str]:
    case = gathered.case
    path = _portable(case.path)
    known: dict[str, str] = {
        "case file": path,
        "case sha256": case.sha256,
        "command": f"cuibono explain {path}",
    }
    known |= {f"judgements {path}": f"sha256 {it}" for path, it in case.judgement_files.items()}
    known |= {f"version of {name}": version(name) for name in ENGINES}
    for snapshot in gathered.store.snapshots:
        known[f"snapshot {snapshot.name}"] = (
            f"{snapshot.input_name}, sha256 {snapshot.sha256}, {snapshot.accepted:,} rows"
        )
    return known


def _portable(path: str) -> str:
    """Keep of a path what means something elsewhere: who passes it on tells no home."""
    known = PurePath(path)
    return known.name if known.is_absolute() or ".." in known.parts else path
