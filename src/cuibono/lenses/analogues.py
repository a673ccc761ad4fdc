"""Analogues: what followed, how often and how long, where others moved alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from cuibono.lenses.asked import orient, write_relation
from cuibono.lenses.base import place_among
from cuibono.lenses.channels import LONGEST_GAP
from cuibono.lenses.histories import (
    BEFORE,
    HORIZONS,
    RECENT,
    Histories,
    read_histories,
    unit_of_closeness,
)
from cuibono.lenses.likeness import Asked, learn_from, try_out
from cuibono.lenses.opened import open_events, open_votes
from cuibono.lenses.outlook import look_ahead
from cuibono.lenses.prose import number, open_line, say
from cuibono.lenses.standings import LEAST_RIVALS
from cuibono.model.actor import Relation
from cuibono.model.dossier import Chart, Point, Series
from cuibono.model.estimate import Z90, Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.panel import Panel
from cuibono.model.period import Grid
from cuibono.record.record import Record
from cuibono.stats.prognosis import Prognosis
from cuibono.stats.survival import effective_number

NAME = "analogues"
QUESTION = "What followed where others had moved alike, how often and for how long?"

SHOWN = 5
"""Like histories that are named."""

LEVEL = 0.9
COURSES = {1: "warmed", -1: "cooled", 0: "steady"}


@dataclass(frozen=True, slots=True)
class Analogues:
    """What followed where any relation in the world had moved as this one has.

    Attributes
    ----------
    name, question : str
        As every lens has them.
    """

    name: str = NAME
    question: str = QUESTION

    def look(self, record: Record) -> tuple[Finding, ...]:
        """Compare the relation's recent course with every history of the source.

        Parameters
        ----------
        record : Record
            The case, and what is known up to its last day.

        Returns
        -------
        tuple of Finding
            One for each source of events, and one for votes from the first
            session on.

        Raises
        ------
        NotCoveredError
            If a panel lacks a channel.
        """
        panels = chain(open_events(record), open_votes(record.history, record))
        return tuple(_look(record, panel) for panel in panels)


def _look(record: Record, panel: Panel) -> Finding:
    focal = orient(panel, record.case.relation.ids)
    histories = read_histories(panel)
    row = panel.index.get(focal, -1)
    mine = np.flatnonzero(histories.row == row)
    recent = panel.steps[-1] - LONGEST_GAP
    if not mine.size or panel.steps[histories.at[mine[-1]]] < recent:
        return _silent(histories, panel, focal, "few")
    last = histories.at == histories.at[mine[-1]]
    asked = Asked(panel, focal, histories, int(mine[-1]), np.flatnonzero(last))
    if asked.known.size < LEAST_RIVALS or asked.peers.size <= LEAST_RIVALS:
        return _silent(histories, panel, focal, "lonely", peers=asked.peers.size)
    return _forecast(asked)


def _forecast(asked: Asked) -> Finding:
    histories, known = asked.histories, asked.known
    prognosis = learn_from(asked.panel, histories, known, histories.durations, histories.ended)
    lasting = _lasting(asked, prognosis)
    trial = try_out(asked)
    key = "untested" if not trial.tested else ("sight" if trial.gain > 0 else "no_sight")
    could_see = say(NAME, key, tested=trial.tested, skill=max(trial.gain, 0.0))
    names = say(NAME, "alike", names="; ".join(_nearest(asked, prognosis)))
    finding = _finding(
        histories,
        asked.panel,
        asked.focal,
        (_change(asked), *lasting),
        could_see,
        (f"{names}.",),
    )
    return look_ahead(finding, asked, prognosis, trial)


def _change(asked: Asked) -> Measured:
    """Measure the relation's own recent change, among all changes that end at the same time."""
    panel, histories, case = asked.panel, asked.histories, asked.case
    value, slack = float(histories.change[case]), Z90 * float(histories.noise_of_change[case])
    rivals = np.abs(histories.change[asked.peers[asked.peers != case]])
    rank = Rank(*place_among(abs(value), rivals), "changes of all relations at that time")
    key, unit = COURSES[asked.way], unit_of_closeness(panel)
    facts = {"change": f"{100 * abs(value):.2g}", "span": _span(asked)}
    return Measured(
        id="change",
        label=f"recent course of {write_relation(panel, asked.focal)}",
        estimate=Estimate(value, value - slack, value + slack, unit, LEVEL),
        how=f"mean of the last {RECENT[panel.grid]} {panel.grid}s less the mean of the"
        f" {BEFORE[panel.grid]} before, beyond what both share with everybody; interval from"
        " counting alone",
        verdict=key,
        said=say(NAME, key, top=1 - rank.share, of=rank.of, **facts),
        traces=(panel.trace(asked.focal),),
        ranks=(rank,),
    )


def _lasting(asked: Asked, prognosis: Prognosis) -> tuple[Measured, ...]:
    """Forecast how long the course lasts, at each horizon."""
    panel, features = asked.panel, asked.histories.features
    relation = write_relation(panel, asked.focal)
    horizons = np.array(HORIZONS[panel.grid], dtype=float)
    survival = prognosis.forecast(features[asked.case], horizons)
    base, (low, high) = prognosis.base(horizons), survival.interval(LEVEL)
    rank = _rank_forecast(asked, prognosis, horizons)
    weights = prognosis.weigh(features[asked.case])
    worth = effective_number(weights, prognosis.clusters)
    key = f"lasts_{COURSES[asked.way]}"
    found = []
    for n, horizon in enumerate(HORIZONS[panel.grid]):
        share = float(survival.share[n])
        estimate = Estimate(share, float(low[n]), float(high[n]), "of like histories", LEVEL)
        facts = {"share": share, "low": estimate.low, "high": estimate.high}
        later = number(horizon, panel.grid)
        said = say(
            NAME,
            key,
            cases=int((weights > weights.max() / 2).sum()),
            worth=f"{worth:.0f}",
            later=later,
            base=float(base.share[n]),
            **facts,
        )
        found.append(
            Measured(
                id=f"holds-{horizon}",
                label=f"{relation}: still so {later} later",
                estimate=estimate,
                how="Kaplan and Meier's estimate over the histories of all other relations,"
                " weighed by how alike they are in what foretold an end, drawn towards the"
                " base rate by eight cases; relations that share a party are not independent",
                verdict=key,
                said=said,
                traces=(panel.trace(), panel.trace(asked.focal)),
                ranks=(rank,) if n == 1 else (),
            )
        )
    return tuple(found)


