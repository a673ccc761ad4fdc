"""What explanations should have left behind: looked for, with what coverage, or not at all."""

from __future__ import annotations

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import decibans, percent, sentence
from cuibono.model.dossier import Section, Sentence, Span, Table
from cuibono.model.estimate import Estimate
from cuibono.model.evidence import Absence

ALL = (1.0, 1.0)
LOOKED = ("What should be there", "Where it was sought", "Would be found", "Weighs")
UNLOOKED = ("What nobody looked for", "Found, it would weigh", "Not there, it would weigh")
HOW = {
    "found": "10 log10 of how much likelier the thing was to be left with the explanation at"
    " work than without it: what finding it would weigh",
    "missed": "10 log10 of how much likelier it was not to be seen with the explanation at work"
    " than without it, given how much such a look would have found",
}


def absences(gathered: Gathered, numbers: Numbers) -> Section | None:
    """Write the section on what was not found.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section or None
        What was looked for in vain, and what nobody has looked for yet with
        what a look would be worth; None where the case names nothing.
    """
    expected = gathered.case.absences
    if not expected:
        return None
    looked = [one for one in expected if one.coverage is not None]
    unlooked = [one for one in expected if one.coverage is None]
    tables = []
    if looked:
        rows = tuple(_looked(gathered, numbers, one) for one in looked)
        tables.append(Table(LOOKED, rows))
    if unlooked:
        rows = tuple(_unlooked(gathered, numbers, one) for one in unlooked)
        tables.append(Table(UNLOOKED, rows))
    lead = sentence(
        "What an explanation should have left behind and nobody has found speaks against it, as"
        " far as one looked where it would lie. What was not looked for says nothing: it is"
        " blank, and the second table says what a look would be worth."
    )
    return Section(
        id="absences", title="What was not found", lead=(lead,), tables=tuple(tables)
    )


def _looked(gathered: Gathered, numbers: Numbers, one: Absence) -> tuple[Sentence, ...]:
    low, high = one.coverage or ALL
    return (
        (Span(one.text, f"evidence.{one.id}"),),
        sentence(one.looked),
        sentence(
            numbers.figure(
                f"coverage.{one.id}",
                f"{one.id}: share that the look would have found",
                Estimate((low + high) / 2, low, high, "share", 1.0),
                "share",
                "as judged",
                numbers.judged([one.id]),
                text=f"{percent(low)} to {percent(high)}",
            )
        ),
        _worth(gathered, numbers, one, "missed", (low, high)),
    )


def _unlooked(gathered: Gathered, numbers: Numbers, one: Absence) -> tuple[Sentence, ...]:
    return (
        (Span(one.text, f"evidence.{one.id}"),),
        _worth(gathered, numbers, one, "found", ALL),
        _worth(gathered, numbers, one, "missed", ALL),
    )


def _worth(
    gathered: Gathered,
    numbers: Numbers,
    one: Absence,
    outcome: str,
    coverage: tuple[float, float],
) -> Sentence:
    """Quote what one outcome of the look says of each explanation."""
    names = gathered.case.names
    parts: list[str | Span] = []
    for explanation, left in one.expected.items():
        seen = left if outcome == "found" else one.unseen(explanation, coverage)
        low, high = seen.decibans
        quoted = numbers.figure(
            f"{outcome}.{one.id}.{explanation}",
            f"{one.id} {outcome}, for {explanation}",
            Estimate((low + high) / 2, low, high, "dB", 1.0),
            "dB",
            HOW[outcome],
            numbers.judged([one.id]),
            text=decibans((low + high) / 2),
        )
        parts += ["; " if parts else "", quoted, f" for “{names[explanation]}”"]
    return sentence(*parts)
