"""The cases that are served: what each asks, and whether it has been run."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from cuibono.errors import CuibonoError
from cuibono.web.desk import Desk
from cuibono.web.given import DeskGiven, Page, answer_json
from cuibono.web.paper import write_page

routes = APIRouter(tags=["cases"])


@routes.get("/", include_in_schema=False)
def _begin() -> Response:
    """Lead to the cases."""
    return RedirectResponse("/cases", 307)


@routes.get("/cases", response_class=Page)
def _show_cases(desk: DeskGiven) -> Response:
    """List the cases."""
    return write_page("cases.html.j2", cases=_list_cases(desk))


@routes.get("/cases.json")
def _tell_cases(desk: DeskGiven) -> Response:
    """List the cases as JSON."""
    return answer_json(_list_cases(desk))


def _list_cases(desk: Desk) -> list[dict[str, object]]:
    """Say of each case what it asks and what was found."""
    return [_tell(desk, name) for name in desk.settings.cases]


def _tell(desk: Desk, name: str) -> dict[str, object]:
    told: dict[str, object] = {"name": name, "file": desk.cases.path(name).name, "fault": ""}
    try:
        case, dossier = desk.cases.read(name), desk.dossiers.find(name)
    except CuibonoError as error:
        return told | {"fault": desk.settings.shorten(str(error))}
    answer = dossier.answer[0] if dossier else ()
    judged = dossier.provenance.get("case sha256", "") if dossier else ""
    return told | {
        "title": case.title,
        "question": case.question,
        "relation": str(case.relation),
        "period": str(case.period),
        "explanations": len(case.explanations),
        "evidence": len(case.evidence),
        "answer": "".join(span.text for span in answer),
        "changed": bool(dossier) and judged != case.sha256,
    }
