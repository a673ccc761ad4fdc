"""What each lens found: its question, its answer, every number with its place in the world."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.checks.base import EVERY
from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import place, sentence
from cuibono.dossier.render.numbers import say_quantity
from cuibono.dossier.sections.outlook import FAN
from cuibono.lenses.prose import open_line
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured
from cuibono.sources.base import read_card

JOINED = {"goals"}
"""Lenses whose findings stand in a section that says more than they do."""

COLUMNS = ("What", "Measured", "Place in the world", "Verdict", "Checks")


def findings(gathered: Gathered, numbers: Numbers) -> tuple[Section, ...]:
    """Write one section for each lens that looked.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the sections quote.

    Returns
    -------
    tuple of Section
        In the order of the lenses; a lens that was asked nothing has none, nor
        one that is joined to another section.
    """
    by_lens: dict[str, list[Finding]] = {}
    for finding in gathered.findings:
        by_lens.setdefault(finding.lens, []).append(finding)
    return tuple(write_found(numbers, f) for name, f in by_lens.items() if name not in JOINED)


def write_found(numbers: Numbers, found: Sequence[Finding]) -> Section:
    """Write the section of one lens.

    Parameters
    ----------
    numbers : Numbers
        Keeps the figures that the section quotes.
    found : sequence of Finding
        What the lens found, source by source; at least one.

    Returns
    -------
    Section
        Its question as title, and its answer in a line.
    """
    for finding in found:
        _keep(numbers, finding)
    return Section(
        id=found[0].lens.replace("_", "-"),
        title=found[0].question,
        answer=_answer(found),
        lead=tuple(one for finding in found for one in _lead(finding)),
        tables=tuple(_table(finding) for finding in found if finding.measured),
        charts=tuple(c for finding in found for c in finding.charts if c.kind != FAN),
    )


def _answer(found: Sequence[Finding]) -> Sentence:
    """Give the most important sentence of each source."""
    said = [f"{read_card(one.source).label}: {one.said[0]}" for one in found if one.said]
    return sentence(" ".join(said)) if said else ()


def _keep(numbers: Numbers, finding: Finding) -> None:
    for series in finding.series:
        numbers.curve(numbers.recount(series))
    for distribution in finding.distributions:
        numbers.distribution(distribution)
    for one in finding.measured:
        if one.estimate:
            numbers.figure(
                finding.figure_id(one),
                one.label,
                one.estimate,
                one.estimate.unit,
                one.how,
                *(numbers.pin(trace) for trace in one.traces),
                text=_quantity(one.estimate),
                said=one.said,
            )


def _quantity(estimate: Estimate) -> str:
    return say_quantity(estimate.value, estimate.low, estimate.high, estimate.unit)


def _lead(finding: Finding) -> list[Sentence]:
    label = read_card(finding.source).label
    declared = "; ".join(finding.specifications)
    opening = f"{label}, {finding.about} ({finding.span}): "
    said = [sentence(opening, " ".join(finding.said))]
    if finding.could_see:
        said.append(sentence(finding.could_see))
    if declared:
        said.append(sentence(f"Declared before looking: {declared}."))
    whole = [check for check in finding.checks if not check.about]
    said += [
        sentence(f"{_tried(one.check)}: {one.verdict}. {open_line(one.said)}.") for one in whole
    ]
    return said


def _tried(check: str) -> str:
    return open_line(check) if check == EVERY else f"Check {check}"


def _table(finding: Finding) -> Table:
    return Table(COLUMNS, tuple(_row(finding, one) for one in finding.measured))


def _row(finding: Finding, one: Measured) -> tuple[Sentence, ...]:
    name = finding.figure_id(one)
    value = Span(_quantity(one.estimate), name) if one.estimate else "cannot be told"
    ranks = "; ".join(f"{place(rank.place, rank.of)} ({rank.among})" for rank in one.ranks)
    tried = "; ".join(
        f"{check.check}: {check.verdict}" for check in finding.checks if check.about == one.id
    )
    return (
        sentence(one.label),
        sentence(value),
        sentence(ranks) if ranks else (),
        sentence(one.said),
        sentence(tried) if tried else (),
    )
