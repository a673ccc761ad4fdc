"""One look for every chart: hues that colour-blind readers tell apart, few lines.

The page's style sheet repeats these colours and gives each its counterpart for
dark mode; a test compares the two.
"""

from __future__ import annotations

from typing import Any, TypeAlias

# A chart is written as plain Vega-Lite: building it through Altair's classes took four
# times as long as drawing it. Tests read every one back into Altair, which checks it.
Spec: TypeAlias = dict[str, Any]
GRAMMAR = "6.4"

PAPER = "#fffffe"
INK = "#1c1d1f"
MUTED = "#5a5f66"
GRID = "#dddad2"
GAP = "#eeece6"
WORLD = "#b9b6ad"
# Okabe and Ito's blue and vermilion, the latter darker so that small text stays legible.
BLUE = "#0072b2"
BAND = "#9ecae8"
SIGNAL = "#b84300"
COLOURS = (PAPER, INK, MUTED, GRID, GAP, WORLD, BLUE, BAND, SIGNAL)

# The converter measures text with a font as wide as Helvetica.
FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
TEXT_SIZE, SMALL_SIZE = 12, 11

CONFIG: Spec = {
    "aria": False,
    "background": "transparent",
    "font": FONT,
    "padding": 2,
    "lineBreak": "\n",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SMALL_SIZE,
        "titleFontSize": SMALL_SIZE,
        "titleFontWeight": "normal",
        "labelColor": MUTED,
        "titleColor": MUTED,
        "gridColor": GRID,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "tickSize": 4,
        "labelFlush": False,
    },
    "axisY": {"domain": False, "ticks": False},
    "title": {
        "anchor": "start",
        "frame": "group",
        "color": INK,
        "fontSize": TEXT_SIZE + 1,
        "subtitleColor": MUTED,
        "subtitleFontSize": SMALL_SIZE,
        "offset": 8,
    },
    "text": {"fontSize": TEXT_SIZE, "color": INK},
    "circle": {"color": BLUE, "opacity": 1},
}


def layer(rows: list[Spec], mark: str, style: Spec, encoding: Spec) -> Spec:
    """Draw one mark for each row.

    Parameters
    ----------
    rows : list of dict
        The data.
    mark : str
        Vega-Lite's name of the mark.
    style : dict
        Its properties.
    encoding : dict
        Which field stands on which channel.

    Returns
    -------
    dict
        One layer of a chart.
    """
    return {"data": {"values": rows}, "mark": {"type": mark, **style}, "encoding": encoding}


def write(rows: list[Spec], style: Spec, encoding: Spec) -> list[Spec]:
    """Write a text for each row, with a halo that keeps it legible over lines.

    Parameters
    ----------
    rows : list of dict
        The data.
    style : dict
        Properties of the text.
    encoding : dict
        Which field stands on which channel; "text" among them.

    Returns
    -------
    list of dict
        Two layers: the halo and the text.
    """
    halo = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "fill": PAPER}
    return [
        layer(rows, "text", {**style, **halo}, encoding),
        layer(rows, "text", style, encoding),
    ]


def at_pixel(field: str) -> Spec:
    """Place a mark at a height counted in pixels from the top.

    Parameters
    ----------
    field : str
        Field that holds the pixels.

    Returns
    -------
    dict
        A channel without scale and axis.
    """
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}
