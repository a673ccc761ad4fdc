"""What would overturn the order of the explanations."""

from __future__ import annotations

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import sentence
from cuibono.model.dossier import Section, Span
from cuibono.model.weight import FlipPoint

HOW = {
    "remove_origins": "fewest independent origins whose removal puts the challenger first",
    "reporting_bias": "factor by which reports in favour would have to be as common without it",
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
        One sentence for each flip point, the smallest of each kind first.
    """
    lead = tuple(sentence(quote_flip(numbers, flip)) for flip in gathered.weighing.flips)
    none = sentence("No change of one origin, bias or prior was found that alters the order.")
    return Section(id="flips", title="What would overturn this", lead=lead or (none,))


def quote_flip(numbers: Numbers, flip: FlipPoint) -> Span:
    """Quote a flip point as a sentence.

    Parameters
    ----------
    numbers : Numbers
        Keeps the figure.
    flip : FlipPoint
        What would change the order.

    Returns
    -------
    Span
        Points at the figure "flip.<kind>.<challenger>".
    """
    return numbers.figure(
        f"flip.{flip.kind}.{flip.challenger}",
        f"{flip.kind.replace('_', ' ')}: {flip.challenger} above {flip.leader}",
        flip.amount,
        flip.unit,
        HOW[flip.kind],
        numbers.judged(()),
        text=flip.said,
    )
