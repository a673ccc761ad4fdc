"""The matrix of competing hypotheses, explanations as rows: a view to export and to fill in."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from io import StringIO

from cuibono.errors import CaseSyntaxError, suggest
from cuibono.model.case import Case
from cuibono.model.evidence import Likelihood
from cuibono.record.written import quote

CORNER = "explanation"
_NUMBER = r"(0?\.\d+)"
_CELL = re.compile(rf"\s*{_NUMBER}-{_NUMBER}\s*\|\s*{_NUMBER}-{_NUMBER}\s*\|\s*(\S.*)", re.S)

Matrix = Mapping[str, Mapping[str, Likelihood]]
"""Likelihoods by item and explanation; what is missing is blank."""


def export_matrix(case: Case) -> str:
    """Write the case's own judgements as a table for a spreadsheet.

    Rows are explanations, because judging an explanation against all
    evidence keeps analysts from hunting for what fits a favourite; columns
    are items. A cell reads ``0.4-0.7 | 0.15-0.35 | why``: how probable the
    item is with the explanation at work, without it, and the reason.

    Parameters
    ----------
    case : Case
        Any case.

    Returns
    -------
    str
        CSV; blank cells are empty.

    References
    ----------
    .. [1] Heuer, R. J. (1999). *Psychology of Intelligence Analysis*, ch. 8.
       Center for the Study of Intelligence.
    .. [2] Dhami, M. K., Belton, I. K. and Mandel, D. R. (2019). The "analysis
       of competing hypotheses" in intelligence analysis. *Applied Cognitive
       Psychology* 33, 1080-1090. DOI 10.1002/acp.3550.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([CORNER, *(item.id for item in case.evidence)])
    for explanation in case.explanations:
        seen = (item.likelihoods.get(explanation.id) for item in case.evidence)
        writer.writerow([explanation.id, *(_write(cell) for cell in seen)])
    return out.getvalue()


def import_matrix(case: Case, text: str, where: str) -> Matrix:
    """Read a filled-in table.

    Parameters
    ----------
    case : Case
        The case that it judges.
    text : str
        CSV as `export_matrix` writes it; rows and columns in any order.
    where : str
        The file, for errors.

    Returns
    -------
    mapping of str to mapping of str to Likelihood
        By item and explanation.

    Raises
    ------
    CaseSyntaxError
        If a row or column is unknown, twice or missing, or a cell is no
        judgement; the message names the line.
    """
    lines = [row for row in csv.reader(StringIO(text)) if row]
    if not lines or lines[0][:1] != [CORNER]:
        raise CaseSyntaxError(
            f"{where}:1: a matrix begins with {CORNER!r}. Export one with `cuibono ach export`."
        )
    items = lines[0][1:]
    _check(items, [item.id for item in case.evidence], "evidence", f"{where}:1")
    known = [explanation.id for explanation in case.explanations]
    _check([row[0] for row in lines[1:]], known, "explanation", f"{where}:2")
    matrix: dict[str, dict[str, Likelihood]] = {item: {} for item in items}
    for number, row in enumerate(lines[1:], 2):
        if len(row) > len(items) + 1:
            raise CaseSyntaxError(f"{where}:{number}: {row[0]} has more cells than items.")
        for item, cell in zip(items, row[1:], strict=False):
            if cell.strip():
                matrix[item][row[0]] = _read(cell, f"{where}:{number}", item)
    return matrix


def write_judgements(case: Case, matrix: Matrix, judge: str, judged: date) -> str:
    """Write a matrix as a file of judgements, which `explain` merges into the case.

    Parameters
    ----------
    case : Case
        The case that it judges.
    matrix : mapping
        As `import_matrix` gives it.
    judge : str
        Who judged.
    judged : date
        When.

    Returns
    -------
    str
        TOML; items of which nothing is said are left out.
    """
    text = [f"case = {quote(case.name)}\njudge = {quote(judge)}\njudged = {judged}\n"]
    for item, cells in matrix.items():
        if not cells:
            continue
        blank = [quote(e.id) for e in case.explanations if e.id not in cells]
        text.append(
            f"\n[[judgement]]\nevidence = {quote(item)}\nblank = [{', '.join(blank)}]\n"
            "[judgement.likelihoods]\n"
        )
        text += [
            f"{name} = {{ if_true = {_band(x.if_true)}, if_false = {_band(x.if_false)},"
            f" why = {quote(x.why)} }}\n"
            for name, x in cells.items()
        ]
    return "".join(text)


def _write(cell: Likelihood | None) -> str:
    if cell is None:
        return ""
    bands = (f"{low!r}-{high!r}" for low, high in (cell.if_true, cell.if_false))
    return f"{' | '.join(bands)} | {cell.why}"


def _read(cell: str, where: str, item: str) -> Likelihood:
    found = _CELL.fullmatch(cell)
    numbers = [float(text) for text in found.groups()[:4]] if found else []
    bands = [(numbers[0], numbers[1]), (numbers[2], numbers[3])] if numbers else []
    if not found or not all(0 < low <= high < 1 for low, high in bands):
        raise CaseSyntaxError(
            f"{where}: {item}: {cell[:60]!r} is no judgement."
            " Write 0.4-0.7 | 0.15-0.35 | why, or leave the cell empty."
        )
    return Likelihood(bands[0], bands[1], found[5].strip())


def _check(names: list[str], known: list[str], what: str, where: str) -> None:
    for name in names:
        if name not in known:
            raise CaseSyntaxError(f"{where}: no {what} {name!r}.{suggest(name, known)}")
    if missing := [name for name in known if name not in names]:
        raise CaseSyntaxError(
            f"{where}: {what} {', '.join(missing)} is missing. Every rival meets every item."
        )
    if len(set(names)) < len(names):
        raise CaseSyntaxError(f"{where}: an {what} stands twice. Keep one.")


def _band(band: tuple[float, float]) -> str:
    return f"[{band[0]!r}, {band[1]!r}]"
