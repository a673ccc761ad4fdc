"""The workbench as one application: its pages, what guards them, and how faults are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.metadata import version
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from cuibono.errors import (
    BusyError,
    CaseError,
    CuibonoError,
    MissingError,
    PrintError,
    SlowError,
    TraceError,
)
from cuibono.web.desk import Desk
from cuibono.web.guard import Guard
from cuibono.web.pages import (
    cases,
    coverage,
    differences,
    dossiers,
    ledger,
    relations,
    review,
    running,
    votes,
)
from cuibono.web.paper import write_page
from cuibono.web.runs import Runs
from cuibono.web.settings import Settings

# Every file that pages load, by name: nothing else can be asked for.
STATIC = {
    "page.css": ("cuibono.dossier.render", "templates/page.css", "text/css"),
    "workbench.css": ("cuibono.web", "static/workbench.css", "text/css"),
    "workbench.js": ("cuibono.web", "static/workbench.js", "text/javascript"),
    "htmx.min.js": ("cuibono.web", "static/vendor/htmx.min.js", "text/javascript"),
}
GROUPS = (
    cases, running, dossiers, ledger, differences, coverage, votes, relations, review
)  # fmt: skip
STATUS = {
    MissingError: HTTPStatus.NOT_FOUND,
    TraceError: HTTPStatus.NOT_FOUND,
    BusyError: HTTPStatus.TOO_MANY_REQUESTS,
    SlowError: HTTPStatus.SERVICE_UNAVAILABLE,
    PrintError: HTTPStatus.SERVICE_UNAVAILABLE,
    CaseError: HTTPStatus.UNPROCESSABLE_ENTITY,
}


def make_app(settings: Settings) -> ASGIApp:
    """Make the workbench.

    Parameters
    ----------
    settings : Settings
        What is served, and to whom.

    Returns
    -------
    ASGI application
        Guarded; asks nothing of any network.
    """
    app = FastAPI(
        title="cuibono workbench",
        version=version("cuibono"),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.desk, app.state.runs = Desk(settings), Runs(settings)
    for group in GROUPS:
        app.include_router(group.routes)
    app.get("/static/{name}", tags=["static"])(_give_static)
    app.add_exception_handler(CuibonoError, _tell_fault)
    app.add_exception_handler(RequestValidationError, _tell_misuse)
    app.add_exception_handler(HTTPException, _tell_http)
    return Guard(app, settings)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.desk.answers.count_ahead()
    yield
    app.state.runs.close()


def _give_static(name: str) -> Response:
    """Give a style or script of the pages."""
    if name not in STATIC:
        raise MissingError("No such file.")
    package, path, kind = STATIC[name]
    body = files(package).joinpath(path).read_bytes()
    return Response(body, media_type=kind, headers={"cache-control": "no-cache"})


async def _tell_fault(request: Request, fault: Exception) -> Response:
    kinds = (status for kind, status in STATUS.items() if isinstance(fault, kind))
    said = request.app.state.desk.settings.shorten(str(fault))
    return _tell(request, next(kinds, HTTPStatus.INTERNAL_SERVER_ERROR), said)


async def _tell_misuse(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    first = fault.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    said = f"{place}: {first['msg']}."
    return _tell(request, HTTPStatus.UNPROCESSABLE_ENTITY, said)


async def _tell_http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return _tell(request, HTTPStatus(fault.status_code), fault.detail, fault.headers)


def _tell(
    request: Request, status: HTTPStatus, said: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Tell a fault as the page tells it, or as its JSON twin does; never repeat the address."""
    if "text/html" not in request.headers.get("accept", ""):
        answer: Response = JSONResponse({"fault": said}, status)
    elif "hx-request" in request.headers:
        answer = write_page("fault_part.html.j2", status, said=said)
    else:
        answer = write_page("fault.html.j2", status, said=said, phrase=status.phrase)
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["retry-after"] = "2"
    answer.headers.update(headers or {})
    return answer
