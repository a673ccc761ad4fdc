"""What every page is given: the desk, the runs, and which form of answer was asked for."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import pyarrow as pa
from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.responses import HTMLResponse

from cuibono.model.dossier import Chart, Dossier
from cuibono.web.desk import Desk
from cuibono.web.runs import Runs
from cuibono.web.sheets import FORMS, write_sheet

SheetForm: TypeAlias = Literal["csv", "parquet"]
DrawingForm: TypeAlias = Literal["svg", "png", "csv", "parquet"]
Page: TypeAlias = HTMLResponse


def _give_desk(request: Request) -> Desk:
    """Give the desk of the application that was asked."""
    desk: Desk = request.app.state.desk
    return desk


def _give_runs(request: Request) -> Runs:
    """Give the runs of the application that was asked."""
    runs: Runs = request.app.state.runs
    return runs


DeskGiven = Annotated[Desk, Depends(_give_desk)]
RunsGiven = Annotated[Runs, Depends(_give_runs)]


def answer_json(plain: object) -> Response:
    """Answer with a page's JSON twin.

    Parameters
    ----------
    plain : object
        What the page shows, as plain data.

    Returns
    -------
    Response
        Days in ISO 8601.
    """
    from fastapi.encoders import jsonable_encoder

    return JSONResponse(jsonable_encoder(plain))


def answer_file(body: bytes, kind: str, name: str) -> Response:
    """Answer with a file.

    Parameters
    ----------
    body : bytes
        What it holds.
    kind : str
        Its media type.
    name : str
        Its name, with its ending.

    Returns
    -------
    Response
        For downloading.
    """
    headers = {"content-disposition": f'attachment; filename="{_safe(name)}"'}
    return Response(body, media_type=kind, headers=headers)


def answer_sheet(table: pa.Table, form: str, name: str) -> Response:
    """Answer with a table as a file.

    Parameters
    ----------
    table : pyarrow.Table
        Any table.
    form : {"csv", "parquet", "json"}
        Which form.
    name : str
        Name of the file, without its ending.

    Returns
    -------
    Response
        For downloading.
    """
    return answer_file(write_sheet(table, form), FORMS[form], f"{name}.{form}")


def answer_drawing(chart: Chart, dossier: Dossier, form: str) -> Response:
    """Answer with a chart: drawn, or as the numbers that it draws.

    Parameters
    ----------
    chart : Chart
        What is drawn.
    dossier : Dossier
        Where its numbers are.
    form : {"svg", "png", "csv", "parquet"}
        Which form.

    Returns
    -------
    Response
        For downloading.
    """
    from cuibono.web import drawings, sheets

    if form in FORMS:
        return answer_sheet(sheets.sheet_of_chart(chart, dossier), form, chart.id)
    svg = drawings.one_drawing(chart, dossier)
    headers = {"content-disposition": f'inline; filename="{_safe(chart.id)}.{form}"'}
    if form == "svg":
        return Response(svg, media_type="image/svg+xml", headers=headers)
    return Response(drawings.to_png(svg), media_type="image/png", headers=headers)


def _safe(name: str) -> str:
    """Keep of a name what a header and every file system can hold."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
