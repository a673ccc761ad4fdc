"""What a chart shows, drawn: one SVG element a panel."""

from __future__ import annotations

from cuibono.dossier.render import coverage, curve, dates, fan, lines, weights, world
from cuibono.dossier.render.panel import Panel, draw
from cuibono.errors import TraceError, suggest
from cuibono.model.dossier import Chart, Dossier, Series

PANELS = ("lines", "dates", "curve", "fan")
"""Kinds of small panels, which a phone shows as they are."""

KINDS = (*PANELS, "weights", "world", "coverage")


def _line_panels(chart: Chart, dossier: Dossier) -> list[Panel]:
    known = {series.id: series for series in dossier.series}
    drawn = [known[name] for name in chart.series]
    by_unit: dict[str, list[Series]] = {}
    for series in drawn:
        by_unit.setdefault(series.unit, []).append(series)
    frames = {unit: lines.frame_of(group) for unit, group in by_unit.items()}
    return [lines.build_panel(series, frames[series.unit]) for series in drawn]


def _date_panels(chart: Chart, dossier: Dossier) -> list[Panel]:
    known = {series.id: series for series in dossier.series}
    drawn = [known[name] for name in chart.series]
    return [
        dates.build_panel(level, chance, [bar for bar in chart.bars if bar.row == level.id])
        for level, chance in zip(drawn[::2], drawn[1::2], strict=True)
    ]


def chart_panels(chart: Chart, dossier: Dossier, *, narrow: bool = False) -> list[Panel]:
    """Lay out the panels of a chart, not drawn yet.

    Parameters
    ----------
    chart : Chart
        What to draw.
    dossier : Dossier
        Where its numbers are.
    narrow : bool, default False
        Lay out for the width of a phone.

    Returns
    -------
    list of Panel
        In the order of the page.

    Raises
    ------
    TraceError
        If the chart is of no known kind, or names an id that the dossier does
        not have.
    """
    try:
        return _panels(chart, dossier, narrow)
    except KeyError as error:
        raise TraceError(
            f"Chart {chart.id!r} draws {error.args[0]!r}, which is no {chart.kind} id of"
            f" dossier {dossier.name}. Add it to the dossier, or leave it out of the chart."
        ) from error


def _panels(chart: Chart, dossier: Dossier, narrow: bool) -> list[Panel]:
    if chart.kind not in KINDS:
        raise TraceError(
            f"Chart {chart.id!r} has the kind {chart.kind!r}, which nothing draws."
            f"{suggest(chart.kind, KINDS)} A chart is one of {', '.join(KINDS)}."
        )
    if chart.kind == "lines":
        return _line_panels(chart, dossier)
    if chart.kind == "dates":
        return _date_panels(chart, dossier)
    if chart.kind == "fan":
        known = {series.id: series for series in dossier.series}
        return [fan.build_panel(*(known[name] for name in chart.series))]
    if chart.kind == "coverage":
        return [coverage.build_panel(chart, narrow=narrow)]
    figures = {figure.id: figure for figure in dossier.figures}
    named = [figures[name] for name in chart.series]
    if chart.kind == "curve":
        return [curve.build_panel(chart.title, named)]
    if chart.kind == "weights":
        return [weights.build_panel(named, narrow=narrow)]
    worlds = {distribution.id: distribution for distribution in dossier.distributions}
    return [world.build_panel(worlds[chart.world], named, narrow=narrow)]


def chart_svg(chart: Chart, dossier: Dossier, *, narrow: bool = False) -> str:
    """Draw a chart.

    Series over time give one panel each, so that a page can set them side by
    side or, on a phone, below each other; panels of one unit share both axes.

    Parameters
    ----------
    chart : Chart
        What to draw.
    dossier : Dossier
        Where its numbers are.
    narrow : bool, default False
        Draw for the width of a phone.

    Returns
    -------
    str
        One `<svg>` element a panel, one after the other, each with a text
        alternative; the same bytes each time.

    Raises
    ------
    TraceError
        If the chart is of no known kind, or names an id that the dossier does
        not have.
    """
    return "\n".join(draw(panel) for panel in chart_panels(chart, dossier, narrow=narrow))
