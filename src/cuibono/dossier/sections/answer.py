"""The answer in three lines: what is supported, what would overturn it, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.dossier.gather import EVENTS, Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import in_words, place, sentence
from cuibono.dossier.sections.explanations import posterior
from cuibono.dossier.sections.flips import quote_flip
from cuibono.dossier.sections.origins import cite_origins
from cuibono.lenses.third_party import NAME as THIRD_PARTY
from cuibono.lenses.third_party import TOLD
from cuibono.model.dossier import Sentence, Span
from cuibono.model.finding import Finding, Measured
from cuibono.model.period import Period, merge_periods
from cuibono.sources.base import read_card

SPEAKS = 1.0
"""Decibans below which evidence speaks for nothing: odds of five to four."""


def answer(gathered: Gathered, numbers: Numbers) -> tuple[Sentence, Sentence, Sentence]:
    """Put the whole dossier into three lines.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the lines quote.

    Returns
    -------
    tuple of Sentence
        Support, overturn, coverage.
    """
    return (
        _support(gathered, numbers),
        _overturn(gathered, numbers),
        _coverage(gathered),
    )


def _support(gathered: Gathered, numbers: Numbers) -> Sentence:
    if not gathered.ledger:
        return sentence(
            "In short: Nothing has been judged and nothing could be measured; every explanation"
            " stands where it stood before. ",
            *_measured(gathered),
        )
    names = gathered.case.names
    weights = gathered.weighing.weights
    first, last = weights[0], weights[-1]
    level = [
        names[pair.weaker]
        for pair in gathered.weighing.comparisons
        if pair.stronger == first.explanation and not pair.separable
    ]
    alone = "No explanation stands alone; the strongest is"
    opening = alone if level else "Best supported is"
    if first.evidence.value < SPEAKS:
        opening = "Nothing at hand speaks for any explanation; first in order stands"
    apart = f" Not told apart from it: {_listed(level)}." if level else ""
    return sentence(
        f"In short: {opening} “{names[first.explanation]}”. Chance that it was at work:"
        f" {in_words(first.said)}, ",
        posterior(gathered, numbers, first),
        f".{apart} ",
        f"Weakest is “{names[last.explanation]}”, ",
        posterior(gathered, numbers, last),
        ". ",
        *_measured(gathered),
    )


def _measured(gathered: Gathered) -> tuple[str | Span, ...]:
    """Say in a sentence or two what the world's data add."""
    verdicts = {one.verdict for _, one in _ranked(gathered)}
    if not verdicts:
        return ("No third-party relation could be ranked.",)
    leads = _named(gathered, "lead")
    lead = (" A lead to check: ", *leads, ".") if leads else ()
    if found := _named(gathered, "stands_out"):
        return ("Of the third parties that they name, the data single out ", *found, ".", *lead)
    if verdicts & TOLD:
        return ("Of the third parties that they name, the data single out none.", *lead)
    return ("Whether the third parties that they name matter, the data cannot tell.", *lead)


def _ranked(gathered: Gathered) -> list[tuple[Finding, Measured]]:
    """List the third parties that explanations name, in every source."""
    return [
        (finding, one)
        for finding in gathered.findings
        if finding.lens == THIRD_PARTY
        for one in finding.measured
    ]


def _named(gathered: Gathered, verdict: str) -> tuple[str | Span, ...]:
    """Quote the places of the drivers with a verdict."""
    parts: list[str | Span] = []
    for finding, one in _ranked(gathered):
        if one.verdict == verdict:
            parts += [", " if parts else "", *_place(finding, one)]
    return tuple(parts)


def _place(finding: Finding, one: Measured) -> tuple[str | Span, ...]:
    rank = one.ranks[0]
    return (
        f"{one.label}: {read_card(finding.source).label}, place ",
        Span(place(rank.place, rank.of), finding.figure_id(one)),
    )


def _overturn(gathered: Gathered, numbers: Numbers) -> Sentence:
    names = gathered.case.names
    smallest = {flip.kind: flip for flip in reversed(gathered.weighing.flips)}
    said: list[str | Span] = []
    if removal := smallest.get("remove_origins"):
        counted = "origin" if removal.amount == 1 else "origins"
        without = quote_flip(gathered, numbers, removal, f"{removal.amount:.0f} {counted}")
        over = f"“{names[removal.challenger]}” would stand above “{names[removal.leader]}”"
        origins = cite_origins(gathered.case, removal.origins, quoted=True)
        said += ["Without ", without, " (", *origins, f") {over}. "]
    if bias := smallest.get("reporting_bias"):
        times = quote_flip(gathered, numbers, bias, f"{bias.amount:.1f} times")
        said += ["So would over-reporting of what favours the leader by ", times]
        said += [f", for “{names[bias.challenger]}”."]
    return sentence("What would overturn it: ", *(said or ["Nothing that was tried."]))


def _coverage(gathered: Gathered) -> Sentence:
    focal = gathered.case.relation.actor
    missing = [
        gap
        for one in gathered.coverage
        if one.source == EVENTS and one.actor == focal
        for gap in one.missing
    ]
    asked = gathered.case.period
    if not missing:
        return sentence(f"Not covered: Nothing; reported events are known for all of {asked}.")
    remedy = next(one.remedy for one in gathered.coverage if one.source == EVENTS)
    holes = merge_periods(missing)
    longest = max(holes, key=lambda hole: hole.end - hole.start)
    above = f", above all of {longest}" if len(holes) > 1 else ""
    return sentence(
        f"Not covered: Reported events of {_how_many(holes, asked)} days asked about,"
        f" {asked}{above}. To fill the gap: {remedy}."
    )


def _how_many(holes: Sequence[Period], asked: Period) -> str:
    """Say in words how many of the days asked about are missing; the table has each span."""
    share = sum((hole.end - hole.start).days for hole in holes) / (asked.end - asked.start).days
    return "some of the" if share < 0.5 else "most" if share < 0.9 else "nearly all"


def _listed(names: list[str]) -> str:
    """Name one or two rivals; of more, the table tells."""
    return (
        " and ".join(f"“{name}”" for name in names) if len(names) < 3 else "most of the others"
    )
