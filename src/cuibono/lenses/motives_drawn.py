"""Shares of a relation's movement as figures, sentences and a picture over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from cuibono.lenses.asked import write_relation
from cuibono.lenses.channels import count
from cuibono.lenses.contest import Contest
from cuibono.lenses.motives_shares import PLANTED, SPIKES, Shares
from cuibono.lenses.prose import fill, percent
from cuibono.model.actor import Relation
from cuibono.model.dossier import Chart, Point, Series
from cuibono.model.estimate import Z90, Estimate
from cuibono.model.finding import Measured
from cuibono.model.panel import Panel

NAME = "motives"

HOW = (
    "Shapley share of the variance of the relation's movement, given that it is at work;"
    " estimate and 90 % interval corrected by real relations made to carry known shares"
)

HOW_PATH = (
    "what the driver adds to the relation, in the units of its series: mean and 90 % band over"
    " drivers, noise states, responses and the driver's own level, uncorrected"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Shares as a finding holds them.

    Attributes
    ----------
    measured : tuple of Measured
        One for each group.
    series : tuple of Series
        What each adds over time.
    charts : tuple of Chart
        All of them in one picture; none where nothing was asked.
    """

    measured: tuple[Measured, ...] = ()
    series: tuple[Series, ...] = ()
    charts: tuple[Chart, ...] = ()


def tell_shares(
    panel: Panel,
    target: Relation,
    contest: Contest,
    shares: Shares,
    groups: Sequence[tuple[int, ...]],
    ids: Sequence[str],
    labels: Sequence[str],
) -> Told:
    """Write down what each group of drivers carries.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation.
    contest : Contest
        Its listed drivers.
    shares : Shares
        From `attribute`.
    groups : sequence of tuple of int
        Places of the drivers of each group.
    ids, labels : sequence of str
        Of each driver of the contest.

    Returns
    -------
    Told
        In the order of `groups`.
    """
    measured, series = [], []
    for at, group in enumerate(groups):
        name = "_".join(ids[driver] for driver in group)
        label = " or ".join(labels[driver] for driver in group)
        relations = [contest.drivers[driver][0] for driver in group]
        measured.append(_measure(panel, target, shares, at, name, label, relations))
        series.append(_draw(panel, target, shares, at, name, label))
    chart = Chart(
        id=f"{NAME}-{panel.source}",
        kind="lines",
        title=fill(NAME, "chart_title", target=write_relation(panel, target)),
        caption=fill(NAME, "chart_caption", channel=shares.part.channel),
        series=tuple(one.id for one in series),
    )
    return Told(tuple(measured), tuple(series), (chart,))


def _measure(
    panel: Panel,
    target: Relation,
    shares: Shares,
    at: int,
    name: str,
    label: str,
    relations: list[Relation],
) -> Measured:
    learnt, estimate = shares.calibration, None
    verdict = "share_unknown" if learnt is None else "share"
    if learnt:
        value = learnt.slope * float(shares.value[at])
        half = Z90 * learnt.stretch * float(shares.deviation[at])
        value = min(max(value, 0.0), 1.0)
        ends = max(value - half, 0.0), min(value + half, 1.0)
        estimate = Estimate(value, *ends, "share of the movement")
        verdict = "share" if len(relations) == 1 else "share_together"
    shown = (estimate.value, estimate.low, estimate.high) if estimate else (0.0, 0.0, 0.0)
    share, low, high = map(percent, shown)
    return Measured(
        id=f"{name}.share",
        label=f"{label}: how much of the movement",
        estimate=estimate,
        how=HOW,
        verdict=verdict,
        said=fill(
            NAME,
            verdict,
            channel=shares.part.channel,
            share=share,
            low=low,
            high=high,
            covered=learnt.covered if learnt else 0,
            found=shares.found,
            spikes=SPIKES,
            least=percent(min(PLANTED)),
            most=percent(max(PLANTED)),
        ),
        traces=(panel.trace(target), *(panel.trace(relation) for relation in relations)),
    )


def _draw(
    panel: Panel, target: Relation, shares: Shares, at: int, name: str, label: str
) -> Series:
    used, rows = shares.part.focal.used, count(panel)[panel.index[target]]
    points = []
    for period, (value, low, high) in zip(used, shares.path[at].T, strict=True):
        start: date = panel.starts[period].astype(date)
        value = float(np.clip(value, low, high))
        span = start, panel.grid.next(start)
        points.append(Point(*span, value, float(low), float(high), (int(rows[period]),)))
    return Series(
        id=f"{NAME}.{panel.source}.{name}.path",
        label=label,
        unit=f"contribution to {shares.part.channel}",
        how=HOW_PATH,
        about=write_relation(panel, target),
        source=panel.source,
        level=0.9,
        points=tuple(points),
        traces=(panel.trace(target),),
        day_column=panel.day_column,
    )
