"""What is known, of whom, and when: file by file, or actor by actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pyarrow as pa
from fastapi import APIRouter, Query
from fastapi.responses import Response

from cuibono.dossier.render.charts import chart_svg
from cuibono.model.dossier import Bar, Chart
from cuibono.model.period import Period
from cuibono.record.coverage import coverage_of
from cuibono.sources.base import read_card
from cuibono.store.store import Store
from cuibono.vocab.search import read_actor
from cuibono.web.desk import Desk
from cuibono.web.drawings import describe_chart, lay_on_paper
from cuibono.web.given import (
    DeskGiven,
    DrawingForm,
    Page,
    answer_drawing,
    answer_json,
    answer_sheet,
)
from cuibono.web.paper import write_page

ActorAsked = Annotated[str, Query(description="Id or name of an actor.", max_length=100)]


@dataclass(frozen=True, slots=True)
class Known:
    """What one file, or one source of one actor, knows.

    Attributes
    ----------
    source, label : str
        Provider, and its name for a reader.
    about : str
        The file, or the actor.
    covered : tuple of Period
        Days it knows.
    licence : str
        Terms of the source.
    rows, refused : int or None
        Rows of a file that were taken and refused; None of an actor.
    remedy : str
        How days that are missing could be had; empty where none is.
    """

    source: str
    label: str
    about: str
    covered: tuple[Period, ...]
    licence: str
    rows: int | None = None
    refused: int | None = None
    remedy: str = ""


routes = APIRouter(prefix="/coverage", tags=["coverage"])


@routes.get("", response_class=Page)
def _show_coverage(desk: DeskGiven, actor: ActorAsked = "") -> Response:
    """Show which days each source knows."""
    from markupsafe import Markup

    rows = _known(desk, actor)
    chart = _chart(rows)
    drawn = [chart_svg(chart, lay_on_paper(chart), narrow=narrow) for narrow in (False, True)]
    drawing = tuple(Markup(svg) for svg in drawn)
    return write_page("coverage.html.j2", rows=rows, actor=actor, drawing=drawing)


@routes.get(".json")
def _tell_coverage(desk: DeskGiven, actor: ActorAsked = "") -> Response:
    """Give what is covered as JSON."""
    return answer_json(_known(desk, actor))


@routes.get(".metadata.json")
def _tell_chart(desk: DeskGiven, actor: ActorAsked = "") -> Response:
    """Say what the chart of coverage shows."""
    chart = _chart(_known(desk, actor))
    return answer_json(describe_chart(chart, lay_on_paper(chart)))


@routes.get(".{form}")
def _take_coverage(form: DrawingForm, desk: DeskGiven, actor: ActorAsked = "") -> Response:
    """Give what is covered as a drawing or a table."""
    rows = _known(desk, actor)
    if form in ("csv", "parquet"):
        spans = [
            {"source": row.source, "about": row.about, "start": span.start, "end": span.end,
             "rows": row.rows, "licence": row.licence}
            for row in rows
            for span in row.covered
        ]  # fmt: skip
        return answer_sheet(pa.Table.from_pylist(spans), form, "coverage")
    chart = _chart(rows)
    return answer_drawing(chart, lay_on_paper(chart), form)


def _known(desk: Desk, actor: str) -> list[Known]:
    with desk.answers.ask() as store:
        return _of_actor(store, actor) if actor else _by_file(store)


def _by_file(store: Store) -> list[Known]:
    return [
        Known(
            source=s.source,
            label=read_card(s.source).label,
            about=s.input_name,
            covered=s.covered,
            licence=s.licence,
            rows=s.accepted,
            refused=s.quarantined,
        )
        for s in store.snapshots
    ]


def _of_actor(store: Store, text: str) -> list[Known]:
    actor = read_actor(text)
    spans = [span for s in store.snapshots for span in s.covered]
    whole = Period(min(s.start for s in spans), max(s.end for s in spans))
    rows = []
    for source in dict.fromkeys(s.source for s in store.snapshots):
        card, found = read_card(source), coverage_of(store, source, actor, whole)
        remedy = found.remedy if found.missing else ""
        rows.append(
            Known(source, card.label, actor.name, found.covered, card.licence, remedy=remedy)
        )
    return rows


def _chart(rows: list[Known]) -> Chart:
    """Draw a line for each source; files of one source share it."""
    by_source: dict[str, list[Period]] = {}
    for row in rows:
        by_source.setdefault(row.label, []).extend(row.covered)
    spans = [span for covered in by_source.values() for span in covered]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    bars: list[Bar] = []
    for label, covered in by_source.items():
        bars += [Bar(label, s.start, s.end) for s in covered] or [Bar(label, first, first)]
    return Chart(
        id="coverage",
        kind="coverage",
        title="What each source knows",
        caption="Filled: covered. Grey: not covered, which is not zero.",
        series=(),
        bars=tuple(bars),
        frame=(first, last),
    )
