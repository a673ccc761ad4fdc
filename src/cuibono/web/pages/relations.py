"""Any relation in the world: its record over time, by what means, and its rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import numpy as np
import pyarrow as pa
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from markupsafe import Markup

from cuibono.dossier.render.charts import chart_svg
from cuibono.errors import CaseError, suggest
from cuibono.model.actor import DirectedDyad
from cuibono.model.dossier import Chart, Dossier, Series
from cuibono.model.period import Grid, Period
from cuibono.record.coverage import require
from cuibono.record.instruments import InstrumentShare, instrument_shares
from cuibono.record.relation import attention
from cuibono.record.sought import Sought
from cuibono.record.tally import Tally
from cuibono.record.world import bound_above, order_relations
from cuibono.sources.base import read_card
from cuibono.store.rows import count_rows, fetch_rows
from cuibono.store.store import Store
from cuibono.vocab.actors import resolve_actor
from cuibono.vocab.events import INSTRUMENTS, QUADS, event_types
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

SHOWN, FILE_ROWS = 50, 100_000
BY_DAY = ("day", "row")

routes = APIRouter(tags=["relations"])
Text = Annotated[str, Query(max_length=100)]
Day = Annotated[date | None, Query()]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; the address is the state.

    Attributes
    ----------
    actor, recipient : str
        Ids or codes; empty for anybody.
    source : str
        Provider of events; empty for the first at hand.
    start, end : date or None
        Half-open span; open where None.
    quad, instrument : str
        Only such events; empty for all.
    grid : {"week", "month", "year"}
        Length of a period.
    page : int
        Which fifty rows, from 1.
    """

    actor: Text = ""
    recipient: Text = ""
    source: Text = ""
    start: Day = None
    end: Day = None
    quad: Literal["", *QUADS] = ""  # type: ignore[valid-type]
    instrument: Text = ""
    grid: Literal["week", "month", "year"] = "month"
    page: Annotated[int, Query(ge=1, le=10_000)] = 1


AskedGiven = Annotated[Asked, Depends()]


@routes.get("/relations", response_class=Page)
def _show_relation(desk: DeskGiven, asked: AskedGiven) -> Response:
    """Show a relation, the relations of one actor, or the form to ask for them."""
    series = _series_asked(desk, asked)
    with ThreadPoolExecutor(1) as beside:
        drawn = beside.submit(_drawing, desk, asked, series)
        shown = _explore(desk, asked)
    return write_page("relations.html.j2", **shown, drawing=drawn.result())


@routes.get("/relations.json")
def _tell_relation(desk: DeskGiven, asked: AskedGiven) -> Response:
    """Give what the page on a relation shows as JSON."""
    shown = _explore(desk, asked)
    keys = ("asked", "sources", "series", "instruments", "ranking", "rows", "n_rows")
    return answer_json({key: shown[key] for key in keys})


@routes.get("/relations/rows.{form}")
def _take_rows(desk: DeskGiven, asked: AskedGiven, form: SheetForm) -> Response:
    """Give the rows of a relation as a file."""
    with desk.answers.ask() as store:
        sought = _sought(store, asked)
        rows = fetch_rows(store, sought.trace, FILE_ROWS, order=BY_DAY)
    return answer_sheet(rows, form, f"{sought.actor}-{sought.recipient}-rows")


@routes.get("/relations.metadata.json")
def _tell_chart(desk: DeskGiven, asked: AskedGiven) -> Response:
    """Say what the chart of a relation shows, from where, and how to cite it."""
    series = _series_drawn(desk, asked)
    return answer_json(describe_chart(*_drawn(series)))


@routes.get("/relations.{form}")
def _take_relation(desk: DeskGiven, asked: AskedGiven, form: DrawingForm) -> Response:
    """Give the chart of a relation, or the numbers that it draws."""
    series = _series_drawn(desk, asked)
    return answer_drawing(*_drawn(series), form)


