"""The items of a case file: what was found, what was not, and each put to every rival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cuibono.errors import CaseError
from cuibono.model.evidence import Absence, Evidence, Likelihood
from cuibono.record.case_format import (
    AbsenceEntry,
    CaseFile,
    EvidenceEntry,
    JudgementEntry,
    LikelihoodEntry,
)
from cuibono.record.locate import Place
from cuibono.record.written import WrittenFile


def build_items(file: WrittenFile, entries: CaseFile) -> tuple[Evidence, ...]:
    """Build what was found, and what was looked for and not found.

    Parameters
    ----------
    file : WrittenFile
        Where the entries were written.
    entries : CaseFile
        The whole case file.

    Returns
    -------
    tuple of Evidence
        In the order of the file, absences last.

    Raises
    ------
    CaseError
        If an item was not put to every explanation, refers to something that
        the case does not have, has days that run backwards, or is in another
        cluster than a copy of it.
    """
    explanations = [entry.id for entry in entries.explanation]
    documents = [entry.id for entry in entries.document]
    _keep_clusters_apart(file, entries)
    found, missed = [], []
    for number, entry in enumerate(entries.evidence):
        place: Place = ("evidence", number)
        ask_every_rival(file, entry, entry.likelihoods, place, explanations)
        file.known(entry.document, documents, "document", *place, "document")
        found.append(_found(file, entry, place, entries.case.judged))
    for number, absent in enumerate(entries.absence):
        place = ("absence", number)
        ask_every_rival(file, absent, absent.expected, place, explanations)
        _check_look(file, absent, place)
        if absent.coverage is not None:
            file.known(absent.document, documents, "document", *place, "document")
            missed.append(_missed(absent, absent.coverage, entries.case.judged))
    return (*found, *missed)


def build_absences(entries: CaseFile) -> tuple[Absence, ...]:
    """Build what explanations should have left behind, looked for or not.

    Parameters
    ----------
    entries : CaseFile
        The whole case file.

    Returns
    -------
    tuple of Absence
        In the order of the file.
    """
    return tuple(_absence(entry) for entry in entries.absence)


def read_likelihoods(entries: Mapping[str, LikelihoodEntry]) -> dict[str, Likelihood]:
    """Turn validated bands into likelihoods.

    Parameters
    ----------
    entries : mapping of str to LikelihoodEntry
        By explanation.

    Returns
    -------
    dict of str to Likelihood
        By explanation.
    """
    return {name: Likelihood(**entry.model_dump()) for name, entry in entries.items()}


def ask_every_rival(
    file: WrittenFile,
    entry: EvidenceEntry | AbsenceEntry | JudgementEntry,
    likelihoods: Mapping[str, LikelihoodEntry],
    place: Place,
    explanations: Sequence[str],
) -> None:
    """Refuse an item that was put to some explanations and not to their rivals.

    Parameters
    ----------
    file : WrittenFile
        Where it was written.
    entry : EvidenceEntry, AbsenceEntry or JudgementEntry
        The item.
    likelihoods : mapping of str to LikelihoodEntry
        Its bands by explanation.
    place : tuple of str or int
        Its place in the file.
    explanations : sequence of str
        All explanations of the case.

    Raises
    ------
    CaseError
        If an explanation is unknown, both judged and blank, or neither.
    """
    key = "expected" if isinstance(entry, AbsenceEntry) else "likelihoods"
    for name in likelihoods:
        file.known(name, explanations, "explanation", *place, key, name)
    for name in entry.blank:
        file.known(name, explanations, "explanation", *place, "blank")
        if name in likelihoods:
            raise CaseError(
                f"{file.where(*place, 'blank')}: {name} is blank and judged. Keep one of them."
            )
    missing = [n for n in explanations if n not in likelihoods and n not in entry.blank]
    if missing:
        raise CaseError(
            f"{file.where(*place)}: this item was not put to {', '.join(missing)}. Ask every"
            " rival: give bands, or name in `blank` those of which it says nothing."
        )


def _keep_clusters_apart(file: WrittenFile, entries: CaseFile) -> None:
    """Refuse copies of one report that are put into two clusters."""
    first: dict[str, tuple[str, str]] = {}
    tables: tuple[tuple[str, Sequence[EvidenceEntry | AbsenceEntry]], ...] = (
        ("evidence", entries.evidence),
        ("absence", entries.absence),
    )
    for table, written in tables:
        for number, entry in enumerate(written):
            if not entry.cluster:
                continue
            origin = entry.origin or entry.id
            cluster, known = first.setdefault(origin, (entry.cluster, entry.id))
            if cluster != entry.cluster:
                raise CaseError(
                    f"{file.where(table, number, 'cluster')}: origin {origin!r} is in"
                    f" {entry.cluster!r} here and in {cluster!r} in {known}. Copies of one"
                    " report share one cluster: keep one name."
                )


def _found(
    file: WrittenFile, entry: EvidenceEntry, place: Place, judged: date | None
) -> Evidence:
    if entry.until is not None and entry.until <= entry.day:
        raise CaseError(
            f"{file.where(*place, 'until')}: {entry.until} is not after {entry.day}."
            " `until` is the first day after it was over."
        )
    fields = entry.model_dump(exclude={"likelihoods", "blank", "judged"})
    likelihoods = read_likelihoods(entry.likelihoods)
    return Evidence(likelihoods=likelihoods, judged=entry.judged or judged, **fields)


def _check_look(file: WrittenFile, entry: AbsenceEntry, place: Place) -> None:
    if entry.start >= entry.end:
        raise CaseError(
            f"{file.where(*place, 'to')}: {entry.end} is not after {entry.start}."
            " `to` is the first day after the time looked at."
        )
    if bool(entry.looked) != (entry.coverage is not None):
        raise CaseError(
            f"{file.where(*place)}: {entry.id} needs both `looked` and `coverage`, or neither"
            " where nobody looked. Coverage is the share that such a look would have found."
        )


def _absence(entry: AbsenceEntry) -> Absence:
    return Absence(
        id=entry.id,
        text=entry.text,
        expected=read_likelihoods(entry.expected),
        looked=entry.looked,
        coverage=entry.coverage,
    )


def _missed(
    entry: AbsenceEntry, coverage: tuple[float, float], judged: date | None
) -> Evidence:
    absence = _absence(entry)
    return Evidence(
        id=entry.id,
        text=f"Looked for and not found: {entry.text}",
        day=entry.start,
        until=entry.end,
        document=entry.document,
        locator=entry.looked,
        holder=entry.judge,
        origin=entry.origin or entry.id,
        cluster=entry.cluster,
        judge=entry.judge,
        judged=entry.judged or judged,
        likelihoods={name: absence.unseen(name, coverage) for name in absence.expected},
    )
