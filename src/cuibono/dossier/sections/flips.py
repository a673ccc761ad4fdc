"""What would overturn the order of the explanations."""

from __future__ import annotations

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence
from cuibono.dossier.sections.origins import cite_origins
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.weight import FlipPoint

COLUMNS = ("To put first", "Leave out", "Over-reporting", "Relatedness", "Prior odds")
HOW = {
    "remove_origins": "fewest independent origins whose removal puts the challenger first",
    "reporting_bias": "factor by which reports in favour would have to be as common without it",
    "dependence": "relatedness of origins within a cluster at which the order changes, from 0"
    " (independent) to 1 (repeating each other)",
    "prior": "shift of the prior odds that would change the order, in decibans",
}


def flips(gathered: Gathered, numbers: Numbers) -> Section:
    """Write the section on flip points.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section
        One row for each explanation that could come first, and what it takes.
    """
    leader = gathered.weighing.weights[0].explanation
    names = gathered.case.names
    challengers = [w.explanation for w in gathered.weighing.weights[1:]]
    rows = tuple(
        (sentence(names[each]), *(_cell(gathered, numbers, each, kind) for kind in HOW))
        for each in challengers
    )
    lead = sentence(
        f"“{names[leader]}” stands first. Each row says what would put another explanation"
        " above it: leaving out these independent origins; or the reports in its favour being"
        " so many times as common even without it; or origins of one cluster being so"
        " related; or prior odds shifted so many times."
    )
    return Section(
        id="flips",
        title="What would overturn this",
        lead=(lead,),
        tables=(Table(COLUMNS, rows),),
    )


def _cell(gathered: Gathered, numbers: Numbers, challenger: str, kind: str) -> Sentence:
    for flip in gathered.weighing.flips:
        if (flip.challenger, flip.kind) == (challenger, kind):
            origins = cite_origins(gathered.case, flip.origins)
            named = [": ", *origins] if kind == "remove_origins" else []
            proved = [] if flip.certain else [" (fewer may do)"]
            return sentence(quote_flip(gathered, numbers, flip, _amount(flip)), *named, *proved)
    return sentence("none found")


def _amount(flip: FlipPoint) -> str:
    if flip.unit == "dB":
        return f"× {10 ** (flip.amount / 10):.1f}"
    if flip.unit == "times":
        return f"× {flip.amount:.1f}"
    if flip.unit == "dependence":
        return f"{flip.amount:.2f}"
    return f"{flip.amount:.0f} of them"


def quote_flip(gathered: Gathered, numbers: Numbers, flip: FlipPoint, text: str) -> Span:
    """Quote a flip point.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figure.
    flip : FlipPoint
        What would change the order.
    text : str
        How it reads in the sentence.

    Returns
    -------
    Span
        Points at the figure "flip.<kind>.<challenger>".
    """
    names = gathered.case.names
    kind = flip.kind.replace("_", " ")
    return numbers.figure(
        f"flip.{flip.kind}.{flip.challenger}",
        f"{kind}: “{names[flip.challenger]}” above “{names[flip.leader]}”",
        flip.amount,
        flip.unit,
        HOW[flip.kind],
        numbers.judged(),
        text=text,
    )
