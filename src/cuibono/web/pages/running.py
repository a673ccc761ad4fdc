"""Running a case: started, watched stage by stage, and cancelled from the page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from cuibono.web.given import DeskGiven, Page, RunsGiven, answer_json
from cuibono.web.paper import quote_segment, write_page
from cuibono.web.runs import RUNNING, Run

LOOK_S = 0.1

routes = APIRouter(prefix="/cases/{name}/run", tags=["runs"])


@routes.post("", status_code=303, response_class=RedirectResponse)
def _start(name: str, desk: DeskGiven, runs: RunsGiven) -> Response:
    """Run a case."""
    desk.cases.read(name)
    runs.start(name, desk.cases.path(name))
    return RedirectResponse(f"/cases/{quote_segment(name)}/run", 303)


@routes.get("", response_class=Page)
def _show(name: str, desk: DeskGiven, runs: RunsGiven) -> Response:
    """Show how a run stands."""
    run = runs.find(name)
    return write_page(
        "run.html.j2", name=name, title=desk.cases.read(name).title, run=_tell_run(run)
    )


@routes.get(".json")
def _tell(name: str, runs: RunsGiven) -> Response:
    """Say as JSON how a run stands."""
    return answer_json(_tell_run(runs.find(name)))


@routes.get("/events")
async def _watch(name: str, runs: RunsGiven) -> Response:
    """Send an event whenever the run has got further, until it ends."""
    return StreamingResponse(_events(runs.find(name)), media_type="text/event-stream")


@routes.post("/cancel", status_code=303, response_class=RedirectResponse)
def _cancel(name: str, runs: RunsGiven) -> Response:
    """End a run."""
    runs.find(name).cancel()
    return RedirectResponse(f"/cases/{quote_segment(name)}/run", 303)


def _tell_run(run: Run) -> dict[str, object]:
    """Say how a run stands."""
    return {"state": run.state, "stages": [*run.stages], "fault": run.fault}


async def _events(run: Run) -> AsyncIterator[str]:
    said = ""
    while True:
        ended = run.state != RUNNING
        now = json.dumps(_tell_run(run))
        if now != said:
            said = now
            yield f"data: {now}\n\n"
        if ended:
            return
        await asyncio.sleep(LOOK_S)
