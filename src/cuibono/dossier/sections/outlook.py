"""The outlook: what is foretold, by whom, what the other says, and when it can be told."""

from __future__ import annotations

import math

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import percent, percent_band, sentence
from cuibono.model.dossier import Section, Sentence, Table
from cuibono.model.finding import Finding
from cuibono.model.forecast import Forecast
from cuibono.sources.base import read_card
from cuibono.vocab.words import likelihood_words

FAN = "fan"
"""Kind of the charts that this section draws."""

COLUMNS = ("Foretold", "Probability", "In words", "By", "The other says", "Can be told from")

OTHER = {"like histories": "persistence", "persistence": "like histories"}


def outlook(gathered: Gathered, numbers: Numbers) -> Section | None:
    """Write the section on what is foretold.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section or None
        None where no lens foretells anything.
    """
    foretelling = [finding for finding in gathered.findings if finding.forecasts]
    if not foretelling:
        return None
    return Section(
        id="outlook",
        title="Outlook",
        answer=_answer(foretelling),
        lead=tuple(_lead(finding) for finding in foretelling),
        tables=tuple(_table(numbers, finding) for finding in foretelling),
        charts=tuple(c for finding in foretelling for c in finding.charts if c.kind == FAN),
    )


def _lead(finding: Finding) -> Sentence:
    """Say who speaks and why, and that what was foretold is on record."""
    label, first = read_card(finding.source).label, finding.forecasts[0]
    if first.by == "like histories":
        who = (
            "Like histories speak, since they did better than persistence on years that they"
            " had not seen"
        )
    else:
        who = (
            "Like histories did not do better than persistence on years that they had not"
            " seen, or could not be tried; so persistence speaks: such courses last as often"
            " as they always did"
        )
    return sentence(
        f"{label}, {finding.about}: {who}. {finding.could_see} The run log keeps what is"
        f" foretold here as of {first.made}; `cuibono score` holds it against what comes."
    )


def _answer(foretelling: list[Finding]) -> Sentence:
    """Give the middle horizon of each source."""
    said = []
    for finding in foretelling:
        middle = finding.forecasts[len(finding.forecasts) // 2]
        label = read_card(finding.source).label
        said.append(
            f"{label}: {middle.text}: {percent_band(middle.probability)}, by {middle.by}."
        )
    return sentence(" ".join(said))


def _figure_id(forecast: Forecast) -> str:
    return f"outlook.{forecast.id}"


def _bounds(forecast: Forecast) -> str:
    """Say between which levels it holds, where there is no bound on one side or either."""
    sides = [
        f"{word} {bound:.3g}"
        for word, bound in (("above", forecast.low), ("below", forecast.high))
        if math.isfinite(bound)
    ]
    return " and ".join(sides) or "anywhere"


def _table(numbers: Numbers, finding: Finding) -> Table:
    traces = tuple(numbers.pin(trace) for trace in finding.measured[0].traces)
    rows = []
    for one in finding.forecasts:
        stated = one.probability
        words = likelihood_words(stated.low, stated.high, stated.value)
        figure = numbers.figure(
            _figure_id(one),
            one.text,
            stated,
            stated.unit,
            f"{one.by}; it came true if the mean of the last {one.window} {one.grid}s stays"
            f" {_bounds(one)} from {one.made} to {one.resolves}",
            *traces,
            text=percent_band(stated),
            said=words,
        )
        rows.append(
            (
                sentence(one.text),
                sentence(figure),
                sentence(words),
                sentence(one.by),
                sentence(f"{OTHER[one.by]}: {percent(one.rival)}"),
                sentence(one.resolves.isoformat()),
            )
        )
    return Table(COLUMNS, tuple(rows))
