"""The ledger as an analyst edits it: weighed anew at each change, saved with its comments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from cuibono.errors import CaseError
from cuibono.model.case import Case
from cuibono.model.evidence import Evidence, Likelihood
from cuibono.model.weight import FlipPoint, Weighing
from cuibono.record.case_edit import Judged, judge_again, write_item, write_judgement
from cuibono.record.written import read_written
from cuibono.web.desk import Desk
from cuibono.web.form import FormGiven
from cuibono.web.given import DeskGiven, Page, answer_json
from cuibono.web.paper import quote_segment, write_page
from cuibono.weighing.rules import DEFAULT_RULES
from cuibono.weighing.sentences import list_origins
from cuibono.weighing.weigh import weigh

BANDS = ("true_low", "true_high", "false_low", "false_high")
LONGEST = 4000

routes = APIRouter(prefix="/cases/{name}/ledger", tags=["ledger"])


@routes.get("", response_class=Page)
def _show_ledger(name: str, desk: DeskGiven) -> Response:
    """Show every item with its judgements, and what they come to."""
    return _ledger(desk, name)


@routes.get(".json")
def _tell_ledger(name: str, desk: DeskGiven) -> Response:
    """Give the items, and what they come to, as JSON."""
    case = desk.cases.read(name)
    told = {
        "sha256": case.sha256,
        "evidence": case.evidence,
        "weighing": desk.cases.weigh(name),
    }
    return answer_json(told)


@routes.post("/items/{item}/weigh", response_class=Page)
def _try_judgement(name: str, item: str, form: FormGiven, desk: DeskGiven) -> Response:
    """Weigh the case with one item judged anew, and save nothing.

    Each change of a field asks, so bands come half written: that is told, and is no fault.
    """
    case = desk.cases.read(name)
    try:
        judged = _judged(case, item, form)
    except CaseError as unfinished:
        return write_page("fault_part.html.j2", said=str(unfinished))
    now = weigh(judge_again(case, judged))
    shown = _compare(case, desk.cases.weigh(name), now)
    return write_page("weights_part.html.j2", **shown, saved=False)


@routes.post("/items/{item}", status_code=303, response_class=RedirectResponse)
def _save_judgement(name: str, item: str, form: FormGiven, desk: DeskGiven) -> Response:
    """Save a judgement into the case file."""
    case = desk.cases.read(name)
    judged = _judged(case, item, form)
    judge_again(case, judged)
    text = write_judgement(read_written(desk.cases.path(name)).text, case, judged, _today())
    desk.cases.save(name, text, form.get("sha256", ""))
    return _back(name, f"item:{item}")


@routes.post("/items", status_code=303, response_class=RedirectResponse)
def _add_item(name: str, form: FormGiven, desk: DeskGiven) -> Response:
    """Save a further item into the case file."""
    case = desk.cases.read(name)
    item = _new_item(case, form)
    blank = tuple(e.id for e in case.explanations if e.id not in item.likelihoods)
    text = write_item(read_written(desk.cases.path(name)).text, item, blank)
    desk.cases.save(name, text, form.get("sha256", ""))
    return _back(name, f"item:{item.id}")


@routes.post("/undo", status_code=303, response_class=RedirectResponse)
def _undo(name: str, desk: DeskGiven) -> Response:
    """Take back the last change that was saved here."""
    desk.cases.undo(name)
    return _back(name, "main")


def _back(name: str, place: str) -> Response:
    return RedirectResponse(f"/cases/{quote_segment(name)}/ledger#{quote_segment(place)}", 303)


def _ledger(desk: Desk, name: str) -> Response:
    case, weighing = desk.cases.read(name), desk.cases.weigh(name)
    return write_page(
        "ledger.html.j2",
        name=name,
        case=case,
        origins=_by_origin(case),
        documents=[(document.id, document.title) for document in case.documents],
        next_id=_next_id(case),
        can_undo=desk.cases.can_undo(name),
        **_compare(case, weighing, weighing),
    )


def _compare(case: Case, was: Weighing, now: Weighing) -> dict[str, Any]:
    """Show what a change of its items makes of a case."""
    names = case.names
    places = {weight.explanation: n for n, weight in enumerate(was.weights, 1)}
    moved = [places[weight.explanation] - n for n, weight in enumerate(now.weights, 1)]
    return {
        "weights": [
            {"name": names[weight.explanation], "weight": weight, "moved": steps}
            for weight, steps in zip(now.weights, moved, strict=True)
        ],
        "flips": _smallest(case, now),
        "first": names[now.weights[0].explanation],
        "turned": was.weights[0].explanation != now.weights[0].explanation,
    }


def _smallest(case: Case, weighing: Weighing) -> list[str]:
    """Say the smallest change of each kind that would put another first."""
    kinds = dict.fromkeys(flip.kind for flip in weighing.flips)
    return [
        _by_items(case, next(f for f in weighing.flips if f.kind == kind)) for kind in kinds
    ]


def _by_origin(case: Case) -> dict[str, str]:
    """Name each origin by its items, as a dossier does; its id is the case file's."""
    found: dict[str, list[str]] = {}
    for item in case.evidence:
        found.setdefault(item.origin, []).append(item.id)
    return {origin: "/".join(items) for origin, items in found.items()}


