"""The difference of two runs of a case: what changed, and which rows did it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from cuibono.dossier.compare import compare_dossiers
from cuibono.dossier.write import read_dossier
from cuibono.errors import MissingError
from cuibono.web.desk import Desk
from cuibono.web.given import DeskGiven, Page, answer_json
from cuibono.web.paper import write_page

SHOWN = 200

routes = APIRouter(prefix="/cases/{name}/differences", tags=["differences"])
OldAsked = Annotated[str, Query(max_length=64, description="Which earlier run.")]


@routes.get("", response_class=Page)
def _show_differences(name: str, desk: DeskGiven, old: OldAsked = "") -> Response:
    """Show what changed since an earlier run."""
    return write_page("differences.html.j2", name=name, **_compare(desk, name, old))


@routes.get(".json")
def _tell_differences(name: str, desk: DeskGiven, old: OldAsked = "") -> Response:
    """Give what changed since an earlier run as JSON."""
    return answer_json(_compare(desk, name, old))


def _compare(desk: Desk, name: str, old: str) -> dict[str, Any]:
    now = desk.dossiers.read(name)
    runs = desk.dossiers.earlier_runs(name)
    if old and old not in runs:
        raise MissingError("No such earlier run of this case is kept.")
    chosen = old or next(iter(runs), "")
    changes = compare_dossiers(read_dossier(runs[chosen]), now) if chosen else ()
    return {
        "title": now.title,
        "runs": list(runs),
        "choices": [(run, run) for run in runs],
        "old": chosen,
        "changes": changes[:SHOWN],
        "n_changes": len(changes),
    }
