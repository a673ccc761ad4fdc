"""Shares of a relation's movement as figures, sentences and a picture over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from cuibono.lenses.asked import write_relation
from cuibono.lenses.channels import count
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


@dataclass(frozen=True, slots=True)
class Carrier:
    """Drivers whose share is asked for as one.

    Attributes
    ----------
    name, label : str
        Id and how it reads.
    relations : tuple of (str, str)
        The drivers.
    """

    name: str
    label: str
    relations: tuple[Relation, ...]


def tell_shares(
    panel: Panel, target: Relation, shares: Shares, carriers: Sequence[Carrier]
) -> Told:
    """Write down what each carrier carries.

    Parameters
    ----------
    panel : Panel
        One source.
    target : tuple of str
        The focal relation.
    shares : Shares
        From `attribute`.
    carriers : sequence of Carrier
        In the order of the shares.

    Returns
    -------
    Told
        In that order.
    """
    series = tuple(_draw(panel, target, shares, *one) for one in enumerate(carriers))
    chart = Chart(
        id=f"{NAME}-{panel.source}",
        kind="lines",
        title=fill(NAME, "chart_title", target=write_relation(panel, target)),
        caption=fill(NAME, "chart_caption", channel=shares.part.channel),
        series=tuple(one.id for one in series),
    )
    measured = tuple(_measure(panel, target, shares, *one) for one in enumerate(carriers))
    return Told(measured, series, (chart,))


def _measure(
    panel: Panel, target: Relation, shares: Shares, at: int, carrier: Carrier
) -> Measured:
    learnt, estimate = shares.calibration, None
    verdict = "share_unknown" if learnt is None else "share"
    if learnt:
        value = learnt.slope * float(shares.value[at])
        half = Z90 * learnt.stretch * float(shares.deviation[at])
        value = min(max(value, 0.0), 1.0)
        ends = max(value - half, 0.0), min(value + half, 1.0)
        estimate = Estimate(value, *ends, "share of the movement")
        verdict = "share" if len(carrier.relations) == 1 else "share_together"
    shown = (estimate.value, estimate.low, estimate.high) if estimate else (0.0, 0.0, 0.0)
    share, low, high = map(percent, shown)
    return Measured(
        id=f"{carrier.name}.share",
        label=f"{carrier.label}: how much of the movement",
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
        traces=(panel.trace(target), *map(panel.trace, carrier.relations)),
    )


def _draw(panel: Panel, target: Relation, shares: Shares, at: int, carrier: Carrier) -> Series:
    used, rows = shares.part.focal.used, count(panel)[panel.index[target]]
    points = []
    for period, (value, low, high) in zip(used, shares.path[at].T, strict=True):
        start: date = panel.starts[period].astype(date)
        value = float(np.clip(value, low, high))
        span = start, panel.grid.next(start)
        points.append(Point(*span, value, float(low), float(high), (int(rows[period]),)))
    return Series(
        id=f"{NAME}.{panel.source}.{carrier.name}.path",
        label=carrier.label,
        unit=f"contribution to {shares.part.channel}",
        how=HOW_PATH,
        about=write_relation(panel, target),
        source=panel.source,
        level=0.9,
        points=tuple(points),
        traces=(panel.trace(target),),
        day_column=panel.day_column,
    )
