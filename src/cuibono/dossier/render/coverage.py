"""Coverage: a line for each source and set of actors, filled where it knows something."""

from __future__ import annotations

from cuibono.dossier.render.panel import Panel, wrap
from cuibono.dossier.render.theme import BLUE, GAP, Spec, layer, write
from cuibono.errors import TraceError
from cuibono.model.dossier import Bar, Chart

# Pixels of a line: the name above, the bar below it.
_LINE, _NAME, _BAR = 40, 16, 14
_WIDE, _NARROW = 690, 330


def build_panel(chart: Chart, *, narrow: bool) -> Panel:
    """Draw covered spans within the days asked about.

    Parameters
    ----------
    chart : Chart
        Of kind "coverage", with a frame and at least one bar.
    narrow : bool
        Draw for the width of a phone.

    Returns
    -------
    Panel
        The drawing and its text alternative.

    Raises
    ------
    TraceError
        If the chart has no frame or no bar.
    """
    if chart.frame is None or not chart.bars:
        raise TraceError(
            f"Chart {chart.id!r} draws coverage without days asked about or without a row."
        )
    names = list(dict.fromkeys(bar.row for bar in chart.bars))
    width = _NARROW if narrow else _WIDE
    start, end = (day.isoformat() for day in chart.frame)
    x: Spec = {
        "field": "start",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [start, end], "clamp": True},
        "axis": {"title": None, "grid": False, "tickCount": 5 if narrow else 10},
    }
    spec = {
        "width": width,
        "height": _LINE * len(names),
        "layer": _layers(chart.bars, names, (start, end), x, width),
    }
    return Panel(spec, _describe(chart.bars, names))


def _layers(
    bars: tuple[Bar, ...], names: list[str], frame: tuple[str, str], x: Spec, width: int
) -> list[Spec]:
    tops = {name: _LINE * place for place, name in enumerate(names)}
    lines = [_placed(tops[name], *frame) for name in names]
    known = [
        _placed(tops[bar.row], bar.start.isoformat(), bar.end.isoformat())
        for bar in bars
        if bar.start < bar.end
    ]
    labels: list[Spec] = [
        {"top": top, "name": wrap(name, width // 7, lines=1)} for name, top in tops.items()
    ]
    reach = {
        "x": x,
        "x2": {"field": "end"},
        "y": {"field": "above", "type": "quantitative", "scale": None, "axis": None},
        "y2": {"field": "below"},
    }
    place = {
        "x": {"value": 0},
        "y": {"field": "top", "type": "quantitative", "scale": None, "axis": None},
        "text": {"field": "name"},
    }
    return [
        layer(lines, "rect", {"color": GAP}, reach),
        layer(known, "rect", {"color": BLUE}, reach),
        *write(labels, {"align": "left", "baseline": "top"}, place),
    ]


def _placed(top: int, start: str, end: str) -> Spec:
    return {"above": top + _NAME, "below": top + _NAME + _BAR, "start": start, "end": end}


def _describe(bars: tuple[Bar, ...], names: list[str]) -> str:
    told = []
    for name in names:
        mine = [f"{b.start} to {b.end}" for b in bars if b.row == name and b.start < b.end]
        told.append(f"{name}: {', '.join(mine) or 'nothing'}")
    return f"Covered days. {'; '.join(told)}."
