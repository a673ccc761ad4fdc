"""The review queue: what was read from documents, beside the sentence it was read from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from cuibono.errors import MissingError
from cuibono.model.sourced_record import SourcedRecord
from cuibono.reading.review import EDITABLE, accept, edit, reject
from cuibono.store.readings import read_document_of, read_records, read_text_of, revise
from cuibono.web.form import FormGiven
from cuibono.web.given import DeskGiven, Page, answer_json
from cuibono.web.paper import quote_segment, write_page

WAITING = "proposed"
SHOWN = 20
AROUND = 240

routes = APIRouter(prefix="/reviews", tags=["reviews"])
PageAsked = Annotated[int, Query(ge=1, le=10_000)]


@routes.get("", response_class=Page)
def _show_queue(desk: DeskGiven, page: PageAsked = 1) -> Response:
    """Show the records that wait, each in the words around it."""
    store = desk.settings.store
    waiting = _waiting(store)
    shown = waiting[(page - 1) * SHOWN : page * SHOWN]
    return write_page(
        "reviews.html.j2",
        waiting=len(waiting),
        records=[{"record": r, **_around(store, r)} for r in shown],
        editable=[name for name in EDITABLE if name not in ("actors", "recipients", "links")],
        cases=[(name, name) for name in desk.settings.cases],
        asked={},
        page=page,
        pages=-(-len(waiting) // SHOWN),
    )


@routes.get(".json")
def _tell_queue(desk: DeskGiven) -> Response:
    """Give the records that wait as JSON."""
    return answer_json(_waiting(desk.settings.store))


@routes.post("/{record}/{verdict}", status_code=303, response_class=RedirectResponse)
def _decide(
    record: str, verdict: Literal["accept", "reject", "edit"], form: FormGiven, desk: DeskGiven
) -> Response:
    """Decide on a record: a new version of it, the earlier one stays; into a case if named."""
    store = desk.settings.store
    held = {one.id: one for one in _waiting(store)}
    if record not in held:
        raise MissingError("No record of this id waits for review.")
    changes = {name: text for name, text in form.items() if name in EDITABLE and text}
    if verdict == "edit":
        decided = edit(held[record], changes)
    else:
        decided = accept(held[record]) if verdict == "accept" else reject(held[record])
    into = form.get("case", "") if verdict != "reject" else ""
    place = "/reviews"
    if into:
        item = desk.cases.enter(into, decided)
        place = f"/cases/{quote_segment(into)}/ledger#item:{quote_segment(item)}"
    revise(store, decided)
    return RedirectResponse(place, 303)


def _waiting(store: Path) -> list[SourcedRecord]:
    return [record for record in read_records(store) if record.status == WAITING]


def _around(store: Path, record: SourcedRecord) -> dict[str, str]:
    """Cut a record's quote out of the text around it."""
    text = read_text_of(store, record.document)
    before, after = max(0, record.start - AROUND), record.end + AROUND
    return {
        "document": read_document_of(store, record.document).name,
        "before": text[before : record.start],
        "quote": text[record.start : record.end],
        "after": text[record.end : after],
    }
