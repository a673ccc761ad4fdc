"""Where the third parties that explanations name stand against every rival in the world."""

from __future__ import annotations

import numpy as np

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import percent, place, sentence
from cuibono.model.actor import Kind
from cuibono.model.dossier import Chart, Section, Sentence, Span, Table
from cuibono.model.ranking import Ranking, Standing
from cuibono.model.trace import Condition, Trace
from cuibono.sources.base import read_card
from cuibono.vocab.actors import load_actors

HOW_SCORE = (
    "largest z of the focal relation on the driver's past, in the predicted direction, over all"
    " declared specifications; noise and common movements removed first"
)
COLUMNS = (
    "Third party",
    "Explanation",
    "Expected",
    "Score z",
    "Place",
    "Among like volume",
    "Same period z",
    "Verdict",
)
HOW_PLACE = "place among all visible relations of the world scored by the same rule"


def world(gathered: Gathered, numbers: Numbers) -> Section:
    """Write the section on the world placebo.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the figures that the section quotes.

    Returns
    -------
    Section
        For each source: verdicts, ranks, and the distribution drawn.
    """
    lead: list[Sentence] = [
        sentence(
            "Each explanation says which third-party relation should move before the focal one."
            " The same score is computed for every relation in the world: if hundreds of"
            " unrelated ones do better, the data do not single the listed one out."
        )
    ]
    tables, charts = [], []
    for ranking in gathered.rankings:
        lead.append(_what_could_be_seen(numbers, ranking))
        tables.append(_table(gathered, numbers, ranking))
        charts += _charts(numbers, ranking)
    if not gathered.rankings:
        lead.append(
            sentence("No explanation names a third party, or no source covers the days.")
        )
    return Section(
        id="world",
        title="The third parties against the world",
        lead=tuple(lead),
        tables=tuple(tables),
        charts=tuple(charts),
    )


def driver_id(ranking: Ranking, standing: Standing) -> str:
    """Name the figures of one standing.

    Parameters
    ----------
    ranking : Ranking
        Of one source.
    standing : Standing
        Of one driver.

    Returns
    -------
    str
        Such as "icews.IND-USA.warm".
    """
    actor, recipient = standing.driver
    return f"{ranking.source}.{actor}-{recipient}.{'warm' if standing.sign > 0 else 'cool'}"


def between(ranking: Ranking, pair: tuple[str, str]) -> str:
    """Write a relation; pairs that vote have no direction.

    Parameters
    ----------
    ranking : Ranking
        Of one source.
    pair : tuple of str
        Two actor ids.

    Returns
    -------
    str
        Such as "RUS→Taliban" or "IND–USA".
    """
    mark = "→" if ranking.grid == "week" else "–"
    return mark.join(_short(actor) for actor in pair)


def quote_place(numbers: Numbers, ranking: Ranking, standing: Standing) -> Span:
    """Quote the place of a driver in the world.

    Parameters
    ----------
    numbers : Numbers
        Keeps the figure.
    ranking : Ranking
        Of one source.
    standing : Standing
        Of one driver that was scored.

    Returns
    -------
    Span
        Points at the figure "place.<driver>".
    """
    return numbers.figure(
        f"place.{driver_id(ranking, standing)}",
        f"{between(ranking, standing.driver)}, {_label(ranking)}: place in the world",
        standing.place,
        f"place of {standing.of:,}",
        HOW_PLACE,
        *_traces(numbers, ranking, standing),
        text=place(standing.place, standing.of),
    )


def _what_could_be_seen(numbers: Numbers, ranking: Ranking) -> Sentence:
    focal = _rows(numbers, ranking, ranking.target)
    periods = numbers.figure(
        f"periods.{ranking.source}",
        f"{_label(ranking)}: periods used",
        ranking.n_periods,
        f"{ranking.grid}s",
        "periods covered by at least three quarters",
        focal,
        text=f"{ranking.n_periods} {ranking.grid}s",
    )
    opening = f"{_label(ranking)}, {between(ranking, ranking.target)}: "
    if not np.isfinite(ranking.detectable_share):
        return sentence(opening, periods, f" ({ranking.span}); too little to rank anything by.")
    share = numbers.figure(
        f"detectable.{ranking.source}",
        f"{_label(ranking)}: share a driver must carry to stand out",
        ranking.detectable_share,
        "share of whitened variance",
        "z² / (z² + degrees of freedom) at the score of the best twentieth",
        focal,
        text=percent(ranking.detectable_share),
    )
    return sentence(
        opening, periods,
        f" ({ranking.span}); to reach the best twentieth of the world a driver must carry ",
        share,
        " of what moves the focal relation after noise is removed. Declared before looking: ",
        "; ".join(ranking.specifications), ".",
    )  # fmt: skip


def _table(gathered: Gathered, numbers: Numbers, ranking: Ranking) -> Table:
    listed = [_row(gathered, numbers, ranking, one) for one in ranking.standings]
    others = [_row(gathered, numbers, ranking, one) for one in ranking.rivals]
    return Table(COLUMNS, (*listed, *others))


