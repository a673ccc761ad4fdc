"""The distribution of all rivals, with the relations that were listed marked on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cuibono.dossier.render.numbers import say_interval, say_number
from cuibono.dossier.render.panel import Panel, wrap
from cuibono.dossier.render.theme import BLUE, SIGNAL, WORLD, Spec, at_pixel, layer, write
from cuibono.model.dossier import Distribution, Figure

_WIDE, _NARROW = 640, 290
_BARS, _ROW, _HEAD = 150, 22, 28
# Above this ratio of the tallest bar to a single relation, a linear axis hides the tail.
_TALL = 50
_POWERS = [10**power for power in range(7)]
_SCORE = {"field": "value", "type": "quantitative"}


def _describe(world: Distribution, figures: Sequence[Figure]) -> str:
    listed = "; ".join(
        f"{figure.label} {say_interval(figure.value, figure.low, figure.high)}"
        for figure in figures
    )
    return (
        f"{world.label}: {sum(world.counts):,} relations from {say_number(world.edges[0])}"
        f" to {say_number(world.edges[-1])} {world.unit}; the best twentieth starts at"
        f" {say_number(world.threshold)}. Marked: {listed or 'none'}."
    )


def _draw_bars(world: Distribution, x: Spec, top: int, bottom: int) -> Spec:
    tallest = max(world.counts)
    logarithmic = tallest > _TALL
    axis: Spec = {"title": "relations", "tickCount": 3}
    if logarithmic:
        axis = {
            "title": "relations (logarithmic)",
            "values": [0, *(power for power in _POWERS if power <= tallest)],
        }
    scale = {
        "type": "symlog" if logarithmic else "linear",
        "range": [bottom, top],
        "domain": [0, tallest],
    }
    rows: list[Spec] = [
        {"value": low, "until": high, "n": n, "none": 0}
        for (low, high), n in zip(pairwise(world.edges), world.counts, strict=True)
        if n
    ]
    y = {"field": "n", "type": "quantitative", "scale": scale, "axis": axis}
    ends = {"x2": {"field": "until"}, "y2": {"field": "none"}}
    # A hair of paper between bars, so that each can be seen.
    return layer(rows, "rect", {"color": WORLD, "x2Offset": -0.6}, {"x": x, "y": y, **ends})


def _side(value: float, middle: float) -> Spec:
    """Write towards the middle, so that no label leaves the drawing."""
    right = value > middle
    return {"align": "right", "dx": -8} if right else {"align": "left", "dx": 8}


def _draw_threshold(world: Distribution, middle: float) -> list[Spec]:
    said = f"best twentieth: {say_number(world.threshold)} and above"
    rows: list[Spec] = [{"value": world.threshold, "said": said}]
    style = {**_side(world.threshold, middle), "color": SIGNAL, "baseline": "top"}
    rule = {"color": SIGNAL, "strokeWidth": 1.5, "strokeDash": [4, 3]}
    text = {"x": _SCORE, "y": {"value": 3}, "text": {"field": "said"}}
    return [layer(rows, "rule", rule, {"x": _SCORE}), *write(rows, style, text)]


def _draw_marks(
    figures: Sequence[Figure], middle: float, bottom: int, characters: int
) -> list[Spec]:
    """Give each listed relation a row of its own, strongest on top."""
    rules, words = [], []
    ordered = sorted(figures, key=lambda figure: -figure.value)
    for place, figure in enumerate(ordered):
        said = f"{wrap(figure.label, characters, lines=1)}  {say_number(figure.value, 2)}"
        rows: list[Spec] = [{"value": figure.value, "row": _HEAD + _ROW * place, "said": said}]
        here = {"x": _SCORE, "y": at_pixel("row")}
        down = {"color": BLUE, "strokeWidth": 0.8, "opacity": 0.6}
        rules.append(layer(rows, "rule", down, {**here, "y2": {"value": bottom}}))
        words += write(rows, _side(figure.value, middle), {**here, "text": {"field": "said"}})
        words.append(layer(rows, "circle", {"size": 64}, here))
    return rules + words


def build_panel(world: Distribution, figures: Sequence[Figure], *, narrow: bool) -> Panel:
    """Draw the histogram of all rivals, the best twentieth and the listed ones.

    Parameters
    ----------
    world : Distribution
        All rivals.
    figures : sequence of Figure
        The listed relations' scores, in the distribution's unit.
    narrow : bool
        Draw for the width of a phone.

    Returns
    -------
    Panel
        The drawing and its text alternative.
    """
    reach = [*world.edges, world.threshold, *(figure.value for figure in figures)]
    ends = [min(reach), max(reach)]
    middle = sum(ends) / 2
    top = _HEAD + _ROW * len(figures)
    bottom = top + _BARS
    x: Spec = {
        **_SCORE,
        "scale": {"domain": ends, "nice": True},
        "axis": {"title": f"score, {world.unit}", "grid": False, "tickCount": 8},
    }
    spec = {
        "width": _NARROW if narrow else _WIDE,
        "height": bottom,
        "resolve": {"scale": {"y": "independent"}},
        "layer": [
            _draw_bars(world, x, top, bottom),
            *_draw_threshold(world, middle),
            *_draw_marks(figures, middle, bottom, 30 if narrow else 60),
        ],
    }
    return Panel(spec, _describe(world, figures))
