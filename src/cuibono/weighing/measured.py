"""Findings become evidence: what the world's ranks say for or against an explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from cuibono.lenses.asked import driver_id
from cuibono.lenses.prose import percent
from cuibono.lenses.third_party import ASIDE
from cuibono.lenses.verdict import COMMON
from cuibono.model.case import Case, Expectation, Explanation, Prediction
from cuibono.model.evidence import Document, Evidence, Likelihood
from cuibono.model.finding import Finding, Measured
from cuibono.sources.base import read_card
from cuibono.stats.surprise import seen_ratio
from cuibono.weighing.expected import Place, find_place
from cuibono.weighing.rules import DEFAULT_RULES, Rules
from cuibono.weighing.sentences import say

JUDGE = "the world's ranks"
"""Who judges a measured item: nobody but the placebos."""

SEEN = {"stands_out", "leans", "against", "middle", "dim"}
"""Verdicts of the lens under which something could have been seen; a lead is none of them, nor
is a driver that foretells other relations as well."""

BASE = 0.05
"""Probability that a likelihood ratio is written over; only the ratio counts."""


def add_measured(case: Case, findings: Sequence[Finding], rules: Rules = DEFAULT_RULES) -> Case:
    """Add to a case what its predictions came to in the world's data.

    What an explanation predicts of a lens has a place in the world, of which
    nobody says that the explanation is at work there: the share that does as
    well is how often such a place comes about without it.
    Each fact in each source is an origin, whichever lenses tell it; all of one
    source are one cluster, since they rest on the same reports; and what
    cannot be told is no evidence, a high place where nothing could be seen
    included; nor is what follows a relation that others follow as well, whichever
    lens tells it. Where an explanation has a judged item from the same source,
    the judged one stands and the measured one is left out, so that no fact
    counts twice.

    Parameters
    ----------
    case : Case
        As it was judged.
    findings : sequence of Finding
        What the lenses found; those of a lens that no prediction names are
        passed over.
    rules : Rules, optional
        How likely an effect is to show, and the most a rank may weigh.

    Returns
    -------
    Case
        With measured items after the judged ones.
    """
    sources = {document.id: document.source for document in case.documents}
    common = {
        finding.figure_id(one)
        for finding in findings
        for one in finding.measured
        if one.verdict in COMMON
    }
    found: list[Evidence] = []
    documents: dict[str, Document] = {}
    for finding in findings:
        for explanation in case.explanations:
            if _is_judged(case, explanation, sources, finding.source):
                continue
            for prediction in explanation.predictions:
                item = _weigh(finding, explanation, prediction, rules)
                found += [item] if item else []
            for expected in explanation.expectations:
                place = find_place(case, finding, expected)
                if place and place.name not in common:
                    found.append(_expected(finding, place, explanation, expected, rules))
        documents |= {
            item.document: _document(finding)
            for item in found
            if item.document == f"world-{finding.source}"
        }
    parties = {actor.id for actor in case.actors}
    found = [replace(item, locator=_noted(item, parties)) for item in found]
    merged = _merge(found)
    return replace(
        case,
        evidence=(*case.evidence, *merged),
        documents=(*case.documents, *documents.values()),
    )


def _is_judged(
    case: Case, explanation: Explanation, sources: Mapping[str, str], source: str
) -> bool:
    return any(
        item.bears_on(explanation.id) and sources.get(item.document) == source
        for item in case.evidence
    )


def _weigh(
    finding: Finding, explanation: Explanation, prediction: Prediction, rules: Rules
) -> Evidence | None:
    if prediction.lens != finding.lens:
        return None
    relation = prediction.driver.ids
    there = {one.id: one for one in finding.measured}
    # Where pairs have no direction, one name stands for both.
    names = (driver_id((pair, prediction.sign)) for pair in (relation, relation[::-1]))
    one = next((there[name] for name in names if name in there), None)
    if one is None or one.verdict not in SEEN:
        return None
    return _item(finding, one, explanation, prediction, rules)


def _item(
    finding: Finding,
    one: Measured,
    explanation: Explanation,
    prediction: Prediction,
    rules: Rules,
) -> Evidence:
    """Make an item of where a third-party relation stands."""
    share = max(rank.share for rank in one.ranks if rank.among not in ASIDE)
    text = say(
        "measured",
        "warms" if prediction.sign > 0 else "cools",
        driver=str(prediction.driver),
        target=finding.about,
        place=f"{one.ranks[0].place:,}",
        of=f"{one.ranks[0].of:,}",
    )
    place = Place(f"{finding.lens}.{finding.source}.{one.id}", one, share)
    name = f"M.{finding.source}.{one.id}"
    return _write(finding, place, name, text, (explanation, prediction.why), rules)


def _expected(
    finding: Finding,
    place: Place,
    explanation: Explanation,
    expected: Expectation,
    rules: Rules,
) -> Evidence:
    """Make an item of where something stands that another lens measured."""
    text = say(
        "measured",
        "found",
        label=place.one.label,
        said=place.one.said,
        lens=finding.lens,
        share=percent(place.share),
    )
    way = "more" if expected.sign > 0 else "less"
    name = f"M.{finding.lens}.{finding.source}.{place.one.id}.{way}"
    # windows make the same change another fact for each explanation
    name += f".{explanation.id}" if expected.windows else ""
    return _write(finding, place, name, text, (explanation, expected.why), rules)


def _write(
    finding: Finding,
    place: Place,
    name: str,
    text: str,
    predicted: tuple[Explanation, str],
    rules: Rules,
) -> Evidence:
    """Turn a place into an item whose ratio is the place's, band by how far one could see."""
    cap = 10 ** (rules.measured_cap_db / 10)
    ratios = sorted(min(seen_ratio(place.share, sight), cap) for sight in rules.sight)
    band = BASE * ratios[0], BASE * ratios[1]
    explanation, why = predicted
    return Evidence(
        id=name,
        text=text,
        day=finding.span.start,
        until=finding.span.end,
        document=f"world-{finding.source}",
        locator=finding.source,
        holder=read_card(finding.source).label,
        origin=place.name,
        cluster=f"world.{finding.source}",
        judge=JUDGE,
        likelihoods={explanation.id: Likelihood(band, (BASE, BASE), why)},
    )


def _noted(item: Evidence, parties: Set[str]) -> str:
    """Say how the place was chosen, what the source does not see, and who paid for it."""
    card = read_card(item.locator)
    noted = say("measured", "selection", note=card.blind_spots[0].rstrip("."))
    if interested := sorted(set(card.paid_by) & parties):
        noted += say("measured", "interest", parties=" and ".join(interested))
    return noted


def _merge(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Make one item of one place that several explanations predict."""
    merged: dict[str, Evidence] = {}
    for item in items:
        known = merged.get(item.id)
        likelihoods = {**known.likelihoods, **item.likelihoods} if known else item.likelihoods
        merged[item.id] = replace(item, likelihoods=likelihoods)
    return tuple(merged.values())


def _document(finding: Finding) -> Document:
    card = read_card(finding.source)
    return Document(
        id=f"world-{finding.source}",
        title=say("measured", "document", title=card.title),
        author=card.provider,
        published=finding.span.end,
        url=f"https://doi.org/{card.doi}" if card.doi else "",
        source=finding.source,
    )
