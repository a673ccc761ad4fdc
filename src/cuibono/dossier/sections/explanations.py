"""How strongly the judged evidence supports each explanation, and which are told apart."""

from __future__ import annotations

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import decibans_band, in_words, percent_band, sentence
from cuibono.model.case import Case
from cuibono.model.dossier import Chart, Section, Sentence, Span, Table
from cuibono.model.weight import Comparison, Weight

HOW_EVIDENCE = (
    "likelihood ratios of the independent origins, copies counted once, related origins"
    " discounted, in decibans; the band draws every judgement within its own band"
)
COLUMNS = (
    "Explanation",
    "At work?",
    "Probability",
    "Evidence",
    "Against the strongest",
    "Origins",
    "What would separate it from its nearest rival",
)
HOW_POSTERIOR = "prior band of the case and weight of evidence, added in log odds"


def explanations(gathered: Gathered, numbers: Numbers) -> Section:
    """Write the section on the explanations.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section
        A chart, a table with the strongest first, and what is not told apart.
    """
    rows = tuple(_row(gathered, numbers, weight) for weight in gathered.weighing.weights)
    ids = tuple(f"weight.{weight.explanation}" for weight in gathered.weighing.weights)
    chart = Chart(
        "weights",
        "weights",
        "Weight of the judged evidence",
        "Dot: centre; line: 90 % band that the judged likelihoods leave open. Right of zero"
        " speaks for the explanation being at work, left against. Ten decibans are odds of ten"
        " to one.",
        ids,
    )
    return Section(
        id="explanations",
        title="The explanations, weighed",
        lead=(_how_to_read(), *_inseparable(gathered, numbers)),
        tables=(Table(COLUMNS, rows),),
        charts=(chart,),
    )


def posterior(gathered: Gathered, numbers: Numbers, weight: Weight) -> Span:
    """Quote the probability that an explanation is at work, with its band.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figure.
    weight : Weight
        Of the explanation.

    Returns
    -------
    Span
        Points at the figure "posterior.<explanation>".
    """
    return numbers.figure(
        f"posterior.{weight.explanation}",
        f"{gathered.case.names[weight.explanation]}: probability of being at work",
        weight.posterior,
        "probability",
        HOW_POSTERIOR,
        numbers.judged(bearing_on(gathered.case, weight.explanation)),
        text=percent_band(weight.posterior),
    )


def _row(gathered: Gathered, numbers: Numbers, weight: Weight) -> tuple[Sentence, ...]:
    (explained,) = (e for e in gathered.case.explanations if e.id == weight.explanation)
    trace = numbers.judged(bearing_on(gathered.case, weight.explanation))
    evidence = numbers.figure(
        f"weight.{weight.explanation}",
        explained.name,
        weight.evidence,
        "dB",
        HOW_EVIDENCE,
        trace,
        text=decibans_band(weight.evidence),
        said=in_words(weight.said),
    )
    origins = numbers.figure(
        f"origins.{weight.explanation}",
        f"{explained.name}: independent origins that bear on it",
        len(weight.origins),
        "origins",
        "origins with a likelihood for this explanation",
        trace,
        text=str(len(weight.origins)),
    )
    return (
        sentence(explained.name),
        sentence(in_words(weight.said)),
        sentence(posterior(gathered, numbers, weight)),
        sentence(evidence),
        _against_leader(gathered, numbers, weight),
        sentence(origins),
        sentence(explained.discriminator),
    )


def bearing_on(case: Case, explanation: str) -> tuple[str, ...]:
    """List the items that say something of an explanation.

    Parameters
    ----------
    case : Case
        With the items.
    explanation : str
        Its id.

    Returns
    -------
    tuple of str
        Ids in the order of the case; a copy that is silent on it is left out.
    """
    return tuple(item.id for item in case.evidence if item.bears_on(explanation))


def _how_to_read() -> Sentence:
    return sentence(
        "Explanations may be at work together, so each is weighed against its own absence and"
        " the probabilities need not add up to one. Judgements are the case file's; change a"
        " band there and run again."
    )


def _inseparable(gathered: Gathered, numbers: Numbers) -> tuple[Sentence, ...]:
    """Name what nothing in the ledger could tell apart, a group at a time."""
    names, said = gathered.case.names, []
    same = [pair for pair in gathered.weighing.comparisons if pair.same_predictions]
    for first in dict.fromkeys(pair.stronger for pair in same):
        group = [pair for pair in same if pair.stronger == first]
        if any(pair.weaker == first for pair in same):
            continue
        if len(group) == 1:
            said.append(sentence(_order(gathered, numbers, group[0], group[0].said)))
            continue
        listed = ", ".join(f"“{names[each]}”" for each in (first, *(p.weaker for p in group)))
        said.append(
            sentence(
                "Not separable: nothing in the ledger bears on one of these and not on the"
                f" others: {listed}."
            )
        )
    return tuple(said)


def _against_leader(gathered: Gathered, numbers: Numbers, weight: Weight) -> Sentence:
    leader = gathered.weighing.weights[0].explanation
    for pair in gathered.weighing.comparisons:
        if (pair.stronger, pair.weaker) == (leader, weight.explanation):
            said = "weaker" if pair.separable else "not told apart"
            said = "not separable" if pair.same_predictions else said
            return sentence(_order(gathered, numbers, pair, f"{said} ({pair.probability:.2f})"))
    return sentence("the strongest")


def _order(gathered: Gathered, numbers: Numbers, pair: Comparison, text: str) -> Span:
    names = gathered.case.names
    return numbers.figure(
        f"order.{pair.stronger}.{pair.weaker}",
        f"“{names[pair.stronger]}” stronger than “{names[pair.weaker]}”",
        pair.probability,
        "share of draws",
        "share of the draws in which the first has the higher posterior odds",
        numbers.judged(),
        text=text,
    )
