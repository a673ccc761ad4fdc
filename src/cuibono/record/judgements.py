"""Further judges: files of judgements that are merged into a case, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cuibono.errors import CaseError
from cuibono.model.case import Case
from cuibono.model.evidence import Evidence, Judgement
from cuibono.record.case_format import JudgementEntry, JudgementFile
from cuibono.record.case_items import ask_every_rival, read_likelihoods
from cuibono.record.written import WrittenFile, read_written


def merge_judgements(case: Case, paths: Sequence[Path]) -> Case:
    """Add what further judges say to the items of a case.

    Each judge writes a file of their own and sees nobody else's; a cell then
    holds every judgement, and disagreement widens its band.

    Parameters
    ----------
    case : Case
        As its own file states it.
    paths : sequence of Path
        Files of judgements, in any order.

    Returns
    -------
    Case
        The same items with more judgements; the order of the files does not
        matter.

    Raises
    ------
    CaseError
        If a file is for another case, judges an item or explanation that the
        case does not have, judges an item twice or not for every rival, or
        comes from a judge who has judged already.
    """
    files = [read_written(path, "file of judgements") for path in paths]
    parsed = sorted(
        ((file, file.parse(JudgementFile)) for file in files), key=lambda one: one[1].judge
    )
    judges = {item.judge for item in case.evidence}
    merged = {item.id: item for item in case.evidence}
    for file, entries in parsed:
        if entries.case != case.name:
            raise CaseError(
                f"{file.where('case')}: these judgements are of {entries.case!r}, not of"
                f" {case.name!r}. Give each case its own file."
            )
        if entries.judge in judges:
            raise CaseError(
                f"{file.where('judge')}: {entries.judge!r} has judged this case already. A"
                " second judgement by one judge is no second opinion; change the first."
            )
        judges.add(entries.judge)
        _merge(case, merged, file, entries)
    hashes = {str(file.path): file.sha256 for file, _ in parsed}
    return replace(case, evidence=tuple(merged.values()), judgement_files=hashes)


def _merge(
    case: Case, merged: dict[str, Evidence], file: WrittenFile, entries: JudgementFile
) -> None:
    explanations = [explanation.id for explanation in case.explanations]
    seen: set[str] = set()
    for number, entry in enumerate(entries.judgement):
        place = ("judgement", number)
        file.known(entry.evidence, merged, "evidence", *place, "evidence")
        if entry.evidence in seen:
            raise CaseError(
                f"{file.where(*place, 'evidence')}: {entry.evidence} is judged twice in this"
                " file. Keep one."
            )
        seen.add(entry.evidence)
        ask_every_rival(file, entry, entry.likelihoods, place, explanations)
        item = merged[entry.evidence]
        others = (*item.others, _judgement(entries, entry))
        merged[entry.evidence] = replace(item, others=others)


def _judgement(entries: JudgementFile, entry: JudgementEntry) -> Judgement:
    return Judgement(
        judge=entries.judge,
        judged=entry.judged or entries.judged,
        likelihoods=read_likelihoods(entry.likelihoods),
    )