@routes.get("/world", response_class=Page)
def _show_world(desk: DeskGiven, asked: AskedGiven) -> Response:
    """Rank every relation in the world."""
    sought, sources, ranking = _rank(desk, asked)
    shown = bound_above(ranking.slice((asked.page - 1) * SHOWN, SHOWN)).to_pylist()
    return write_page(
        "world.html.j2",
        **_form(asked, sought, sources),
        ranking=shown,
        n_ranked=ranking.num_rows,
        pages=-(-ranking.num_rows // SHOWN),
    )


@routes.get("/world.{form}")
def _take_world(
    desk: DeskGiven, asked: AskedGiven, form: Literal["json", "csv", "parquet"]
) -> Response:
    """Give the whole ranking as a file."""
    return answer_sheet(bound_above(_rank(desk, asked)[2]), form, "world")


def _rank(desk: Desk, asked: Asked) -> tuple[Sought, dict[str, Period], pa.Table]:
    """Rank the world, or the relations of one actor, whichever page of it is shown."""
    whole = replace(asked, recipient="", page=1)

    def rank() -> tuple[Sought, dict[str, Period], pa.Table]:
        with desk.answers.ask() as store:
            sought = _sought(store, whole)
            ranking = order_relations(store, sought, desk.answers.tally(sought.source))
            return sought, _sources(store), ranking

    return desk.answers.recall("rank", whole, rank)


def _explore(desk: Desk, asked: Asked) -> dict[str, Any]:
    return desk.answers.recall("explore", asked, lambda: _look(desk, asked))


def _look(desk: Desk, asked: Asked) -> dict[str, Any]:
    series = _series_asked(desk, asked)
    with desk.answers.ask() as store:
        sources = _sources(store)
        sought = _sought(store, asked)
        tally = desk.answers.tally(sought.source)
        shown: dict[str, Any] = _form(asked, sought, sources)
        shown |= {"series": series, "instruments": (), "ranking": [], "rows": [], "n_rows": 0}
        if series:
            shown |= _relation(store, sought, asked, tally)
        elif sought.actor:
            ranking = order_relations(store, sought, tally)
            shown |= {"ranking": bound_above(ranking.slice(0, 4 * SHOWN)).to_pylist()}
    shown["pages"] = -(-shown["n_rows"] // SHOWN)
    return shown


def _relation(
    store: Store, sought: Sought, asked: Asked, tally: Tally | None
) -> dict[str, Any]:
    instruments = instrument_shares(store, sought.source, _dyad(sought), sought.within, tally)
    n_rows, rows = _rows(store, sought, (asked.page - 1) * SHOWN, tally)
    return {
        "instruments": [_tell_share(one) for one in instruments],
        "rows": rows.to_pylist(),
        "n_rows": n_rows,
    }


def _rows(
    store: Store, sought: Sought, first: int, tally: Tally | None
) -> tuple[int, pa.Table]:
    """Count a relation's rows, and fetch a page of them, asking only for the days it needs."""
    if tally is None:
        rows = fetch_rows(store, sought.trace, SHOWN, first, BY_DAY)
        return count_rows(store, sought.trace), rows
    days, counts = tally.by_day(sought)
    before = np.cumsum(counts) - counts
    held = np.flatnonzero((before < first + SHOWN) & (before + counts > first))
    n_rows = int(counts.sum())
    if not held.size:
        return n_rows, fetch_rows(store, sought.trace, 0)
    start, end = days[held[0]].astype(date), days[held[-1]].astype(date) + timedelta(days=1)
    part = replace(sought, within=Period(start, end))
    return n_rows, fetch_rows(store, part.trace, SHOWN, first - int(before[held[0]]), BY_DAY)


def _require_known(store: Store, sought: Sought) -> None:
    """Refuse a relation of an actor whom the source does not know at all."""
    days = [p for s in store.snapshots if s.source == sought.source for p in s.covered]
    some = next((p for day in days if (p := day.overlap(sought.within))), sought.within)
    dyad = _dyad(sought)
    require(store, sought.source, [dyad.actor, dyad.recipient], some)


def _dyad(sought: Sought) -> DirectedDyad:
    return DirectedDyad(resolve_actor(sought.actor), resolve_actor(sought.recipient))


def _series_asked(desk: Desk, asked: Asked) -> Series | None:
    """Measure a relation over time, whichever page is shown; None of no relation."""
    whole = replace(asked, page=1)
    return desk.answers.recall("series", whole, lambda: _measure(desk, whole))


def _measure(desk: Desk, asked: Asked) -> Series | None:
    with desk.answers.ask() as store:
        sought = _sought(store, asked)
        if not (sought.actor and sought.recipient):
            return None
        _require_known(store, sought)
        return attention(
            store, sought.source, _dyad(sought), Grid(asked.grid), sought.within,
            sought.quad, sought.event_types, desk.answers.tally(sought.source),
        )  # fmt: skip


def _series_drawn(desk: Desk, asked: Asked) -> Series:
    series = _series_asked(desk, asked)
    if series is None:
        raise CaseError("Name an actor and a recipient.")
    return series


def _sought(store: Store, asked: Asked) -> Sought:
    """Resolve what the address asks for; what it leaves open is all that is covered."""
    sources = _sources(store)
    source = asked.source or next(iter(sources))
    if source not in sources:
        raise CaseError(
            f"No events of this source in the store.{suggest(source, sources)}"
            f" At hand: {', '.join(sources)}."
        )
    known = sources[source]
    start, end = asked.start or known.start, asked.end or known.end
    if start >= end:
        raise CaseError(f"The period ends on {end}, not after it starts on {start}.")
    if asked.instrument not in ("", *INSTRUMENTS):
        raise CaseError(
            f"No such instrument.{suggest(asked.instrument, INSTRUMENTS)}"
            f" One of {', '.join(INSTRUMENTS)}."
        )
    ids = [resolve_actor(t).id if t else "" for t in (asked.actor, asked.recipient)]
    types = [t.name for t in event_types().values() if t.instrument == asked.instrument]
    sought = Sought(source=source, within=Period(start, end), actor=ids[0], recipient=ids[1])
    return replace(sought, quad=asked.quad, event_types=tuple(types))


def _sources(store: Store) -> dict[str, Period]:
    """List the sources of events at hand, with the days from the first covered to the last."""
    found: dict[str, Period] = {}
    for s in store.snapshots:
        for span in s.covered if s.table == "events" else ():
            known = found.get(s.source, span)
            found[s.source] = Period(min(known.start, span.start), max(known.end, span.end))
    return found


def _form(asked: Asked, sought: Sought, sources: dict[str, Period]) -> dict[str, Any]:
    """Say what the form on the page offers and what is chosen."""
    ids = {"source": sought.source, "actor": sought.actor, "recipient": sought.recipient}
    quads = [(quad, quad.replace("_", " ")) for quad in QUADS]
    return {
        "asked": asdict(asked) | ids,
        "within": sought.within,
        "sources": {name: read_card(name).label for name in sources},
        "quads": quads,
        "instruments_offered": [(name, name) for name in INSTRUMENTS],
    }


def _drawing(desk: Desk, asked: Asked, series: Series | None) -> Markup | None:
    """Draw a relation over time, while its rows are fetched."""
    if series is None or not series.points:
        return None
    return desk.answers.recall(
        "drawing",
        replace(asked, page=1),
        lambda: Markup(chart_svg(*_drawn(series))),
    )


def _drawn(series: Series) -> tuple[Chart, Dossier]:
    chart = Chart(series.id, "lines", series.label, f"{series.how}.", (series.id,))
    return chart, lay_on_paper(chart, series.about, series)


def _tell_share(one: InstrumentShare) -> dict[str, object]:
    return {
        "instrument": one.instrument,
        "share": one.share,
        "rows": one.traces[0].n_rows,
    }
