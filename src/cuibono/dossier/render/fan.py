"""A fan: where a level was, and the bands of where it may go."""

from __future__ import annotations

from cuibono.dossier.render import lines
from cuibono.dossier.render.numbers import in_percent, say_quantity
from cuibono.dossier.render.panel import Panel, wrap
from cuibono.dossier.render.theme import BAND, BLUE, Spec, layer
from cuibono.errors import TraceError
from cuibono.model.dossier import Point, Series

_WIDTH, _HEIGHT = 330, 190
_CHARACTERS = 44


def build_panel(past: Series, wide: Series, half: Series) -> Panel:
    """Draw the past as a line, and what may come as two bands around a median.

    Parameters
    ----------
    past : Series
        Where the level was, with at least one point.
    wide, half : Series
        The same medians with the band of nine in ten, and of half.

    Returns
    -------
    Panel
        The drawing and its text alternative.

    Raises
    ------
    TraceError
        If no level was measured.
    """
    frame = lines.frame_of([past, wide, half])
    if frame is None:
        raise TraceError(f"{past.id}: a fan without a level. Draw it where one was measured.")
    drawn = lines.draw_layers(past, frame, [])
    x, y = (drawn[-1]["encoding"][channel] for channel in ("x", "y"))
    place, start = {"x": x, "y": y}, _start(past)
    medians = _rows((start, *wide.points), in_percent(wide.unit)[0])
    dashed = {"color": BLUE, "strokeDash": [4, 3], "strokeWidth": 1.4}
    fans = [_band(wide, start, place, 0.45), _band(half, start, place, 0.8)]
    spec = {
        "width": _WIDTH,
        "height": _HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "title": {
            "text": wrap(wide.label, _CHARACTERS).split("\n"),
            "subtitle": wrap(
                f"{in_percent(wide.unit)[1]} · {lines.name_source(wide)} · bands of"
                f" {wide.level:.0%} and {half.level:.0%}",
                _CHARACTERS + 8,
            ).split("\n"),
        },
        "layer": [*fans, *drawn, layer(medians, "line", dashed, place)],
    }
    return Panel(spec, _describe(past, wide))


def _start(past: Series) -> Point:
    """Let the fan spread from the last level that was measured."""
    last = past.points[-1]
    return Point(last.start, last.end, last.value, last.value, last.value, last.rows)


def _band(series: Series, start: Point, place: Spec, opacity: float) -> Spec:
    rows = _rows((start, *series.points), in_percent(series.unit)[0])
    reach = {"x": place["x"], "y": {**place["y"], "field": "low"}, "y2": {"field": "high"}}
    return layer(rows, "area", {"color": BAND, "opacity": opacity}, reach)


def _rows(points: tuple[Point, ...], factor: float) -> list[Spec]:
    return [
        {
            "day": (point.start + (point.end - point.start) / 2).isoformat(),
            "value": point.value * factor,
            "low": point.low * factor,
            "high": point.high * factor,
        }
        for point in points
    ]


def _describe(past: Series, wide: Series) -> str:
    told = []
    for name, one in (("Last measured", past), ("Furthest foretold", wide)):
        if one.points:
            last = one.points[-1]
            said = say_quantity(last.value, last.low, last.high, one.unit)
            told.append(f"{name} {last.start}: {said}")
    return f"{wide.label}. {'; '.join(told)}."
