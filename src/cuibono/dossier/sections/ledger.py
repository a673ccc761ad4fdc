"""The evidence: explanations as rows, what speaks for and against each, and every item."""

from __future__ import annotations

from collections.abc import Collection

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import decibans, sentence
from cuibono.dossier.sections.explanations import bearing_on
from cuibono.dossier.sections.origins import cite_origins
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.estimate import Estimate
from cuibono.model.evidence import Evidence
from cuibono.weighing.ledger import Cell, LedgerRow

STRAW = "straw in the wind"
TOLD_APART_DB = 3.0
"""Judges whose centres lie this far apart disagree by a factor of two."""

HOW_CELL = (
    "10 log10 of the likelihood ratio as judged, before related origins are discounted;"
    " the hull of the judgements where an origin was copied"
)


def ledger(gathered: Gathered, numbers: Numbers) -> Section:
    """Write the section on the ledger.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section
        Explanations with the origins for and against; where judges disagree,
        if several judged; and all items.
    """
    names = gathered.case.names
    rows = tuple(
        _balance(gathered, numbers, names[weight.explanation], weight.explanation)
        for weight in gathered.weighing.weights
    )
    lead = sentence(
        "Each origin is one independent report, however often it was copied. The number is the"
        " centre of its band in decibans as judged, before related origins are discounted. An"
        " origin that says nothing of an explanation is blank there, which is not the same as"
        " neutral. An origin is a straw in the wind unless it is marked as a hoop, a smoking"
        " gun or doubly decisive."
    )
    return Section(
        id="ledger",
        title="The ledger",
        lead=(lead,),
        tables=(
            Table(("Explanation", "For", "Against", "Blank"), rows),
            *_disagreements(gathered, numbers),
            Table(
                ("Item", "Date", "What was observed", "Who says so", "Where", "Origin"),
                tuple(_item(gathered, item) for item in gathered.case.evidence),
            ),
        ),
    )


def _disagreements(gathered: Gathered, numbers: Numbers) -> tuple[Table, ...]:
    """Lay out the cells on which judges differ by a factor of two, the widest first."""
    if not gathered.case.judgement_files:
        return ()
    cells = [
        (row, explanation, cell)
        for row in gathered.ledger
        for explanation, cell in row.cells.items()
        if cell and cell.disagreement_db >= TOLD_APART_DB
    ]
    cells.sort(key=lambda found: -found[2].disagreement_db)
    rows = tuple(
        _disagreement(numbers, row, explanation, gathered.case.names[explanation], cell)
        for row, explanation, cell in cells
    )
    return (Table(("Origin", "Explanation", "Judges", "Apart by"), rows),)


def _disagreement(
    numbers: Numbers, row: LedgerRow, explanation: str, name: str, cell: Cell
) -> tuple[Sentence, ...]:
    apart = numbers.figure(
        f"disagreement.{row.origin}.{explanation}",
        f"{_cite(row)} on “{name}”: judges apart",
        cell.disagreement_db,
        "dB",
        "highest less lowest centre of the judges' bands",
        numbers.judged(row.items),
        text=decibans(cell.disagreement_db),
    )
    said = (f"{opinion.judge} {decibans(opinion.mid_db)}" for opinion in cell.opinions)
    return (sentence(_cite(row)), sentence(name), sentence("; ".join(said)), sentence(apart))


def _balance(
    gathered: Gathered, numbers: Numbers, name: str, explanation: str
) -> tuple[Sentence, ...]:
    rows, items = gathered.ledger, bearing_on(gathered.case, explanation)
    judged = [(row, cell) for row in rows if (cell := row.cells[explanation])]
    judged.sort(key=lambda pair: -abs(pair[1].mid_db))
    quoted = [
        (cell.mid_db, _quote(numbers, explanation, name, row, cell, items))
        for row, cell in judged
    ]
    return (
        sentence(name),
        _listed([span for mid, span in quoted if mid > 0]),
        _listed([span for mid, span in quoted if mid <= 0]),
        sentence(_blank(numbers, name, explanation, rows)),
    )


def _blank(numbers: Numbers, name: str, explanation: str, rows: tuple[LedgerRow, ...]) -> Span:
    blank = [row for row in rows if not row.cells[explanation]]
    items = tuple(item for row in blank for item in row.items)
    return numbers.figure(
        f"blank.{explanation}",
        f"{name}: origins that say nothing of it",
        len(blank),
        "origins",
        "origins of the ledger without a likelihood for this explanation",
        numbers.judged(items),
        text=f"{len(blank)} of {len(rows)}",
    )


def _cite(row: LedgerRow) -> str:
    """Name an origin by its items, as the table of items does."""
    return "/".join(row.items)


def _quote(
    numbers: Numbers,
    explanation: str,
    name: str,
    row: LedgerRow,
    cell: Cell,
    items: Collection[str],
) -> Span:
    kind = cell.diagnostic.replace("_", " ")
    return numbers.figure(
        f"cell.{row.origin}.{explanation}",
        f"{_cite(row)} on “{name}” ({kind})",
        Estimate(cell.mid_db, cell.low_db, cell.high_db, "dB", 1.0),
        "dB",
        HOW_CELL,
        numbers.judged([item for item in row.items if item in items]),
        text=f"{_cite(row)} {decibans(cell.mid_db)}{'' if kind == STRAW else f' ({kind})'}",
    )


def _listed(quoted: list[Span]) -> Sentence:
    parts: list[str | Span] = []
    for span in quoted:
        parts += [span, "; "]
    return sentence(*parts[:-1])


def _item(gathered: Gathered, item: Evidence) -> tuple[Sentence, ...]:
    (document,) = (d for d in gathered.case.documents if d.id == item.document)
    return (
        (Span(item.id, f"evidence.{item.id}"),),
        sentence(_day(item)),
        sentence(item.text),
        sentence(item.holder),
        sentence(f"{document.author}: {item.locator}"),
        sentence(*cite_origins(gathered.case, [item.origin])),
    )


def _day(item: Evidence) -> str:
    shown = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[item.precision]
    return item.day.strftime(shown)
