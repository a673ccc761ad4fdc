"""Weights of evidence: a dot and a band for each explanation, around a line at zero."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.dossier.render.numbers import say_figure, say_quantity
from cuibono.dossier.render.panel import Panel, wrap
from cuibono.dossier.render.theme import BAND, INK, MUTED, Spec, at_pixel, layer, write
from cuibono.model.dossier import Figure

# Pixels: the axis, and the column of words right of it.
_WIDE, _WORDS, _NARROW = 480, 210, 330
_LINE, _ROOM = 15, 12


def _words(figure: Figure, width: int) -> str:
    number = say_quantity(figure.value, figure.low, figure.high, figure.unit)
    return "\n".join(wrap(text, width) for text in (figure.said, number) if text)


def _row(figure: Figure, top: int, narrow: bool) -> Spec:
    """Place one explanation: its name, below it the band, its words right or below."""
    name = wrap(figure.label, 50 if narrow else 68)
    words = _words(figure, 50 if narrow else 32)
    band = top + _LINE * (name.count("\n") + 1) + 10
    said = band + 9 if narrow else top
    return {
        "name": name,
        "words": words,
        "top": top,
        "band": band,
        "said": said,
        "end": max(said + _LINE * (words.count("\n") + 1), band + 9) + _ROOM,
        "value": figure.value,
        "low": figure.value if figure.low is None else figure.low,
        "high": figure.value if figure.high is None else figure.high,
    }


def _rows(figures: Sequence[Figure], narrow: bool) -> list[Spec]:
    rows: list[Spec] = []
    for figure in figures:
        rows.append(_row(figure, rows[-1]["end"] if rows else 4, narrow))
    return rows


def _layers(rows: list[Spec], x: Spec, words: Spec) -> list[Spec]:
    band = at_pixel("band")
    left = {"align": "left", "baseline": "top"}
    name = {"x": {"value": 0}, "y": at_pixel("top"), "text": {"field": "name"}}
    reach = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": band}
    return [
        layer([{"value": 0}], "rule", {"color": INK}, {"x": x}),
        layer(rows, "rule", {"color": BAND, "strokeWidth": 10}, reach),
        layer(rows, "circle", {"size": 90}, {"x": x, "y": band}),
        *write(rows, {**left, "fontWeight": "bold"}, name),
        *write(rows, {**left, "color": MUTED}, {**words, "text": {"field": "words"}}),
    ]


def build_panel(figures: Sequence[Figure], *, narrow: bool) -> Panel:
    """Draw weights in the order given.

    Parameters
    ----------
    figures : sequence of Figure
        One an explanation, all of one unit; at least one.
    narrow : bool
        Draw for the width of a phone, with the words below each band.

    Returns
    -------
    Panel
        The drawing and its text alternative.
    """
    rows, width = _rows(figures, narrow), _NARROW if narrow else _WIDE
    reach = [0.0, *(row["low"] for row in rows), *(row["high"] for row in rows)]
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [min(reach), max(reach)], "nice": True, "range": [0, width]},
        "axis": {
            "title": f"← speaks against · weight of evidence, {figures[0].unit} · speaks for →",
            "tickCount": 7,
        },
    }
    words = {"x": {"value": 0 if narrow else width + 18}, "y": at_pixel("said")}
    spec = {
        "width": width if narrow else width + _WORDS,
        "height": rows[-1]["end"],
        "layer": _layers(rows, x, words),
    }
    told = "; ".join(f"{figure.label}: {say_figure(figure)}" for figure in figures)
    return Panel(spec, f"Weights of evidence. {told}.")
