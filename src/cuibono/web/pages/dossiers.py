"""A case's dossier: to read, to take along, and down to the source rows of each number."""

from __future__ import annotations

from typing import Annotated, Literal

import pyarrow as pa
from fastapi import APIRouter, Header, Query
from fastapi.responses import FileResponse, Response

from cuibono.dossier.find import Found, find
from cuibono.dossier.render.targets import describe_targets
from cuibono.errors import MissingError, suggest
from cuibono.model.dossier import Chart, Dossier
from cuibono.web.desk import Desk
from cuibono.web.drawings import describe_chart
from cuibono.web.given import (
    DeskGiven,
    DrawingForm,
    Page,
    SheetForm,
    answer_drawing,
    answer_file,
    answer_json,
    answer_sheet,
)
from cuibono.web.paper import write_page
from cuibono.web.sheets import sheet_of_table

MEDIA = {"json": "application/json", "md": "text/markdown", "html": "text/html"}
SHOWN_ROWS, FILE_ROWS = 50, 100_000

routes = APIRouter(prefix="/cases/{name}", tags=["dossiers"])
NumberAsked = Annotated[str, Query(description="Id of a number.", max_length=300)]


@routes.get("/dossier", response_class=Page)
def _show_dossier(name: str, desk: DeskGiven, number: NumberAsked = "") -> Response:
    """Show a dossier, with the rows of one number beside it if asked."""
    dossier = desk.dossiers.find(name)
    if dossier is None:
        return write_page("no_dossier.html.j2", name=name, case=desk.cases.read(name))
    beside = None
    if number:
        said, parts = _rows(desk, name, number, SHOWN_ROWS)
        beside = {"number": number, "said": said, "parts": parts}
    return write_page(
        "dossier.html.j2",
        name=name,
        dossier=dossier,
        drawings=desk.dossiers.drawings(name),
        beside=beside,
        changed=dossier.provenance.get("case sha256") != desk.cases.read(name).sha256,
    )


@routes.get("/dossier.pdf", response_class=Response)
def _print_dossier(name: str, desk: DeskGiven) -> Response:
    """Give the dossier as pages to print."""
    return answer_file(
        desk.dossiers.paper(name), "application/pdf", f"{desk.cases.read(name).name}.pdf"
    )


@routes.get("/case.zip", response_class=Response)
def _take_case(name: str, desk: DeskGiven) -> Response:
    """Give the case, its dossier and the rows behind its numbers as one file."""
    return answer_file(
        desk.dossiers.bundle(name), "application/zip", f"{desk.cases.read(name).name}.zip"
    )


@routes.get("/dossier.{form}")
def _take_dossier(name: str, form: Literal["json", "md", "html"], desk: DeskGiven) -> Response:
    """Give one of the dossier's three files as it was written."""
    desk.dossiers.read(name)
    path = desk.dossiers.path(name).with_suffix(f".{form}")
    kind = "inline" if form == "json" else "attachment"
    return FileResponse(
        path,
        media_type=MEDIA[form],
        filename=f"{desk.cases.read(name).name}.{form}",
        content_disposition_type=kind,
    )


@routes.get("/rows", response_class=Page)
def _show_rows(
    name: str,
    number: NumberAsked,
    desk: DeskGiven,
    hx_request: Annotated[str, Header()] = "",
) -> Response:
    """Show the rows behind a number: alone, or as the panel beside a dossier."""
    template = "rows_part.html.j2" if hx_request else "rows.html.j2"
    said, parts = _rows(desk, name, number, SHOWN_ROWS)
    return write_page(template, name=name, number=number, said=said, parts=parts)


@routes.get("/rows.json")
def _tell_rows(
    name: str,
    number: NumberAsked,
    desk: DeskGiven,
    limit: Annotated[int, Query(ge=1, le=FILE_ROWS)] = SHOWN_ROWS,
) -> Response:
    """Give the rows behind a number as JSON."""
    said, parts = _rows(desk, name, number, limit)
    plain = [part.as_plain() for part in parts]
    return answer_json({"number": number, "said": said, "parts": plain})


@routes.get("/rows.{form}")
def _take_rows(
    name: str,
    form: SheetForm,
    number: NumberAsked,
    desk: DeskGiven,
    part: Annotated[int, Query(ge=0, le=99)] = 0,
) -> Response:
    """Give the rows of one part of a number as a file."""
    _, parts = _rows(desk, name, number, FILE_ROWS)
    if part >= len(parts):
        raise MissingError(f"The number has {len(parts)} parts, counted from 0.")
    rows = [*parts[part].rows]
    return answer_sheet(pa.Table.from_pylist(rows), form, f"{name}-{number}-rows")


@routes.get("/charts/{chart}.metadata.json")
def _tell_chart(name: str, chart: str, desk: DeskGiven) -> Response:
    """Say what a chart shows, from where, and how to cite it."""
    return answer_json(describe_chart(*_chart(desk, name, chart)))


@routes.get("/charts/{chart}.{form}")
def _take_chart(name: str, chart: str, form: DrawingForm, desk: DeskGiven) -> Response:
    """Give a chart as a drawing, a picture, or its numbers."""
    return answer_drawing(*_chart(desk, name, chart), form)


@routes.get("/tables/{section}/{place}.{form}")
def _take_table(
    name: str,
    section: str,
    place: int,
    form: Literal["csv", "parquet", "json"],
    desk: DeskGiven,
) -> Response:
    """Give a table of a section as a file."""
    tables = {one.id: one.tables for one in desk.dossiers.read(name).sections}.get(section, ())
    if not 1 <= place <= len(tables):
        raise MissingError("No such table in this dossier.")
    return answer_sheet(sheet_of_table(tables[place - 1]), form, f"{section}-{place}")


def _chart(desk: Desk, name: str, chart: str) -> tuple[Chart, Dossier]:
    dossier = desk.dossiers.read(name)
    charts = {one.id: one for section in dossier.sections for one in section.charts}
    if chart not in charts:
        raise MissingError(f"No chart of this id.{suggest(chart, charts)}")
    return charts[chart], dossier


def _rows(desk: Desk, name: str, number: str, limit: int) -> tuple[str, tuple[Found, ...]]:
    """Say which number it is, and follow it to its rows."""
    dossier = desk.dossiers.read(name)
    said = describe_targets(dossier).get(number, "")
    with desk.answers.ask() as store:
        parts = find(dossier, store, number, limit)
    return said, parts
