"""How two states voted in the United Nations: drawn, and to take along down to the rows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import Response

from cuibono.dossier.render.charts import chart_svg
from cuibono.errors import MissingError
from cuibono.model.actor import DirectedDyad
from cuibono.model.dossier import Chart, Dossier, Series
from cuibono.model.period import Period
from cuibono.model.trace import Trace, equal
from cuibono.record.relation import agreement, distance
from cuibono.store.rows import fetch_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor
from cuibono.web.desk import Desk
from cuibono.web.drawings import describe_chart, lay_on_paper
from cuibono.web.given import (
    DeskGiven,
    DrawingForm,
    Page,
    SheetForm,
    answer_drawing,
    answer_json,
    answer_sheet,
)
from cuibono.web.paper import write_page

MEASURED = {"un_votes": agreement, "ideal_points": distance}
"""What is measured year by year of two states, by provider."""

ActorAsked = Annotated[str, Query(min_length=1, max_length=100)]

routes = APIRouter(prefix="/relations/votes", tags=["relations"])


@routes.get("", response_class=Page)
def _show_votes(
    desk: DeskGiven,
    actor: ActorAsked,
    recipient: ActorAsked,
    hx_request: Annotated[str, Header()] = "",
) -> Response:
    """Show how two states voted: alone, or as a part of the page on their relation."""
    from markupsafe import Markup

    template = "votes_part.html.j2" if hx_request else "votes.html.j2"
    asked = {"actor": actor, "recipient": recipient}

    def draw() -> Markup:
        return Markup(chart_svg(*draw_votes(_votes(desk, actor, recipient))))

    return write_page(
        template, asked=asked, drawing=desk.answers.recall("votes", (actor, recipient), draw)
    )


@routes.get(".json")
def _tell_votes(desk: DeskGiven, actor: ActorAsked, recipient: ActorAsked) -> Response:
    """Give agreement and distance as JSON."""
    return answer_json(_votes(desk, actor, recipient))


@routes.get(".metadata.json")
def _tell_chart(desk: DeskGiven, actor: ActorAsked, recipient: ActorAsked) -> Response:
    """Say what the chart of votes shows, from where, and how to cite it."""
    return answer_json(describe_chart(*draw_votes(_votes(desk, actor, recipient))))


@routes.get("/rows.{form}")
def _take_rows(
    desk: DeskGiven, actor: ActorAsked, recipient: ActorAsked, form: SheetForm
) -> Response:
    """Give the rows of the measure of agreement as a file."""
    with desk.answers.ask() as store:
        found = fetch_rows(store, _trace(_dyad(actor, recipient)), order=("start", "row"))
    return answer_sheet(found, form, f"{actor}-{recipient}-votes")


@routes.get(".{form}")
def _take_votes(
    desk: DeskGiven, actor: ActorAsked, recipient: ActorAsked, form: DrawingForm
) -> Response:
    """Give the chart of votes, or the numbers that it draws."""
    return answer_drawing(*draw_votes(_votes(desk, actor, recipient)), form)


def measure_votes(store: Store, dyad: DirectedDyad) -> tuple[Series, ...]:
    """Measure how two states voted, in all years that are known.

    Parameters
    ----------
    store : Store
        What is loaded and embedded.
    dyad : DirectedDyad
        The two, in either order.

    Returns
    -------
    tuple of Series
        Agreement and distance, where there are any.
    """
    found = []
    for source, measure in MEASURED.items():
        spans = [s for one in store.snapshots if one.source == source for s in one.covered]
        if spans:
            within = Period(min(s.start for s in spans), max(s.end for s in spans))
            found.append(measure(store, source, dyad, within))
    return tuple(series for series in found if series.points)


def draw_votes(votes: tuple[Series, ...]) -> tuple[Chart, Dossier]:
    """Give what draws the votes.

    Parameters
    ----------
    votes : tuple of Series
        At least one.

    Returns
    -------
    Chart, Dossier
        The chart, and the paper that its numbers are on.
    """
    chart = Chart(
        "votes", "lines", "In the United Nations",
        "Share of joint roll calls on which both voted alike, and the distance of their ideal"
        " points, which is smaller the closer they are; 90 % intervals.",
        tuple(series.id for series in votes),
    )  # fmt: skip
    return chart, lay_on_paper(chart, votes[0].about, *votes)


def _votes(desk: Desk, actor: str, recipient: str) -> tuple[Series, ...]:
    dyad = _dyad(actor, recipient)
    with desk.answers.ask() as store:
        votes = measure_votes(store, dyad)
    if not votes:
        raise MissingError("No roll call is known in which both voted.")
    return votes


def _dyad(actor: str, recipient: str) -> DirectedDyad:
    return DirectedDyad(resolve_actor(actor), resolve_actor(recipient))


def _trace(dyad: DirectedDyad) -> Trace:
    """Lead to the rows; a pair stands in the order of its ids."""
    first, second = sorted(dyad.ids)
    where = equal(measure="agreement", actor=first, recipient=second)
    return Trace("measures", "un_votes", where, 0)