def _row(
    gathered: Gathered, numbers: Numbers, ranking: Ranking, standing: Standing
) -> tuple[Sentence, ...]:
    expected = "warms together" if standing.sign > 0 else "warms as it cools"
    named = sentence(between(ranking, standing.driver))
    explained = sentence(_who_says(gathered, ranking, standing))
    if not np.isfinite(standing.score):
        verdict = sentence(Span(standing.said, f"periods.{ranking.source}"))
        return (named, explained, sentence(expected), (), (), (), (), verdict)
    name, traces = driver_id(ranking, standing), _traces(numbers, ranking, standing)
    label = f"{between(ranking, standing.driver)}, {_label(ranking)}"
    score = numbers.figure(
        f"score.{name}",
        label,
        standing.score,
        "z",
        f"{HOW_SCORE}; best: {standing.best}",
        *traces,
        text=_z(standing.score),
    )
    matched = numbers.figure(
        f"matched.{name}", f"{label}: place among like volume", standing.matched_place,
        f"place of {standing.matched_of:,}", f"{HOW_PLACE}, of like volume only", *traces,
        text=place(standing.matched_place, standing.matched_of),
    )  # fmt: skip
    together = numbers.figure(
        f"together.{name}", f"{label}: in the same period", standing.together, "z",
        "the same score at lag 0; who moved first cannot be told", *traces,
        text=_z(standing.together),
    ) if np.isfinite(standing.together) else "not measured"  # fmt: skip
    return (
        named,
        explained,
        sentence(expected),
        sentence(score, f" ({standing.best})"),
        sentence(quote_place(numbers, ranking, standing)),
        sentence(matched),
        sentence(together),
        sentence(Span(standing.said, f"place.{name}")),
    )


def _charts(numbers: Numbers, ranking: Ranking) -> list[Chart]:
    """Draw the world once for each predicted direction, the listed drivers marked."""
    charts = []
    for sign, scores in ranking.world.items():
        marked = [s for s in ranking.standings if s.sign == sign and np.isfinite(s.score)]
        if not marked or not scores.size:
            continue
        way = "warm" if sign > 0 else "cool"
        direction = "warm together" if sign > 0 else "warm as the other cools"
        name = numbers.histogram(
            f"world.{ranking.source}.{way}",
            f"{_label(ranking)}: scores of all relations, {direction}",
            "z",
            HOW_SCORE,
            scores[np.isfinite(scores)],
            ranking.threshold[sign],
            _everything(numbers, ranking),
        )
        charts.append(
            Chart(
                f"world-{ranking.source}-{way}",
                "world",
                f"{_label(ranking)}: the listed third parties among all rivals ({direction})",
                "Grey: how many relations of the world reach each score. Marked: the ones that"
                " explanations name. The rule marks the best twentieth.",
                tuple(f"score.{driver_id(ranking, one)}" for one in marked),
                name,
            )
        )
    return charts


def _who_says(gathered: Gathered, ranking: Ranking, standing: Standing) -> str:
    """Name the explanations that predict it; a pair that votes has no direction."""
    same = tuple if ranking.grid == "week" else frozenset
    names = [
        explanation.id
        for explanation in gathered.case.explanations
        for p in explanation.predictions
        if same((p.driver.actor.id, p.driver.recipient.id)) == same(standing.driver)
        and p.sign == standing.sign
    ]
    return ", ".join(dict.fromkeys(names)) or "nobody listed it"


def _traces(numbers: Numbers, ranking: Ranking, standing: Standing) -> tuple[Trace, ...]:
    return (
        _rows(numbers, ranking, ranking.target),
        _rows(numbers, ranking, standing.driver),
        _everything(numbers, ranking),
    )


def _rows(numbers: Numbers, ranking: Ranking, pair: tuple[str, str]) -> Trace:
    relation = (Condition("actor", "=", pair[0]), Condition("recipient", "=", pair[1]))
    return numbers.rows(*_table_of(ranking), *relation, *_days(ranking))


def _everything(numbers: Numbers, ranking: Ranking) -> Trace:
    return numbers.rows(*_table_of(ranking), *_days(ranking))


def _table_of(ranking: Ranking) -> tuple[str, str]:
    return ("events" if ranking.grid == "week" else "measures", ranking.source)


def _days(ranking: Ranking) -> tuple[Condition, ...]:
    start, end = ranking.span.start.isoformat(), ranking.span.end.isoformat()
    if ranking.grid == "week":
        return (Condition("day", ">=", start), Condition("day", "<", end))
    return (
        Condition("measure", "=", "agreement"),
        Condition("start", ">=", start),
        Condition("start", "<", end),
    )


def _label(ranking: Ranking) -> str:
    return read_card(ranking.source).label


def _short(actor: str) -> str:
    """Write a state by its id and anybody else by name."""
    known = load_actors().get(actor)
    return actor if known is None or known.kind is Kind.STATE else known.name


def _z(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