def _by_items(case: Case, flip: FlipPoint) -> str:
    """Name the origins of a flip by their items, as the page does."""
    items = _by_origin(case)
    known, named = (
        list_origins(each, DEFAULT_RULES.origins_listed)
        for each in (flip.origins, [items.get(origin, origin) for origin in flip.origins])
    )
    return flip.said.replace(known, named, 1) if known else flip.said


def _judged(case: Case, item: str, form: dict[str, str]) -> Judged:
    return Judged(
        item=item,
        judge=_text(form, "judge"),
        origin=_text(form, "origin"),
        cluster=_text(form, "cluster", needed=False),
        likelihoods=_likelihoods(case, form),
    )


def _new_item(case: Case, form: dict[str, str]) -> Evidence:
    judged = _judged(case, _text(form, "id"), form)
    if any(judged.item == one.id for one in case.evidence):
        raise CaseError(f"Item {judged.item!r} is there already. Give this one its own id.")
    try:
        day = date.fromisoformat(_text(form, "day"))
    except ValueError:
        raise CaseError("day: write it as 2016-01-31.") from None
    return Evidence(
        id=judged.item,
        text=_text(form, "text"),
        day=day,
        document=_text(form, "document"),
        locator=_text(form, "locator"),
        holder=_text(form, "holder"),
        origin=judged.origin,
        cluster=judged.cluster,
        judge=judged.judge,
        judged=_today(),
        likelihoods=judged.likelihoods,
    )


def _likelihoods(case: Case, form: dict[str, str]) -> dict[str, Likelihood]:
    """Read the bands of each explanation; one whose four fields are empty is blank."""
    found = {}
    for name in (explanation.id for explanation in case.explanations):
        written = [form.get(f"{band}:{name}", "").strip() for band in BANDS]
        if any(written):
            numbers = [_number(text, name) for text in written]
            why = _text(form, f"why:{name}")
            found[name] = Likelihood(
                _band(numbers[0], numbers[1], name), _band(numbers[2], numbers[3], name), why
            )
    return found


def _number(text: str, name: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise CaseError(
            f"{name}: {text[:20]!r} is no number. Write 0.25, with a point."
        ) from None
    if not 0 < number < 1:
        raise CaseError(f"{name}: {number:g} is not between 0 and 1. Nothing is certain.")
    return number


def _band(low: float, high: float, name: str) -> tuple[float, float]:
    if low > high:
        raise CaseError(f"{name}: the band runs from {low:g} down to {high:g}. Swap the two.")
    return low, high


def _text(form: dict[str, str], key: str, *, needed: bool = True) -> str:
    text = form.get(key, "").strip()
    if needed and not text:
        raise CaseError(f"{key.partition(':')[0]}: this field is empty.")
    if len(text) > LONGEST:
        raise CaseError(f"{key.partition(':')[0]}: at most {LONGEST:,} characters.")
    return text


def _next_id(case: Case) -> str:
    """Propose an id in the manner of the last one."""
    numbers = [int(one.id[1:]) for one in case.evidence if one.id[1:].isdecimal()]
    letter = case.evidence[-1].id[:1] if case.evidence else "E"
    return f"{letter}{max(numbers, default=0) + 1:02d}"


def _today() -> date:
    return datetime.now(UTC).date()
