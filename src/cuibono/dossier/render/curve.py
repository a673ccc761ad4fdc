"""Shares step by step, such as day by day: a dot and a band for each."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.dossier.render.numbers import say_figure
from cuibono.dossier.render.panel import Panel
from cuibono.dossier.render.theme import BAND, BLUE, Spec, layer
from cuibono.model.dossier import Figure

_WIDTH, _HEIGHT = 300, 160


def build_panel(title: str, figures: Sequence[Figure]) -> Panel:
    """Draw shares in the order given.

    Parameters
    ----------
    title : str
        Of the chart, for who cannot see it.
    figures : sequence of Figure
        Shares in [0, 1]; the last word of a label names the step.

    Returns
    -------
    Panel
        The drawing and its text alternative.
    """
    rows: list[Spec] = [
        {
            "step": figure.label.rsplit(" ", 1)[-1],
            "value": figure.value,
            "low": figure.value if figure.low is None else figure.low,
            "high": figure.value if figure.high is None else figure.high,
        }
        for figure in figures
    ]
    x: Spec = {
        "field": "step",
        "type": "ordinal",
        "sort": None,
        "axis": {
            "title": figures[0].label.rsplit(" ", 1)[0].rsplit(" ", 1)[-1],
            "labelAngle": 0,
        },
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": None, "values": [0, 0.5, 1], "format": ".0%"},
    }
    reach = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    spec = {
        "width": _WIDTH,
        "height": _HEIGHT,
        "layer": [
            layer(rows, "rule", {"color": BAND, "strokeWidth": 10}, reach),
            layer(rows, "line", {"color": BLUE, "strokeWidth": 1.6}, {"x": x, "y": y}),
            layer(rows, "circle", {"size": 60}, {"x": x, "y": y}),
        ],
    }
    told = "; ".join(f"{figure.label}: {say_figure(figure)}" for figure in figures)
    return Panel(spec, f"{title}. {told}.")
