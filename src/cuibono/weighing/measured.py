"""Findings become evidence: what the world's ranks say for or against an explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cuibono.model.case import Case, Explanation, Prediction
from cuibono.model.evidence import Document, Evidence, Likelihood
from cuibono.model.ranking import Ranking, Standing
from cuibono.sources.base import read_card
from cuibono.stats.surprise import seen_ratio
from cuibono.weighing.rules import DEFAULT_RULES, Rules
from cuibono.weighing.sentences import say

JUDGE = "the world's ranks"
"""Who judges a measured item: nobody but the placebos."""

SEEN = {"stands_out", "leans", "against", "middle", "dim"}
"""Verdicts of the lens under which something could have been seen; a lead is none of them."""

BASE = 0.05
"""Probability that a likelihood ratio is written over; only the ratio counts."""


def add_measured(case: Case, rankings: Sequence[Ranking], rules: Rules = DEFAULT_RULES) -> Case:
    """Add to a case what its predictions came to in the world's data.

    A third-party relation that an explanation names has a place among all
    relations of the world, which nobody says are at work: the share that does
    as well is how often such a place comes about without the explanation.
    Each prediction in each source is an origin, all of one source are one
    cluster, and what cannot be told is no evidence, a high
    place where nothing could be seen included. Where an explanation has
    a judged item from the same source, the judged one stands and the measured
    one is left out, so that no fact counts twice.

    Parameters
    ----------
    case : Case
        As it was judged.
    rankings : sequence of Ranking
        What the lens found, one for each source.
    rules : Rules, optional
        How likely an effect is to show, and the most a rank may weigh.

    Returns
    -------
    Case
        With measured items after the judged ones.
    """
    sources = {document.id: document.source for document in case.documents}
    found: list[Evidence] = []
    documents: dict[str, Document] = {}
    for ranking in rankings:
        for explanation in case.explanations:
            if _is_judged(case, explanation, sources, ranking.source):
                continue
            for prediction in explanation.predictions:
                item = _weigh(ranking, explanation, prediction, rules)
                if item is not None:
                    found.append(item)
                    documents[item.document] = _document(ranking)
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
    ranking: Ranking, explanation: Explanation, prediction: Prediction, rules: Rules
) -> Evidence | None:
    named = (prediction.driver.actor.id, prediction.driver.recipient.id)
    directed = any(standing.driver == named for standing in ranking.standings)
    driver = named if directed else (min(named), max(named))
    for standing in ranking.standings:
        asked = (standing.driver, standing.sign) == (driver, prediction.sign)
        if asked and standing.verdict in SEEN:
            return _item(ranking, standing, explanation, prediction, rules)
    return None


def _item(
    ranking: Ranking,
    standing: Standing,
    explanation: Explanation,
    prediction: Prediction,
    rules: Rules,
) -> Evidence:
    """Turn a place into an item whose ratio is the place's, band by how far one could see."""
    share = max(standing.place / standing.of, standing.matched_place / standing.matched_of)
    cap = 10 ** (rules.measured_cap_db / 10)
    ratios = sorted(min(seen_ratio(share, sight), cap) for sight in rules.sight)
    driver = "-".join(standing.driver)
    way = "warms" if prediction.sign > 0 else "cools"
    card = read_card(ranking.source)
    return Evidence(
        id=f"M.{ranking.source}.{driver}.{way}".replace(":", "-"),
        text=say(
            "measured",
            way,
            driver="→".join(standing.driver),
            target="→".join(ranking.target),
            place=f"{standing.place:,}",
            of=f"{standing.of:,}",
        ),
        day=ranking.span.start,
        until=ranking.span.end,
        document=f"world-{ranking.source}",
        locator=say("measured", "selection", note=card.blind_spots[0].rstrip(".")),
        holder=card.label,
        origin=f"third_party.{ranking.source}.{driver}.{way}".replace(":", "-"),
        cluster=f"third_party.{ranking.source}",
        judge=JUDGE,
        likelihoods={
            explanation.id: Likelihood(
                (BASE * ratios[0], BASE * ratios[1]), (BASE, BASE), prediction.why
            )
        },
    )


def _merge(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Make one item of one place that several explanations predict."""
    merged: dict[str, Evidence] = {}
    for item in items:
        known = merged.get(item.id)
        likelihoods = {**known.likelihoods, **item.likelihoods} if known else item.likelihoods
        merged[item.id] = replace(item, likelihoods=likelihoods)
    return tuple(merged.values())


def _document(ranking: Ranking) -> Document:
    card = read_card(ranking.source)
    return Document(
        id=f"world-{ranking.source}",
        title=say("measured", "document", title=card.title),
        author=card.provider,
        published=ranking.span.end,
        url=f"https://doi.org/{card.doi}" if card.doi else "",
        source=ranking.source,
    )
