"""Series over time as small multiples: a line, its band, and the gaps left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cuibono.dossier.render.numbers import in_percent, say_interval, say_quantity
from cuibono.dossier.render.panel import Panel, wrap
from cuibono.dossier.render.theme import BAND, BLUE, GAP, MUTED, SMALL_SIZE, Spec, layer, write
from cuibono.model.dossier import Point, Series
from cuibono.model.period import Period, gaps
from cuibono.model.trace import EVIDENCE
from cuibono.sources.base import read_card, seams, source_names
from cuibono.sources.seams import Seam

LEDGER = "ledger of the case file"

_WIDTH, _HEIGHT = 330, 190
_CHARACTERS = 44
_FEW_POINTS = 40
# Names of seams stand below each other, so that two of one year can both be read.
_HEAD, _ROW = 2, 13
# Share of the axis below which the words "not covered" have no room.
_WIDE_GAP = 0.15
# Below this many days months are named; each year is named once, below its first month.
_MONTHS_UNTIL = 4 * 366
_MONTHS = (
    "datum.index == 0 || utcmonth(datum.value) == 0"
    " ? [utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"
    " : utcFormat(datum.value, '%b')"
)
_YEARS = "utcFormat(datum.value, '%Y')"


@dataclass(frozen=True, slots=True)
class Frame:
    """The axes that all series of one unit share.

    Attributes
    ----------
    span : Period
        First to last covered day of any of them.
    low, high : float
        Lowest and highest bound of any of them, zero included.
    """

    span: Period
    low: float
    high: float


def frame_of(series: Sequence[Series]) -> Frame | None:
    """Find axes on which several series compare.

    Parameters
    ----------
    series : sequence of Series
        Of one unit.

    Returns
    -------
    Frame or None
        Axes that hold every point and its interval; None where there is no
        point at all.
    """
    points = [point for one in series for point in one.points]
    if not points:
        return None
    return Frame(
        Period(min(p.start for p in points), max(p.end for p in points)),
        min(0.0, *(p.low for p in points)),
        max(0.0, *(p.high for p in points)),
    )


def not_covered(series: Series, span: Period) -> list[Period]:
    """List the parts of a span for which a series has no point.

    Parameters
    ----------
    series : Series
        Any series.
    span : Period
        What the axis shows.

    Returns
    -------
    list of Period
        Ascending; empty where all is covered.
    """
    return gaps([Period(point.start, point.end) for point in series.points], span)


def seams_in(source: str, span: Period) -> list[Seam]:
    """List where a source's own series break within a span.

    Parameters
    ----------
    source : str
        Provider name; one that no card describes has none that is known.
    span : Period
        What the axis shows.

    Returns
    -------
    list of Seam
        In order of time; one on the first day or before it is left out, since
        it parts nothing.
    """
    known = seams(source) if source in source_names() else ()
    return [one for one in known if span.start < one.days.start < span.end]


def name_source(series: Series) -> str:
    """Name for a reader what a series was measured from.

    Parameters
    ----------
    series : Series
        Any series.

    Returns
    -------
    str
        Label of the source, or the ledger where items of the case were weighed;
        a source that no card describes keeps its name.
    """
    if series.traces and all(trace.table == EVIDENCE for trace in series.traces):
        return LEDGER
    return read_card(series.source).label if series.source in source_names() else series.source


def number_runs(points: Sequence[Point]) -> list[int]:
    """Count the unbroken stretches: a line is never drawn across a gap.

    Parameters
    ----------
    points : sequence of Point
        Ascending.

    Returns
    -------
    list of int
        For each point the number of its stretch, from 0.
    """
    numbers: list[int] = []
    previous: Point | None = None
    for point in points:
        broken = previous is not None and point.start > previous.end
        numbers.append((numbers[-1] if numbers else 0) + broken)
        previous = point
    return numbers


def _middle(start: date, end: date) -> str:
    return (start + timedelta(days=(end - start).days / 2)).isoformat()


def _rows(points: Sequence[Point], factor: float) -> list[Spec]:
    return [
        {
            "day": _middle(point.start, point.end),
            "value": point.value * factor,
            "low": point.low * factor,
            "high": point.high * factor,
            "run": run,
        }
        for point, run in zip(points, number_runs(points), strict=True)
    ]


def _describe(series: Series, missing: Sequence[Period], broken: Sequence[Seam]) -> str:
    if not series.points:
        return f"{series.label}: not covered."
    top = max(series.points, key=lambda point: point.value)
    first, last, highest = (
        f"{point.start} {say_quantity(point.value, point.low, point.high, series.unit)}"
        for point in (series.points[0], series.points[-1], top)
    )
    holes = "".join(f"; not covered {hole}" for hole in missing)
    breaks = "".join(f"; its source changed {one.days.start}, {one.label}" for one in broken)
    return f"{series.label}. First {first}; last {last}; highest {highest}{holes}{breaks}."


def _shade(missing: Sequence[Period], span: Period, x: Spec) -> list[Spec]:
    """Shade what is not covered, and say so where the words fit."""
    days = (span.end - span.start).days
    rows = [
        {
            "day": hole.start.isoformat(),
            "until": hole.end.isoformat(),
            "middle": _middle(hole.start, hole.end),
            "said": "not\ncovered" if (hole.end - hole.start).days > _WIDE_GAP * days else "",
        }
        for hole in missing
    ]
    place = {"x": {**x, "field": "middle"}, "y": {"value": 8}, "text": {"field": "said"}}
    words = {"color": MUTED, "fontSize": SMALL_SIZE, "baseline": "top"}
    return [
        layer(rows, "rect", {"color": GAP}, {"x": x, "x2": {"field": "until"}}),
        layer(rows, "text", words, place),
    ]


def _trace_line(series: Series, x: Spec, y: Spec) -> list[Spec]:
    """Draw the band, the line and the label of the last value."""
    rows = _rows(series.points, in_percent(series.unit)[0])
    last = rows[-1]
    label = say_interval(last["value"], last["low"], last["high"]).split(" ")[0]
    end = [{**last, "said": label}]
    here = {"x": x, "y": y}
    run = {"detail": {"field": "run"}}
    band = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, **run}
    # A stretch of one period has no line, so few periods are drawn as dots too.
    dots = rows if len(rows) <= _FEW_POINTS else end
    bold = {"color": BLUE, "align": "left", "dx": 6, "fontWeight": "bold"}
    return [
        layer(rows, "area", {"color": BAND, "opacity": 0.6}, band),
        layer(rows, "line", {"color": BLUE, "strokeWidth": 1.6}, {**here, **run}),
        layer(dots, "circle", {"size": 16}, here),
        layer(end, "circle", {"size": 32}, here),
        layer(end, "text", bold, {**here, "text": {"field": "said"}}),
    ]


def _mark_seams(broken: Sequence[Seam], span: Period, x: Spec) -> list[Spec]:
    """Draw a thin rule where the source itself changed: levels do not compare across it."""
    half = span.start + (span.end - span.start) / 2
    marks = []
    for place, one in enumerate(broken):
        row: list[Spec] = [{"day": one.days.start.isoformat(), "said": one.label}]
        rule = {"color": MUTED, "strokeWidth": 0.8, "strokeDash": [2, 3]}
        late = one.days.start > half
        side = {"align": "right", "dx": -3} if late else {"align": "left", "dx": 3}
        style = {**side, "color": MUTED, "fontSize": SMALL_SIZE, "baseline": "top"}
        words = {"x": x, "y": {"value": _HEAD + _ROW * place}, "text": {"field": "said"}}
        marks += [layer(row, "rule", rule, {"x": x}), *write(row, style, words)]
    return marks


def draw_layers(series: Series, frame: Frame, missing: Sequence[Period]) -> list[Spec]:
    """Draw one series, shade what is missing, and mark where its source changed.

    Parameters
    ----------
    series : Series
        What to draw.
    frame : Frame
        Its axes.
    missing : sequence of Period
        What is shaded as not covered.

    Returns
    -------
    list of dict
        Layers: the shade first, the label of the last value last.
    """
    span = [frame.span.start.isoformat(), frame.span.end.isoformat()]
    factor = in_percent(series.unit)[0]
    short = (frame.span.end - frame.span.start).days < _MONTHS_UNTIL
    x: Spec = {
        "field": "day",
        "type": "temporal",
        # Days are read as UTC and drawn as UTC: the machine's clock must not move a point.
        "scale": {"type": "utc", "domain": span},
        "axis": {
            "title": None,
            "grid": False,
            "tickCount": 4,
            "labelExpr": _MONTHS if short else _YEARS,
        },
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [frame.low * factor, frame.high * factor], "nice": True},
        "axis": {"title": None, "tickCount": 4},
    }
    shade = _shade(missing, frame.span, x)
    marks = _mark_seams(seams_in(series.source, frame.span), frame.span, x)
    line = _trace_line(series, x, y) if series.points else []
    return [*shade, *line[:1], *marks, *line[1:]]


def build_panel(series: Series, frame: Frame | None) -> Panel:
    """Draw one series on axes that it shares with its neighbours.

    Parameters
    ----------
    series : Series
        What to draw; where it has no point, the panel is shaded.
    frame : Frame or None
        The shared axes; None where no series of the unit has a point.

    Returns
    -------
    Panel
        The drawing and its text alternative.
    """
    missing = not_covered(series, frame.span) if frame else []
    broken = seams_in(series.source, frame.span) if frame else []
    empty = layer([{}], "text", {"color": MUTED, "text": "not covered"}, {})
    spec = {
        "width": _WIDTH,
        "height": _HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "title": {
            "text": wrap(series.label, _CHARACTERS).split("\n"),
            "subtitle": wrap(
                f"{in_percent(series.unit)[1]} · {name_source(series)}", _CHARACTERS + 8
            ).split("\n"),
        },
        "layer": draw_layers(series, frame, missing) if frame else [empty],
    }
    return Panel(spec, _describe(series, missing, broken))
