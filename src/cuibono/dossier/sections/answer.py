"""The answer in three lines: what is supported, what would overturn it, what is missing."""

from __future__ import annotations

from cuibono.dossier.gather import EVENTS, Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import percent_band, sentence, spans
from cuibono.dossier.sections.explanations import posterior
from cuibono.dossier.sections.flips import quote_flip
from cuibono.dossier.sections.world import quote_place
from cuibono.model.dossier import Sentence, Span
from cuibono.model.period import merge_periods
from cuibono.model.ranking import Ranking, Standing


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
    names = {e.id: e.name for e in gathered.case.explanations}
    weights = gathered.weighing.weights
    first, last = weights[0], weights[-1]
    level = [
        names[pair.weaker]
        for pair in gathered.weighing.comparisons
        if pair.stronger == first.explanation and not pair.separable
    ]
    opening = "No explanation stands alone: the strongest, " if level else "Best supported is "
    apart = f", and not told apart from {_listed(level)}" if level else ""
    return sentence(
        f"{opening}“{names[first.explanation]}”, is at work with probability ",
        posterior(
            gathered, numbers, first, names[first.explanation], percent_band(first.posterior)
        ),
        f", in words: {_words(first.said)}{apart}. Weakest is “{names[last.explanation]}”"
        " with ",
        posterior(
            gathered, numbers, last, names[last.explanation], percent_band(last.posterior)
        ),
        ". ",
        *_measured(gathered, numbers),
    )


def _measured(gathered: Gathered, numbers: Numbers) -> tuple[str | Span, ...]:
    """Say in one sentence what the world's data add."""
    standing_out = [
        (ranking, one)
        for ranking in gathered.rankings
        for one in ranking.standings
        if one.said.startswith("stands out")
    ]
    if not gathered.rankings:
        return ("No third-party relation could be ranked.",)
    if not standing_out:
        return ("In the world's data no third party that they name stands out.",)
    said: list[str | Span] = ["In the world's data stand out: "]
    for number, (ranking, one) in enumerate(standing_out):
        said += ["; " if number else "", *_place(numbers, ranking, one)]
    return (*said, ".")


def _place(numbers: Numbers, ranking: Ranking, one: Standing) -> tuple[str | Span, ...]:
    return (
        f"{one.driver[0]}→{one.driver[1]} ({ranking.source}, place ",
        quote_place(numbers, ranking, one),
        ")",
    )


def _overturn(gathered: Gathered, numbers: Numbers) -> Sentence:
    kinds = {flip.kind: flip for flip in reversed(gathered.weighing.flips)}
    smallest = kinds.get("remove_origins") or next(iter(kinds.values()), None)
    if smallest is None:
        return sentence("Nothing that was tried changes this order.")
    parts: list[str | Span] = [quote_flip(numbers, smallest, smallest.said)]
    if bias := kinds.get("reporting_bias"):
        times = quote_flip(numbers, bias, f"{bias.amount:.1f} times")
        parts += [" Over-reporting by ", times, " of what favours it would do the same."]
    return sentence(*parts)


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
        return sentence(f"Reported events are covered for all days asked about ({asked}).")
    remedy = next(one.remedy for one in gathered.coverage if one.source == EVENTS)
    return sentence(
        f"Reported events of {spans(merge_periods(missing))}, of {asked} asked."
        f" To fill the gap: {remedy}."
    )


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _words(said: str) -> str:
    return said.partition(" (")[0]
