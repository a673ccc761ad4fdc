"""Dates of changes: a level over time, and under it the probability that it changed."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.dossier.render import lines
from cuibono.dossier.render.panel import Panel
from cuibono.dossier.render.theme import SIGNAL, Spec, layer
from cuibono.model.dossier import Bar, Series

_CHANCE_HEIGHT, _LEVEL_HEIGHT, _WIDTH = 44, 120, 260
_MARGIN = {"minExtent": 34, "maxExtent": 34}


def build_panel(level: Series, chance: Series, sets: Sequence[Bar]) -> Panel:
    """Draw one level, the date sets of its changes, and when it may have changed.

    Parameters
    ----------
    level : Series
        The level, with at least one point.
    chance : Series
        Probability of a change at the start of each of the same periods.
    sets : sequence of Bar
        Spans that hold the date of a change.

    Returns
    -------
    Panel
        The drawing and its text alternative.
    """
    above = lines.build_panel(level, lines.frame_of([level]))
    x: Spec = above.spec["layer"][0]["encoding"]["x"]
    shaded = [{"day": bar.start.isoformat(), "until": bar.end.isoformat()} for bar in sets]
    style = {"color": SIGNAL, "opacity": 0.18}
    shade = layer(shaded, "rect", style, {"x": _bare(x), "x2": {"field": "until"}})
    drawn = [{**one, "encoding": _fit(one["encoding"])} for one in above.spec["layer"]]
    spec = {
        "title": above.spec["title"],
        "spacing": 10,
        "padding": {"left": 2, "top": 2, "right": 34, "bottom": 2},
        "vconcat": [
            {"width": _WIDTH, "height": _LEVEL_HEIGHT, "layer": [shade, *drawn]},
            {"width": _WIDTH, "height": _CHANCE_HEIGHT, "layer": _chance(chance, x)},
        ],
    }
    return Panel(spec, f"{above.alternative} {_describe(sets)}")


def _bare(x: Spec) -> Spec:
    """Name no days above: they stand once, below both drawings."""
    axis = {"title": None, "grid": False, "labels": False, "ticks": False, "tickCount": 4}
    return {**x, "axis": axis}


def _fit(encoding: Spec) -> Spec:
    """Give both drawings the same margin, so that their days stand below each other."""
    fitted = dict(encoding)
    if "axis" in fitted.get("x", {}):
        fitted["x"] = _bare(fitted["x"])
    if "axis" in fitted.get("y", {}):
        fitted["y"] = {**fitted["y"], "axis": {**fitted["y"]["axis"], **_MARGIN}}
    return fitted


def _chance(chance: Series, x: Spec) -> list[Spec]:
    rows = [
        {"day": point.start.isoformat(), "until": point.end.isoformat(), "chance": point.value}
        for point in chance.points
    ]
    y: Spec = {
        "field": "chance",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": None, "values": [0, 0.5, 1], "format": ".0%", **_MARGIN},
    }
    bars = {"x": x, "x2": {"field": "until"}, "y": y, "y2": {"datum": 0}}
    return [layer(rows, "rect", {"color": SIGNAL}, bars)]


def _describe(sets: Sequence[Bar]) -> str:
    if not sets:
        return "No turning point."
    spans = "; ".join(f"{bar.start} to {bar.end}" for bar in sets)
    return f"Changed within {spans}."