def _rank_forecast(asked: Asked, prognosis: Prognosis, horizons: NDArray[np.float64]) -> Rank:
    """Place the forecast by its distance from the base rate, among those in the same course."""
    alike = asked.peers[asked.histories.course[asked.peers] == asked.way]
    shares = prognosis.forecast_many(asked.histories.features[alike], horizons)[:, 1]
    apart = np.abs(shares - prognosis.base(horizons).share[1])
    own = alike == asked.case
    place, of = place_among(float(apart[own][0]), apart[~own])
    among = f"forecasts of all that were {COURSES[asked.way]}, by distance from the usual"
    return Rank(place, of, among)


def _nearest(asked: Asked, prognosis: Prognosis) -> list[str]:
    """Name the most alike histories of as many other relations."""
    histories, known = asked.histories, asked.known
    apart = (histories.features[known] - histories.features[asked.case]) / prognosis.scale
    named: dict[int, str] = {}
    for place in np.argsort((apart**2).sum(axis=1), kind="stable"):
        row, at = int(histories.row[known[place]]), int(histories.at[known[place]])
        pair = write_relation(asked.panel, asked.panel.relations[row])
        year = str(asked.panel.starts[at])[: 4 if asked.panel.grid is Grid.YEAR else 10]
        named.setdefault(row, say(NAME, "one", pair=pair, year=year))
        if len(named) == SHOWN:
            break
    return list(named.values())


def _finding(
    histories: Histories,
    panel: Panel,
    focal: Relation,
    measured: tuple[Measured, ...],
    could_see: str,
    said: tuple[str, ...],
) -> Finding:
    finding = Finding(
        lens=NAME,
        question=QUESTION,
        about=write_relation(panel, focal),
        source=panel.source,
        span=panel.span,
        specifications=(
            f"change of the last {RECENT[panel.grid]} {panel.grid}s over the"
            f" {BEFORE[panel.grid]} before",
            f"what followed within {HORIZONS[panel.grid][-1]} {panel.grid}s",
        ),
        said=(*(f"{open_line(one.label)}: {one.said}." for one in measured), *said),
        could_see=f"{could_see}.",
        measured=measured,
    )
    return _draw(finding, histories, panel, focal)


def _draw(finding: Finding, histories: Histories, panel: Panel, focal: Relation) -> Finding:
    """Add the relation's closeness over time, where it was observed at all."""
    row = panel.index.get(focal, -1)
    if row < 0:
        return finding
    closeness, noise = histories.closeness, histories.noise
    seen = np.flatnonzero(np.isfinite(closeness[row]))
    days = [day.astype(date) for day in panel.starts[seen]]
    points = tuple(
        Point(day, panel.grid.next(day), value, value - slack, value + slack, (n,))
        for day, value, slack, n in zip(
            days,
            closeness[row, seen].tolist(),
            (Z90 * np.sqrt(noise[row, seen])).tolist(),
            _rows_at(panel, row)[seen].tolist(),
            strict=True,
        )
    )
    if not points:
        return finding
    series = Series(
        id=f"{NAME}.{panel.source}.closeness",
        label=f"{write_relation(panel, focal)}: closeness",
        unit=unit_of_closeness(panel),
        how="share alike less what both parties share with everybody; interval from counting",
        about=write_relation(panel, focal),
        source=panel.source,
        level=LEVEL,
        points=points,
        traces=(panel.trace(focal),),
        day_column=panel.day_column,
    )
    chart = Chart(
        f"{series.id}.chart",
        "lines",
        say(NAME, "chart", source=panel.source),
        "Above zero: closer than with others.",
        (series.id,),
    )
    return replace(finding, series=(series,), charts=(chart,))


def _rows_at(panel: Panel, row: int) -> NDArray[np.int64]:
    """Count the rows of each period: of a measure one, of events at most each event."""
    seen = panel.exposure[row] if panel.measure else panel.channels["all"][row]
    rows: NDArray[np.int64] = np.minimum(seen, 1 if panel.measure else np.inf).astype(np.int64)
    return rows


def _silent(
    histories: Histories, panel: Panel, focal: Relation, key: str, **facts: object
) -> Finding:
    """Find that nothing can be told, and say why."""
    relation = write_relation(panel, focal)
    mute = Measured(
        id="change",
        label=f"recent course of {relation}",
        estimate=None,
        how="mean of the last periods less the mean of those before",
        verdict=key,
        said=say(NAME, key, relation=relation, source=panel.source, **facts),
        traces=(panel.trace(focal),),
    )
    return _finding(histories, panel, focal, (mute,), say(NAME, "blind"), ())


def _span(asked: Asked) -> str:
    """Say when the recent periods were."""
    last = asked.panel.starts[asked.histories.at[asked.case]].astype(date)
    return f"up to {asked.panel.grid.next(last) - timedelta(days=1)}"
