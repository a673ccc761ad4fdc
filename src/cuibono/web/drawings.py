"""A chart as one file: its panels in one drawing, with title, source and licence inside."""

from __future__ import annotations

import re
import textwrap
from html import escape

from cuibono.dossier.render.charts import chart_svg
from cuibono.dossier.render.theme import FONT, INK, MUTED, PAPER
from cuibono.dossier.render.visible import make_visible
from cuibono.model.dossier import Chart, Distribution, Dossier, Figure, Series
from cuibono.sources.base import read_card, source_names

COLUMNS, GAP, MARGIN = 2, 24, 20
TITLE_PX, LINE_PX, LINE_CHARACTERS = 17, 16, 110
PNG_SCALE = 2.0

_PANEL = re.compile(r"<svg (?P<head>[^>]*)>(?P<body>.*?)</svg>", re.DOTALL)
_SIZE = re.compile(r'(?P<side>width|height)="(?P<px>[\d.]+)"')


def lay_on_paper(chart: Chart, about: str = "", *series: Series) -> Dossier:
    """Give a chart that belongs to no case the paper that a drawing needs.

    Parameters
    ----------
    chart : Chart
        What will be drawn.
    about : str
        Whom it is about.
    *series : Series
        What it draws.

    Returns
    -------
    Dossier
        With nothing else on it.
    """
    return Dossier(
        name=chart.id, title=chart.title, question="", context="", about=about,
        asked="", answer=(), sections=(), figures=(), series=series, distributions=(),
    )  # fmt: skip


def one_drawing(chart: Chart, dossier: Dossier) -> str:
    """Put a chart's panels into one drawing under their title.

    Parameters
    ----------
    chart : Chart
        What to draw.
    dossier : Dossier
        Where its numbers are.

    Returns
    -------
    str
        An SVG document that stands alone: on paper white, with its sources.
    """
    panels = [(_size(m["head"]), m[0]) for m in _PANEL.finditer(chart_svg(chart, dossier))]
    columns = COLUMNS if len(panels) > 1 else 1
    step = max((width for (width, _), _ in panels), default=0) + GAP
    head = textwrap.wrap(make_visible(chart.caption), LINE_CHARACTERS)
    top = float(MARGIN + TITLE_PX + LINE_PX * len(head) + GAP)
    placed, row_height = [], 0.0
    for number, ((_, height), panel) in enumerate(panels):
        if number and number % columns == 0:
            top, row_height = top + row_height + GAP, 0.0
        row_height = max(row_height, height)
        left = MARGIN + step * (number % columns)
        placed.append(panel.replace("<svg ", f'<svg x="{left:.0f}" y="{top:.0f}" ', 1))
    foot = textwrap.wrap(_foot(chart, dossier), LINE_CHARACTERS)
    bottom = top + row_height + GAP
    words = _words([make_visible(chart.title), *head], MARGIN + TITLE_PX, first_bold=True)
    words += _words(foot, bottom, first_bold=False)
    width = max(step * columns + MARGIN, 760)
    height = bottom + LINE_PX * len(foot) + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{words}{"".join(placed)}</svg>'
    )


def to_png(svg: str) -> bytes:
    """Turn a drawing into a picture.

    Parameters
    ----------
    svg : str
        An SVG document of ours.

    Returns
    -------
    bytes
        A PNG of twice as many pixels as the drawing has units.
    """
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    return picture


def describe_chart(chart: Chart, dossier: Dossier) -> dict[str, object]:
    """Say what a chart shows, from where, and how to cite it.

    Parameters
    ----------
    chart : Chart
        What is drawn.
    dossier : Dossier
        Where its numbers are.

    Returns
    -------
    dict
        Plain data.
    """
    numbers = [
        {"id": one.id, "label": one.label, "unit": one.unit, "how": one.how,
         "rows": [str(trace) for trace in one.traces]}
        for one in _drawn(chart, dossier)
    ]  # fmt: skip
    return {
        "id": chart.id,
        "kind": chart.kind,
        "title": chart.title,
        "caption": chart.caption,
        "case": dossier.name,
        "question": dossier.question,
        "numbers": numbers,
        "sources": [
            {"name": card.name, "title": card.title, "citation": card.citation, "doi": card.doi,
             "licence": card.licence}
            for card in map(read_card, _sources(chart, dossier))
        ],
        "provenance": dossier.provenance,
    }  # fmt: skip


def _drawn(chart: Chart, dossier: Dossier) -> list[Series | Figure | Distribution]:
    numbers: list[Series | Figure | Distribution] = [
        *dossier.series,
        *dossier.figures,
        *dossier.distributions,
    ]
    return [one for one in numbers if one.id in (*chart.series, chart.world)]


def _sources(chart: Chart, dossier: Dossier) -> list[str]:
    """List the providers behind a chart; evidence of the case is none."""
    traces = [trace for one in _drawn(chart, dossier) for trace in one.traces]
    known = set(source_names())
    return sorted({trace.source for trace in traces} & known)


def _foot(chart: Chart, dossier: Dossier) -> str:
    cards = [read_card(name) for name in _sources(chart, dossier)]
    told = "; ".join(f"{card.label} ({card.citation})" for card in cards)
    source = f"Sources: {told}. " if told else "Judgements of the case file. "
    return make_visible(f"{source}Dossier “{dossier.title}”, cuibono.")


def _size(head: str) -> tuple[float, float]:
    sides = {found["side"]: float(found["px"]) for found in _SIZE.finditer(head)}
    return sides["width"], sides["height"]


def _words(lines: list[str], top: float, *, first_bold: bool) -> str:
    written = []
    for number, line in enumerate(lines):
        bold = first_bold and number == 0
        style = (
            f'font-size="{TITLE_PX - 2}" font-weight="bold" fill="{INK}"'
            if bold
            else f'font-size="12" fill="{MUTED}"'
        )
        y = top + LINE_PX * number + (4 if first_bold and number else 0)
        written.append(
            f'<text x="{MARGIN}" y="{y:.0f}" font-family="{escape(FONT)}" {style}>'
            f"{escape(line)}</text>"
        )
    return "".join(written)
